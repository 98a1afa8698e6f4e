"""The inbox, its files, and the mailboxes that are read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import letters
from jingwei.cases.letter_errors import LetterError
from jingwei.cases.models import Letter, LetterFile, Mailbox
from jingwei.cases.queries.sources import flooding
from jingwei.files import queries as files
from jingwei.journal import queries as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

MOST = 100


@dataclass(frozen=True, slots=True)
class LetterFileLine:
    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """`sender`: enough of the address to tell two apart; the whole goes, sealed, to the case.

    `via`: mail, sms, camera. `mailbox`: name of the mailbox or of the system that sent it. `lon`, `lat`, `place`, `class_code`: what a camera told.
    """

    id: UUID
    via: str
    via_name: str
    mailbox: str
    sender: str
    subject: str
    text: str
    cut: bool
    left_out: list[str]
    files: list[LetterFileLine]
    came_at: datetime
    state: str
    state_name: str
    case_id: UUID | None
    number: str
    reason: str
    by: str
    at: datetime | None
    lon: float | None
    lat: float | None
    place: str
    class_code: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """`troubles`: of mailboxes within reach that could not be read, or from which somebody sent too many."""

    letters: list[LetterLine]
    more: bool
    troubles: list[str]


@dataclass(frozen=True, slots=True)
class MailboxLine:
    """Never the password."""

    id: UUID
    name: str
    area_code: str
    active: bool
    host: str
    port: str
    security: str
    user: str
    folder: str
    read_at: datetime | None
    error: str
    by_machine: int
    too_many: int


def inbox(actor: Actor, *, state: str = "waiting", after: int = 0) -> Inbox:
    """What waits, the first that came first; what was dealt with, the last first. Six statements beside signing in."""
    require(actor, Right.CASE_REVEAL)
    if state not in letters.STATES:
        raise Refusal(LetterError.UNKNOWN_STATE, state=state[:20], possible=Words("、".join(letters.STATES), ", ".join(letters.STATES)))
    order = ("came_at", "id") if state == "waiting" else ("-came_at", "-id")
    rows: Any = narrow(Letter.objects.filter(state=state), actor, Right.CASE_REVEAL, area="area_path")
    found = list(rows.select_related("mailbox", "source", "case").order_by(*order)[after:after + MOST + 1])
    attached: dict[UUID, list[LetterFileLine]] = {}
    for row in LetterFile.objects.filter(letter_id__in=[letter.id for letter in found]).order_by("id").values(
            "letter_id", "file_id", "file__name", "file__kind"):
        attached.setdefault(row["letter_id"], []).append(LetterFileLine(row["file_id"], row["file__name"], row["file__kind"]))
    names = accounts.names_of({letter.by for letter in found if letter.by}, generations())
    return Inbox([_line(letter, attached.get(letter.id, []), names) for letter in found[:MOST]], len(found) > MOST, _troubles(actor))


def open_letter_file(actor: Actor, letter_id: UUID, file_id: UUID, variant: str = "shown") -> Any:
    """The shown copy or the thumbnail of what was attached."""
    letter = Letter.objects.filter(id=letter_id).only("area_path").first()
    if letter is None or not actor.covers(Right.CASE_REVEAL.value, letter.area_path) or variant not in ("shown", "thumb") or (
            not LetterFile.objects.filter(letter=letter, file_id=file_id).exists()):
        raise Refusal(KernelError.NOT_FOUND)
    return files.open_shown(file_id, variant)


def mailboxes(actor: Actor) -> list[MailboxLine]:
    """Two statements beside signing in."""
    require(actor, Right.SYSTEM_MANAGE)
    found = list(Mailbox.objects.order_by("made_at", "id"))
    opened = journal.unseal_many({f"mailbox:{box.id}": bytes(box.sealed) for box in found})
    return [MailboxLine(box.id, box.name, box.area_code, box.active, **{
        name: opened.get(f"mailbox:{box.id}", {}).get(name, "") for name in ("host", "port", "security", "user", "folder")},
        read_at=box.read_at, error=box.error, by_machine=box.by_machine, too_many=box.too_many) for box in found]


def _line(letter: Letter, attached: list[LetterFileLine], names: dict[UUID, str]) -> LetterLine:
    came_through = letter.mailbox or letter.source
    return LetterLine(
        letter.id, letter.via, letters.VIAS[letter.via], came_through.name if came_through else "", letter.sender_hint, letter.subject, letter.text, letter.cut, letter.left_out,
        attached, letter.came_at, letter.state, letters.STATES[letter.state], letter.case_id, letter.case.number if letter.case else "",
        letter.reason, names.get(letter.by, "") if letter.by else "", letter.at, letter.lon, letter.lat, letter.place, letter.class_code)


def _troubles(actor: Actor) -> list[str]:
    boxes = narrow(Mailbox.objects.filter(active=True), actor, Right.CASE_REVEAL, area="area_path").order_by("made_at")
    told = []
    for box in boxes.only("name", "error", "too_many"):
        if box.error:
            told.append(f"{box.name}：{box.error}")
        if box.too_many:
            told.append(f"{box.name}：同一寄件人一小时超过 {letters.PER_SENDER} 封，有 {box.too_many} 封没有收进来，仍在邮箱里")
    told += [f"{name}：发来的过多，近一天有一部分没有收进来；请让系统管理员查看“短信和视频接入”" for name in flooding(actor, clock.now() - timedelta(days=1))]
    return told

"""What a source sends is taken in, each message once: into the inbox, or as a case where its alarms are trusted.

Who sends was made sure of before (`queries/sources.py:signed`). A signature is good for one request: sent again as it
was it is refused; signed anew with the same message id it is answered again and taken once.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from jingwei.cases import letters, signing, sources
from jingwei.cases.commands.attach import tie
from jingwei.cases.commands.report import EARLIEST, Report, report
from jingwei.cases.commands.step import Taken
from jingwei.cases.errors import CaseError
from jingwei.cases.events import LetterEvent
from jingwei.cases.models import Case, Letter, LetterFile, Source, SourceNonce
from jingwei.cases.signing import Stamp
from jingwei.cases.source_errors import SourceError
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.files import commands as files
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.kernel.wording import Words
from jingwei.worklist import commands as worklist

_HOUR = timedelta(hours=1)
_SAID = 3900  # of an alarm, beside its title: together they are the words of a report
_FOR_THE_DESK = (CaseError.NO_AREA, CaseError.OUTSIDE, CaseError.UNKNOWN_CLASS)  # an acceptor finds place and class


@dataclass(frozen=True, slots=True)
class Sms:
    """`id`: of the platform that sends it; what comes twice is taken once."""

    id: str
    phone: str
    text: str
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """`camera`: the code that names it. `picture`: base64."""

    id: str
    camera: str
    title: str
    text: str = ""
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    class_code: str = ""
    found_at: datetime | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """`again`: it had come before. `number`: of the case it became, '' while it waits in the inbox."""

    id: UUID
    number: str
    again: bool


def receive_sms(actor: Actor, stamp: Stamp, sms: Sms) -> Received:
    """Into the inbox. Its sender is sealed; answered once it is a case."""
    digits = sources.phone_of(sms.phone)
    if not digits:
        raise Refusal(SourceError.NO_SENDER)
    _needed(sms.id, "消息编号", "id")
    _needed(sms.text, "短信内容", "text")
    said = checked(sms.text, "短信内容", 4000)
    letter = Letter(via="sms", key=_key(sms.id), sender_hash=journaled.keyed_hash("phone", digits), sender_hint=sources.phone_hint(digits),
                    found_at=_seen(sms.sent_at))
    return _take_in(actor, stamp, letter, {"sender": digits, "name": ""}, "", said, sources.PER_SENDER, b"")


def receive_alarm(actor: Actor, stamp: Stamp, alarm: Alarm) -> Received:
    """Into the inbox with its picture and place; a case at once where the source is trusted and the place is ours."""
    _needed(alarm.id, "消息编号", "id")
    _needed(alarm.camera, "摄像头编号", "camera")
    _needed(alarm.title, "报警名称", "title")
    camera, place = checked(alarm.camera, "摄像头编号", 60), checked(alarm.place, "位置描述", 256)
    title, said = checked(alarm.title, "报警名称", 100), checked(alarm.text, "说明", _SAID)
    there = sources.placed(alarm.lon, alarm.lat)
    if not there and (alarm.lon is not None or alarm.lat is not None):
        raise Refusal(CaseError.BAD_PLACE, lon=alarm.lon, lat=alarm.lat)
    letter = Letter(via="camera", key=_key(alarm.id), sender_hash=journaled.keyed_hash("camera", f"{stamp.source}:{camera}"), sender_hint=camera,
                    lon=alarm.lon, lat=alarm.lat, place=place, class_code=checked(alarm.class_code, "分类", 80), found_at=_seen(alarm.found_at))
    return _take_in(actor, stamp, letter, {"sender": camera, "name": ""}, title, said, sources.PER_CAMERA, _picture(alarm.picture))


def forget_nonces(now: datetime) -> int:
    """Those whose signatures are out of time anyway. Returns how many."""
    return SourceNonce.objects.filter(at__lt=now - timedelta(seconds=2 * signing.WINDOW)).delete()[0]


def _take_in(actor: Actor, stamp: Stamp, letter: Letter, values: dict[str, Any], subject: str, text: str, most: int, picture: bytes) -> Received:
    source = Source.objects.filter(id=stamp.source).first()
    if source is None:
        raise Refusal(SourceError.NOT_SIGNED)  # dropped since
    known = Letter.objects.filter(source=source, key=letter.key).select_related("case").first()
    if known is None:
        _bounded(source, letter.sender_hash, most)
    with _prepared(actor, picture) as ready:
        try:
            with transaction.atomic():
                _used_once(stamp)
                if known is not None:
                    return Received(known.id, known.case.number if known.case else "", again=True)
                kept = [files.keep(actor, each).id for each in ready]
                return _write(actor, source, letter, values, subject, text, kept)
        except IntegrityError as error:  # the same message through two connections: who comes second asks again
            raise Refusal(KernelError.BUSY) from error


def _write(actor: Actor, source: Source, letter: Letter, values: dict[str, Any], subject: str, text: str, kept: list[UUID]) -> Received:
    now = clock.now()
    letter.id, letter.source, letter.area_path, letter.came_at = new_id(), source, source.area_path, now
    taken = _case_of(actor, source, letter, subject, text)
    letter.subject, letter.text = without_numbers(subject, values)[:200], without_numbers(text, values)
    letter.sealed = journal.seal(f"letter:{letter.id}", values)
    if taken is not None:
        letter.state, letter.case_id, letter.at = "taken", taken.id, now
        tie(Case(id=taken.id), "report", kept)
    letter.save(force_insert=True)
    LetterFile.objects.bulk_create([LetterFile(letter_id=letter.id, file_id=each) for each in kept])
    Source.objects.filter(id=source.id).update(heard_at=now)
    tail = journal.record_new(actor, f"letter:{letter.id}", LetterEvent.CAME, {
        "source": str(source.id), "files": [str(each) for each in kept]}, area_path=letter.area_path)
    if taken is None:
        worklist.put(f"letter:{letter.id}", letters.KIND, area_path=letter.area_path, due_at=None, since=now, place=letter.place, posts=letters.POSTS)
        return Received(letter.id, "", again=False)
    journal.record(actor, tail, LetterEvent.TAKEN, {"case": str(taken.id), "number": taken.number}, area_path=letter.area_path)
    return Received(letter.id, taken.number, again=False)


def _case_of(actor: Actor, source: Source, letter: Letter, title: str, text: str) -> Taken | None:
    if not (source.trusted and letter.lon is not None and letter.lat is not None):
        return None
    try:
        with transaction.atomic():
            return report(actor, Report(
                id=new_id(), text=f"{title}\n{text}".strip(), lon=letter.lon, lat=letter.lat, place=letter.place,
                channel=sources.CHANNEL["camera"], class_code=letter.class_code, found_at=letter.found_at))
    except Refusal as refusal:
        if refusal.reason in _FOR_THE_DESK:
            return None
        raise


def _bounded(source: Source, sender: str, most: int) -> None:
    """Refuse the flood of one sender before everybody else's, and of the whole source after that."""
    recent = Letter.objects.filter(came_at__gt=clock.now() - _HOUR)
    if recent.filter(sender_hash=sender).count() >= most:
        what = Words("同一发送者或同一摄像头", "one sender or camera")
    elif recent.filter(source=source).count() >= sources.PER_SOURCE[source.kind]:
        what, most = Words("这个接入", "this source"), sources.PER_SOURCE[source.kind]
    else:
        return
    Source.objects.filter(id=source.id).update(too_many=F("too_many") + 1, too_many_at=clock.now())
    raise Refusal(SourceError.TOO_MANY, what=what, most=most)


def _used_once(stamp: Stamp) -> None:
    try:
        with transaction.atomic():
            SourceNonce.objects.create(source_id=stamp.source, nonce=stamp.nonce, at=clock.now())
    except IntegrityError as error:
        raise Refusal(SourceError.REPLAYED) from error


@contextmanager
def _prepared(actor: Actor, picture: bytes) -> Iterator[list[Any]]:
    if not picture:
        yield []
        return
    with ExitStack() as held:
        try:
            ready = held.enter_context(files.prepare(actor, picture, "picture"))
        except Refusal as refusal:
            raise Refusal(SourceError.BAD_PICTURE, most=sources.PICTURE_MOST // 2**20) from refusal
        if ready.content.kind != "photo":
            raise Refusal(SourceError.BAD_PICTURE, most=sources.PICTURE_MOST // 2**20)
        yield [ready]


def _picture(text: str) -> bytes:
    try:
        data = signing.picture(text)
    except ValueError as error:
        raise Refusal(SourceError.BAD_PICTURE, most=sources.PICTURE_MOST // 2**20) from error
    if len(data) > sources.PICTURE_MOST:
        raise Refusal(SourceError.BAD_PICTURE, most=sources.PICTURE_MOST // 2**20)
    return data


def _needed(text: str, zh: str, en: str) -> None:
    if blank(text):
        raise Refusal(SourceError.NOTHING_SAID, field=Words(zh, en))


def _key(given: str) -> str:
    return sha256(given.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _seen(at: datetime | None) -> datetime | None:
    """When it was seen, if that can be: the clocks of cameras are often wrong."""
    if at is not None and at.tzinfo is None:
        raise Refusal(CaseError.NO_ZONE, value=at.isoformat())
    return at if at is not None and at.year >= EARLIEST and at <= clock.now() + timedelta(minutes=10) else None

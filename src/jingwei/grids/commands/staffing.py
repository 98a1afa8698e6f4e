"""Who holds which area, who is away. History is never deleted (STF-36)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from jingwei.accounts.queries import Right, names_of
from jingwei.formats.rows import Row
from jingwei.grids import rotas
from jingwei.grids.commands.handing_over import (
    KEEP,
    PASS,
    RELEASE,
    HandedOver,
    day_after,
    known_work,
    see_to_work,
)
from jingwei.grids.commands.person_tables import Entry, Taken, take_table
from jingwei.grids.commands.standing import active, changeable, changed, known_system, permit, visible_to
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.events import StaffingEvent
from jingwei.grids.models import Absence, Area, Staffing
from jingwei.grids.placing import BASE
from jingwei.grids.staffing import CONTRACTS, Post
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal


def staff(actor: Actor, area_id: int, user_id: UUID, post: str, since: date, *, until: date | None = None,
          duties: Sequence[str] = (), rank: int = 0, hand_over: bool = False, employer: str = "", contract: str = "",
          second_line: int | None = None) -> int:
    """Post a person on an area as main, deputy or member of the team, first and last day included.

    A second main for the same days is refused (STF-01), unless `hand_over`: then the one before ends the day
    before and their open work goes along. `employer`, `contract`: who pays and how (STF-43). `second_line`: an area
    whose head may direct the person, too (STF-42). Returns the posting's id.
    """
    wanted = _posting(user_id, post, since, until, duties, rank)
    wanted.employer, wanted.contract, wanted.second_line_id = employer.strip()[:60], _contract(contract), second_line
    with transaction.atomic(savepoint=False):
        area = visible_to(active(changeable(actor, area_id, Right.STAFFING_MANAGE)), None)
        tail = journal.hold(f"area_staffing:{area_id}")  # one at a time per area
        if second_line is not None:
            visible_to(active(changeable(actor, second_line, Right.AREA_READ)), None)
        ended = _make_room(wanted, area, hand_over)
        posting = _insert(wanted, area)
        for before in Staffing.objects.filter(pk__in=ended):
            see_to_work(actor, area, before, user_id, since, PASS)
        journal.record(actor, tail, StaffingEvent.STAFFED, {
            "staffing": posting.id, "user": str(user_id), "post": post, "since": str(since),
            "until": str(until) if until else None, "duties": posting.duties, "ended": ended,
            **({"contract": posting.contract} if posting.contract else {}),
            **({"second_line": second_line} if second_line else {})}, area_path=area.path)
        changed(on_map=False)
    return posting.id


def _contract(code: str) -> str:
    if code and code not in CONTRACTS:
        raise Refusal(GridError.UNKNOWN_CONTRACT, contract=code[:20])
    return code


def _posting(user_id: UUID, post: str, since: date, until: date | None, duties: Sequence[str], rank: int) -> Staffing:
    if post not in set(Post):
        raise Refusal(GridError.UNKNOWN_POST, post=post[:20])
    if until is not None and until < since:
        raise Refusal(GridError.BAD_DAYS, since=since, until=until)
    plain = [duty.strip()[:40] for duty in duties if duty.strip()]
    return Staffing(user_id=user_id, post=post, since=since, until=until, duties=plain, rank=rank)


def _insert(wanted: Staffing, area: Area) -> Staffing:
    wanted.area = area
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError as error:
        raise Refusal(GridError.POSTED_ALREADY, since=wanted.since, area=area.name) from error
    if not Staffing.objects.filter(pk=wanted.id, user__active=True).exists():
        raise Refusal(GridError.UNKNOWN_PERSON, person=str(wanted.user_id))
    return wanted


def _make_room(wanted: Staffing, area: Area, hand_over: bool) -> list[int]:
    """End the mains before on a hand-over; refuse a second main otherwise. Returns the ended postings."""
    if wanted.post != Post.MAIN:
        return []
    same_days = Q(until=None) | Q(until__gte=wanted.since)
    if wanted.until:
        same_days &= Q(since__lte=wanted.until)
    others = Staffing.objects.filter(same_days, area=area, post=Post.MAIN, void=False)
    if not hand_over and others.exists():
        raise Refusal(GridError.MAIN_TAKEN, area=area.name)
    ended = []
    for other in others:
        _end(other, wanted.since - timedelta(days=1))
        ended.append(other.id)
    return ended


def _end(posting: Staffing, last_day: date) -> None:
    if last_day < posting.since:
        posting.void = True
    else:
        posting.until = last_day
    posting.save(update_fields=["void", "until"])


def unstaff(actor: Actor, staffing_id: int, last_day: date | None = None, *, work: str = RELEASE) -> HandedOver:
    """End a posting with its last day (today by default). One that has not begun by then is void.

    `work`: release what waits for the person there to whoever comes first, or keep it with them.
    """
    known_work(work)
    last = last_day or today()
    with transaction.atomic(savepoint=False):
        posting = Staffing.objects.filter(pk=staffing_id, void=False).first()
        if posting is None:
            raise Refusal(KernelError.NOT_FOUND)
        area = changeable(actor, posting.area_id, Right.STAFFING_MANAGE)
        tail = journal.hold(f"area_staffing:{area.id}")
        posting.refresh_from_db()
        _not_over(posting, last)
        _end(posting, last)
        sheet = see_to_work(actor, area, posting, None, day_after(last), KEEP if work == KEEP else RELEASE)
        journal.record(actor, tail, StaffingEvent.UNSTAFFED, {
            "staffing": posting.id, "user": str(posting.user_id), "post": posting.post, "void": posting.void,
            "until": str(posting.until) if posting.until else None, "sheet": sheet.id, "work": sheet.work,
            "items": len(sheet.items)}, area_path=area.path)
        changed(on_map=False)
    return HandedOver(None, sheet.id, len(sheet.items))


def hand_over(actor: Actor, staffing_id: int, user_id: UUID, on: date, *, work: str = PASS) -> HandedOver:
    """Another person takes a posting over on the day `on`: the one ends the day before, the other begins, together.

    Post, duties and last day stay what they were. `work`: pass what waits for the one on to the other, release it to
    whoever comes first, or keep it; where `on` lies ahead, on that day.
    """
    known_work(work)
    with transaction.atomic(savepoint=False):
        before = Staffing.objects.filter(pk=staffing_id, void=False).first()
        if before is None:
            raise Refusal(KernelError.NOT_FOUND)
        area = visible_to(active(changeable(actor, before.area_id, Right.STAFFING_MANAGE)), None)
        tail = journal.hold(f"area_staffing:{area.id}")
        before.refresh_from_db()
        if before.user_id == user_id:
            raise Refusal(GridError.SAME_PERSON)
        until = _not_over(before, on)
        _end(before, on - timedelta(days=1))
        wanted = _posting(user_id, before.post, on, until, before.duties, before.rank)
        wanted.second_line_id = before.second_line_id
        _make_room(wanted, area, hand_over=False)
        posting = _insert(wanted, area)
        sheet = see_to_work(actor, area, before, user_id, on, work)
        journal.record(actor, tail, StaffingEvent.HANDED_OVER, {
            "staffing": posting.id, "user": str(user_id), "post": posting.post, "since": str(on),
            "until": str(until) if until else None, "duties": posting.duties, "ended": [before.id], "sheet": sheet.id,
            "work": work, "items": len(sheet.items)}, area_path=area.path)
        changed(on_map=False)
    return HandedOver(posting.id, sheet.id, len(sheet.items))


def _not_over(posting: Staffing, day: date) -> date | None:
    """The last day of a posting, which must not lie before `day`: what has ended is not lengthened in hindsight."""
    if posting.void or (posting.until is not None and posting.until < day):
        raise Refusal(GridError.ENDED_ALREADY, until=posting.until or posting.since)
    return posting.until


def set_absent(actor: Actor, user_id: UUID, since: datetime, until: datetime | None = None) -> int:
    """Somebody is away from `since` up to `until` (aware; None: until `set_present`); the deputy answers (STF-03).

    For oneself, or with the right over an area on which the person is posted. Returns the absence's id.
    """
    if since.tzinfo is None or (until is not None and (until.tzinfo is None or until <= since)):
        raise Refusal(GridError.BAD_DAYS, since=since, until=until)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"absence:{user_id}")
        path = _path_for(actor, user_id)
        if not names_of([user_id]):
            raise Refusal(GridError.UNKNOWN_PERSON, person=str(user_id))
        overlapping = Q(until=None) | Q(until__gt=since)
        if until:
            overlapping &= Q(since__lt=until)
        if Absence.objects.filter(overlapping, user_id=user_id).exists():
            raise Refusal(GridError.ALREADY_AWAY)
        absence = Absence.objects.create(user_id=user_id, since=since, until=until)
        journal.record(actor, tail, StaffingEvent.ABSENT, {
            "absence": absence.id, "since": since.isoformat(), "until": until.isoformat() if until else None},
            area_path=path)
    return absence.id


def set_present(actor: Actor, user_id: UUID, at: datetime) -> None:
    """End what absence runs at `at` (aware). Nothing happens where none does."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"absence:{user_id}")
        path = _path_for(actor, user_id)
        running = Absence.objects.filter(Q(until=None) | Q(until__gt=at), user_id=user_id, since__lt=at).first()
        if running is None:
            return
        running.until = at
        running.save(update_fields=["until"])
        journal.record(actor, tail, StaffingEvent.PRESENT, {"absence": running.id, "until": at.isoformat()},
                       area_path=path)


def cancel_absence(actor: Actor, absence_id: int) -> None:
    """End an absence now; one that has not begun is taken back. Nothing happens where it is over."""
    with transaction.atomic(savepoint=False):
        user_id = Absence.objects.filter(pk=absence_id).values_list("user_id", flat=True).first()
        if user_id is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"absence:{user_id}")
        path = _path_for(actor, user_id)
        absence, now = Absence.objects.filter(pk=absence_id).first(), clock.now()
        if absence is None or (absence.until is not None and absence.until <= now):
            return
        begun = absence.since < now
        if begun:
            absence.until = now
            absence.save(update_fields=["until"])
        else:
            absence.delete()  # nobody was away: the entry below remembers
        journal.record(actor, tail, StaffingEvent.PRESENT, {
            "absence": absence_id, "until": now.isoformat() if begun else None, "void": not begun}, area_path=path)


def _path_for(actor: Actor, user_id: UUID) -> str:
    """A path of the person's postings that the actor may manage; '' for oneself. Not found otherwise."""
    held = list(Staffing.objects.filter(user_id=user_id, void=False).values_list("area__path", flat=True).distinct())
    for path in held:
        if actor.covers(Right.STAFFING_MANAGE.value, path):
            return path
    if actor.user_id == user_id:
        return held[0] if held else ""
    if not held:
        permit(actor, Right.STAFFING_MANAGE, "")
        return ""
    raise Refusal(KernelError.NOT_FOUND)


def import_staffing(actor: Actor, table: Iterable[Row], people: Callable[[set[str]], dict[str, UUID]], *,
                    file_hash: str = "", system: str = BASE, dry_run: bool = False) -> Taken:
    """Post people from a table: 网格编码, 登录名, 岗位 (主责/A, 副/B, 成员), 开始, 结束, 职责 (one cell, split by 、).

    `people`: ids of active users by login. Rows that say what stands already are passed over; refused rows leave the
    others alone. One journal entry. `dry_run`: the same, each batch undone.
    """
    known_system(system)
    rows = list(table)
    drafts, findings = rotas.read(rows, today())
    drafts.sort(key=lambda draft: draft.area_code)  # so that a batch undone knows the others of its areas
    return take_table(actor, rows, drafts, findings, people, _take, Entry("staffing_import", StaffingEvent.IMPORTED, file_hash),
                      system=system, dry_run=dry_run)


def _take(area: Area, user_id: UUID, draft: rotas.Draft) -> int:
    same = Staffing.objects.filter(area=area, user_id=user_id, post=draft.post, since=draft.since, until=draft.until,
                                   void=False)
    if same.exists():
        return 0
    wanted = _posting(user_id, draft.post, draft.since, draft.until, draft.duties, draft.rank)
    with transaction.atomic():
        _make_room(wanted, area, hand_over=False)
        _insert(wanted, area)
    return 1

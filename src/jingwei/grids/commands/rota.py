"""The duty rota of an area: single shifts, a repeating pattern, a table; which times must be covered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from jingwei.accounts.queries import Right, active_people
from jingwei.formats.rows import Row
from jingwei.grids import models, ports, rota_table, shifts
from jingwei.grids.commands.person_tables import Entry, Taken, take_table
from jingwei.grids.commands.standing import active, changeable, changed, known_system, visible_to
from jingwei.grids.errors import GridError
from jingwei.grids.events import RotaEvent
from jingwei.grids.models import Area
from jingwei.grids.placing import BASE
from jingwei.grids.shifts import EVERY_DAY, Pattern, Turn
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

MOST_PEOPLE, MOST_SHIFTS = 60, 12
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """How many shifts a pattern made, and how many that stood there before it took away."""

    made: int
    removed: int


def add_shift(actor: Actor, area_id: int, user_id: UUID, day: date, start: str, end: str) -> int:
    """Put somebody on an area from one time of day to another; an end that is not later lies on the next day."""
    first, minutes = _times(start, end)
    with transaction.atomic(savepoint=False):
        area = _area(actor, area_id)
        tail = journal.hold(f"area_rota:{area_id}")
        shift = _insert(area, user_id, day, first, minutes)
        journal.record(actor, tail, RotaEvent.ADDED, {
            "shift": shift.id, "user": str(user_id), "day": str(day), "start": first, "minutes": minutes}, area_path=area.path)
        changed(on_map=False)
    return shift.id


def drop_shift(actor: Actor, shift_id: int) -> None:
    """Take a shift away. Its row stays, void. Nothing happens where that was done before."""
    with transaction.atomic(savepoint=False):
        shift = models.Shift.objects.filter(pk=shift_id).first()
        if shift is None:
            raise Refusal(KernelError.NOT_FOUND)
        area = changeable(actor, shift.area_id, Right.STAFFING_MANAGE)
        tail = journal.hold(f"area_rota:{area.id}")
        if not models.Shift.objects.filter(pk=shift_id, void=False).update(void=True):
            return
        journal.record(actor, tail, RotaEvent.REMOVED, {
            "shift": shift_id, "user": str(shift.user_id), "day": str(shift.day), "start": shift.start,
            "minutes": shift.minutes}, area_path=area.path)
        changed(on_map=False)


def plan_rota(actor: Actor, area_id: int, users: Sequence[UUID], times: Sequence[tuple[str, str]], first: date, last: date,
              *, turn: str = Turn.DAY.value, weekdays: Iterable[int] = EVERY_DAY, skip_holidays: bool = False) -> Planned:
    """Make a rota by a repeating pattern. What stood on these days before on this area is taken away.

    `times`: start and end of each shift of a day. `skip_holidays`: nobody is on duty on official holidays.
    """
    pattern = _pattern(users, times, first, last, turn, weekdays)
    with transaction.atomic(savepoint=False):
        area = _area(actor, area_id)
        tail = journal.hold(f"area_rota:{area_id}")
        _everybody_works_here(users)
        free = ports.days_off(first, last, area.path) if skip_holidays else frozenset()
        rows = [models.Shift(user_id=one.user, area=area, day=one.day, start=one.start, minutes=one.minutes)
                for one in shifts.rota(pattern, free=free)]
        removed = models.Shift.objects.filter(area=area, day__gte=first, day__lte=last, void=False).update(void=True)
        models.Shift.objects.bulk_create(rows, batch_size=_BATCH)
        told = Planned(len(rows), removed)
        journal.record(actor, tail, RotaEvent.PLANNED, {
            "first": str(first), "last": str(last), "users": [str(user) for user in users], "times": list(pattern.shifts),
            "turn": pattern.turn.value, "weekdays": sorted(pattern.weekdays), "skip_holidays": skip_holidays,
            "made": told.made, "removed": told.removed}, area_path=area.path)
        changed(on_map=False)
    return told


def _pattern(users: Sequence[UUID], times: Sequence[tuple[str, str]], first: date, last: date, turn: str,
             weekdays: Iterable[int]) -> Pattern:
    days = frozenset(weekdays)
    each = tuple(_times(*pair) for pair in times)
    wrong = None
    if last < first or (last - first).days >= shifts.MOST_DAYS:
        wrong = Words(f"日期须先后相接，最多 {shifts.MOST_DAYS} 天", f"the days are in order and at most {shifts.MOST_DAYS}")
    elif not users or len(users) > MOST_PEOPLE or len(set(users)) < len(users):
        wrong = Words(f"人员须为 1 至 {MOST_PEOPLE} 名，不能重复", f"there are 1 to {MOST_PEOPLE} people, each named once")
    elif not each or len(each) > MOST_SHIFTS:
        wrong = Words(f"每天须有 1 至 {MOST_SHIFTS} 个班次", f"a day has 1 to {MOST_SHIFTS} shifts")
    elif not days or not days <= EVERY_DAY:
        wrong = Words("至少选一个星期几", "at least one day of the week is needed")
    elif turn not in set(Turn):
        wrong = Words("轮换方式须为按班、按天或按周", "turns go by shift, by day or by week")
    elif len({start for start, _ in each}) < len(each):
        wrong = Words("两个班次的开始时刻相同", "two shifts begin at the same time")
    if wrong is not None:
        raise Refusal(GridError.BAD_PATTERN, why=wrong)
    return Pattern(first, last, tuple(users), each, Turn(turn), days)


def _times(start: str, end: str) -> tuple[int, int]:
    first, last = shifts.minute_of(start), shifts.minute_of(end)
    if first is None or last is None or first == shifts.DAY:
        raise Refusal(GridError.BAD_SHIFT, start=start[:10], end=end[:10])
    return first, shifts.length(first, last)


def _area(actor: Actor, area_id: int) -> Area:
    return visible_to(active(changeable(actor, area_id, Right.STAFFING_MANAGE)), None)


def _everybody_works_here(users: Sequence[UUID]) -> None:
    working = active_people(users)
    for user in users:
        if user not in working:
            raise Refusal(GridError.UNKNOWN_PERSON, person=str(user))


def _insert(area: Area, user_id: UUID, day: date, start: int, minutes: int) -> models.Shift:
    shift = models.Shift(user_id=user_id, area=area, day=day, start=start, minutes=minutes)
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError as error:
        raise Refusal(GridError.ON_SHIFT_ALREADY, day=day, start=shifts.clock_words(start), area=area.name) from error
    if not models.Shift.objects.filter(pk=shift.id, user__active=True).exists():
        raise Refusal(GridError.UNKNOWN_PERSON, person=str(user_id))
    return shift


def set_cover(actor: Actor, area_id: int, start: str, end: str, *, weekdays: Iterable[int] = EVERY_DAY,
              on_holidays: bool = True) -> None:
    """Say which times of day must be covered on an area and below it. No times: its system's rule holds again."""
    days = sorted(set(weekdays) & EVERY_DAY)
    given = None if not start and not end else _times(start, end)
    if given and not days:
        raise Refusal(GridError.BAD_PATTERN, why=Words("至少选一个星期几", "at least one day of the week is needed"))
    with transaction.atomic(savepoint=False):
        area = _area(actor, area_id)
        tail = journal.hold(f"area_rota:{area_id}")
        if given is None:
            models.Cover.objects.filter(area=area).delete()
        else:
            models.Cover.objects.update_or_create(area=area, defaults={
                "start": given[0], "minutes": given[1], "weekdays": days, "on_holidays": on_holidays})
        journal.record(actor, tail, RotaEvent.COVER_SET, {
            "times": given, "weekdays": days, "on_holidays": on_holidays}, area_path=area.path)
        changed(on_map=False)


def import_rota(actor: Actor, table: Iterable[Row], people: Callable[[set[str]], dict[str, UUID]], *, file_hash: str = "",
                system: str = BASE, dry_run: bool = False) -> Taken:
    """Shifts from a table: 网格编码, 登录名, 日期, 上班, 下班. Rows that stand already are passed over. One journal entry.

    `people`: ids of active users by login. `dry_run`: the same, each batch undone.
    """
    known_system(system)
    rows = list(table)
    drafts, findings = rota_table.read(rows)
    return take_table(actor, rows, drafts, findings, people, _take, Entry("rota_import", RotaEvent.IMPORTED, file_hash),
                      system=system, dry_run=dry_run)


def _take(area: Area, user_id: UUID, draft: rota_table.Draft) -> int:
    same = models.Shift.objects.filter(area=area, user_id=user_id, day=draft.day, start=draft.start, void=False)
    standing = same.values_list("minutes", flat=True).first()
    if standing == draft.minutes:
        return 0
    _insert(area, user_id, draft.day, draft.start, draft.minutes)
    return 1

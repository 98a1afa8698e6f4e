"""What a correction of the calendar does to the deadlines of a batch of cases. Reads only, a few statements for the whole batch."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.cases import clock as clocks
from jingwei.cases import timing, workflow
from jingwei.cases.models import Adjustment, Step
from jingwei.cases.stays import Change, Stay, change_between, due_by, in_working_time, reckoning
from jingwei.cases.worktime import WorkCalendar, book_of
from jingwei.catalogue import queries as catalogue

RUNNING = tuple(state for state, (_, kind) in workflow.STATES.items() if kind == "open")
OPEN = tuple(state for state, (_, kind) in workflow.STATES.items() if kind != "ended")
COLUMNS = ("id", "number", "state", "step", "state_at", "due_at", "limit_value", "limit_unit", "calendar", "unit_id", "area_path", "ended_at")
_DAYS_TOLD = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline that is another now. `ended_at`: of a finished stay."""

    case_id: UUID
    number: str
    step: int
    stage: str
    unit_id: int | None
    before: datetime
    after: datetime
    ended_at: datetime | None
    why: str

    @property
    def judged(self) -> bool:
        """Whether a finished stay would be late instead of in time, or in time instead of late."""
        return self.ended_at is not None and (self.ended_at > self.before) != (self.ended_at > self.after)


@dataclass
class Calendars:
    """The calendar in force at a place, and each version that a deadline names. `instead`: of a draft that is only looked at."""

    known: dict[str, int]
    instead: Callable[[str], WorkCalendar | None] = lambda area_path: None
    _versions: dict[str, WorkCalendar | None] = field(default_factory=dict)
    _changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    _at: dict[str, WorkCalendar] = field(default_factory=dict)

    def at(self, area_path: str) -> WorkCalendar:
        found = self._at.get(area_path)
        if found is None:
            found = self._at[area_path] = self.instead(area_path) or timing.calendar_in_force(self.known, area_path)
        return found

    def named(self, version: str) -> WorkCalendar | None:
        if version not in self._versions:
            days = catalogue.calendar_of_version(version)
            self._versions[version] = timing.made(days) if days else None
        return self._versions[version]

    def change(self, version: str, now: WorkCalendar) -> Change:
        """What differs between the version that a deadline names and the calendar now. Of one that is unknown: nothing."""
        key = version, now.version
        if key not in self._changes:
            before = self.named(version)
            self._changes[key] = change_between(before, now) if before else Change()
        return self._changes[key]


def moved_of(cases: Sequence[dict[str, Any]], calendars: Calendars, *, finished: bool = False) -> list[Moved]:
    """The present deadlines of these cases that are others now; `finished`: also those of their finished stays that would be judged otherwise."""
    book = catalogue.book(calendars.known)
    some = [case for case in cases if finished or _may_move(case, calendars)]
    if not some:
        return []
    stays, extended = _courses([case["id"] for case in some])
    found = []
    for case in some:
        course = [*stays[case["id"]], _present(case)]
        convention = book.setting("work_day_convention", case["area_path"])
        places = range(len(course)) if finished else [len(course) - 1]
        for place in places:
            moved = _moved(case, course, place, extended[case["id"]], calendars, convention)
            if moved is not None and (moved.ended_at is None or moved.judged):
                found.append(moved)
    return found


def _may_move(case: dict[str, Any], calendars: Calendars) -> bool:
    if case["due_at"] is None or not case["calendar"]:
        return False
    now = calendars.at(case["area_path"])
    change = calendars.change(case["calendar"], now)
    return change.hours or bool(change.days and change.days[0] <= book_of(now).local(case["due_at"]))


def _moved(case: dict[str, Any], course: Sequence[Stay], place: int, extended: list[tuple[datetime, clocks.Limit]],
           calendars: Calendars, convention: str) -> Moved | None:
    stay, now = course[place], calendars.at(case["area_path"])
    if stay.due_at is None or not stay.calendar or stay.calendar == now.version or stay.state == "suspended":
        return None
    change = calendars.change(stay.calendar, now)
    if change.nothing:
        return None
    counted, book = reckoning(course, place, extended), book_of(now)
    if not in_working_time(stay, counted) or not change.touches(book.local(counted.start), book.local(stay.due_at)):
        return None
    try:
        after = due_by(stay, counted, now, convention)
    except clocks.ClockRefusal:
        return None
    if after is None or after == stay.due_at:
        return None
    days = change.within(book.local(counted.start), book.local(max(after, stay.due_at)))
    return Moved(case["id"], case["number"], stay.number, stay.state, stay.unit_id, stay.due_at, after, stay.ended_at,
                 _why(stay.calendar, now, days))


def _why(version: str, now: WorkCalendar, days: Sequence[Any]) -> str:
    """"工作日历 v3 → v4：10月11日 改为上班"."""
    said = [f"{on.month}月{on.day}日{_WORD[now.exceptions.get(on, '')]}" for on in days[:_DAYS_TOLD]]
    more = f" 等 {len(days)} 天" if len(days) > _DAYS_TOLD else ""
    return f"工作日历 {version} → {now.version}：{'、'.join(said) if said else '上下班时间有变'}{more}"[:300]


_WORD = {"work": "改为上班", "off": "改为放假", "": "改回平常"}


def _present(case: dict[str, Any]) -> Stay:
    return Stay(case["step"], case["state"], case["state_at"], case["ended_at"], case["due_at"], case["limit_value"],
                case["limit_unit"], case["calendar"], unit_id=case["unit_id"])


def _courses(ids: Iterable[UUID]) -> tuple[dict[UUID, list[Stay]], dict[UUID, list[tuple[datetime, clocks.Limit]]]]:
    ids = list(ids)
    stays: dict[UUID, list[Stay]] = defaultdict(list)
    for case_id, *columns in Step.objects.filter(case_id__in=ids).order_by("case_id", "number").values_list(
            "case_id", "number", "state", "began_at", "ended_at", "due_at", "limit_value", "limit_unit", "calendar", "action", "unit_id"):
        stays[case_id].append(Stay(*columns))  # type: ignore[arg-type]  # in the order of its fields
    extended: dict[UUID, list[tuple[datetime, clocks.Limit]]] = defaultdict(list)
    granted = Adjustment.objects.filter(case_id__in=ids, kind="extension", state="granted").order_by("id")
    for case_id, at, value, unit in granted.values_list("case_id", "at", "value", "unit"):
        extended[case_id].append((at, clocks.Limit(value or 0, clocks.Unit(unit))))
    return stays, extended

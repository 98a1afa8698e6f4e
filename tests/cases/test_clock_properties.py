"""What must hold of every deadline, whatever the calendar, the pauses and the units (T3, C4)."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.cases.clock import (
    Convention,
    Kind,
    Limit,
    Unit,
    Why,
    WorkCalendar,
    due,
    elapsed_working,
    remaining,
)
from jingwei.cases.clock_words import format_explanation
from tests.cases.calendars import DAY, MORNING, WEEK

MINUTE = timedelta(minutes=1)
ZERO = timedelta(0)
NIGHT = ((time(0), time(6)), (time(22), time(0)))
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
WEEKS = (WEEK, (DAY, DAY, DAY, DAY, (MORNING,), (MORNING,), ()), (NIGHT,) * 7, ((), DAY, (), (), DAY, (), ()))


@cache
def _calendar(zone: str, week: int, exceptions: tuple[tuple[int, str], ...]) -> WorkCalendar:
    first = date(2026, 3, 1)
    return WorkCalendar(
        version="any", zone=zone, slots=WEEKS[week], known_years=frozenset({2026}),
        exceptions={first + timedelta(days=after): word for after, word in exceptions})


@st.composite
def calendars(draw: st.DrawFn, zones: tuple[str, ...] = ZONES) -> WorkCalendar:
    days = draw(st.dictionaries(st.integers(0, 60), st.sampled_from(("off", "work")), max_size=6))
    return _calendar(draw(st.sampled_from(zones)), draw(st.integers(0, 3)), tuple(sorted(days.items())))


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """A whole minute in the spring of 2026, over the changes of the clocks."""
    return datetime(2026, 3, 1, tzinfo=ZoneInfo("UTC")) + draw(st.integers(0, 60 * 24 * 60)) * MINUTE


@st.composite
def pauses(draw: st.DrawFn) -> list[tuple[datetime, datetime]]:
    starts = draw(st.lists(instants(), max_size=4))
    return [(start, start + draw(st.integers(0, 6000)) * MINUTE) for start in starts]


LIMITS = st.one_of(
    st.builds(Limit, st.integers(1, 600), st.sampled_from((Unit.WORK_MINUTE, Unit.URGENT_MINUTE))),
    st.builds(Limit, st.integers(1, 40), st.sampled_from((Unit.WORK_HOUR, Unit.URGENT_HOUR))),
    st.builds(Limit, st.integers(1, 10), st.sampled_from((Unit.WORK_DAY, Unit.URGENT_DAY, Unit.NATURAL_DAY))),
)


def _span(limit: Limit, calendar: WorkCalendar) -> timedelta:
    if limit.unit is Unit.WORK_DAY:
        return limit.value * calendar.day
    hour = timedelta(hours=1)
    return limit.value * {"minute": MINUTE, "hour": hour, "day": 24 * hour}[limit.unit.value.split("_")[1]]


@settings(max_examples=150, deadline=None)
@given(instants(), LIMITS, calendars(), pauses(), st.lists(LIMITS, max_size=3), st.sampled_from(Convention))
def test_the_intervals_tile_the_way_to_the_due_instant(start, limit, calendar, held, extensions, convention):
    found = due(start, limit, calendar, held, extensions, convention)
    assert found.explanation[0].start == start
    assert found.explanation[-1].end == found.at
    for before, after in zip(found.explanation, found.explanation[1:], strict=False):
        assert before.end == after.start
        assert (before.kind, before.why, before.label, before.part) != (
            after.kind, after.why, after.label, after.part)
    assert all(each.length > ZERO for each in found.explanation)


@settings(max_examples=150, deadline=None)
@given(instants(), LIMITS, calendars(), pauses(), st.lists(LIMITS, max_size=3))
def test_what_was_counted_adds_up_to_each_limit_exactly(start, limit, calendar, held, extensions):
    found = due(start, limit, calendar, held, extensions)
    for part, each in enumerate((limit, *extensions)):
        counted = [one for one in found.explanation if one.part == part and one.kind is Kind.COUNTED]
        assert sum((one.length for one in counted), ZERO) == _span(each, calendar)
        assert all((one.why is Why.CLOCK) is not each.unit.working for one in counted)
    left = remaining(start, found)
    assert left.working + left.clock == sum((_span(each, calendar) for each in (limit, *extensions)), ZERO)


_PARTS = re.compile(r"(\d+) (天|小时|分钟|秒)")
_WORTH = {"天": timedelta(days=1), "小时": timedelta(hours=1), "分钟": MINUTE, "秒": timedelta(seconds=1)}


@settings(max_examples=100, deadline=None)
@given(instants(), st.integers(0, 59), LIMITS, calendars(), pauses(), st.lists(LIMITS, max_size=2))
def test_the_lines_that_tell_every_interval_add_up_to_the_limits_too(start, second, limit, calendar, held, extensions):
    """Issue: an explanation with every interval counted and skipped, read as it is printed."""
    found = due(start + timedelta(seconds=second), limit, calendar, held, extensions)
    told = [line.rpartition("：")[2] for line in format_explanation(found, every=True) if "：" in line]
    assert len(told) == len(found.explanation)
    counted = sum((int(number) * _WORTH[unit] for line in told if "计" in line and "不计" not in line
                   for number, unit in _PARTS.findall(line)), ZERO)
    assert abs(counted - sum((_span(each, calendar) for each in (limit, *extensions)), ZERO)) < len(told) * _WORTH["秒"]
    assert sum("不计" in line for line in told) == sum(one.kind is Kind.SKIPPED for one in found.explanation)


@settings(max_examples=100, deadline=None)
@given(instants(), st.integers(1, 10), calendars(), pauses())
def test_an_end_of_day_is_the_close_of_a_working_day_outside_every_pause(start, days, calendar, held):
    found = due(start, Limit(days, Unit.WORK_DAY), calendar, held, convention="end_of_day")
    assert not any(low < found.at <= high for low, high in held)
    zone = ZoneInfo(calendar.zone)
    before = found.at - MINUTE
    assert elapsed_working(before, found.at, calendar) == MINUTE
    midnight = datetime.combine(before.astimezone(zone).date() + timedelta(days=1), time.min, zone)
    assert elapsed_working(found.at, midnight, calendar) == ZERO
    free = due(start, Limit(days, Unit.WORK_DAY), calendar, convention="end_of_day")
    closes = {each.start.astimezone(zone).date() for each in free.explanation if each.kind is Kind.COUNTED}
    assert len(closes) == days
    assert start.astimezone(zone).date() not in closes
    assert found.at >= free.at


@settings(max_examples=60, deadline=None)
@given(instants(), st.integers(1, 900), calendars(("Asia/Shanghai", "Europe/Berlin")), pauses())
def test_it_agrees_with_counting_minute_by_minute(start, minutes, calendar, held):
    """The oracle looks at the clock on the wall once a minute; it shares nothing with the clock under test."""
    zone = ZoneInfo(calendar.zone)
    at, left = start, minutes
    while left:
        wall = at.astimezone(zone)
        word = calendar.exceptions.get(wall.date())
        slots = calendar.day_slots if word == "work" else calendar.slots[wall.weekday()]
        inside = any(low <= wall.time() and (wall.time() < high or high == time.min) for low, high in slots)
        if inside and word != "off" and not any(low <= at < high for low, high in held):
            left -= 1
        at += MINUTE
    assert due(start, Limit(minutes, Unit.WORK_MINUTE), calendar, held).at == at


@settings(max_examples=100, deadline=None)
@given(instants(), LIMITS, calendars(), pauses(), instants(), st.sampled_from(Convention))
def test_a_pause_never_hastens_a_deadline_and_order_does_not_matter(start, limit, calendar, held, at, convention):
    found = due(start, limit, calendar, held, (), convention)
    assert found.at >= due(start, limit, calendar, held[1:], (), convention).at
    assert due(start, limit, calendar, held[::-1], (), convention).at == found.at
    stopped = due(start, limit, calendar, [*held, (at, None)], (), convention)
    assert stopped.at == (None if at < found.at else found.at)


@settings(max_examples=100, deadline=None)
@given(instants(), LIMITS, calendars(), pauses(), st.lists(instants(), min_size=2, max_size=5))
def test_what_is_left_never_grows(start, limit, calendar, held, moments):
    found = due(start, limit, calendar, held)
    left = [sum(remaining(at, found), ZERO) for at in sorted(moments)]
    assert left == sorted(left, reverse=True)
    assert sum(remaining(found.at, found), ZERO) == ZERO
    assert sum(remaining(found.at - MINUTE / 2, found), ZERO) > ZERO

"""What the clock refuses: absurd limits, instants out of range, calendars that make no sense (T3)."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from jingwei.cases.clock import ClockRefusal, Convention, Limit, Unit, WorkCalendar, due
from tests.cases.calendars import AFTERNOON, DAY, MORNING, WEEK, local, official, plain, shown

H, D, UM, ND = Unit.WORK_HOUR, Unit.WORK_DAY, Unit.URGENT_MINUTE, Unit.NATURAL_DAY

REFUSED_LIMITS = [
    (0, H, "limit.not_positive"), (-1, D, "limit.not_positive"), (Decimal("-0.5"), H, "limit.not_positive"),
    (21 * 366, D, "limit.too_long"), (21, Unit.URGENT_DAY, None), (10**30, UM, "limit.too_long"),
    (Decimal("1E+1000000"), H, "limit.too_long"), (Decimal("NaN"), H, "limit.not_number"),
    (Decimal("Infinity"), H, "limit.not_number"), (True, H, "limit.not_number"), ("2", H, "limit.not_number"),
    (2.0, H, "limit.not_number"), (None, H, "limit.not_number"),
]


@pytest.mark.parametrize(("value", "unit", "code"), REFUSED_LIMITS)
def test_it_refuses_an_absurd_limit(value, unit, code):
    if code is None:
        Limit(value, unit)
        return
    with pytest.raises(ClockRefusal) as refused:
        Limit(value, unit)
    assert refused.value.code == code
    assert refused.value.text
    assert refused.value.text_en


def test_it_refuses_what_cannot_be_counted():
    start = local("2026-11-18 09:00")
    earlier = start - timedelta(hours=1)
    weekly = plain(slots=((), (), (), (), (), (), ((time(9), time(9, 1)),)))
    refused = [
        ("limit.too_fine", lambda: due(start, Limit(Decimal("0.00001"), H), official())),
        ("limit.whole_days", lambda: due(start, Limit(Decimal("1.5"), D), official(), (), (), "end_of_day")),
        ("limit.convention_unknown", lambda: due(start, Limit(1, D), official(), convention="whenever")),
        ("limit.unreachable", lambda: due(start, Limit(50, H), weekly)),
        ("limit.unreachable", lambda: due(start, Limit(7000, D), weekly, convention="end_of_day")),
        ("time.no_zone", lambda: due(datetime(2026, 11, 18), Limit(1, H), official())),  # noqa: DTZ001
        ("time.out_of_range", lambda: due(datetime(9999, 12, 31, 23, tzinfo=UTC), Limit(1, H), plain())),
        ("time.out_of_range", lambda: due(datetime(1969, 12, 31, tzinfo=UTC), Limit(1, H), plain())),
        ("pause.reversed", lambda: due(start, Limit(1, H), official(), [(start, earlier)])),
    ]
    for code, act in refused:
        with pytest.raises(ClockRefusal) as found:
            act()
        assert found.value.code == code


def test_a_refusal_names_the_times_as_they_were_given():
    zone = ZoneInfo("Asia/Shanghai")
    start = datetime(2026, 11, 23, 10, tzinfo=zone)
    with pytest.raises(ClockRefusal) as reversed_pause:
        due(start, Limit(1, H), official(), [(start, start - timedelta(hours=1))])
    assert "2026-11-23 10:00 – 2026-11-23 09:00" in reversed_pause.value.text
    with pytest.raises(ClockRefusal) as too_early:
        due(datetime(1970, 1, 1, tzinfo=zone), Limit(1, H), plain())
    assert "1970-01-01 00:00:00+08:00" in too_early.value.text


def test_it_counts_at_both_ends_of_the_time_it_knows():
    first = datetime(1970, 1, 1, tzinfo=UTC)
    assert due(first, Limit(1, H), plain()).at == first + timedelta(hours=1)
    late = datetime(9899, 12, 31, 23, tzinfo=UTC)
    for convention in Convention:
        found = due(late, Limit(20 * 366 // 2, D), plain(), convention=convention)
        assert found.at is not None
        assert found.at.year > 9899
    twenty_years = due(local("2026-11-18 09:00"), Limit(20 * 366, ND), official())
    assert shown(twenty_years.at) == "2046-12-03 09:00"


@pytest.mark.parametrize(("kwargs", "code"), [
    ({"zone": "Asia/Nowhere"}, "calendar.zone_unknown"),
    ({"zone": "../etc/passwd"}, "calendar.zone_unknown"),
    ({"zone": ""}, "calendar.zone_unknown"),
    ({"slots": (DAY,) * 6}, "calendar.not_a_week"),
    ({"slots": ((),) * 7}, "calendar.no_work"),
    ({"slots": WEEK, "makeup_slots": ()}, "calendar.no_work"),
    ({"slots": (((time(22), time(6)),),) * 7}, "calendar.slot_reversed"),
    ({"slots": (((time(8), time(8)),),) * 7}, "calendar.slot_reversed"),
    ({"slots": ((AFTERNOON, MORNING),) * 7}, "calendar.slots_overlap"),
    ({"slots": ((MORNING, (time(11), time(13))),) * 7}, "calendar.slots_overlap"),
    ({"makeup_slots": ((time(9), time(8)),)}, "calendar.slot_reversed"),
    ({"exceptions": {local("2026-01-01 00:00").date(): "holiday"}}, "calendar.exception_unknown"),
])
def test_it_refuses_a_calendar_that_makes_no_sense(kwargs, code):
    with pytest.raises(ClockRefusal) as refused:
        WorkCalendar(version="odd", **kwargs)
    assert refused.value.code == code

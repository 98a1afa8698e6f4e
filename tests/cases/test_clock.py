"""Limits in working time, case by case, with the weekday and the reason beside each (C4, AT-10)."""

import time as stopwatch
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from jingwei.cases.clock import (
    Convention,
    Kind,
    Limit,
    Unit,
    Warned,
    Why,
    WorkCalendar,
    due,
    elapsed_working,
    remaining,
)
from tests.cases.calendars import DAY, MORNING, local, official, plain, shown

H, D, UH, UD, ND = Unit.WORK_HOUR, Unit.WORK_DAY, Unit.URGENT_HOUR, Unit.URGENT_DAY, Unit.NATURAL_DAY
WM, UM = Unit.WORK_MINUTE, Unit.URGENT_MINUTE

# start, value, unit, due when a working day is 8 hours, due when it is the close of the n-th day, gloss
CASES = [
    # The vectors of the standard's worked example; Fri 20 and Mon 23 Nov 2026 are ordinary days.
    ("2026-11-20 17:00", 2, H, "2026-11-23 09:00", "", "Fri: one hour left, the second on Mon"),
    ("2026-11-20 17:00", 2, UH, "2026-11-20 19:00", "", "urgent hours run past the close"),
    ("2026-11-20 17:00", 1, D, "2026-11-23 17:00", "2026-11-23 18:00", "Fri + 1 working day"),
    ("2026-11-21 10:00", 4, H, "2026-11-23 12:00", "", "Sat: starts counting on Mon 08:00"),
    ("2026-11-21 10:00", 1, D, "2026-11-23 18:00", "2026-11-23 18:00", "Sat + 1 working day"),
    ("2026-11-20 17:00", 1, UD, "2026-11-21 17:00", "", "an urgent day is 24 hours"),
    ("2026-11-20 17:00", 15, ND, "2026-12-05 17:00", "", "natural days run on"),
    # AT-10: filed Fri 27 Sep 2024; Sun 29 Sep and Sat 12 Oct worked; 1–7 Oct off.
    ("2024-09-27 10:00", 1, D, "2024-09-29 10:00", "2024-09-29 18:00", "AT-10: Sun 29 Sep is worked"),
    ("2024-09-27 10:00", 2, D, "2024-09-30 10:00", "2024-09-30 18:00", "Mon 30 Sep, eve of the holiday"),
    ("2024-09-27 10:00", 3, D, "2024-10-08 10:00", "2024-10-08 18:00", "AT-10: after National Day"),
    ("2024-09-27 10:00", 5, D, "2024-10-10 10:00", "2024-10-10 18:00", "AT-10"),
    ("2024-09-27 10:00", 7, D, "2024-10-12 10:00", "2024-10-12 18:00", "Sat 12 Oct is worked"),
    ("2024-09-27 10:00", 8, D, "2024-10-14 10:00", "2024-10-14 18:00", "Sun 13 Oct is not"),
    ("2024-06-07 10:00", 1, D, "2024-06-11 10:00", "2024-06-11 18:00", "AT-10: Mon 10 June is Dragon Boat"),
    ("2024-09-30 17:30", 1, H, "2024-10-08 08:30", "", "half an hour before and after seven days off"),
    # Spring Festival.
    ("2024-02-09 17:00", 2, H, "2024-02-18 09:00", "", "2024: Sat 10 – Sat 17 Feb off, Sun 18 Feb worked"),
    ("2024-02-09 17:00", 1, D, "2024-02-18 17:00", "2024-02-18 18:00", "2024: Fri 9 Feb was worked"),
    ("2025-01-27 17:00", 2, H, "2025-02-05 09:00", "", "2025: Tue 28 Jan – Tue 4 Feb off"),
    ("2025-01-25 10:00", 2, D, "2025-01-27 18:00", "2025-01-27 18:00", "Sat off, Sun 26 Jan worked, Mon 27"),
    ("2026-02-13 17:00", 1, D, "2026-02-14 17:00", "2026-02-14 18:00", "2026: Sat 14 Feb worked"),
    ("2026-02-14 17:00", 1, H, "2026-02-14 18:00", "", "2026: up to the very close before the festival"),
    ("2026-02-14 17:00", 2, H, "2026-02-24 09:00", "", "2026: Sun 15 – Mon 23 Feb off"),
    # National Day 2025 (with Mid-Autumn) and 2026.
    ("2025-09-30 16:00", 1, D, "2025-10-09 16:00", "2025-10-09 18:00", "2025: 1–8 Oct off"),
    ("2025-09-26 16:00", 1, D, "2025-09-28 16:00", "2025-09-28 18:00", "2025: Sun 28 Sep worked"),
    ("2026-09-30 16:00", 1, D, "2026-10-08 16:00", "2026-10-08 18:00", "2026: 1–7 Oct off"),
    # Year ends; a year's list may reach into the December before.
    ("2018-12-28 17:00", 1, D, "2018-12-29 17:00", "2018-12-29 18:00", "Sat 29 Dec worked: list of 2019"),
    ("2018-12-29 17:00", 1, D, "2019-01-02 17:00", "2019-01-02 18:00", "30 Dec – 1 Jan off, likewise"),
    ("2022-12-30 17:00", 2, H, "2023-01-03 09:00", "", "Sat 31 Dec 2022 – Mon 2 Jan 2023 off"),
    ("2024-12-31 17:00", 1, D, "2025-01-02 17:00", "2025-01-02 18:00", "Wed 1 Jan off"),
    ("2025-12-31 17:00", 1, D, "2026-01-04 17:00", "2026-01-04 18:00", "2026: 1–3 Jan off, Sun 4 Jan worked"),
    ("2025-12-31 23:00", 2, UH, "2026-01-01 01:00", "", "across midnight of the year"),
    # 29 February.
    ("2024-02-28 17:00", 1, D, "2024-02-29 17:00", "2024-02-29 18:00", "Thu 29 Feb"),
    ("2024-02-29 17:00", 2, H, "2024-03-01 09:00", "", "Thu 29 Feb to Fri 1 Mar"),
    ("2024-02-28 17:00", 1, ND, "2024-02-29 17:00", "", ""),
    ("2025-02-28 17:00", 1, ND, "2025-03-01 17:00", "", "no 29 Feb in 2025"),
    # Nights, lunch, borders.
    ("2026-11-18 22:00", 1, H, "2026-11-19 09:00", "", "Wed night: from Thu 08:00"),
    ("2026-11-18 03:00", 1, D, "2026-11-18 18:00", "2026-11-19 18:00", "before dawn of Wed"),
    ("2026-11-18 08:00", 1, D, "2026-11-18 18:00", "2026-11-19 18:00", "at the very opening"),
    ("2026-11-18 08:00", 4, H, "2026-11-18 12:00", "", "to the very end of the morning"),
    ("2026-11-18 12:00", 1, H, "2026-11-18 15:00", "", "at the very end of the morning: lunch is skipped"),
    ("2026-11-18 12:30", 1, H, "2026-11-18 15:00", "", "during lunch"),
    ("2026-11-18 14:00", 1, H, "2026-11-18 15:00", "", "at the very start of the afternoon"),
    ("2026-11-18 18:00", 1, H, "2026-11-19 09:00", "", "at the very close"),
    ("2026-11-18 18:00", 1, D, "2026-11-19 18:00", "2026-11-19 18:00", "at the very close"),
    ("2026-11-18 11:50", 15, WM, "2026-11-18 14:05", "", "15 minutes for accepting, over lunch"),
    ("2026-11-18 11:50", 15, UM, "2026-11-18 12:05", "", "15 urgent minutes"),
    ("2026-11-20 17:00", Decimal("1.5"), H, "2026-11-23 08:30", "", "Daying: 1.5 working hours"),
    ("2026-11-20 17:00", Decimal("0.5"), D, "2026-11-23 11:00", None, "half a working day is 4 hours"),
]


@pytest.mark.parametrize(("start", "value", "unit", "by_hours", "by_days", "gloss"), CASES)
def test_it_falls_due(start, value, unit, by_hours, by_days, gloss):
    """Standards §7.1, AT-10."""
    limit = Limit(value, unit)
    assert shown(due(local(start), limit, official()).at) == by_hours, gloss
    if by_days is not None:
        found = due(local(start), limit, official(), convention=Convention.END_OF_DAY)
        assert shown(found.at) == (by_days or by_hours), gloss


# start, limit, pauses, due by hours, due by days, gloss
PAUSED = [
    ("2026-11-18 09:00", (4, H), [], "2026-11-18 15:00", "", "no pause: Wed 3 + 1 hours"),
    ("2026-11-18 09:00", (4, H), [("2026-11-18 10:00", "2026-11-18 11:00")],
     "2026-11-18 16:00", "", "one hour"),
    ("2026-11-20 16:00", (4, H), [("2026-11-20 17:00", "2026-11-23 09:00")],
     "2026-11-23 12:00", "", "Fri evening to Mon morning: two working hours lost, two made good"),
    ("2026-11-20 16:00", (4, H), [("2026-11-20 18:00", "2026-11-23 08:00")],
     "2026-11-23 10:00", "", "a pause over the weekend alone costs nothing"),
    ("2026-11-20 16:00", (4, H), [("2026-11-20 22:00", "2026-11-21 06:00")],
     "2026-11-23 10:00", "", "at night"),
    ("2026-11-18 09:00", (4, H), [("2026-11-18 12:10", "2026-11-18 13:50")],
     "2026-11-18 15:00", "", "at lunch"),
    ("2026-11-18 09:00", (4, UH), [("2026-11-18 12:10", "2026-11-18 13:50")],
     "2026-11-18 14:40", "", "urgent hours do lose a pause at lunch"),
    ("2026-11-18 09:00", (4, H),
     [("2026-11-18 10:00", "2026-11-18 10:30"), ("2026-11-18 10:30", "2026-11-18 11:00")],
     "2026-11-18 16:00", "", "two that touch"),
    ("2026-11-18 09:00", (4, H),
     [("2026-11-18 10:15", "2026-11-18 11:00"), ("2026-11-18 10:00", "2026-11-18 10:45")],
     "2026-11-18 16:00", "", "two that overlap, out of order, count once"),
    ("2026-11-18 09:00", (4, H),
     [("2026-11-18 10:00", "2026-11-18 11:00"), ("2026-11-18 10:15", "2026-11-18 10:45")],
     "2026-11-18 16:00", "", "one inside another"),
    ("2026-11-18 09:00", (4, H), [("2026-11-18 07:00", "2026-11-18 10:00")],
     "2026-11-18 16:00", "", "begun before the start"),
    ("2026-11-18 09:00", (4, H), [("2026-11-17 07:00", "2026-11-18 09:00")],
     "2026-11-18 15:00", "", "over before the start"),
    ("2026-11-18 09:00", (4, H), [("2026-11-18 16:00", "2026-11-18 17:00")],
     "2026-11-18 15:00", "", "begun after it was due"),
    ("2026-11-18 08:00", (4, H), [("2026-11-18 12:00", "2026-11-18 15:00")],
     "2026-11-18 12:00", "", "begun at the very moment it was due"),
    ("2026-11-18 09:00", (4, H), [("2026-11-18 10:00", "2026-11-18 10:00")],
     "2026-11-18 15:00", "", "empty"),
    ("2024-09-30 16:00", (1, D), [("2024-09-30 17:00", "2024-10-08 09:00")],
     "2024-10-08 18:00", "2024-10-09 18:00", "across National Day: one hour lost on each side"),
    ("2024-02-08 10:00", (3, D), [("2024-02-09 10:00", "2024-02-19 10:00")],
     "2024-02-21 10:00", "2024-02-21 18:00", "across Spring Festival: Fri 9, Sun 18, Mon 19 till 10:00"),
    ("2026-11-16 09:00", (1, D), [("2026-11-16 10:00", "2026-11-16 11:00")],
     "2026-11-17 10:00", "2026-11-17 18:00", "on the day of the start, which END_OF_DAY leaves out"),
    ("2026-11-16 09:00", (1, D), [("2026-11-17 10:00", "2026-11-17 11:00")],
     "2026-11-17 09:00", "2026-11-18 18:00", "END_OF_DAY makes the hour good and runs to that day's close"),
    ("2026-11-16 09:00", (1, D), [("2026-11-17 08:00", "2026-11-17 18:00")],
     "2026-11-18 09:00", "2026-11-18 18:00", "a whole day lost moves it by one day"),
]


@pytest.mark.parametrize(("start", "limit", "pauses", "by_hours", "by_days", "gloss"), PAUSED)
def test_a_pause_takes_out_the_working_time_it_covers(start, limit, pauses, by_hours, by_days, gloss):
    spans = [(local(low), local(high)) for low, high in pauses]
    assert shown(due(local(start), Limit(*limit), official(), spans).at) == by_hours, gloss
    if by_days:
        found = due(local(start), Limit(*limit), official(), spans, convention="end_of_day")
        assert shown(found.at) == by_days, gloss


def test_an_open_pause_leaves_no_due_instant_and_no_countdown():
    found = due(local("2026-11-18 09:00"), Limit(1, D), official(), [(local("2026-11-18 11:00"), None)])
    assert found.at is None
    assert found.remaining == (timedelta(hours=6), timedelta(0))
    for later in ("2026-11-18 11:00", "2026-11-19 15:00", "2027-03-01 09:00"):
        assert remaining(local(later), found) == found.remaining
    assert found.explanation[-1].end == local("2026-11-18 11:00")


def test_an_open_pause_swallows_those_after_it():
    pauses = [(local("2026-11-18 15:00"), local("2026-11-18 16:00")), (local("2026-11-18 11:00"), None)]
    assert due(local("2026-11-18 09:00"), Limit(1, D), official(), pauses).at is None


def test_an_open_pause_after_the_due_instant_changes_nothing():
    found = due(local("2026-11-18 09:00"), Limit(1, H), official(), [(local("2026-11-18 10:00"), None)])
    assert shown(found.at) == "2026-11-18 10:00"


def test_an_open_pause_in_the_allowance_after_a_made_good_day_stops_the_clock():
    """END_OF_DAY: the days are used up, but the limit runs to the close; a pause then still holds it."""
    pauses = [(local("2026-11-17 08:00"), local("2026-11-17 09:00")), (local("2026-11-18 11:00"), None)]
    found = due(local("2026-11-16 09:00"), Limit(1, D), official(), pauses, convention="end_of_day")
    assert found.at is None


def test_the_allowance_moves_on_when_a_pause_outlasts_the_day():
    pauses = [
        (local("2026-11-17 08:00"), local("2026-11-17 09:00")),
        (local("2026-11-18 11:00"), local("2026-11-19 18:00")),
    ]
    found = due(local("2026-11-16 09:00"), Limit(1, D), official(), pauses, convention="end_of_day")
    assert shown(found.at) == "2026-11-20 18:00"


EXTENDED = [
    ("2026-11-20 17:00", (2, H), [(1, D)], [], "2026-11-24 09:00", "Mon 09:00 + 8 hours"),
    ("2026-11-20 17:00", (2, H), [(1, ND)], [], "2026-11-24 09:00", "a natural day after working hours"),
    ("2026-11-20 16:00", (2, H), [(1, ND), (2, H)], [], "2026-11-23 10:00", "Sat 18:00, then Mon to 10:00"),
    ("2026-11-20 17:00", (2, UH), [(30, UM), (1, H)], [], "2026-11-23 09:00", "Fri 19:30, then Mon"),
    ("2026-11-18 09:00", (2, H), [(1, H)], [("2026-11-18 10:00", "2026-11-18 15:00")], "2026-11-18 17:00",
     "granted during a pause: 1 + 1 + 1 hours, none lost"),
    ("2026-11-18 09:00", (1, H), [(2, UH)], [("2026-11-18 11:00", "2026-11-18 15:00")], "2026-11-18 16:00",
     "a pause within the extension holds the extension"),
]


@pytest.mark.parametrize(("start", "limit", "extensions", "pauses", "expected", "gloss"), EXTENDED)
def test_extensions_are_added_at_the_end_in_order(start, limit, extensions, pauses, expected, gloss):
    spans = [(local(low), local(high)) for low, high in pauses]
    found = due(local(start), Limit(*limit), official(), spans, [Limit(*each) for each in extensions])
    assert shown(found.at) == expected, gloss


def test_an_extension_granted_in_an_open_pause_is_not_lost():
    pause = [(local("2026-11-18 10:00"), None)]
    found = due(local("2026-11-18 09:00"), Limit(2, H), official(), pause, [Limit(1, D), Limit(1, ND)])
    assert found.remaining == (timedelta(hours=9), timedelta(days=1))
    resumed = [(local("2026-11-18 10:00"), local("2026-11-19 10:00"))]
    found = due(local("2026-11-18 09:00"), Limit(2, H), official(), resumed, [Limit(1, D), Limit(1, ND)])
    assert shown(found.at) == "2026-11-21 11:00"


def test_each_end_of_day_extension_counts_from_the_day_it_begins_on():
    start = local("2026-11-18 09:00")
    found = due(start, Limit(1, D), official(), extensions=[Limit(2, D)], convention="end_of_day")
    assert shown(found.at) == "2026-11-23 18:00", "Wed + 1 = Thu, + 2 = Fri, Mon"


# A zone whose clocks change: Berlin springs forward on 29 March 2026, back on 25 October 2026, both Sundays.
SUMMER_TIME = [
    ("2026-03-28 23:00", (4, UH), "2026-03-29 04:00", "the night is one hour short"),
    ("2026-10-24 23:00", (4, UH), "2026-10-25 02:00", "and one hour long"),
    ("2026-03-27 17:00", (2, H), "2026-03-30 09:00", "working hours stay where the clock on the wall says"),
    ("2026-10-23 17:00", (1, D), "2026-10-26 17:00", "the same in autumn"),
    ("2026-03-28 12:00", (1, ND), "2026-03-29 13:00", "a natural day is 24 hours"),
]


@pytest.mark.parametrize(("start", "limit", "expected", "gloss"), SUMMER_TIME)
def test_zones_with_summer_time_are_counted_in_real_hours(start, limit, expected, gloss):
    berlin = plain("Europe/Berlin")
    found = due(local(start, "Europe/Berlin"), Limit(*limit), berlin)
    assert shown(found.at, "Europe/Berlin") == expected, gloss


def test_a_slot_over_the_jump_is_as_long_as_the_night_was():
    night = (((time(1), time(4)),),) * 7
    calendar = plain("Europe/Berlin", slots=night, makeup_slots=((time(1), time(4)),))
    for day, hours in (("2026-03-29", 2), ("2026-10-25", 4), ("2026-06-01", 3)):
        start = local(f"{day} 00:00", "Europe/Berlin")
        assert elapsed_working(start, start + timedelta(hours=12), calendar) == timedelta(hours=hours)


def test_a_slot_inside_the_hour_that_never_was_is_empty():
    gone = (((time(2, 15), time(2, 45)),),) * 7
    calendar = plain("Europe/Berlin", slots=gone)
    start = local("2026-03-29 00:00", "Europe/Berlin")
    assert elapsed_working(start, start + timedelta(hours=23), calendar) == timedelta(0)


def test_a_day_that_a_country_skipped_is_no_working_day():
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    samoa = plain("Pacific/Apia")
    for convention in Convention:
        found = due(local("2011-12-29 17:00", "Pacific/Apia"), Limit(1, D), samoa, convention=convention)
        assert shown(found.at, "Pacific/Apia")[:10] == "2012-01-02"


def test_a_day_may_have_many_slots_and_end_at_midnight():
    slots = ((time(0), time(1)), (time(6), time(7)), (time(12), time(13)), (time(23), time(0)))
    calendar = plain(slots=(slots,) * 7)
    assert calendar.day == timedelta(hours=4)
    assert shown(due(local("2026-11-18 23:30"), Limit(1, H), calendar).at) == "2026-11-19 00:30"
    assert shown(due(local("2026-11-18 06:30"), Limit(1, D), calendar).at) == "2026-11-19 06:30"


def test_a_make_up_day_has_its_own_slots():
    calendar = replace(official(), makeup_slots=(MORNING,))
    found = due(local("2024-09-29 07:00"), Limit(5, H), calendar)
    assert shown(found.at) == "2024-09-30 09:00", "Sun 29 Sep 08–12, then Mon 08–09"


def test_a_make_up_day_has_monday_s_slots_by_default():
    calendar = replace(official(), slots=((MORNING,), DAY, DAY, DAY, DAY, (), ()))
    found = due(local("2024-09-29 07:00"), Limit(5, H), calendar)
    assert shown(found.at) == "2024-09-30 09:00", "Sun 29 Sep has Monday's morning alone"


def test_the_explanation_names_every_reason():
    """Every limit says each interval counted and each skipped and why (ARCHITECTURE: Time)."""
    pause = [(local("2024-09-30 09:00"), local("2024-09-30 10:00"))]
    found = due(local("2024-09-27 17:00"), Limit(24, H), official(), pause)
    told = [(each.kind, each.why, each.label, shown(each.start), each.length) for each in found.explanation]
    hour = timedelta(hours=1)
    counted, skipped = Kind.COUNTED, Kind.SKIPPED
    assert told == [
        (counted, Why.WORK, "", "2024-09-27 17:00", hour),
        (skipped, Why.NIGHT, "", "2024-09-27 18:00", 6 * hour),
        (skipped, Why.WEEKEND, "", "2024-09-28 00:00", 24 * hour),
        (skipped, Why.NIGHT, "", "2024-09-29 00:00", 8 * hour),
        (counted, Why.MAKEUP, "国庆节", "2024-09-29 08:00", 4 * hour),
        (skipped, Why.BREAK, "", "2024-09-29 12:00", 2 * hour),
        (counted, Why.MAKEUP, "国庆节", "2024-09-29 14:00", 4 * hour),
        (skipped, Why.NIGHT, "", "2024-09-29 18:00", 14 * hour),
        (counted, Why.WORK, "", "2024-09-30 08:00", hour),
        (skipped, Why.PAUSE, "", "2024-09-30 09:00", hour),
        (counted, Why.WORK, "", "2024-09-30 10:00", 2 * hour),
        (skipped, Why.BREAK, "", "2024-09-30 12:00", 2 * hour),
        (counted, Why.WORK, "", "2024-09-30 14:00", 4 * hour),
        (skipped, Why.NIGHT, "", "2024-09-30 18:00", 6 * hour),
        (skipped, Why.HOLIDAY, "国庆节", "2024-10-01 00:00", 7 * 24 * hour),
        (skipped, Why.NIGHT, "", "2024-10-08 00:00", 8 * hour),
        (counted, Why.WORK, "", "2024-10-08 08:00", 4 * hour),
        (skipped, Why.BREAK, "", "2024-10-08 12:00", 2 * hour),
        (counted, Why.WORK, "", "2024-10-08 14:00", 4 * hour),
    ]


def test_what_is_left_shrinks_only_in_working_time():
    found = due(local("2026-11-20 16:00"), Limit(4, H), official(), extensions=[Limit(1, ND)])
    expected = {
        "2026-11-20 15:00": (4, 24), "2026-11-20 16:00": (4, 24), "2026-11-20 17:00": (3, 24),
        "2026-11-20 19:00": (2, 24), "2026-11-22 12:00": (2, 24), "2026-11-23 09:00": (1, 24),
        "2026-11-23 10:00": (0, 24), "2026-11-24 04:00": (0, 6), "2026-11-24 10:00": (0, 0),
        "2026-12-24 10:00": (0, 0),
    }
    for at, (working, clock) in expected.items():
        assert remaining(local(at), found) == (timedelta(hours=working), timedelta(hours=clock)), at


@pytest.mark.parametrize(("start", "end", "hours"), [
    ("2024-09-27 17:00", "2024-10-08 09:00", 18),   # 1 + 8 + 8 + 1
    ("2026-11-20 18:00", "2026-11-23 08:00", 0),
    ("2026-11-20 09:00", "2026-11-20 09:00", 0),
    ("2026-11-20 10:00", "2026-11-20 09:00", 0),
    ("2026-11-18 11:00", "2026-11-18 15:00", 2),
])
def test_elapsed_working_time_is_counted_between_two_instants(start, end, hours):
    assert elapsed_working(local(start), local(end), official()) == timedelta(hours=hours)


def test_elapsed_working_time_leaves_out_pauses():
    pauses = [(local("2026-11-18 09:00"), local("2026-11-18 10:00")), (local("2026-11-18 17:00"), None)]
    spent = elapsed_working(local("2026-11-18 08:00"), local("2026-11-19 12:00"), official(), pauses)
    assert spent == timedelta(hours=6)


def test_it_warns_of_a_year_whose_holidays_are_not_known():
    found = due(local("2026-12-18 17:00"), Limit(20, D), official())
    assert found.warnings == (Warned("calendar.year_unknown", 2027),)
    assert shown(found.at) == "2027-01-15 17:00", "weekends still count as weekends"
    assert due(local("2026-12-18 17:00"), Limit(2, D), official()).warnings == ()


def test_it_warns_at_the_year_s_end_because_the_next_list_may_reach_back():
    assert due(local("2026-12-30 09:00"), Limit(2, H), official()).warnings == (
        Warned("calendar.year_unknown", 2027),)
    assert due(local("2025-12-30 09:00"), Limit(2, H), official()).warnings == ()


def test_urgent_time_needs_no_holiday_list():
    assert due(local("2033-05-05 09:00"), Limit(2, UH), official()).warnings == ()


def test_a_calendar_cannot_be_changed_once_made():
    exceptions = {local("2026-11-18 09:00").date(): "off"}
    calendar = WorkCalendar(version="mine", exceptions=exceptions)
    exceptions.clear()
    assert shown(due(local("2026-11-18 09:00"), Limit(1, H), calendar).at) == "2026-11-19 09:00"
    assert calendar == WorkCalendar(version="mine", exceptions={local("2026-11-18 09:00").date(): "off"})


def test_thirty_working_days_take_less_than_a_millisecond():
    """Every step of a case asks for it. The best of several rounds, because machines are shared."""
    start = local("2026-03-02 09:00")
    for convention in Convention:
        due(start, Limit(30, D), official(), convention=convention)
        rounds = []
        for _ in range(7):
            begun = stopwatch.process_time()
            for minute in range(20):
                due(start + timedelta(minutes=minute), Limit(30, D), official(), convention=convention)
            rounds.append((stopwatch.process_time() - begun) / 20)
        assert min(rounds) < 0.001

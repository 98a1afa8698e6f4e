"""The rota as a table: what is covered, what is not, who stands twice, whose turn it is."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.grids import shifts
from jingwei.grids.shifts import Away, Cover, Pattern, Shift, Turn, minute_of, moment

MONDAY = date(2024, 9, 2)
DAY = timedelta(days=1)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
COVER = Cover(minute_of("06:30") or 0, 14 * 60)


def shift(user: UUID, text: str, day: date = MONDAY) -> Shift:
    first, _, last = text.partition("-")
    start, end = minute_of(first), minute_of(last)
    assert start is not None
    assert end is not None
    return Shift(user, day, start, shifts.length(start, end))


@pytest.mark.parametrize(("rows", "wanted"), [
    (["06:30-13:30", "13:30-20:30"], []),
    (["06:30-13:30", "13:31-20:30"], [("13:30", "13:31", 1)]),
    (["06:31-20:30"], [("06:30", "06:31", 1)]),
    (["06:30-20:29"], [("20:29", "20:30", 1)]),
    (["05:00-22:00"], []),
    (["06:30-14:00", "12:00-20:30"], []),
    (["06:30-09:00", "10:00-12:00", "11:00-20:30"], [("09:00", "10:00", 60)]),
    (["20:30-06:30"], [("06:30", "20:30", 840)]),
    ([], [("06:30", "20:30", 840)]),
])
def test_fourteen_hours_are_covered_or_the_hole_is_told_with_its_minutes(
        rows: list[str], wanted: list[tuple[str, str, int]]) -> None:
    """AT-43."""
    found = shifts.holes([shift(ONE, row) for row in rows], COVER, [MONDAY])
    assert [(shifts.clock_words(hole.begins), shifts.clock_words(hole.ends), hole.minutes) for hole in found] == wanted


def test_a_shift_over_midnight_covers_the_morning_after() -> None:
    night = shift(ONE, "22:00-06:00", MONDAY - DAY)
    whole = Cover(0, shifts.DAY)
    day = shift(TWO, "06:00-22:00"), shift(ONE, "22:00-06:00")
    assert shifts.holes([night, *day], whole, [MONDAY]) == []
    (hole,) = shifts.holes(day, whole, [MONDAY])
    assert (hole.minutes, hole.day) == (360, MONDAY)


def test_a_duty_over_midnight_belongs_to_the_day_it_begins() -> None:
    cover = Cover(20 * 60, 12 * 60)
    found = shifts.holes([shift(ONE, "20:00-06:00")], cover, [MONDAY])
    assert [(hole.day, *shifts.day_and_minute(hole.begins), hole.minutes) for hole in found] == [
        (MONDAY, MONDAY + DAY, 360, 120)]


def test_who_is_away_covers_nothing_meanwhile() -> None:
    away = [Away(ONE, moment(MONDAY, 600), moment(MONDAY, 660)), Away(TWO, moment(MONDAY, 0), None)]
    found = shifts.holes([shift(ONE, "06:30-20:30"), shift(TWO, "09:00-12:00")], COVER, [MONDAY], away=away)
    assert [(hole.begins - moment(MONDAY, 0), hole.minutes) for hole in found] == [(600, 60)]


def test_days_off_rest_only_where_the_cover_says_so() -> None:
    working = Cover(390, 840, on_holidays=False)
    assert shifts.holes([], working, [MONDAY], free=[MONDAY]) == []
    assert len(shifts.holes([], COVER, [MONDAY], free=[MONDAY])) == 1
    week = [MONDAY + number * DAY for number in range(7)]
    assert len(shifts.holes([], Cover(390, 840, frozenset(range(5))), week)) == 5


def test_one_person_on_two_shifts_at_a_time_is_told() -> None:
    rows = [shift(ONE, "06:30-13:30"), shift(ONE, "13:00-20:30"), shift(TWO, "06:30-20:30"), shift(TWO, "20:30-06:30")]
    (found,) = shifts.doubles(rows)
    assert (found.user, found.begins - moment(MONDAY, 0), found.ends - found.begins) == (ONE, 780, 30)
    night = [shift(ONE, "22:00-06:00"), shift(ONE, "05:00-08:00", MONDAY + DAY)]
    assert [one.ends - one.begins for one in shifts.doubles(night)] == [60]


def test_a_long_shift_meets_each_of_two_later_ones() -> None:
    rows = [shift(ONE, "06:00-20:00"), shift(ONE, "07:00-08:00"), shift(ONE, "19:00-21:00")]
    assert len(shifts.doubles(rows)) == 2


def test_three_people_take_turns_and_a_day_off_is_nobodys_turn() -> None:
    two = ((390, 420), (810, 420))
    week = MONDAY + 6 * DAY
    by_day = shifts.rota(Pattern(MONDAY, MONDAY + 2 * DAY, (ONE, TWO, THREE), two))
    assert [one.user for one in by_day] == [ONE, TWO, TWO, THREE, THREE, ONE]
    by_shift = shifts.rota(Pattern(MONDAY, MONDAY + 2 * DAY, (ONE, TWO, THREE), two, Turn.SHIFT))
    assert [one.user for one in by_shift] == [ONE, TWO, THREE, ONE, TWO, THREE]
    by_week = shifts.rota(Pattern(week, week + DAY, (ONE, TWO), two[:1], Turn.WEEK))
    assert [one.user for one in by_week] == [ONE, TWO]
    off = shifts.rota(Pattern(MONDAY, MONDAY + 2 * DAY, (ONE, TWO), two[:1]), free=[MONDAY + DAY])
    assert [(one.user, one.day) for one in off] == [(ONE, MONDAY), (TWO, MONDAY + 2 * DAY)]
    assert shifts.holes(by_day, COVER, [MONDAY, MONDAY + DAY]) == []


@pytest.mark.parametrize(("text", "wanted"), [
    ("6:30", 390), ("06:30", 390), ("06：30", 390), ("06:30:00", 390), ("24:00", 1440), ("0:00", 0), ("24:01", None),
    ("6:60", None), ("6.30", None), ("", None), ("６:30", None), ("630", None)])
def test_times_of_day_as_people_write_them(text: str, wanted: int | None) -> None:
    assert minute_of(text) == wanted


def test_who_is_on_shift_now() -> None:
    rows = [shift(ONE, "22:00-06:00", MONDAY - DAY), shift(TWO, "05:00-12:00")]
    now = [shifts.on_shift(rows, moment(MONDAY, minute)) for minute in (299, 300, 359, 360, 720)]
    assert [[one.user for one in found] for found in now] == [[ONE], [ONE, TWO], [ONE, TWO], [TWO], []]
    from datetime import UTC, datetime

    assert shifts.moment_of(datetime(2024, 9, 1, 22, 30, tzinfo=UTC), ZoneInfo("Asia/Shanghai")) == moment(MONDAY, 390)


STRETCH = st.tuples(st.integers(0, 1439), st.integers(1, 1440))


@given(st.lists(STRETCH, max_size=8), STRETCH)
def test_holes_are_exactly_the_minutes_without_anybody(rows: list[tuple[int, int]], wanted: tuple[int, int]) -> None:
    own = [Shift(ONE, MONDAY, start, minutes) for start, minutes in rows]
    cover = Cover(*wanted)
    begins = moment(MONDAY, cover.start)
    bare = {at for at in range(begins, begins + cover.minutes) if not shifts.on_shift(own, at)}
    found = shifts.holes(own, cover, [MONDAY])
    assert {at for hole in found for at in range(hole.begins, hole.ends)} == bare
    assert sum(hole.minutes for hole in found) == len(bare), "each minute is told once"

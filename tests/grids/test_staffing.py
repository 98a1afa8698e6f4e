"""Who is on duty, where somebody is missing, where two hold one post (STF-01, STF-03, STF-05, product G3)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.grids.staffing import (
    Absence,
    Certificate,
    OnDuty,
    Post,
    Posting,
    Span,
    Validity,
    Why,
    areas_per_person,
    certified,
    gaps,
    on_duty,
    overlaps,
)

ZONE = ZoneInfo("Asia/Shanghai")
ANNA, BO, CHEN, DAI = (UUID(int=n) for n in (1, 2, 3, 4))
MONDAY = date(2024, 9, 2)


def instant(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def main(user: UUID, since: date = MONDAY, until: date | None = None, area: int = 1) -> Posting:
    return Posting(user, area, Post.MAIN, since, until)


def deputy(user: UUID, rank: int = 0, since: date = MONDAY, until: date | None = None) -> Posting:
    return Posting(user, 1, Post.DEPUTY, since, until, rank=rank)


AWAY = Absence(ANNA, instant(MONDAY, 8), instant(MONDAY, 18))
DUTIES = [
    ("A is there", [main(ANNA), deputy(BO)], [], OnDuty(ANNA, Why.MAIN)),
    ("A is away, B answers", [main(ANNA), deputy(BO)], [AWAY], OnDuty(BO, Why.STANDS_IN, (ANNA,))),
    ("A and B are away, the next deputy answers", [main(ANNA), deputy(CHEN, 2), deputy(BO, 1)],
     [AWAY, Absence(BO, instant(MONDAY, 0))], OnDuty(CHEN, Why.STANDS_IN, (ANNA, BO))),
    ("both are away", [main(ANNA), deputy(BO)], [AWAY, Absence(BO, instant(MONDAY, 0))],
     OnDuty(None, Why.ALL_AWAY, (ANNA, BO))),
    ("only B is posted", [deputy(BO)], [], OnDuty(BO, Why.NO_MAIN)),
    ("nobody is posted", [], [], OnDuty(None, Why.NOBODY)),
    ("A's posting ended yesterday", [main(ANNA, until=MONDAY), deputy(BO, since=MONDAY)], [],
     OnDuty(ANNA, Why.MAIN)),
    ("A starts tomorrow", [main(ANNA, MONDAY + timedelta(days=1)), deputy(BO)], [], OnDuty(BO, Why.NO_MAIN)),
    ("a member of the team never answers alone", [Posting(DAI, 1, Post.MEMBER, MONDAY)], [],
     OnDuty(None, Why.NOBODY)),
    ("the same person is A and B and away", [main(ANNA), deputy(ANNA)], [AWAY],
     OnDuty(None, Why.ALL_AWAY, (ANNA,))),
]


@pytest.mark.parametrize(("gloss", "postings", "absences", "expected"), DUTIES, ids=[d[0] for d in DUTIES])
def test_who_is_on_duty_on_monday_at_nine(gloss: str, postings: list[Posting], absences: list[Absence],
                                          expected: OnDuty) -> None:
    assert on_duty(postings, absences, instant(MONDAY), ZONE) == expected


def test_the_day_is_that_of_the_areas_zone() -> None:
    """A posting that begins on Monday begins at midnight in China, which is Sunday 16:00 UTC."""
    before = datetime(2024, 9, 1, 15, 59, tzinfo=UTC)
    assert on_duty([main(ANNA)], [], before, ZONE).user is None
    assert on_duty([main(ANNA)], [], before + timedelta(minutes=1), ZONE).user == ANNA


def test_an_absence_ends_at_its_last_instant() -> None:
    postings = [main(ANNA), deputy(BO)]
    assert on_duty(postings, [AWAY], instant(MONDAY, 18), ZONE).user == ANNA
    assert on_duty(postings, [AWAY], instant(MONDAY, 8), ZONE).user == BO


def test_somebody_without_a_certificate_is_passed_over() -> None:
    """STF-27: duty only with certificate."""
    answer = on_duty([main(ANNA), deputy(BO)], [], instant(MONDAY), ZONE, barred=frozenset({ANNA}))
    assert answer == OnDuty(BO, Why.STANDS_IN, (ANNA,))


DAY = timedelta(days=1)
GAPS = [
    ("no posting at all", [], [(0, 9)]),
    ("the whole time", [(0, None)], []),
    ("from the third day", [(2, None)], [(0, 1)]),
    ("until the third day", [(-5, 2)], [(3, 9)]),
    ("one day between two", [(0, 3), (5, None)], [(4, 4)]),
    ("hand-over without a gap", [(0, 3), (4, None)], []),
    ("one inside another", [(0, 9), (2, 3)], []),
    ("after the end", [(20, None)], [(0, 9)]),
]


@pytest.mark.parametrize(("gloss", "held", "free"), GAPS, ids=[g[0] for g in GAPS])
def test_days_without_a_main(gloss: str, held: list[tuple[int, int | None]],
                             free: list[tuple[int, int]]) -> None:
    """Product G3: nobody responsible is shown as a gap at once."""
    postings = [main(ANNA, MONDAY + since * DAY, None if until is None else MONDAY + until * DAY)
                for since, until in held]
    expected = [Span(1, MONDAY + since * DAY, MONDAY + until * DAY) for since, until in free]
    assert gaps([1], postings, MONDAY, MONDAY + 9 * DAY) == expected


def test_a_deputy_does_not_fill_a_gap() -> None:
    assert gaps([1], [deputy(BO)], MONDAY, MONDAY) == [Span(1, MONDAY, MONDAY)]


def test_two_mains_at_the_same_time_are_told() -> None:
    """STF-01: a fixed person per grid."""
    postings = [main(ANNA, until=MONDAY + 5 * DAY), main(BO, MONDAY + 3 * DAY), main(CHEN, area=2)]
    assert overlaps(postings) == [Span(1, MONDAY + 3 * DAY, MONDAY + 5 * DAY, (ANNA, BO))]
    assert overlaps([main(ANNA, until=MONDAY), main(BO, MONDAY + DAY)]) == []


PERIODS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6) | st.none()), max_size=6)


@given(PERIODS)
def test_gaps_and_overlaps_agree_with_counting_day_by_day(periods: list[tuple[int, int | None]]) -> None:
    postings = []
    for n, (since, length) in enumerate(periods):
        until = None if length is None else MONDAY + (since + length) * DAY
        postings.append(main(UUID(int=n), MONDAY + since * DAY, until))
    days = [MONDAY + n * DAY for n in range(20)]
    free = {day for span in gaps([1], postings, days[0], days[-1]) for day in days
            if span.since <= day and (span.until is None or day <= span.until)}
    double = {day for span in overlaps(postings) for day in days
              if span.since <= day and (span.until is None or day <= span.until)}
    held = {day: sum(posting.on(day) for posting in postings) for day in days}
    assert free == {day for day in days if held[day] == 0}
    assert double == {day for day in days if held[day] > 1}


CERTIFICATES = [
    ("none of that kind", [Certificate(ANNA, "other", MONDAY)], Validity.NONE),
    ("somebody else's", [Certificate(BO, "law", MONDAY)], Validity.NONE),
    ("its first day", [Certificate(ANNA, "law", MONDAY)], Validity.VALID),
    ("its last day", [Certificate(ANNA, "law", MONDAY - DAY, MONDAY)], Validity.VALID),
    ("ended yesterday", [Certificate(ANNA, "law", MONDAY - 9 * DAY, MONDAY - DAY)], Validity.EXPIRED),
    ("begins tomorrow", [Certificate(ANNA, "law", MONDAY + DAY)], Validity.NOT_YET),
    ("renewed", [Certificate(ANNA, "law", MONDAY - 9 * DAY, MONDAY - DAY), Certificate(ANNA, "law", MONDAY)],
     Validity.VALID),
]


@pytest.mark.parametrize(("gloss", "held", "expected"), CERTIFICATES, ids=[c[0] for c in CERTIFICATES])
def test_a_certificate_is_valid_on_its_days(gloss: str, held: list[Certificate], expected: Validity) -> None:
    assert certified(held, ANNA, "law", MONDAY) is expected


def test_it_counts_the_areas_of_each_main() -> None:
    """GRD-24: 25 grids, 25 persons: one each. STF-05 allows more, so it is counted, not refused."""
    postings = [main(ANNA), main(ANNA, area=2), main(BO, area=3), deputy(CHEN)]
    assert areas_per_person(postings, MONDAY) == {ANNA: (1, 2), BO: (3,)}

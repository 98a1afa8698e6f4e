"""How much goes out, what is gathered, when what failed is tried again: pure, as tables."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jingwei.notices.limits import LISTED, gathered, left_alone, parcels, pause


@pytest.mark.parametrize(("tries", "seconds"), [(1, 30), (2, 120), (3, 480), (4, 1920), (5, 3600), (50, 3600)])
def test_pauses_grow_to_an_hour(tries: int, seconds: int) -> None:
    assert pause(tries) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("failures", "minutes"), [(1, None), (2, None), (3, 1), (4, 2), (5, 4), (8, 30), (500, 30)])
def test_a_connector_that_fails_three_times_is_left_alone_for_longer_and_longer(failures: int, minutes: int | None) -> None:
    assert left_alone(failures) == (None if minutes is None else timedelta(minutes=minutes))


def test_what_was_held_back_of_one_receiver_goes_as_one() -> None:
    now, later = parcels([("a", True, 1), ("b", False, 2), ("a", True, 3), ("a", False, 4)], 20)
    assert ([parcel.rows for parcel in now], later) == ([(1, 3), (2,), (4,)], [])


@given(some.lists(some.tuples(some.sampled_from("abc"), some.booleans()), max_size=80), some.integers(-3, 40))
def test_nothing_is_lost_and_no_more_goes_than_is_allowed(rows: list[tuple[str, bool]], allowed: int) -> None:
    numbered = [(receiver, held, number) for number, (receiver, held) in enumerate(rows)]
    now, later = parcels(numbered, allowed)
    assert len(now) <= max(0, allowed)
    assert sorted([row for parcel in now for row in parcel.rows] + later) == list(range(len(rows)))
    assert all(len({rows[row][0] for row in parcel.rows}) == 1 for parcel in now)


def test_a_digest_names_twenty_and_counts_the_rest() -> None:
    title, lines = gathered([f"案件 {number}" for number in range(23)])
    assert (title, len(lines), lines[-1]) == ("23 条新消息", LISTED + 1, "另有 3 条，请登录后查看。")

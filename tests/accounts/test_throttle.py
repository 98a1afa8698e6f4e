"""Tries per key, in bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from jingwei.accounts.throttle import Throttle


def test_it_lets_so_many_tries_through_and_begins_anew_after_the_time():
    throttle = Throttle(tries=3, seconds=60)
    assert [throttle.take("a", at) for at in (0, 1, 2, 3, 59)] == [True, True, True, False, False]
    assert throttle.take("b", 3)
    assert throttle.take("a", 60)


def test_a_success_does_not_count():
    throttle = Throttle(tries=2, seconds=60)
    for at in range(50):
        assert throttle.take("office", at)
        throttle.give_back("office")
    assert len(throttle) == 0


def test_a_clock_set_back_does_not_lock_out_for_ever():
    throttle = Throttle(tries=1, seconds=60)
    assert throttle.take("a", 1_000_000)
    assert throttle.take("a", 0)


@given(st.lists(st.text(max_size=3)))
def test_its_memory_is_bounded(keys):
    throttle = Throttle(tries=1, seconds=60, capacity=5)
    for key in keys:
        throttle.take(key, 0)
        assert len(throttle) <= 5

"""The rules of meetings as tables: how far a stand-up looks back, when a day is over, who may do what with a decision."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jingwei.cases import meetings

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(("last", "since"), [
    (None, timedelta(days=1)),                 # the first one
    (timedelta(hours=2), timedelta(days=1)),   # a second one on the same day hears of the whole day
    (timedelta(days=3), timedelta(days=3)),    # over a weekend
    (timedelta(days=40), timedelta(days=7)),   # after a long pause not everything there ever was
])
def test_a_stand_up_looks_back_to_the_one_before_a_day_at_least_a_week_at_most(last, since):
    """CAS-39, PAT-16."""
    assert meetings.since(MONDAY, last and MONDAY - last) == MONDAY - since


def test_a_day_is_over_at_midnight_of_the_place():
    end = meetings.end_of(date(2026, 12, 31), SHANGHAI)
    assert end == datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert meetings.day_of(end, SHANGHAI) == date(2026, 12, 31)


@pytest.mark.parametrize(("state", "due", "ended", "late"), [
    ("open", None, None, False), ("open", 1, None, False), ("open", -1, None, True), ("open", 0, None, True),
    ("done", -2, -3, False), ("done", -2, -1, True), ("done", 1, None, False), ("withdrawn", -1, None, False)])
def test_late_is_what_was_not_done_when_its_day_was_over(state, due, ended, late):
    at = {None: None} | {days: MONDAY + timedelta(days=days) for days in range(-3, 2)}
    assert meetings.late(state, at[due], at[ended], MONDAY) is late


@pytest.mark.parametrize(("way", "state", "runs", "answers", "deeds"), [
    ("task", "open", True, False, ["finish", "withdraw"]), ("task", "open", False, True, ["finish"]),
    ("task", "done", True, False, ["reopen"]), ("task", "done", False, True, []), ("task", "withdrawn", True, True, []),
    ("task", "open", False, False, []), ("case", "open", True, True, []), ("tie", "open", True, True, [])])
def test_what_may_be_done_with_a_decision(way, state, runs, answers, deeds):
    assert meetings.possible(way, state, runs=runs, answers=answers) == deeds


def test_every_deed_leads_from_a_state_to_another_and_asks_for_words():
    assert all(deed.before in meetings.DECISION_STATES and deed.after in meetings.DECISION_STATES and deed.asks for deed in meetings.DEEDS.values())


def test_a_meeting_without_a_name_is_called_by_its_place_and_day():
    assert meetings.title_of("standup", "柳溪社区", datetime(2026, 11, 23, 23, 0, tzinfo=UTC), SHANGHAI) == "柳溪社区晨会（11月24日）"

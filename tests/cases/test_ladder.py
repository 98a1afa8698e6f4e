"""Escalation ladders as tables: when each rung is due, and what a ladder may not say."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from jingwei.cases import ladder, shipped
from jingwei.cases.clock import Limit, Unit, due
from jingwei.cases.ladder import FAULTS, Fault, Rung, faults, instant, standing
from jingwei.cases.ladder_book import shipped_ladders
from tests.cases.calendars import official

ZONE = ZoneInfo("Asia/Shanghai")
CITY, TOWNSHIP = shipped.flows()["city"], shipped.flows()["township"]
NATIONAL = official()
THREE_DAYS = Limit(3, Unit.WORK_DAY)


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


# AT-10: holidays 1-7 Oct 2024, Sun 29 Sep and Sat 12 Oct worked
@pytest.mark.parametrize(("began", "limit", "when", "expected"), [
    ("2024-09-26 18:00", 1, "0", "2024-09-27 18:00"),             # Fri
    ("2024-09-26 18:00", 1, "+1 work_day", "2024-09-29 18:00"),   # Sun, worked
    ("2024-09-26 18:00", 1, "+3 work_day", "2024-10-08 18:00"),   # Tue after the holidays
    ("2024-09-26 18:00", 1, "+5 work_day", "2024-10-10 18:00"),   # Thu
    ("2024-09-26 18:00", 1, "+7 work_day", "2024-10-12 18:00"),   # Sat, worked
    ("2024-06-06 17:00", 1, "+1 work_day", "2024-06-11 17:00"),   # Fri 7 June + 1; Mon 10 June is Dragon Boat
    ("2024-06-06 17:00", 1, "-4 work_hour", "2024-06-07 11:00"),  # over the noon break
    ("2024-06-06 17:00", 1, "-20%", "2024-06-07 15:24"),          # 1 h 36 min of 8 h
    ("2024-09-30 16:00", 3, "-50%", "2024-10-09 10:00"),          # 12 h before Thu 10 Oct 16:00
    ("2024-09-30 16:00", 3, "-99%", "2024-09-30 16:14:24"),       # 23 h 46 min before it lie before the holidays
    ("2024-06-07 16:00", 1, "+30 urgent_minute", "2024-06-11 16:30"),
    ("2024-06-06 17:00", 1, "-3 work_day", "2024-06-06 17:00"),   # never before the stay began
])
def test_each_rung_is_due_by_the_working_calendar(began, limit, when, expected):
    """C3, C5, AT-10: the town one working day after the limit, wherever the holidays lie."""
    limit, start = Limit(limit, Unit.WORK_DAY), at(began)
    up = due(start, limit, NATIONAL).at
    found = instant(when, start, up, limit, NATIONAL, "time_preserving").astimezone(ZONE)
    assert abs(found - at(expected)) <= timedelta(seconds=1), found


def test_by_the_other_reading_of_the_working_day_rungs_fall_on_its_close():
    start = at("2024-09-26 10:00")
    up = due(start, Limit(1, Unit.WORK_DAY), NATIONAL, convention="end_of_day").at
    found = instant("+1 work_day", start, up, Limit(1, Unit.WORK_DAY), NATIONAL, "end_of_day")
    assert found == at("2024-09-29 18:00")


def test_an_extension_and_a_corrected_calendar_move_every_rung_with_the_limit():
    start = at("2024-09-26 18:00")
    plain = due(start, Limit(1, Unit.WORK_DAY), NATIONAL).at
    longer = due(start, Limit(1, Unit.WORK_DAY), NATIONAL, extensions=[Limit(1, Unit.WORK_DAY)]).at
    later = [instant("+1 work_day", start, up, Limit(1, Unit.WORK_DAY), NATIONAL, "time_preserving") for up in (plain, longer)]
    assert [one.astimezone(ZONE).day for one in later] == [29, 30]
    closed = replace(NATIONAL, exceptions={**NATIONAL.exceptions, date(2024, 9, 29): "off"})
    assert instant("+1 work_day", start, plain, Limit(1, Unit.WORK_DAY), closed, "time_preserving") == at("2024-09-30 18:00")


COMMUNITY = (Rung("-20%", "holder"), Rung("0", "community", "community_officer", "urge"),
             Rung("+1 work_day", "town", "town_officer"), Rung("+2 work_day", "county", "leader"))


@pytest.mark.parametrize(("now", "reached", "next_at"), [
    ("2024-06-03 09:00", 0, "2024-06-05 13:12"), ("2024-06-05 17:59", 1, "2024-06-05 18:00"), ("2024-06-05 18:00", 2, "2024-06-06 18:00"),
    ("2024-06-06 18:00", 3, "2024-06-07 18:00"), ("2024-06-30 09:00", 4, None),
])
def test_the_community_has_three_days_then_the_town_hears_and_then_the_county(now, reached, next_at):
    """C3: community 3 working days, to the town within 1, to the county within 1."""
    start = at("2024-05-31 18:00")
    up = due(start, THREE_DAYS, NATIONAL).at
    found = standing(COMMUNITY, start, up, THREE_DAYS, NATIONAL, "time_preserving", at(now))
    assert found.due == reached
    if next_at is None:
        assert found.next_at is None
    elif reached:
        assert abs(found.next_at - at(next_at)) <= timedelta(seconds=1)


@pytest.mark.parametrize(("flow", "state", "level", "rungs", "expected"), [
    (CITY, "dreaming", "", (), [(0, "no_state")]),
    (TOWNSHIP, "verifying", "", (), [(0, "no_state")]),
    (CITY, "suspended", "", (Rung("0", "holder"),), [(0, "no_clock")]),
    (CITY, "handling", "town", (Rung("0", "holder"),), [(0, "no_level")]),
    (TOWNSHIP, "filed", "town", (Rung("0", "holder"),), [(0, "no_level")]),
    (CITY, "handling", "", (Rung("soon", "holder"),), [(1, "bad_when")]),
    (CITY, "handling", "", (Rung("-100%", "holder"),), [(1, "bad_when")]),
    (CITY, "handling", "", (Rung("+0 work_day", "holder"),), [(1, "bad_when")]),
    (CITY, "handling", "", (Rung("0", "holder"), Rung("-20%", "holder")), [(2, "not_later")]),
    (CITY, "handling", "", (Rung("+2 work_day", "holder"), Rung("+3 work_hour", "holder")), [(2, "not_later")]),
    (CITY, "handling", "", (Rung("0", "moon", "leader"),), [(1, "no_where")]),
    (CITY, "handling", "", (Rung("0", "county", "supervisor"),), [(1, "no_post")]),
    (CITY, "handling", "", (Rung("0", "county"),), [(1, "no_post")]),
    (CITY, "handling", "", (Rung("0", "holder", "leader"),), [(1, "no_post")]),
    (CITY, "handling", "", (Rung("0", "town", "town_officer"),), [(1, "no_post")]),
    (CITY, "filed", "", (Rung("0", "unit", "leader"),), [(1, "no_post")]),
    (TOWNSHIP, "handling", "community", (Rung("0", "unit", "leader"),), [(1, "no_post")]),
    (CITY, "handling", "", (Rung("0", "holder", "", "shout"),), [(1, "no_deed")]),
    (CITY, "handling", "", (Rung("0", "holder", "", "order"),), [(1, "no_limit")]),
    (CITY, "handling", "", (Rung("0", "holder", "", "order", "1 week"),), [(1, "no_limit")]),
    (CITY, "handling", "", (Rung("0", "holder", "", "tell", "1 work_day"),), [(1, "no_limit")]),
    (CITY, "filed", "", (Rung("0", "holder", "", "order", "1 work_day"),), [(1, "no_unit")]),
    (CITY, "handling", "", (Rung("0", "county", "leader", "pass_up"),), [(1, "no_way_up")]),
    (TOWNSHIP, "handling", "town", (Rung("0", "county", "leader", "pass_up"),), [(1, "no_way_up")]),
    (TOWNSHIP, "handling", "community", (Rung("+1 work_day", "town", "town_officer", "pass_up"),), []),
    (TOWNSHIP, "filed", "", (Rung("+1 work_day", "county", "county_officer", "pass_up"),), []),
    (CITY, "handling", "", tuple(Rung(f"+{day} work_day", "holder") for day in range(1, 10)), [(0, "too_many")]),
    (CITY, "handling", "", (), []),
])
def test_a_rung_that_points_nowhere_is_found(flow, state, level, rungs, expected):
    assert faults(flow, state, level, rungs) == [Fault(*one) for one in expected]
    assert all(one.code in FAULTS for one in faults(flow, state, level, rungs))


def test_every_shipped_ladder_may_be_used():
    found = shipped_ladders()
    assert found
    for (code, state, level), rungs in found.items():
        assert faults(shipped.flows()[code], state, level, rungs) == [], (code, state, level)


@pytest.mark.parametrize(("code", "stages"), [
    ("coordination", {"reported/", "filed/", "handling/community", "handling/town", "fed_back/", "replying/"}),
    ("sudden", {"reported/", "filed/", "handling/town", "checking/"}),
    ("approval", {"reported/", "reviewing/", "publicising/"})])
def test_every_stage_of_the_kinds_of_event_that_has_a_limit_has_a_ladder(code, stages):
    """AT-24, C3: a kind of event is not left to itself because its flow is another."""
    assert {f"{state}/{level}" for profile, state, level in shipped_ladders() if profile == code} == stages


def test_what_is_sudden_does_not_wait_for_the_next_working_day():
    start, quarter = at("2024-06-08 22:00"), Limit(15, Unit.URGENT_MINUTE)  # Sat
    rungs = shipped_ladders()["sudden", "reported", ""]
    up = due(start, quarter, NATIONAL).at
    found = [instant(rung.when, start, up, quarter, NATIONAL, "time_preserving").astimezone(ZONE) for rung in rungs]
    assert found == [at("2024-06-08 22:15"), at("2024-06-08 22:30")]
    assert [(rung.where, rung.post, rung.does) for rung in rungs] == [("town", "town_officer", "urge"), ("county", "leader", "tell")]


@pytest.mark.parametrize(("words", "expected"), [
    ("1 work_day", Limit(Decimal(1), Unit.WORK_DAY)), ("0.5 work_hour", Limit(Decimal("0.5"), Unit.WORK_HOUR)), ("0 work_day", None),
    ("1 week", None), ("1", None), ("work_day", None), ("１ work_day", None), ("99999 work_day", None), ("0.01 work_minute", None)])
def test_a_limit_in_words_is_read_or_not_at_all(words, expected):
    assert ladder.limit_of(words) == expected

"""When a rule of responsibility holds: what a table may write, when that is, and which of two goes first."""

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from jingwei.catalogue.hours import read_day
from jingwei.catalogue.when import When, moment, read_when

WEEK = (read_day("08:00-12:00 14:00-18:00"),) * 5 + ((), ())
SPECIAL = {date(2026, 10, 1): "off", date(2026, 10, 10): "work"}  # National Day; the Saturday worked for it


def when(text: str) -> When:
    found = read_when(text)
    assert found is not None
    return found


def at(text: str):
    return moment(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai")), "Asia/Shanghai", WEEK, SPECIAL)


@pytest.mark.parametrize(("written", "kept"), [
    ("18:00-08:00", "18:00-08:00"),
    ("8:30～24：00", "08:30-24:00"),
    ("11月15日至3月15日", "11-15~03-15"),
    ("02-29~02-29", "02-29~02-29"),
    ("工作日   18:00-20:00", "工作日 18:00-20:00"),
    ("18:00-20:00 休息日 12-1~2-28", "12-01~02-28 休息日 18:00-20:00"),
    ("周六、周日", "周六、周日"),
    ("星期一至星期三，周天", "周一、周二、周三、周日"),
    ("周六-周一", "周一、周六、周日"),
    ("workdays 08:00-18:00", "工作日 08:00-18:00"),
    ("restdays", "休息日"),
])
def test_what_is_written_is_kept_in_one_way(written, kept):
    assert when(written).text == kept
    assert when(kept) == when(written)


@pytest.mark.parametrize("text", [
    "夜间", "8点到18点", "25:00-26:00", "08:00-08:00", "00:00-24:00", "08:60-09:00", "13-01~12-31", "02-30~03-01", "周八",
    "工作日 周六", "工作日 休息日", "08:00-09:00 10:00-11:00", "2026-01-01~2026-02-01", "٠8:00-09:00", "周六,",
])
def test_what_cannot_be_read_is_refused_and_not_guessed(text):
    with pytest.raises(ValueError, match=r".+"):
        read_when(text)


def test_an_empty_cell_means_always():
    assert read_when("") is None
    assert read_when(" 　") is None


@pytest.mark.parametrize(("rule", "instant", "holds"), [
    ("18:00-08:00", "2026-11-23 17:59", False),            # Monday
    ("18:00-08:00", "2026-11-23 18:00", True),
    ("18:00-08:00", "2026-11-24 07:59", True),
    ("18:00-08:00", "2026-11-24 08:00", False),
    ("08:00-24:00", "2026-11-23 23:59", True),
    ("08:00-24:00", "2026-11-23 00:00", False),
    ("工作日", "2026-11-28 10:00", False),                  # Saturday
    ("休息日", "2026-11-28 10:00", True),
    ("工作日", "2026-10-10 10:00", True),                   # a Saturday that is worked
    ("休息日", "2026-10-01 10:00", True),                   # a Thursday off
    ("工作日 18:00-08:00", "2026-11-28 07:00", True),       # Saturday morning ends Friday's night
    ("工作日 18:00-08:00", "2026-11-30 07:00", False),      # Monday morning ends Sunday's
    ("休息日 18:00-08:00", "2026-11-30 07:00", True),
    ("周五 22:00-06:00", "2026-11-28 05:00", True),
    ("周五 22:00-06:00", "2026-11-27 05:00", False),
    ("11-15~03-15", "2026-11-14 23:59", False),
    ("11-15~03-15", "2026-11-15 00:00", True),
    ("11-15~03-15", "2027-01-01 12:00", True),              # over the turn of the year
    ("11-15~03-15", "2027-03-15 23:59", True),
    ("11-15~03-15", "2027-03-16 00:00", False),
    ("12-31~12-31 22:00-02:00", "2027-01-01 01:00", True),  # the night of the last day
    ("周六、周日", "2026-11-29 12:00", True),
])
def test_when_it_holds(rule, instant, holds):
    assert when(rule).holds(at(instant)) is holds


def test_the_more_it_says_the_sooner_it_is_asked():
    order = ["11-15~03-15 工作日 18:00-08:00", "11-15~03-15 18:00-08:00", "工作日 18:00-08:00", "11-15~03-15", "周六", "18:00-08:00"]
    shapes = [when(text).shape for text in order]
    assert all(before > after for before, after in pairwise(shapes))
    assert when("周六").shape == when("休息日").shape


@pytest.mark.parametrize(("one", "other", "meet"), [
    ("18:00-08:00", "07:00-09:00", True),
    ("18:00-08:00", "08:00-18:00", False),
    ("18:00-08:00", "工作日 18:00-08:00", False),   # the second says more closely when
    ("工作日", "休息日", False),
    ("工作日", "周六", True),                       # a Saturday may be worked
    ("周六、周日", "周日", True),
    ("周一", "周二", False),
    ("11-15~03-15", "03-15~04-01", True),
    ("11-15~03-15", "03-16~11-14", False),
    ("周一 08:00-10:00", "周一 10:00-12:00", False),
])
def test_two_that_hold_at_once_and_say_it_equally_closely_meet(one, other, meet):
    assert when(one).meets(when(other)) is meet
    assert when(other).meets(when(one)) is meet

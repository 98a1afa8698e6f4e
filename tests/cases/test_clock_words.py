"""What a clock says to people (design: voice)."""

from decimal import Decimal

import pytest

from jingwei.cases.clock import Limit, Unit, due
from jingwei.cases.clock_words import (
    format_explanation,
    format_instant,
    format_limit,
    format_remaining,
)
from tests.cases.calendars import local, official

H, D, UH, ND = Unit.WORK_HOUR, Unit.WORK_DAY, Unit.URGENT_HOUR, Unit.NATURAL_DAY

# start, limit, now, Chinese, English
LEFT = [
    ("2026-11-19 17:00", (4, H), "2026-11-19 18:30", "还剩 3 个工作时（明天 11:00 前）",
     "3 working hours left (by tomorrow 11:00)"),
    ("2026-11-18 09:00", (4, H), "2026-11-18 14:20", "还剩 40 分钟（今天 15:00 前）",
     "40 working minutes left (by today 15:00)"),
    ("2026-11-18 09:00", (4, H), "2026-11-18 14:59:30", "还剩不到 1 分钟（今天 15:00 前）",
     "less than a minute left (by today 15:00)"),
    ("2026-11-18 09:00", (1, H), "2026-11-18 08:00", "还剩 1 个工作时（今天 10:00 前）",
     "1 working hour left (by today 10:00)"),
    ("2026-11-18 09:00", (3, D), "2026-11-18 11:00", "还剩 2 个工作日 6 个工作时（11月23日 09:00 前）",
     "2 working days 6 working hours left (by 23 Nov 09:00)"),
    ("2026-12-30 09:00", (3, D), "2026-12-30 09:00", "还剩 3 个工作日（2027年1月4日 09:00 前）",
     "3 working days left (by 4 Jan 2027 09:00)"),
    ("2026-11-18 09:00", (26, UH), "2026-11-18 09:30", "还剩 1 天 1 小时 30 分钟（明天 11:00 前）",
     "1 day 1 hour 30 minutes left (by tomorrow 11:00)"),
    ("2026-11-20 17:00", (2, H), "2026-11-23 11:00", "已超时 2 个工作时（应于今天 09:00 前）",
     "2 working hours overdue (was due today 09:00)"),
    ("2026-11-20 16:00", (2, H), "2026-11-21 12:00", "已超时（应于昨天 18:00 前）",
     "overdue (was due yesterday 18:00)"),
    ("2026-11-20 17:00", (2, UH), "2026-11-22 20:00", "已超时 2 天 1 小时（应于前天 19:00 前）",
     "2 days 1 hour overdue (was due 20 Nov 19:00)"),
]


@pytest.mark.parametrize(("start", "limit", "now", "zh", "en"), LEFT)
def test_it_says_what_is_left_and_until_when(start, limit, now, zh, en):
    found = due(local(start), Limit(*limit), official())
    assert format_remaining(found, local(now)) == zh
    assert format_remaining(found, local(now), "en") == en


def test_it_says_that_the_clock_stands_still():
    found = due(local("2026-11-18 09:00"), Limit(4, H), official(), [(local("2026-11-18 10:00"), None)])
    assert format_remaining(found, local("2026-12-01 10:00")) == "已暂停，恢复后还剩 3 个工作时"
    assert format_remaining(found, local("2026-12-01 10:00"), "en") == "paused; 3 working hours left once it resumes"


def test_it_says_both_kinds_of_time():
    found = due(local("2026-11-18 09:00"), Limit(4, H), official(), extensions=[Limit(2, ND)])
    assert format_remaining(found, local("2026-11-18 09:00")) == "还剩 4 个工作时，另 2 天（后天 15:00 前）"


def test_it_tells_how_a_deadline_came_about():
    """AT-10, the week before National Day 2024, with a pause and an extension."""
    pause = [(local("2024-09-30 09:00"), local("2024-09-30 10:00"))]
    found = due(local("2024-09-27 17:00"), Limit(3, D), official(), pause, [Limit(2, ND)])
    assert format_explanation(found) == (
        "9月27日 周五 17:00 开始，时限 3 个工作日（工作日历 official-1）",
        "9月27日 周五 17:00–18:00：计 1 小时",
        "9月28日 周六：周末，不计",
        "9月29日 周日 08:00–18:00：调休上班，计 8 小时",
        "9月30日 周一 08:00–09:00：计 1 小时",
        "9月30日 周一 09:00–10:00：暂停，不计",
        "9月30日 周一 10:00–18:00：计 6 小时",
        "10月1日 周二 – 10月7日 周一：国庆节，不计",
        "10月8日 周二 08:00–18:00：计 8 小时",
        "延期 2 个自然日",
        "10月8日 周二 18:00 – 10月10日 周四 18:00：计 2 天",
        "10月10日 周四 18:00 到期",
    )


def test_it_tells_the_other_reading_of_a_working_day_in_english():
    pause = [(local("2026-11-24 08:00"), local("2026-11-24 09:00"))]
    found = due(local("2026-11-20 17:00"), Limit(2, D), official(), pause, convention="end_of_day")
    assert format_explanation(found, "en") == (
        "from 20 Nov Fri 17:00: 2 working days (work calendar official-1)",
        "20 Nov Fri 17:00 – 21 Nov Sat 00:00: day of the start, not counted",
        "21 Nov Sat – 22 Nov Sun: weekend, not counted",
        "23 Nov Mon 08:00–18:00: 8 hours counted",
        "24 Nov Tue 08:00–09:00: paused, not counted",
        "24 Nov Tue 09:00 – 25 Nov Wed 09:00: 8 hours counted",
        "25 Nov Wed 09:00–18:00: runs on to the close of the day, not counted",
        "due 25 Nov Wed 18:00",
    )


def test_it_tells_of_an_open_pause_and_of_an_unknown_year():
    found = due(local("2026-12-30 17:00"), Limit(1, D), official(), [(local("2026-12-31 09:00"), None)])
    assert format_explanation(found) == (
        "12月30日 周三 17:00 开始，时限 1 个工作日（工作日历 official-1）",
        "12月30日 周三 17:00 – 12月31日 周四 09:00：计 2 小时",
        "暂停中，尚余 6 个工作时",
        "2027 年的放假安排尚未录入，到期时间可能变动",
    )


def test_every_interval_has_a_line_with_its_reason_where_all_are_asked_for():
    """Issue: the explanation lists every interval counted and skipped; lunch and nights too, to the second."""
    found = due(local("2026-11-19 16:30").replace(second=20), Limit(6, H), official())
    assert format_explanation(found, every=True) == (
        "11月19日 周四 16:30:20 开始，时限 6 个工作时（工作日历 official-1）",
        "11月19日 周四 16:30:20–18:00：计 1 小时 29 分钟 40 秒",
        "11月19日 周四 18:00 – 11月20日 周五 08:00：下班时间，不计",
        "11月20日 周五 08:00–12:00：计 4 小时",
        "11月20日 周五 12:00–14:00：午休，不计",
        "11月20日 周五 14:00–14:30:20：计 30 分钟 20 秒",
        "11月20日 周五 14:30:20 到期",
    )


def test_working_time_of_several_days_is_told_in_hours():
    """24 hours of work are three working days; "1 天" would say something else. Limits of a database read 3.00."""
    found = due(local("2026-11-22 18:12"), Limit(Decimal("3.00"), D), official())
    assert format_explanation(found) == (
        "11月22日 周日 18:12 开始，时限 3 个工作日（工作日历 official-1）",
        "11月22日 周日 18:12 – 11月23日 周一 00:00：周末，不计",
        "11月23日 周一 08:00 – 11月25日 周三 18:00：计 24 小时",
        "11月25日 周三 18:00 到期",
    )
    assert format_limit(Limit(Decimal("1.50"), H), "en") == "1.5 working hours"
    assert format_limit(Limit(Decimal("100.00"), H)) == "100 个工作时"


def test_every_unit_has_its_words():
    assert [format_limit(Limit(2, unit)) for unit in Unit] == [
        "2 分钟", "2 个紧急工作时", "2 个紧急工作日", "2 分钟工作时间", "2 个工作时", "2 个工作日", "2 个自然日"]
    assert format_limit(Limit(1, H), "en") == "1 working hour"
    assert format_limit(Limit(2, UH), "en-GB") == "2 urgent hours"


def test_an_instant_is_said_in_the_zone_of_the_calendar():
    now = local("2026-11-18 23:30")
    assert format_instant(local("2026-11-19 00:30"), now, "Asia/Shanghai") == "明天 00:30"
    assert format_instant(local("2026-11-19 00:30"), now, "Europe/Berlin") == "今天 17:30"

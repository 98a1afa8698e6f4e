"""Limits as sheets write them (standards §7.1 and §7.3; C2)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.cases.clock import Unit
from jingwei.catalogue.limits import CONTINUOUS, READINGS, STRICT, UNITS, Doubt, StatedLimit, read_limit

# as written, value, unit, gloss
READ = [
    ("2紧急工作时", 2, "urgent_hour", ""),
    ("1紧急工作日", 1, "urgent_day", ""),
    ("4工作时", 4, "work_hour", ""),
    ("2工作日", 2, "work_day", ""),
    ("2个工作日", 2, "work_day", "with a measure word"),
    ("4小时", 4, "work_hour", "bare: working hours by the reading rule"),
    ("15天", 15, "work_day", "bare: working days by the reading rule"),
    ("15日", 15, "work_day", ""),
    ("30分钟", 30, "work_minute", ""),
    ("15紧急分钟", 15, "urgent_minute", ""),
    ("1.5工作时", Decimal("1.5"), "work_hour", "Daying"),
    ("5自然日", 5, "natural_day", ""),
    ("５工作日", 5, "work_day", "full-width digit"),
    ("１．５工作时", Decimal("1.5"), "work_hour", "full-width point"),
    (" 5工作日", 5, "work_day", "leading blank"),
    ("1紧急工作时\n", 1, "urgent_hour", "trailing line break"),
    ("2 工作\u3000日", 2, "work_day", "blanks inside, one full-width"),
    ("05工作日", 5, "work_day", "leading zero"),
    ("2小时内", 2, "work_hour", "within"),
    ("3个工作日以内", 3, "work_day", ""),
    ("不超过7天", 7, "work_day", ""),
    ("≤3工作日", 3, "work_day", ""),
    ("三天", 3, "work_day", "numerals"),
    ("两小时", 2, "work_hour", ""),
    ("十五个工作日", 15, "work_day", ""),
    ("二十一天", 21, "work_day", ""),
    ("半小时", Decimal("0.5"), "work_hour", ""),
]


@pytest.mark.parametrize(("raw", "value", "unit", "gloss"), READ)
def test_it_reads_a_limit(raw, value, unit, gloss):
    assert read_limit(raw) == StatedLimit(Decimal(value), unit), gloss


def test_it_reads_the_planting_season():
    assert read_limit("种植季节15工作日") == StatedLimit(Decimal(15), "work_day", season=True)
    assert read_limit("下个种植季15天") == StatedLimit(Decimal(15), "work_day", season=True)


DOUBTFUL = [
    ("", "limit.blank"), ("   ", "limit.blank"), ("\u3000", "limit.blank"),
    ("—", "limit.none"), ("/", "limit.none"), ("无", "limit.none"),
    ("3-5天", "limit.range"), ("3～5工作日", "limit.range"), ("3天至5天", "limit.range"), ("三到五天", "limit.range"),
    ("2紧急工作时，5天", "limit.several"), ("1天4小时", "limit.several"), ("2小时（制止）5天（修复）", "limit.several"),
    ("1紧急工作时制止", "limit.more_words"), ("约3天", "limit.more_words"), ("紧急2小时", "limit.more_words"),
    ("5", "limit.no_unit"), ("3个", "limit.no_unit"), ("工作日", "limit.no_number"),
    ("立即", "limit.unreadable"), ("当日", "limit.unreadable"), ("abc", "limit.unreadable"),
    ("²天", "limit.unreadable"), ("②天", "limit.unreadable"), ("٣天", "limit.unreadable"),
    ("-3天", "limit.more_words"),
    ("2周", "limit.inexact_unit"), ("1个月", "limit.inexact_unit"), ("半年", "limit.inexact_unit"),
    ("0天", "limit.zero"), ("0.0小时", "limit.zero"), ("9999天", "limit.long"),
    ("99999999999999999999999999999999999999999天", "limit.long"),
    ("24小时", "limit.whole_days_in_hours"), ("72小时", "limit.whole_days_in_hours"), ("半天", "limit.half_day"),
]


@pytest.mark.parametrize(("raw", "code"), DOUBTFUL)
def test_it_doubts_what_it_cannot_be_sure_of(raw, code):
    found = read_limit(raw)
    assert isinstance(found, Doubt), found
    assert found.code == code
    assert found.raw == raw
    assert found.text


def test_a_doubt_may_suggest_what_it_would_read():
    found = read_limit("1紧急工作时制止")
    assert isinstance(found, Doubt)
    assert found.suggestion == StatedLimit(Decimal(1), "urgent_hour")


def test_the_reading_of_a_bare_hour_and_day_is_a_setting():
    """data/README: 4小时 means four working hours and 1天 one working day where 紧急 is absent."""
    assert read_limit("4小时", CONTINUOUS) == StatedLimit(Decimal(4), "urgent_hour")
    assert read_limit("2天", CONTINUOUS) == StatedLimit(Decimal(2), "natural_day")
    assert read_limit("24小时", CONTINUOUS) == StatedLimit(Decimal(24), "urgent_hour")
    for raw in ("4小时", "2天", "15分钟"):
        doubt = read_limit(raw, STRICT)
        assert isinstance(doubt, Doubt)
        assert doubt.code == "limit.unit_unsaid"
    assert read_limit("4工作时", STRICT) == StatedLimit(Decimal(4), "work_hour")
    assert set(READINGS) == {"working", "continuous", "strict"}
    assert all(reading.source for reading in READINGS.values())


def test_the_units_are_those_the_clock_counts():
    assert set(UNITS) == {unit.value for unit in Unit}


@given(st.text(max_size=30))
def test_whatever_is_written_it_answers(raw):
    """T3: a limit or a doubt, never a failure, and a limit only if a digit or numeral stands there."""
    found = read_limit(raw)
    if isinstance(found, StatedLimit):
        assert found.unit in UNITS
        assert found.value > 0
        assert any(sign in "0123456789０１２３４５６７８９一二两三四五六七八九十半" for sign in raw)


@given(st.integers(1, 99), st.sampled_from(["紧急工作时", "紧急工作日", "工作时", "工作日", "自然日"]))
def test_what_is_stated_comes_back_as_stated(value, unit):
    keys = {"紧急工作时": "urgent_hour", "紧急工作日": "urgent_day", "工作时": "work_hour", "工作日": "work_day",
            "自然日": "natural_day"}
    assert read_limit(f"{value}{unit}", STRICT) == StatedLimit(Decimal(value), keys[unit])

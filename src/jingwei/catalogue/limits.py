"""Limits as Chinese sheets write them, into a value and a unit; anything odd becomes a doubt, never a guess.

Units are the keys of GB/T 30428.8 as local sheets use it: urgent_* runs on without a break, work_* counts working
time only, natural_day is a plain day.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

UNIT_NAMES = {
    "urgent_minute": "紧急分钟", "urgent_hour": "紧急工作时", "urgent_day": "紧急工作日", "work_minute": "工作分钟",
    "work_hour": "工作时", "work_day": "工作日", "natural_day": "自然日",
}
UNITS = tuple(UNIT_NAMES)
_MINUTES = {
    "urgent_minute": 1, "work_minute": 1, "urgent_hour": 60, "work_hour": 60,
    "urgent_day": 1440, "work_day": 1440, "natural_day": 1440,
}
_LONGEST = 400 * 1440  # minutes: longer than a year is taken for a slip


@dataclass(frozen=True, slots=True)
class StatedLimit:
    """`value` in `unit`. `season`: the clock starts in the next planting season (replacement of trees)."""

    value: Decimal
    unit: str
    season: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a cell was not read. `text` is Chinese; `suggestion`: how a person might want it read."""

    code: str
    text: str
    raw: str
    suggestion: StatedLimit | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a bare minute, hour or day is read where neither 紧急 nor 工作 nor 自然 stands; None: a doubt."""

    name: str
    minute: str | None
    hour: str | None
    day: str | None
    source: str


WORKING = Reading(
    "working", "work_minute", "work_hour", "work_day",
    "运城市立案、处置和结案标准：一份写 4小时、1天，另一份同一行写 4工作时、1工作日")
CONTINUOUS = Reading("continuous", "urgent_minute", "urgent_hour", "natural_day", "按字面：小时、天不间断计算")
STRICT = Reading("strict", None, None, None, "不作推断：没有写明的一律存疑")
READINGS = {reading.name: reading for reading in (WORKING, CONTINUOUS, STRICT)}

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    ord("．"): ".", ord("～"): "~", ord("〜"): "~", ord("－"): "-", ord("–"): "-", ord("—"): "-",
    ord("（"): "(", ord("）"): ")", ord("，"): ",", ord("；"): ";", ord("≦"): "≤",
}
_STATED = {
    "紧急分钟": "urgent_minute",
    "紧急工作时": "urgent_hour", "紧急工作小时": "urgent_hour", "紧急小时": "urgent_hour",
    "紧急工作日": "urgent_day", "紧急日": "urgent_day", "紧急天": "urgent_day",
    "工作分钟": "work_minute",
    "工作时": "work_hour", "工作小时": "work_hour",
    "工作日": "work_day", "工作天": "work_day",
    "自然日": "natural_day", "自然天": "natural_day", "日历日": "natural_day", "日历天": "natural_day",
}
_BARE = {"分钟": "minute", "分": "minute", "小时": "hour", "时": "hour", "天": "day", "日": "day"}
_INEXACT = {"周", "星期", "个月", "月", "季度", "年"}
_UNIT = "|".join(sorted({*_STATED, *_BARE, *_INEXACT}, key=len, reverse=True))
_NUMERALS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|半"
_ONE = re.compile(rf"({_NUMBER})个?({_UNIT})")
_LEAD = re.compile(r"^(?:不超过|不得超过|不大于|限时?|≤|<=)")
_TAIL = re.compile(r"(?:以内|之内|内)$")
_SEASON = re.compile(r"^(?:下一?个?)?(?:种植|栽植|植树|绿化)季节?")
_RANGE = re.compile(rf"^(?:{_NUMBER})个?(?:{_UNIT})?(?:-|~|至|到)(?:{_NUMBER})")
_NOTHING = {"-", "--", "/", "\\", "无", "空", "不限", "待定", "暂无", "n/a", "N/A"}


def read_limit(raw: str, reading: Reading = WORKING) -> StatedLimit | Doubt:
    """Read one cell. Blanks, ranges, several limits, words without a number and units without a fixed length
    are doubts.
    """
    text = "".join(raw.translate(_FULL_WIDTH).split())
    if not text:
        return Doubt("limit.blank", "没有写时限", raw)
    if text in _NOTHING:
        return Doubt("limit.none", f"写的是“{text}”，不是时限", raw)
    season = _SEASON.match(text)
    rest = _TAIL.sub("", _LEAD.sub("", text[season.end():] if season else text))
    if _RANGE.match(rest):
        return Doubt("limit.range", f"“{text}”是一个范围，请定下一个值", raw)
    found = _ONE.findall(rest)
    if not found:
        return _unread(rest, text, raw)
    if len(found) > 1:
        return Doubt("limit.several", f"“{text}”里有 {len(found)} 个时限，请拆成多行", raw)
    number, unit = found[0]
    limit = _one(number, unit, reading, season is not None, raw)
    if isinstance(limit, Doubt) or _ONE.fullmatch(rest):
        return limit
    return Doubt("limit.more_words", f"“{text}”在时限之外还有文字", raw, limit)


def _unread(rest: str, text: str, raw: str) -> Doubt:
    if re.fullmatch(rf"(?:{_NUMBER})个?", rest):
        return Doubt("limit.no_unit", f"“{text}”没有写单位", raw)
    if re.fullmatch(_UNIT, rest):
        return Doubt("limit.no_number", f"“{text}”没有写数目", raw)
    return Doubt("limit.unreadable", f"“{text}”读不出时限", raw)


def _one(number: str, unit: str, reading: Reading, season: bool, raw: str) -> StatedLimit | Doubt:
    value = _number(number)
    if unit in _INEXACT:
        return Doubt("limit.inexact_unit", f"“{unit}”的长短不定，请改用工作日或自然日", raw)
    if (key := _STATED.get(unit)) is None:
        key = getattr(reading, _BARE[unit])
        if key is None:
            return Doubt("limit.unit_unsaid", f"“{raw.strip()}”没有写明是工作时间还是连续时间", raw)
    if unit in _BARE and key == "work_hour" and value and value % 24 == 0:
        return Doubt("limit.whole_days_in_hours", f"“{raw.strip()}”是整天数，多半指连续的小时", raw,
                     StatedLimit(value, "urgent_hour", season))
    if number == "半" and key.endswith("_day"):
        return Doubt("limit.half_day", "“半天”可作 4 小时，也可作到午间，请写明", raw)
    if value == 0:
        return Doubt("limit.zero", "时限为零", raw)
    if value * _MINUTES[key] > _LONGEST:
        return Doubt("limit.long", f"“{raw.strip()}”超过一年，多半是填错了", raw, StatedLimit(value, key, season))
    return StatedLimit(value, key, season)


def _number(text: str) -> Decimal:
    if text[0].isascii():
        return Decimal(text)
    if text == "半":
        return Decimal("0.5")
    if "十" not in text:
        return Decimal(_NUMERALS[text])
    tens, ones = text.split("十")
    return Decimal(10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0))

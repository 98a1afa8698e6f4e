"""The same problem told by somebody else: other words, order and way to write an address, a point some metres off. Seeded."""

import random
from datetime import datetime, timedelta
from math import cos, hypot, pi, radians, sin
from typing import Any, NamedTuple

# what a town's callers say for the same thing
_SAID = (
    ("違規停車", "違停", "亂停車", "車子停在紅線上", "車輛違規停放", "有車擋住出入口"),
    ("路燈不亮", "路燈故障", "路燈壞了", "路燈沒有亮", "路燈熄滅一片漆黑"),
    ("妨礙安寧", "妨害安寧", "很吵", "噪音擾人", "深夜喧嘩吵鬧"),
    ("佔用道路", "占用道路", "東西佔住路面", "雜物堆在路上"),
    ("路面坑洞", "路面有坑洞", "馬路破洞", "柏油路有個坑"),
    ("停電", "沒有電", "電停了"), ("漏水", "水管漏水", "一直流水出來"), ("髒亂", "垃圾髒亂", "環境很髒"),
    ("騎樓", "走廊", "亭仔腳"), ("犬", "狗", "流浪狗"), ("噪音", "吵雜聲", "很大的聲音"), ("汙染", "污染", "臭味"),
)
_BEFORE = ("", "", "民眾反映：", "陳情 ", "市民來電，", "我要通報 ")
_AFTER = ("", "", "，請派員處理", "，已經很久了", "，請盡快改善", "，影響通行")
_WRITTEN = (("一段", "1段"), ("二段", "2段"), ("三段", "3段"), ("四段", "4段"), ("號", "号"), ("臺南市", "台南市"), ("附近", "旁邊"), ("對面", "對面路邊"))


class Told(NamedTuple):
    """A report as it was told."""

    key: Any
    lon: float
    lat: float
    at: datetime
    text: str


class Planted(NamedTuple):
    """A report told anew, and the one that it repeats."""

    told: Told
    first: Told


def planted(some: list[Told], count: int, seed: int) -> list[Planted]:
    """So many of `some` told anew, within 50 m and 24 hours of the first report."""
    chance = random.Random(seed)
    return [Planted(retold(first, f"planted:{number}", chance), first) for number, first in enumerate(chance.sample(some, count))]


def retold(first: Told, key: str, chance: random.Random) -> Told:
    away, turn = 45 * chance.random() ** 0.5, chance.random() * 2 * pi
    lat = first.lat + away * sin(turn) / 111_195
    lon = first.lon + away * cos(turn) / 111_195 / cos(radians(first.lat))
    return Told(key, lon, lat, first.at + timedelta(minutes=chance.randrange(5, 23 * 60)), _words(first.text, chance))


def _words(text: str, chance: random.Random) -> str:
    for said in _SAID:
        found = next((one for one in said if one in text), None)
        if found:
            text = text.replace(found, chance.choice([one for one in said if one != found]))
            break
    for one, other in _WRITTEN:
        if one in text and chance.random() < 0.5:
            text = text.replace(one, other)
    if "區" in text[:6] and chance.random() < 0.5:  # the district is left out
        text = text[text.index("區") + 1:]
    pieces = text.split()
    if len(pieces) == 2 and chance.random() < 0.5:
        pieces.reverse()
    return chance.choice(_BEFORE) + " ".join(pieces) + chance.choice(_AFTER)


def apart(one: Told, other: Told) -> float:
    """Metres, reckoned apart from the product's own way."""
    return 111_195 * hypot((one.lon - other.lon) * cos(radians(one.lat)), one.lat - other.lat)

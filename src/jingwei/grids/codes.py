"""Codes of divisions and unit grids: what their digits say, and nothing more. The path is another thing.

Sources: GB/T 2260 (six digits), GB/T 10114 (three below the county), the statistical division code
(12 = 6 + 3 + 3), GB/T 30428.1 / GB/T 47678.3 (15 = community + three), CJ/T 213-2005 (14, on import only).
A code is text of ASCII signs; other schemes' codes (11 digits, 'A-03') are taken as they are.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple

from jingwei.grids.errors import GridError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import ascii_digits

LONGEST = 32
LAST_SEQUENCE = 999
_PLAIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*", re.ASCII)
_DIGITS = re.compile("[0-9]+")  # as kernel.ids.ascii_digits, faster over a whole country
_GROUPS = (2, 4, 6, 9, 12)  # where each level's digits end


class Level(IntEnum):
    """Depth in the base system. Other systems count their own levels from 1."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWN = 4
    VILLAGE = 5
    RESPONSIBILITY = 6
    UNIT = 7


class Kind(StrEnum):
    """What an area is. GB/T 10114 tells the kinds of a town; the statistical code those of a village."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    STREET = "street"                  # 街道 001-099
    TOWN = "town"                      # 镇 100-199
    TOWNSHIP = "township"              # 乡 200-399
    JOINT = "joint"                    # 政企合一单位 400-599
    COMMUNITY = "community"            # 居委会 001-199
    VILLAGE = "village"                # 村委会 200-399
    QUASI_VILLAGE = "quasi_village"    # 类似居委会、村委会 400 and above
    RESPONSIBILITY = "responsibility"  # 责任网格
    UNIT = "unit"                      # 单元网格
    GROUP = "group"                    # 村民小组、居民小组
    GRID = "grid"                      # a grid of any other system, named by that system's levels


KIND_NAMES = {
    Kind.PROVINCE: "省级", Kind.CITY: "市级", Kind.COUNTY: "区县", Kind.STREET: "街道", Kind.TOWN: "镇", Kind.TOWNSHIP: "乡",
    Kind.JOINT: "政企合一单位", Kind.COMMUNITY: "社区", Kind.VILLAGE: "村", Kind.QUASI_VILLAGE: "类似村社区的单位",
    Kind.RESPONSIBILITY: "责任网格", Kind.UNIT: "单元网格", Kind.GROUP: "小组", Kind.GRID: "网格",
}
_TOWN_KINDS = {"0": Kind.STREET, "1": Kind.TOWN, "2": Kind.TOWNSHIP, "3": Kind.TOWNSHIP, "4": Kind.JOINT,
               "5": Kind.JOINT}


class Scheme(StrEnum):
    """Which rule a code follows."""

    DIVISION = "division"  # 12 digits
    UNIT = "unit"          # 15 digits
    OLD_UNIT = "old_unit"  # 14 digits
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class UnitCode:
    """A 15-digit unit-grid code taken apart. `sequence`: 1-999 inside the community."""

    community: str
    sequence: int

    def __str__(self) -> str:
        return f"{self.community}{self.sequence:03d}"


class Division(NamedTuple):
    """What the digits of a division code say. `kind`: None where GB/T 10114 has no such number."""

    level: Level
    kind: Kind | None
    parent: str


def clean_code(text: str) -> str:
    """The code without blanks around it (the ideographic one too). Refuses anything but plain ASCII signs."""
    code = text.strip()
    if len(code) > LONGEST or not _PLAIN.fullmatch(code):
        raise Refusal(GridError.BAD_CODE, code=text[:40])
    return code


def scheme_of(code: str) -> Scheme:
    """The scheme whose length and digits fit. Eleven digits are no division: they stay what they are."""
    if len(code) not in (12, 14, 15) or not _DIGITS.fullmatch(code) or code[:2] == "00":
        return Scheme.OTHER
    if len(code) == 12:
        return Scheme.DIVISION
    if code[9:12] != "000" and code[12:].strip("0"):
        return Scheme.UNIT if len(code) == 15 else Scheme.OLD_UNIT
    return Scheme.OTHER


def division(code: str) -> Division:
    """What a 12-digit code says. Its level is that of the last group (2, 2, 2, 3, 3 digits) not all zeros.

    The parent is the code without that group, so a town of a city without counties stands under the city.
    """
    if scheme_of(code) is not Scheme.DIVISION:
        raise Refusal(GridError.BAD_DIVISION_CODE, code=code[:40])
    if code[9:] != "000":
        level, kind, shorter = Level.VILLAGE, village_kind(code[9:]), code[:9]
    elif code[6:9] != "000":
        level, kind, shorter = Level.TOWN, town_kind(code[6:9]), code[:6]
    elif code[4:6] != "00":
        level, kind, shorter = Level.COUNTY, Kind.COUNTY, code[:4]
    elif code[2:4] != "00":
        level, kind, shorter = Level.CITY, Kind.CITY, code[:2]
    else:
        level, kind, shorter = Level.PROVINCE, Kind.PROVINCE, ""
    return Division(level, kind, shorter and shorter.ljust(12, "0"))


def padded_division(code: str) -> str:
    """The 12-digit form of a code that was cut after its last level (2, 4, 6, 9 or 12 digits)."""
    if len(code) not in _GROUPS or not ascii_digits(code):
        raise Refusal(GridError.BAD_DIVISION_CODE, code=code[:40])
    whole = code.ljust(12, "0")
    if scheme_of(whole) is not Scheme.DIVISION:
        raise Refusal(GridError.BAD_DIVISION_CODE, code=code[:40])
    return whole


def county_of(code: str) -> str:
    """The six county digits of a division or unit code, '' for any other code.

    Provinces and cities give their own six ('110000', '110100'), so does a town under a city ('441900').
    """
    return code[:6] if scheme_of(code) is not Scheme.OTHER else ""


def town_kind(digits: str) -> Kind | None:
    """GB/T 10114: the kind that digits 7-9 of a division code tell. None for 000 and from 600 on."""
    if digits == "000":
        return None
    return _TOWN_KINDS.get(digits[0])


def village_kind(digits: str) -> Kind | None:
    """The kind that digits 10-12 tell. None for 000."""
    if digits == "000":
        return None
    if digits[0] in "01":
        return Kind.COMMUNITY
    return Kind.VILLAGE if digits[0] in "23" else Kind.QUASI_VILLAGE


def unit_code(text: str) -> UnitCode:
    """Take a 15-digit code apart. Refuses other lengths and digits, sequence 000, and no community before."""
    if len(text) != 15 or scheme_of(text) is not Scheme.UNIT:
        raise Refusal(GridError.BAD_UNIT_CODE, code=text[:40])
    return UnitCode(text[:12], int(text[12:]))


def from_old_unit_code(text: str) -> UnitCode:
    """The 15-digit form of a 14-digit code of CJ/T 213-2005 (two digits of sequence). For imports only."""
    if scheme_of(text) is not Scheme.OLD_UNIT:
        raise Refusal(GridError.BAD_UNIT_CODE, code=text[:40])
    return UnitCode(text[:12], int(text[12:]))


def next_unit_code(community: str, used: Container[str]) -> UnitCode:
    """The lowest free code of a community. `used` holds the void ones too: a code is never given twice."""
    if division(community).level is not Level.VILLAGE:
        raise Refusal(GridError.BAD_UNIT_CODE, code=community)
    for sequence in range(1, LAST_SEQUENCE + 1):
        candidate = UnitCode(community, sequence)
        if str(candidate) not in used:
            return candidate
    raise Refusal(GridError.CODES_EXHAUSTED, community=community)

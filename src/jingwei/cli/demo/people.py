"""Invented units and staff of the demonstration district. Nobody here exists: names say 示例 or 演示, phones begin 000."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import shapely

from jingwei.cli.demo.district import Area, District, ResponsibilityGrid, chinese
from jingwei.cli.demo.projection import metres
from jingwei.cli.demo.rules import RULES, Rule
from jingwei.cli.demo.skeleton import COUNTY

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_WORDS = ("示例", "演示", "样例")
_LEFT_DAYS = 12         # days since the main post of a grid with a gap fell vacant
_SINCE_DAYS = 400


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation. `parent`: code, '' at the root. `kind`: plain lower-case word."""

    code: str
    name: str
    parent: str
    kind: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role over an area; with `unit`, only for what that unit (and those below it) holds."""

    role: str
    area: str           # area code or responsibility grid code
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    login: str
    name: str
    unit: str
    phone: str
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """Somebody on a responsibility grid. `until`: last day, None while open."""

    grid: str
    login: str
    post: str           # main | deputy
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Away on whole days, both included."""

    login: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class People:
    units: tuple[Unit, ...]             # parents before children
    members: tuple[Member, ...]
    postings: tuple[Posting, ...]
    absences: tuple[Absence, ...]
    rules: tuple[Rule, ...]

    def holding(self, role: str, area: str = "", unit: str = "") -> list[str]:
        """Logins that hold a role, in order; with `area` or `unit` only those appointed to exactly that."""
        return [
            member.login for member in self.members
            if any(a.role == role and (not area or a.area == area) and (not unit or a.unit == unit)
                   for a in member.appointments)
        ]


_UNITS = (
    ("QZF", "示例区人民政府", "", "government"),
    ("WGZX", "区网格化管理中心", "QZF", "centre"),
    ("JDZX", "监督中心", "WGZX", "centre"), ("ZHZX", "指挥中心", "WGZX", "centre"),
    ("CGJ", "城市管理局", "QZF", "bureau"),
    ("CGJ-SZ", "市政所", "CGJ", "station"), ("CGJ-HW", "环卫所", "CGJ", "station"),
    ("CGJ-YL", "园林所", "CGJ", "station"), ("CGJ-ZF", "执法中队", "CGJ", "station"),
    ("CGJ-ZF-1", "执法一组", "CGJ-ZF", "team"), ("CGJ-ZF-2", "执法二组", "CGJ-ZF", "team"),
    ("ZJJ", "住建局", "QZF", "bureau"),
    ("SWGS", "水务公司", "QZF", "company"), ("GDGS", "供电公司", "QZF", "company"),
    ("PCS", "公安派出所", "QZF", "station"), ("WSZX", "社区卫生服务中心", "QZF", "station"),
    ("LXJD", "柳溪街道办事处", "QZF", "government"), ("DXZ", "稻香镇人民政府", "QZF", "government"),
    ("DXZ-HB", "稻香镇环保办", "DXZ", "office"), ("DXZ-CJ", "稻香镇城建办", "DXZ", "office"),
)
_HANDLING = ("CGJ", "CGJ-SZ", "CGJ-HW", "CGJ-YL", "CGJ-ZF", "ZJJ", "SWGS", "GDGS", "PCS", "WSZX", "DXZ-HB", "DXZ-CJ")
# login, role, unit: one person each over everything, which looking after units needs: they stand in no area
_ADMINISTRATORS = (
    ("sysadmin", "system_admin", "WGZX"), ("secadmin", "security_admin", "WGZX"), ("auditor", "audit_admin", "WGZX"),
    ("areaadmin", "area_admin", "WGZX"),
)
_EVERYWHERE = "*"
# login, role, unit: one person each over the whole county
_CENTRE = (
    ("leader", "leader", "QZF"), ("evaluator", "evaluator", "WGZX"),
    *((f"acceptor{n}", "acceptor", "JDZX") for n in range(1, 7)),
    *((f"shift{n}", "shift_leader", "JDZX") for n in range(1, 3)),
    *((f"dispatcher{n}", "dispatcher", "ZHZX") for n in range(1, 5)),
    ("county1", "county_officer", "WGZX"),
)


class _Roll:
    """Takes people on, one after the other, each with the next invented name and number."""

    def __init__(self) -> None:
        self.members: list[Member] = []

    def add(self, login: str, unit: str, *appointments: Appointment) -> str:
        number = len(self.members)
        name = f"{_SURNAMES[number % len(_SURNAMES)]}{_WORDS[number % 3]}{chinese(number % 9 + 1)}"
        self.members.append(Member(login, name, unit, f"000-0000-{number + 1:04d}", appointments))
        return login


def make_people(district: District, seed: int, today: date) -> People:
    """Units, staff and who stands on which grid, as of `today`: with a few gaps, so that gaps can be seen."""
    rng = np.random.default_rng([seed, 2])
    roll = _Roll()
    for login, role, unit in _ADMINISTRATORS:
        roll.add(login, unit, Appointment(role, _EVERYWHERE))
    for login, role, unit in _CENTRE:
        roll.add(login, unit, Appointment(role, COUNTY))
    for unit in _HANDLING:
        for number in (1, 2):
            roll.add(f"{unit.lower()}-{number}", unit, Appointment("handler", COUNTY, unit))
    for number, (area, unit) in enumerate((("990101001", "LXJD"), ("990101100", "DXZ")), 1):
        roll.add(f"town{number}", unit, Appointment("town_officer", area))
    for number, community in enumerate(district.communities, 1):
        roll.add(f"community{number}", f"SQ{number:02d}", Appointment("community_officer", community.code))
    for number, area in enumerate(("990101001", "990101001", "990101100"), 1):
        roll.add(f"reserve{number}", "JDZX", Appointment("supervisor", area))
    postings, absences = _staffed(district.responsibility_grids, roll, rng, today)
    return People(_units(district.communities), tuple(roll.members), postings, absences, RULES)


def _units(communities: Sequence[Area]) -> tuple[Unit, ...]:
    units = [Unit(*row) for row in _UNITS]
    for number, community in enumerate(communities, 1):
        kind = "村民委员会" if community.level == "village" else "居民委员会"
        parent = "DXZ" if community.parent == "990101100" else "LXJD"
        units.append(Unit(f"SQ{number:02d}", f"{community.name}{kind}", parent, "committee"))
    return tuple(units)


def _staffed(grids: Sequence[ResponsibilityGrid], roll: _Roll, rng: np.random.Generator,
             today: date) -> tuple[tuple[Posting, ...], tuple[Absence, ...]]:
    """A main for each grid, who is deputy on the nearest grid of the community; gaps as the lot falls.

    One grid has nobody at all, two have lost their main (who holds no role any more), five have no deputy, two mains
    are on leave.
    """
    lot = [int(index) for index in rng.permutation([i for i, grid in enumerate(grids) if not grid.note])]
    bare, vacant, without_deputy, on_leave = set(lot[:1]), set(lot[1:3]), set(lot[3:8]), lot[8:10]
    since = [today - timedelta(days=_SINCE_DAYS - int(days)) for days in rng.integers(0, 300, len(grids))]
    mains = {index: f"grid{index + 1:03d}" for index in range(len(grids)) if index not in bare}
    present = {index: login for index, login in mains.items() if index not in vacant}
    deputies = _deputies(grids, present, bare | without_deputy)
    postings: list[Posting] = []
    appointed: dict[str, list[Appointment]] = {login: [] for login in mains.values()}
    for index, grid in enumerate(grids):
        if index in mains:
            left = today - timedelta(days=_LEFT_DAYS) if index in vacant else None
            postings.append(Posting(grid.code, mains[index], "main", since[index], left))
            if left is None:
                appointed[mains[index]].append(Appointment("supervisor", grid.code))
        if index in deputies:
            postings.append(Posting(grid.code, mains[deputies[index]], "deputy", since[deputies[index]]))
            appointed[mains[deputies[index]]].append(Appointment("supervisor", grid.code))
    for login, appointments in appointed.items():
        roll.add(login, "JDZX", *appointments)
    absences = tuple(Absence(mains[i], today - timedelta(days=2), today + timedelta(days=3)) for i in on_leave)
    return tuple(postings), absences


def _deputies(grids: Sequence[ResponsibilityGrid], mains: dict[int, str], left_out: set[int]) -> dict[int, int]:
    """grid → the grid whose main stands in: the nearest of the same community."""
    centres = shapely.get_coordinates(shapely.centroid(metres(np.array([grid.geometry for grid in grids]))))
    found: dict[int, int] = {}
    for index, grid in enumerate(grids):
        others = [i for i, other in enumerate(grids) if other.community == grid.community and i != index and i in mains]
        if index not in left_out and others:
            away = ((centres[others] - centres[index]) ** 2).sum(axis=1)
            found[index] = others[int(away.argmin())]
    return found

"""Areas nobody answers for, now and in the days to come; how people and areas stand to each other."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.grids import staffing
from jingwei.grids.models import Area, GridSystem, Staffing
from jingwei.grids.placing import BASE
from jingwei.grids.queries.reading import readable
from jingwei.grids.queries.tree import STAFFED_KINDS, levels_of
from jingwei.grids.staffing import Post, Posting
from jingwei.grids.system_rules import Asks
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

MOST, MOST_DAYS = 5_000, 366


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An area without a main from `since` to `until`; `until` None: beyond the days asked about. `now`: today too."""

    area_id: int
    code: str
    name: str
    kind: str
    level: int
    level_name: str
    since: date
    until: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class LevelGaps:
    """How many areas of a level must have a main, how many have none now, how many will have none."""

    level: int
    name: str
    areas: int
    now: int
    later: int


@dataclass(frozen=True, slots=True)
class Vacancies:
    """`next`: the code after which the list goes on."""

    levels: list[LevelGaps]
    items: list[Vacancy]
    next: str | None


@dataclass(frozen=True, slots=True)
class Several:
    """One person who answers for several areas."""

    user_id: UUID
    user_name: str
    areas: list[str]


@dataclass(frozen=True, slots=True)
class Pairing:
    """How areas and people stand to each other. `one_to_one`: each area one main, each main one area (GRD-24).

    `without_deputy`: areas with a main whom nobody stands in for (STF-03), at most a hundred.
    """

    areas: int
    mains: int
    people: int
    deputies: int
    one_to_one: bool
    several: list[Several]
    without_deputy: list[str]


def vacancies(actor: Actor, area_id: int | None = None, *, system: str = BASE, on: date, days: int = 30, level: int = 0,
              after: str = "", limit: int = 100) -> Vacancies:
    """Areas within reach that must have a main and have none on some day from `on` through so many days, by code.

    In the base system: responsibility grids, groups and grids; elsewhere the levels whose rules ask for one. Five
    statements at most.
    """
    last = on + timedelta(days=max(0, min(days, MOST_DAYS)))
    names = levels_of(system)
    areas = _staffed(actor, area_id, system)
    held = Staffing.objects.filter(Q(until=None) | Q(until__gte=last), area=OuterRef("pk"), post="main", void=False, since__lte=on,
                                   user__active=True)
    rows = list(areas.filter(~Exists(held)).order_by("code").values_list("id", "code", "name", "kind", "level")[:MOST])
    postings = [Posting(user, area, Post.MAIN, since, until) for user, area, since, until in Staffing.objects.filter(
        Q(until=None) | Q(until__gte=on), area_id__in=[row[0] for row in rows], post="main", void=False, user__active=True).values_list(
        "user_id", "area_id", "since", "until")]
    spans: defaultdict[int, list[staffing.Span]] = defaultdict(list)
    for each in staffing.gaps((row[0] for row in rows), postings, on, last):
        spans[each.area].append(each)
    found = [Vacancy(*row, _level_name(names, row[4]), each.since, None if each.until is None or each.until >= last else each.until,
                     each.since <= on) for row in rows for each in spans[row[0]][:1]]
    shown = [one for one in found if (not level or one.level == level) and one.code > after]
    following = shown[limit - 1].code if len(shown) > limit else None
    return Vacancies(_levels(areas, found, names), shown[:limit], following)


def _levels(areas: QuerySet[Area], found: list[Vacancy], names: list[str]) -> list[LevelGaps]:
    counted: defaultdict[int, int] = defaultdict(int)
    for each in areas.values_list("level", flat=True):
        counted[each] += 1
    return [LevelGaps(level, _level_name(names, level), count, sum(one.now for one in found if one.level == level),
                      sum(not one.now for one in found if one.level == level)) for level, count in sorted(counted.items())]


def _level_name(names: list[str], level: int) -> str:
    return names[level - 1] if level <= len(names) else f"第 {level} 级"


def _staffed(actor: Actor, area_id: int | None, system: str) -> QuerySet[Area]:
    rows = narrow(Area.objects.filter(system=system, plan__state="published", status="active"), actor, Right.AREA_READ, area="path")
    if system == BASE:
        rows = rows.filter(kind__in=STAFFED_KINDS)
    else:
        rules = GridSystem.objects.filter(pk=system).values_list("rules", flat=True).first() or []
        rows = rows.filter(level__in=[rule["level"] for rule in rules if rule["asks"] in (Asks.MAIN, Asks.ONE_TO_ONE)])
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        rows = rows.filter(path__gte=low, path__lt=high)
    return rows


def pairing(actor: Actor, area_id: int | None = None, *, system: str = BASE, on: date) -> Pairing:
    """How the areas that must have a main and the people on them stand to each other. Four statements at most."""
    areas = dict(_staffed(actor, area_id, system).order_by("code").values_list("id", "name")[:MOST])
    rows: Any = Staffing.objects.filter(Q(until=None) | Q(until__gte=on), area_id__in=list(areas), void=False, since__lte=on,
                                        user__active=True)
    held: defaultdict[str, defaultdict[int, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for area, user, post in rows.values_list("area_id", "user_id", "post"):
        held[post][area].append(user)
    own: defaultdict[UUID, list[int]] = defaultdict(list)
    for area in areas:
        for user in held["main"].get(area, []):
            own[user].append(area)
    several = {user: several for user, several in own.items() if len(several) > 1}
    names = accounts.names_of(several)
    alone = [areas[area] for area in areas if area in held["main"] and area not in held["deputy"]]
    return Pairing(
        len(areas), len(held["main"]), len(own), len(held["deputy"]),
        bool(areas) and len(areas) == len(held["main"]) == len(own) and not several,
        sorted((Several(user, names.get(user, ""), [areas[area] for area in each]) for user, each in several.items()),
               key=lambda one: one.areas[0])[:100], alone[:100])

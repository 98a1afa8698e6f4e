"""What in a grid system is not as its rules ask: found anew whenever somebody looks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, reach
from jingwei.grids import models, ports, shifts, staffing, system_rules
from jingwei.grids.days import today
from jingwei.grids.models import Area, Membership, Staffing, TeamArea
from jingwei.grids.queries.certificates import held_by
from jingwei.grids.queries.systems import SystemLine, system
from jingwei.grids.queries.teams import functions_on, households_of
from jingwei.grids.system_rules import Asks, Fault, Rule, Standing
from jingwei.kernel.actor import Actor

MOST_AREAS, AHEAD = 20_000, 7
_OF_ALL = (Asks.AREAS, Asks.ONE_TO_ONE)  # count a whole level: nothing for who sees a part of it


@dataclass(frozen=True, slots=True)
class FaultLine:
    """`area_id` 0: of the level as a whole. `user_name`: of the posting it is about, else ''."""

    asks: str
    level: int
    level_name: str
    area_id: int
    code: str
    name: str
    user_name: str
    text: str


@dataclass(frozen=True, slots=True)
class Faults:
    """`checked`: how many areas were looked at. `items`: at most as many as asked for; `count`: all."""

    checked: int
    count: int
    items: list[FaultLine]


def system_faults(actor: Actor, code: str, *, on: date | None = None, limit: int = 500) -> Faults:
    """Within reach, on a day (today by default). A dozen statements at most, whatever the number of areas."""
    on = on or today()
    line = system(actor, code)
    names = [each.name for each in line.levels]
    rules = _rules_of(line)
    if reach(actor, Right.AREA_READ, area="path") is not None:
        rules = [rule for rule in rules if rule.asks not in _OF_ALL]
    areas = _areas(actor, code, {rule.level for rule in rules})
    standing = _standing(areas, rules, on)
    found = system_rules.check(rules, standing, names) + _shared(actor, code) + _holes(areas, rules, on)
    shown = found[:limit]
    people = accounts.names_of(fault.user_id for fault in shown)
    return Faults(len(areas), len(found), [FaultLine(
        one.asks.value, one.level, names[one.level - 1] if one.level <= len(names) else "", one.area_id, one.code, one.name,
        people.get(one.user_id, "") if one.user_id else "", one.text) for one in shown])


def _rules_of(line: SystemLine) -> list[Rule]:
    return [Rule(Asks(one.asks), one.level, one.low, one.high, one.value, one.source) for one in line.rules]


Row = tuple[int, str, str, int]


def _areas(actor: Actor, code: str, levels: set[int]) -> list[Row]:
    rows = narrow(Area.objects.filter(system=code, plan__state="published", status="active", level__in=levels), actor,
                  Right.AREA_READ, area="path")
    return list(rows.order_by("code").values_list("id", "code", "name", "level")[:MOST_AREAS])


def _standing(areas: Sequence[Row], rules: Sequence[Rule], on: date) -> list[Standing]:
    ids = [row[0] for row in areas]
    asked = {rule.asks for rule in rules}
    mains: defaultdict[int, list[UUID]] = defaultdict(list)
    people: defaultdict[int, set[UUID]] = defaultdict(set)
    sheets: set[int] = set()
    postings = Staffing.objects.filter(Q(until=None) | Q(until__gte=on), area_id__in=ids, since__lte=on, void=False,
                                       user__active=True)
    for area, user, post, duties in postings.order_by("since", "id").values_list("area_id", "user_id", "post", "duties"):
        people[area].add(user)
        if post == staffing.Post.MAIN:
            mains[area].append(user)
            if duties:
                sheets.add(area)
    members = dict(Membership.objects.filter(grid_id__in=ids).values_list("grid_id").annotate(n=Count("id"))) \
        if Asks.MEMBERS in asked else {}
    households = households_of(ids) if asked & {Asks.HOUSEHOLDS, Asks.CAPACITY} else {}
    kinds = _team_kinds(ids, on) if Asks.TEAM in asked else {}
    functions = functions_on(ids, on) if Asks.CAPACITY in asked else {}
    lacking = _lacking(areas, people, rules, on)
    return [Standing(
        area, code, name, level, tuple(mains[area]), frozenset(people[area]), area in sheets, members.get(area, 0),
        households.get(area), frozenset(kinds.get(area, ())), functions.get(area), tuple(lacking.get(area, ())))
        for area, code, name, level in areas]


def _shared(actor: Actor, code: str) -> list[Fault]:
    """Base areas that two grids of a level hold: a point there has no single answer (GRD-42)."""
    own: Any = narrow(Membership.objects.filter(grid__system=code, grid__status="active", grid__plan__state="published"), actor,
                      Right.AREA_READ, area="grid__path")
    twice: defaultdict[tuple[int, int], list[tuple[int, str, str, str]]] = defaultdict(list)
    for member, name, level, *grid in own.order_by("member__code", "grid__code").values_list(
            "member_id", "member__name", "grid__level", "grid_id", "grid__code", "grid__name"):
        twice[member, level].append((*grid, name))
    return [Fault(Asks.MEMBERS, level, f"与{held[0][2]}都含{held[0][3]}", *grid[:3])
            for (_, level), held in twice.items() if len(held) > 1 for grid in held[1:]]


def _team_kinds(ids: Iterable[int], on: date) -> dict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = TeamArea.objects.filter(Q(team__until=None) | Q(team__until__gte=on), area_id__in=ids, team__since__lte=on)
    for area, kind in rows.values_list("area_id", "team__kind"):
        found[area].add(kind)
    return found


def _lacking(areas: Sequence[Row], people: dict[int, set[UUID]], rules: Sequence[Rule], on: date) -> dict[int, list[tuple[UUID, str]]]:
    asked = {level: system_rules.certificates(rules, level) for level in {row[3] for row in areas}}
    kinds = frozenset[str]().union(*asked.values()) if asked else frozenset()
    if not kinds:
        return {}
    held = held_by((user for own in people.values() for user in own), kinds)
    return {area: [(user, kind) for user in sorted(people[area]) for kind in sorted(asked[level])
                   if staffing.certified(held[user], user, kind, on) is not staffing.Validity.VALID]
            for area, _, _, level in areas}


def _holes(areas: Sequence[Row], rules: Sequence[Rule], on: date) -> list[Fault]:
    """Minutes without anybody on shift in the days to come, where the system asks for cover."""
    covers = {rule.level: cover for rule in rules if rule.asks is Asks.COVER and (cover := system_rules.cover(rule.value))}
    own = [row for row in areas if row[3] in covers]
    if not own:
        return []
    days = [on + timedelta(days=number) for number in range(AHEAD)]
    by_area: defaultdict[int, list[shifts.Shift]] = defaultdict(list)
    for row in models.Shift.objects.filter(area_id__in=[row[0] for row in own], day__gte=days[0] - timedelta(days=1),
                                           day__lte=days[-1], void=False).values_list("user_id", "day", "start", "minutes", "area_id"):
        by_area[row[4]].append(shifts.Shift(*row))
    free = ports.days_off(days[0], days[-1], "")
    found = []
    for area, code, name, level in own:
        minutes = sum(hole.minutes for hole in shifts.holes(by_area[area], covers[level], days, free=free))
        if minutes:
            found.append(Fault(Asks.COVER, level, f"今后 {AHEAD} 天有 {minutes} 分钟无人值守", area, code, name))
    return found

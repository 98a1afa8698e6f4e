"""Teams with who is in them and what is not as their kind wants it; how many people the households ask for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.grids import teams
from jingwei.grids.models import Boundary, Households, Team, TeamArea, TeamMember
from jingwei.grids.queries.reading import readable
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span


@dataclass(frozen=True, slots=True)
class MemberLine:
    id: int
    user_id: UUID
    user_name: str
    function: str
    function_name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class TeamAreaLine:
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """`people`: persons on the day asked about, each once. `warnings`: in words."""

    id: int
    kind: str
    kind_name: str
    name: str
    since: date
    until: date | None
    areas: list[TeamAreaLine]
    members: list[MemberLine]
    people: int
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class CapacityLine:
    """How many people of a function an area's households ask for, and how many its teams have."""

    function: str
    name: str
    low: int
    high: int
    found: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """`households`: None where nobody has counted them; `counted_on` None where the base map tells them."""

    households: int | None
    counted_on: date | None
    lines: list[CapacityLine]


def team_kinds() -> list[teams.TeamKind]:
    return list(teams.kinds().values())


def team_list(actor: Actor, area_id: int | None = None, *, on: date, after: int = 0,
              limit: int = 50) -> tuple[list[TeamLine], int | None]:
    """Teams that stand on or after a day with an area at or below the one given, within reach. Six statements at most."""
    areas = narrow(TeamArea.objects.filter(team=OuterRef("pk")), actor, Right.AREA_READ, area="area__path")
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        areas = areas.filter(area__path__gte=low, area__path__lt=high)
    rows = Team.objects.filter(Q(until=None) | Q(until__gte=on), Exists(areas), id__gt=after)
    found = list(rows.order_by("id")[:limit + 1])
    following = found[limit - 1].id if len(found) > limit else None
    return _lines(found[:limit], on), following


def teams_over(kind: str, paths: Iterable[str], *, on: date) -> list[TeamLine]:
    """The teams of a kind that on a day stand over one of these paths, the nearest first, with who is in them then. Whoever asks has
    been asked for the right. Three statements.
    """
    above = {path[:end + 1] for path in paths for end, sign in enumerate(path) if sign == "/"}
    rows = TeamArea.objects.filter(Q(team__until=None) | Q(team__until__gte=on), team__kind=kind, team__since__lte=on, area__path__in=above)
    near: dict[int, int] = {}
    for team_id, path in rows.values_list("team_id", "area__path"):
        near[team_id] = max(near.get(team_id, 0), path.count("/"))
    found = sorted(Team.objects.filter(id__in=near), key=lambda team: (-near[team.id], team.id))
    lines = _lines(found, on)
    return [replace(line, members=[one for one in line.members if one.since <= on]) for line in lines]


def _lines(found: list[Team], on: date) -> list[TeamLine]:
    ids = [team.id for team in found]
    areas: defaultdict[int, list[TeamAreaLine]] = defaultdict(list)
    for team_id, area_id, code, name in TeamArea.objects.filter(team_id__in=ids).order_by("area__code").values_list(
            "team_id", "area_id", "area__code", "area__name"):
        areas[team_id].append(TeamAreaLine(area_id, code, name))
    members: defaultdict[int, list[TeamMember]] = defaultdict(list)
    for member in TeamMember.objects.filter(Q(until=None) | Q(until__gte=on), team_id__in=ids, void=False).order_by("since", "id"):
        members[member.team_id].append(member)
    names = accounts.names_of(one.user_id for own in members.values() for one in own)
    apart = _apart({team.id: [area.id for area in areas[team.id]] for team in found
                    if _kind_of(team.kind).areas_low > 1 and len(areas[team.id]) > 1})
    return [_line(team, areas[team.id], members[team.id], names, team.id not in apart, on) for team in found]


def _line(team: Team, areas: list[TeamAreaLine], members: list[TeamMember], names: Mapping[UUID, str], adjoining: bool,
          on: date) -> TeamLine:
    kind = _kind_of(team.kind)
    order = list(kind.functions)
    members.sort(key=lambda one: (order.index(one.function) if one.function in order else len(order), one.since, one.id))
    now = [one for one in members if one.since <= on]
    people = len({one.user_id for one in now})
    warned = teams.warnings(kind, people, {one.function for one in now}, len(areas), adjoining=adjoining)
    return TeamLine(
        team.id, team.kind, kind.name, team.name, team.since, team.until, areas,
        [MemberLine(one.id, one.user_id, names.get(one.user_id, ""), one.function, kind.functions.get(one.function, one.function),
                    one.since, one.until) for one in members],
        people, [one.text for one in warned])


def _kind_of(code: str) -> teams.TeamKind:
    return teams.kinds().get(code) or teams.TeamKind(code, code, 0, 0, 1, {}, (), "", "low")


def _apart(wanted: Mapping[int, list[int]]) -> set[int]:
    """Teams whose areas do not all hang together by a common border. One statement; undrawn areas are taken as joined."""
    if not wanted:
        return set()
    import shapely

    ids = {area_id for own in wanted.values() for area_id in own}
    shapes: dict[int, Any] = {}
    for area_id, wkb in Boundary.objects.filter(area_id__in=ids, plan__state="published").order_by("plan__number").values_list(
            "area_id", "wkb"):
        shapes[area_id] = shapely.from_wkb(bytes(wkb))
    return {team for team, own in wanted.items() if not _joined([shapes[one] for one in own if one in shapes])}


_NEAR = 0.0003  # degrees, some 30 m: two areas on both sides of a street adjoin


def _joined(shapes: list[Any]) -> bool:
    reached, left = shapes[:1], shapes[1:]
    while left:
        near = next((one for one in left if any(one.distance(other) <= _NEAR for other in reached)), None)
        if near is None:
            return False
        reached.append(near)
        left.remove(near)
    return True


def capacity_of(actor: Actor, area_id: int, *, on: date) -> Capacity:
    """Mediators and contacts that an area's households ask for, and those its teams have (GRD-20, AT-06)."""
    area = readable(actor, area_id)
    count = households_of([area.id]).get(area.id)
    if count is None:
        return Capacity(None, None, [])
    counted_on = Households.objects.filter(area=area).values_list("counted_on", flat=True).first()
    have = functions_on([area.id], on)[area.id]
    lines = []
    for ratio in teams.ratios():
        wanted = teams.capacity(count, ratio)
        lines.append(CapacityLine(wanted.function, wanted.name, wanted.low, wanted.high, have.get(wanted.function, 0)))
    return Capacity(count, counted_on, lines)


def households_of(area_ids: Iterable[int]) -> dict[int, int]:
    """As somebody wrote down, else as the buildings of the base map tell inside an outline. Two statements."""
    ids = list(area_ids)
    found = {area_id: count for area_id, count in Boundary.objects.filter(
        area_id__in=ids, plan__state="published", households__isnull=False).order_by("plan__number").values_list("area_id", "households")
        if count is not None}
    return found | dict(Households.objects.filter(area_id__in=ids).values_list("area_id", "count"))


def functions_on(area_ids: Iterable[int], on: date) -> defaultdict[int, dict[str, int]]:
    """People by function in the teams of each area. One statement."""
    rows = TeamMember.objects.filter(
        Q(until=None) | Q(until__gte=on), Q(team__until=None) | Q(team__until__gte=on), team__areas__area_id__in=list(area_ids),
        void=False, since__lte=on).values_list("team__areas__area_id", "function", "user_id").distinct()
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for area_id, function, _ in rows:
        found[area_id][function] = found[area_id].get(function, 0) + 1
    return found


def team_names(ids: set[int]) -> dict[int, str]:
    return dict(Team.objects.filter(pk__in=ids).values_list("id", "name"))


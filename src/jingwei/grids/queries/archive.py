"""The archive of a grid (网格档案, GRD-01): all that is known of it on one page, as far as the actor may see."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.grids import ports
from jingwei.grids.days import today, zone
from jingwei.grids.models import Area, Boundary, Certificate, GridSystem, PlanVersion, Succession
from jingwei.grids.placing import BASE
from jingwei.grids.queries.base_ground import Inside, buildings_inside, outlined
from jingwei.grids.queries.duty import PostingLine, staffing_of
from jingwei.grids.queries.faces import Board, Face, board_of, faces
from jingwei.grids.queries.places import Place, _grids_over
from jingwei.grids.queries.tree import AreaDetail, area_detail, levels_of, members_of
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

MONTHS = 12
_BUILDINGS_UP_TO_LEVEL = 5  # a community: above it counting what stands inside would read half the map


@dataclass(frozen=True, slots=True)
class Held:
    """A posting, past or present, with its person's name. `until`: the last day, None while open."""

    user_name: str
    post: str
    since: date
    until: date | None
    duties: list[str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan version that drew the area: its number, name, first day, and the size it gave."""

    number: int
    title: str
    valid_from: datetime
    area_m2: int


@dataclass(frozen=True, slots=True)
class Kin:
    """An area that this one took over from, or that took over from it. `share`: of the ground of the one that ended."""

    code: str
    name: str
    at: datetime
    share: float | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A grid of another system over the same ground."""

    system: str
    system_name: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Level:
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Certified:
    """Of those posted now: how many have a certificate in force, only run-out ones, none."""

    valid: int
    expired: int
    none: int


@dataclass(frozen=True, slots=True)
class Month:
    month: str  # 2026-11
    reported: int
    closed: int


@dataclass(frozen=True, slots=True)
class Cases:
    open: int
    months: list[Month]


@dataclass(frozen=True, slots=True)
class Archive:
    """`buildings`, `households`: None where the base map tells none or the area is larger than a community. `cases`: None
    for whoever may not see cases. `staffing_now` holds phone and photo only with consent.
    """

    area: AreaDetail
    level_name: str
    below: list[Level]
    buildings: int | None
    households: int | None
    staffing_now: list[Face]
    staffing_before: list[Held]
    certificates: Certified
    members: list[Place]
    elsewhere: list[Elsewhere]
    drawings: list[Drawing]
    predecessors: list[Kin]
    successors: list[Kin]
    cases: Cases | None
    board: Board


def archive(actor: Actor, area_id: int) -> Archive | None:
    """None where the actor may not see the area. About two dozen statements, however much there is."""
    detail = area_detail(actor, area_id)
    if detail is None:
        return None
    day = today()
    path = detail.chain[-1].path
    team = faces([area_id], day).get(area_id, [])
    names = levels_of(detail.system)
    inside = _inside(detail)
    return Archive(
        detail, _level(names, detail.level), _below(detail, path, names), inside.buildings if inside else None,
        inside.households if inside else None, team,
        _before(staffing_of(actor, area_id, history=True), day), _certified({face.user_id for face in team}, day),
        members_of(area_id), _elsewhere(detail, path), _drawings(area_id),
        _kin(Q(successor_id=area_id), "predecessor"), _kin(Q(predecessor_id=area_id), "successor"),
        _cases(actor, path, day), board_of(detail.chain))


def archive_told(found: Archive) -> dict[str, Any]:
    """As the interface tells it: no ids of people, of a photo only that there is one."""
    told = asdict(found)
    area = told.pop("area")
    told["staffing_now"] = [{**face, "photo": face["photo"] is not None} for face in told["staffing_now"]]
    return {**{name: area[name] for name in ("id", "code", "name", "kind", "status", "valid_from", "valid_to", "four_bounds",
                                             "note", "area_m2", "chain")}, **told}


def _level(names: list[str], level: int) -> str:
    return names[level - 1] if level <= len(names) else f"第 {level} 级"


def _below(detail: AreaDetail, path: str, names: list[str]) -> list[Level]:
    low, high = span(path)
    rows = Area.objects.filter(path__gte=low, path__lt=high, status="active", plan__state="published", system=detail.system)
    counted = rows.exclude(pk=detail.id).values_list("level").annotate(n=Count("id")).order_by("level")
    return [Level(_level(names, level), count) for level, count in counted]


def _inside(detail: AreaDetail) -> Inside | None:
    if detail.system == BASE and detail.level < _BUILDINGS_UP_TO_LEVEL:
        return None
    shape = outlined(Q(area_id=detail.id))
    return buildings_inside(shape[0].geometry) if shape else None


def _before(lines: list[PostingLine], day: date) -> list[Held]:
    """What is over, the latest first."""
    names = accounts.names_of(line.user_id for line in lines)
    over = [line for line in lines if line.until is not None and line.until < day]
    over.sort(key=lambda line: (line.until or day, line.since), reverse=True)
    return [Held(names.get(line.user_id, ""), line.post, line.since, line.until, line.duties) for line in over]


def _certified(users: set[Any], day: date) -> Certified:
    held: dict[Any, bool] = {}
    for user, since, until in Certificate.objects.filter(user_id__in=users).values_list("user_id", "since", "until"):
        held[user] = held.get(user, False) or (since <= day and (until is None or until >= day))
    kinds = Counter(held.values())
    return Certified(kinds[True], kinds[False], len(users) - len(held))


def _elsewhere(detail: AreaDetail, path: str) -> list[Elsewhere]:
    if detail.system != BASE:
        return []
    over = [(system, Place(*row)) for system, row in _grids_over(path) if system != BASE]
    names = dict(GridSystem.objects.filter(pk__in={system for system, _ in over}).values_list("code", "name")) if over else {}
    return [Elsewhere(system, names.get(system, system), place.code, place.name) for system, place in over]


def _drawings(area_id: int) -> list[Drawing]:
    rows = Boundary.objects.filter(area_id=area_id, plan__state="published").order_by("plan__number")
    return [Drawing(number, title, since, size) for number, title, since, size in rows.values_list(
        "plan__number", "plan__title", "plan__valid_from", "area_m2") if number is not None and since is not None]


def _kin(condition: Q, side: str) -> list[Kin]:
    rows = Succession.objects.filter(condition).order_by("at", f"{side}__code")
    return [Kin(*row) for row in rows.values_list(f"{side}__code", f"{side}__name", "at", "of_old")]


def _cases(actor: Actor, path: str, day: date) -> Cases | None:
    if not actor.covers(Right.CASE_READ.value, path):
        return None
    months = [_month_back(day, back) for back in range(MONTHS - 1, -1, -1)]
    starts = [datetime(month.year, month.month, 1, tzinfo=zone()) for month in [*months, _month_back(day, -1)]]
    found = ports.cases_of(path, list(pairwise(starts)))
    if found is None:
        return None
    return Cases(found.open, [Month(f"{month:%Y-%m}", *counts) for month, counts in zip(months, found.months, strict=True)])


def _month_back(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def version_said(system: str) -> tuple[int, str, datetime] | None:
    """Number, name and first day of the version in force."""
    row = PlanVersion.objects.filter(system_id=system, state="published").order_by("-number").values_list(
        "number", "title", "valid_from").first()
    if row is None or row[0] is None or row[2] is None:
        return None
    return row[0], row[1], row[2]

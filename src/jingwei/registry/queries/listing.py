"""Lists of parts by keyset, counts by class and state, parts near a point, one part with its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.registry.errors import PartError
from jingwei.registry.models import Part, PartNumber
from jingwei.registry.parts import shapes
from jingwei.registry.parts.states import RETIRED, STATES
from jingwei.registry.queries.filters import Filter, filtered

MOST = 200
NEAREST = 50
FARTHEST = 500.0
_NORTHERNMOST = 85.0  # nearer to a pole a few metres reach around the globe
COLUMNS = ("id", "number", "class_entry_id", "name", "state", "lon", "lat", "shape", "accuracy", "area_now_id", "owner_id",
           "owner_name", "supervisor_name", "maintainer_name", "surveyed_on", "changed_on")


@dataclass(frozen=True, slots=True)
class PartLine:
    """One line of a list. `owner_name`: of ours where the owner is one of our units, else as it was given."""

    id: UUID
    number: str
    class_code: str
    class_name: str
    name: str
    state: str
    state_name: str
    lon: float
    lat: float
    shape: str
    accuracy: str
    area: str
    area_name: str
    owner_name: str
    supervisor_name: str
    maintainer_name: str
    surveyed_on: date
    changed_on: date | None
    metres: float | None = None


@dataclass(frozen=True, slots=True)
class PartPage:
    """Some lines, by number, and where the next page begins; `next` is None on the last."""

    rows: list[PartLine] = field(default_factory=list)
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ClassCount:
    class_code: str
    class_name: str
    major_name: str
    states: dict[str, int]
    count: int


@dataclass(frozen=True, slots=True)
class PartCounts:
    """By class and state; `states` are the sums. Only classes that have parts."""

    classes: list[ClassCount]
    states: dict[str, int]
    count: int


def list_parts(actor: Actor, wanted: Filter, *, after: str = "", limit: int = 50) -> PartPage:
    """One page by number. Two statements beside signing in: generations and the rows (one more for an area asked for)."""
    known = generations()
    rows = filtered(actor, wanted, known)
    limit = max(1, min(limit, MOST))
    if after:
        if not (after.isascii() and after.isdigit() and len(after) <= 20):
            raise Refusal(PartError.UNKNOWN_PAGE, value=after[:24])
        rows = rows.filter(number__gt=after)
    found = list(rows.order_by("number").values(*COLUMNS)[:limit + 1])
    lines = lines_of(found[:limit], known)
    return PartPage(lines, lines[-1].number if len(found) > limit else None)


def lines_of(rows: Sequence[dict[str, Any]], known: dict[str, int]) -> list[PartLine]:
    """Rows of COLUMNS as lines. No statement once names are in memory."""
    book, units = catalogue.book(known), accounts.unit_book(known)
    names = grids.names_of({row["area_now_id"] for row in rows}, known)
    lines = []
    for row in rows:
        found, unit = book.classes.get(row["class_entry_id"]), units.get(row["owner_id"])
        area, area_name = names.get(row["area_now_id"], ("", ""))
        told = {name: row[name] for name in ("id", "number", "name", "state", "lon", "lat", "shape", "accuracy",
                                             "supervisor_name", "maintainer_name", "surveyed_on", "changed_on")}
        lines.append(PartLine(
            **told, class_code=found.full_code if found else "", class_name=found.name if found else "",
            state_name=STATES[row["state"]], area=area, area_name=area_name, owner_name=unit.name if unit else row["owner_name"]))
    return lines


def lines_by_id(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, PartLine]:
    """Lines of those of the parts that the actor may see. Two statements."""
    known = generations()
    rows = narrow(Part.objects.filter(pk__in=list(ids)), actor, Right.PART_READ, area="area_path").values(*COLUMNS)
    return {line.id: line for line in lines_of(list(rows), known)}


def counts(actor: Actor, wanted: Filter) -> PartCounts:
    """How many parts of each class are in which state. Two statements."""
    known = generations()
    rows = filtered(actor, wanted, known).order_by().values_list("class_entry_id", "state").annotate(n=Count("id"))
    by_class: dict[int, dict[str, int]] = {}
    for class_id, state, n in rows:
        by_class.setdefault(class_id, {})[state] = n
    classes = catalogue.book(known).classes
    lines = [ClassCount(row.full_code if row else "", row.name if row else "", row.major_name if row else "", states,
                        sum(states.values()))
             for class_id, states in by_class.items() for row in (classes.get(class_id),)]
    lines.sort(key=lambda line: line.class_code)
    sums = {state: sum(line.states.get(state, 0) for line in lines) for state in STATES}
    return PartCounts(lines, sums, sum(sums.values()))


def near(actor: Actor, lon: float, lat: float, metres: float = 50.0, *, limit: int = 10) -> list[PartLine]:
    """Parts in service around a point, the nearest first: for whoever reports something about one. Two statements."""
    require(actor, Right.PART_READ)
    known = generations()
    metres = max(1.0, min(metres, FARTHEST))
    if not (abs(lon) <= 180 and abs(lat) <= _NORTHERNMOST):
        return []
    west, south, east, north = shapes.box_around(lon, lat, metres)
    rows = narrow(Part.objects.all(), actor, Right.PART_READ, area="area_path").filter(
        cell__in=grids.cells_around(lon, lat, metres), lon__range=(west, east), lat__range=(south, north)).exclude(state__in=RETIRED)
    found = [(shapes.metres(lon, lat, row["lon"], row["lat"]), row) for row in rows.values(*COLUMNS)[:2_000]]
    nearest = sorted(((far, row) for far, row in found if far <= metres), key=lambda pair: (pair[0], pair[1]["number"]))
    nearest = nearest[:max(1, min(limit, NEAREST))]
    lines = lines_of([row for _, row in nearest], known)
    return [replace(line, metres=round(far, 1)) for line, (far, _) in zip(lines, nearest, strict=True)]


def id_of_number(number: str) -> UUID | None:
    """The part that bears this number or once bore it."""
    if not (number.isascii() and number.isdigit() and len(number) <= 20):
        return None
    return PartNumber.objects.filter(pk=number).values_list("part_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class CalledPart:
    number: str
    name: str
    state_name: str


def called(ids: Iterable[UUID]) -> dict[UUID, CalledPart]:
    """What parts are called, for whoever sees a thing that names them. One statement."""
    rows = Part.objects.filter(pk__in=list(ids)).values_list("id", "number", "name", "state")
    return {pk: CalledPart(number, name, STATES[state]) for pk, number, name, state in rows}


def owners_of(part_id: UUID) -> list[str]:
    """Codes and names of the body that owns a part, of ours where it is a unit of ours. One statement."""
    found = Part.objects.filter(pk=part_id).values_list("owner_code", "owner_name", "owner__code", "owner__name").first()
    return list(dict.fromkeys(each for each in found or () if each))


def numbers_of(ids: set[UUID]) -> dict[UUID, str]:
    """Present numbers by id, of all parts: for names in the operation log."""
    return dict(Part.objects.filter(pk__in=ids).values_list("id", "number"))

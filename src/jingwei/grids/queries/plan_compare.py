"""Two plan versions side by side: what is new, what ends, what is drawn anew, moved or renamed, and where its ground went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Q

from jingwei.grids import base_shapes, plan_rows
from jingwei.grids.codes import Level
from jingwei.grids.crosswalk import Passage, crosswalk
from jingwei.grids.lineage import lineage, outlines, shapes
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion
from jingwei.grids.near import Box, box_of, meets
from jingwei.grids.queries.plan_view import readable
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

KINDS = ("new", "retired", "redrawn", "moved", "renamed")
_MARGIN = 1e-6  # degrees
_OWN_M2 = 1.0   # of ground that went elsewhere: less is how it was drawn



@dataclass(frozen=True, slots=True)
class PassageLine:
    """Part of the ground that an area has or had in common with another of the other version. Shares from 0 to 1."""

    code: str
    name: str
    of_old: float
    of_new: float
    households: float
    of_households: float | None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`community`: the name of the one it lies in. `passages`: of what ends or is drawn anew whither its ground goes, of what is new whence it comes."""

    kind: str
    area_id: int
    code: str
    name: str
    community: str
    level: str
    before_m2: int | None
    after_m2: int | None
    box: Box | None
    from_name: str
    to_name: str
    passages: list[PassageLine]


@dataclass(frozen=True, slots=True)
class Compared:
    counts: dict[str, int]
    items: list[ChangeLine]
    next: str | None


class _Pair:
    """An older and a newer version, and what the newer one did."""

    def __init__(self, old: PlanVersion, new: PlanVersion) -> None:
        self.old, self.new = old, new
        self.before, self.after = lineage(old), lineage(new)
        self.between = [plan for plan in self.after if plan not in set(self.before)]
        self.changes = PlanChange.objects.filter(plan_id__in=self.between)

    def changed(self) -> dict[str, dict[int, str]]:
        """Kind of change → area id → code."""
        made = plan_rows.standing(self.new, self.after).filter(plan_id__in=self.between)
        ended = Q(pk__in=self.changes.filter(verb="retire").values("area_id"))
        if self.new.valid_from is not None:
            ended |= Q(valid_to__gt=self.old.valid_from, valid_to__lte=self.new.valid_from)
        over = Area.objects.filter(ended, plan_id__in=self.before)
        stand = plan_rows.standing(self.new, self.after).filter(plan_id__in=self.before)
        return {"new": _codes(made), "retired": _codes(over), "redrawn": self._redrawn(stand),
                "moved": _codes(stand.filter(pk__in=self.changes.filter(verb="move").values("area_id"))),
                "renamed": _codes(stand.filter(pk__in=self.changes.filter(verb="rename").values("area_id")))}

    def _redrawn(self, stand: Any) -> dict[int, str]:
        """Drawn anew with other ground: who only got points on a border it shares is the same as before."""
        import numpy as np
        import shapely

        codes = dict(stand.filter(pk__in=Boundary.objects.filter(plan_id__in=self.between).values("area_id")).values_list("id", "code"))
        was, now = outlines(self.before, list(codes)), outlines(self.after, list(codes))
        both = [area for area in codes if area in was and area in now]
        if not both:
            return {area: codes[area] for area in codes if area in now and area not in was}
        one = shapely.from_wkb([was[area] for area in both])
        other = shapely.from_wkb([now[area] for area in both])
        gone = np.abs(shapely.area(shapely.symmetric_difference(one, other))) * 111_320**2
        return {area: codes[area] for area, size in zip(both, gone.tolist(), strict=True) if size > _OWN_M2}


def compare(actor: Actor, plan_id: int, with_id: int = 0, *, kind: str = "", after: str = "", limit: int = 50) -> Compared:
    """A version against an older one, or (0) against what is in force or was before it. Pages by kind, then by code."""
    new = readable(actor, plan_id)
    old = _other(actor, new, with_id)
    if old is None:
        return Compared(dict.fromkeys(KINDS, 0), [], None)
    if _rank(old) > _rank(new):
        old, new = new, old
    pair = _Pair(old, new)
    changed = pair.changed()
    keys = sorted((f"{KINDS.index(what)}{code}", what, area) for what, areas in changed.items() if not kind or what == kind
                  for area, code in areas.items())
    keys = [key for key in keys if key[0] > after]
    return Compared({what: len(areas) for what, areas in changed.items()}, _lines(pair, keys[:limit]),
                    keys[limit - 1][0] if len(keys) > limit else None)


def _other(actor: Actor, plan: PlanVersion, with_id: int) -> PlanVersion | None:
    if with_id:
        other = readable(actor, with_id)
        if other.system_id != plan.system_id or other.pk == plan.pk:
            raise Refusal(KernelError.NOT_FOUND)
        return other
    rows = PlanVersion.objects.filter(system_id=plan.system_id, state="published").order_by("-number")
    return rows.filter(number__lt=plan.number).first() if plan.number is not None else rows.first()


def _rank(plan: PlanVersion) -> tuple[int, int]:
    return (1, plan.pk) if plan.number is None else (0, plan.number)


def _codes(rows: Any) -> dict[int, str]:
    return dict(rows.values_list("id", "code"))


def _lines(pair: _Pair, keys: Sequence[tuple[str, str, int]]) -> list[ChangeLine]:
    """The page in words and numbers: a handful of statements, however many areas there are."""
    ids = [area for _, _, area in keys]
    rows = {area.pk: area for area in Area.objects.filter(pk__in=ids).select_related("parent__parent")}
    was, now = shapes(pair.before, ids), shapes(pair.after, [area for what, area in _pairs(keys) if what != "retired"])
    leaving = {area: was[area] for what, area in _pairs(keys) if what in ("retired", "redrawn") and area in was}
    coming = {area: now[area] for what, area in _pairs(keys) if what == "new" and area in now}
    forth = _passages(pair.new, pair.after, leaving, rows, forward=True)
    back = _passages(pair.old, pair.before, coming, rows, forward=False)
    names = dict(pair.changes.filter(verb="rename", area_id__in=ids).values_list("area_id", "name"))
    targets = dict(pair.changes.filter(verb="move", area_id__in=ids).values_list("area_id", "parent__name"))
    lines = []
    for _, what, area in keys:
        row, shape = rows[area], now.get(area) or was.get(area)
        above = row.parent.name if row.parent and pair.new.state != "published" else ""  # afterwards it is the new one
        told = {"moved": (above, targets.get(area, "")), "renamed": (row.name, names.get(area, ""))}
        lines.append(ChangeLine(
            what, area, row.code, row.name, _community(row), row.kind, _size(was.get(area)), _size(now.get(area)),
            _bounds(shape), *told.get(what, ("", "")), back.get(area, []) if what == "new" else forth.get(area, [])))
    return lines


def _community(area: Area) -> str:
    above: Area | None = area
    while above is not None and above.level > Level.VILLAGE:
        above = above.parent
    return above.name if above is not None and above.level == Level.VILLAGE else ""


def _pairs(keys: Iterable[tuple[str, str, int]]) -> list[tuple[str, int]]:
    return [(what, area) for _, what, area in keys]


def _size(shape: Any) -> int | None:
    from jingwei.grids.seams import areas_m2

    return None if shape is None else round(float(areas_m2([shape])[0]))


def _bounds(shape: Any) -> Box | None:
    return None if shape is None else tuple(shape.bounds)


def _passages(plan: PlanVersion, versions: list[int], shapes: dict[int, Any], rows: dict[int, Area], *,
              forward: bool) -> dict[int, list[PassageLine]]:
    """What of each shape lies in which area of a version, areas of the same kind only."""
    if not shapes:
        return {}
    import shapely

    boxes = [shape.bounds for shape in shapes.values()]
    near = reduce(Q.__or__, (meets(box, _MARGIN) for box in boxes))
    kinds = {rows[area].kind for area in shapes}
    found = list(plan_rows.drawn(plan, versions, kind__in=kinds).filter(near).values_list(
        "area_id", "area__code", "area__name", "area__kind", "wkb"))
    named = {str(row[0]): (row[1], row[2], row[3]) for row in found}
    here = {str(area): shape for area, shape in shapes.items()}
    there = {str(row[0]): shapely.from_wkb(bytes(row[4])) for row in found}
    told: dict[int, list[PassageLine]] = {}
    homes = base_shapes.homes(box_of(shapes.values())) if forward else []
    for passage in crosswalk(here, there, homes=homes) if forward else crosswalk(there, here):
        mine, other = (passage.old, passage.new) if forward else (passage.new, passage.old)
        if named[other][2] == rows[int(mine)].kind:
            told.setdefault(int(mine), []).append(_line(passage, named[other]))
    return {area: sorted(lines, key=lambda line: -(line.of_old if forward else line.of_new)) for area, lines in told.items()}


def _line(passage: Passage, named: tuple[str, str, str]) -> PassageLine:
    return PassageLine(named[0], named[1], passage.of_old, passage.of_new, passage.households, passage.of_households)

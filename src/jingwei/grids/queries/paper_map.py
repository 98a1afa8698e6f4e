"""What the printed map of an area holds, from the present outlines and the base map."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from jingwei.grids.codes import KIND_NAMES, Kind, Scheme, scheme_of
from jingwei.grids.models import Area
from jingwei.grids.paper_errors import PaperError
from jingwei.grids.papers.drawing import Drawn, Ground, Picture, Thing, draw, frame_for, layers_at
from jingwei.grids.queries.base_ground import Outlined, features, outlined
from jingwei.grids.queries.tree import AreaDetail
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

MOST_AREAS = 400


@dataclass(frozen=True, slots=True)
class PaperMap:
    """`prefix`: of the codes of which only the end stands on the map. `below`: what its areas are, in words;
    `counts`: and how many.
    """

    picture: Picture
    prefix: str
    below: list[str]
    counts: str


def paper_map(detail: AreaDetail, width: float, height: float, font: str) -> PaperMap:
    """The map of an area in a frame of millimetres. Ten statements, however much stands on it."""
    own = outlined(Q(area_id=detail.id))
    if not own:
        raise Refusal(PaperError.NO_OUTLINE, area=detail.name)
    outline = own[0].geometry
    frame = frame_for(outline, width, height)
    kept, streets_from = layers_at(frame.scale)
    ground = features(tuple(layer for layer in kept if layer != "streets"), frame.box)
    ground |= features(("streets",), frame.box, zoom=streets_from)
    beside = outlined(Q(area__system=detail.system, area__level=detail.level), frame.box)
    thick, thin = _inner(detail)
    prefix = _prefix(thin)
    drawn = Ground(
        outline, [Drawn(one.name, one.geometry) for one in thick],
        [Drawn(one.code[len(prefix):] if prefix else one.name, one.geometry) for one in thin],
        [Thing(one.name, "", one.geometry) for one in beside if one.id != detail.id],
        {layer: [Thing(one.name, one.kind, one.geometry) for one in found] for layer, found in ground.items()})
    return PaperMap(draw(drawn, frame, font), prefix, [_said(one[0].kind) for one in (thick, thin) if one],
                    "，".join(f"{len(one)} 个{_said(one[0].kind)}" for one in (thick, thin) if one))


def _inner(detail: AreaDetail) -> tuple[list[Outlined], list[Outlined]]:
    """The areas of the next one or two levels below that a paper has room for: with thick borders, with thin ones."""
    low, high = span(detail.chain[-1].path)
    below = Area.objects.filter(path__gte=low, path__lt=high, system=detail.system, status="active", plan__state="published",
                                boundaries__plan__state="published").exclude(pk=detail.id)
    counts = dict(below.values_list("level").annotate(n=Count("id", distinct=True)).order_by("level"))
    chosen: list[int] = []
    for level, count in sorted(counts.items())[:2]:
        if count > MOST_AREAS:
            break
        chosen.append(level)
    if counts and not chosen:
        raise Refusal(PaperError.TOO_MUCH_ON_PAPER, area=detail.name, count=min(counts.values()), most=MOST_AREAS,
                      what=Words("区域", "areas"))
    if not chosen:
        return [], []
    found = outlined(Q(area__path__gte=low, area__path__lt=high, area__system=detail.system, area__level__in=chosen))
    levels = dict(below.filter(level__in=chosen).values_list("id", "level"))
    by_level = [[one for one in found if levels.get(one.id) == level] for level in chosen]
    if len(chosen) == 1:
        (only,) = by_level
        return ([], only) if only[0].kind == Kind.UNIT else (only, [])
    return by_level[0], by_level[1]


def _prefix(units: list[Outlined]) -> str:
    """Codes of unit grids of one community differ in their last digits: only those are printed."""
    starts = {one.code[:12] for one in units}
    return starts.pop() if len(starts) == 1 and all(scheme_of(one.code) is Scheme.UNIT for one in units) else ""


def _said(kind: str) -> str:
    names: dict[Any, str] = dict(KIND_NAMES)
    return names.get(kind, kind)

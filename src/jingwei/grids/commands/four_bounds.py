"""The four bounds of areas, written from the base map: one area, or all of a part of the tree in batches."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from jingwei.grids import four_bounds as bounds
from jingwei.grids.codes import Scheme, scheme_of
from jingwei.grids.commands.standing import active, changeable, visible_to
from jingwei.grids.events import AreaEvent
from jingwei.grids.models import Area, WrittenBounds
from jingwei.grids.paper_errors import PaperError
from jingwei.grids.queries.base_ground import Outlined, around, features, outlined, widened
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span

BATCH = 100
_SHOWN = 20


@dataclass(slots=True)
class BoundsWritten:
    """What a batch did. `kept`: by hand, left alone. `lacking`: of these, by code, a side is unknown (some at most).
    `unknown`: nothing at all is known around them. `next`: go on after this code; None at the end. `left`: how many
    are still to come.
    """

    written: int = 0
    unchanged: int = 0
    kept: int = 0
    unknown: int = 0
    lacking: list[str] = field(default_factory=list)
    next: str | None = None
    left: int = 0


def write_four_bounds(actor: Actor, area_id: int, *, replace: bool = False) -> str:
    """Write the four bounds of one area from what lies around it. Returns the text.

    A text written by hand is refused to be overwritten, unless `replace`.
    """
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        area = visible_to(active(changeable(actor, area_id)), None)
        shape = outlined(Q(area_id=area_id))
        if not shape:
            raise Refusal(PaperError.NO_OUTLINE, area=area.name)
        text = bounds.words(_found(shape, area.system, area.level)[area_id])
        if not text:
            raise Refusal(PaperError.BOUNDS_UNKNOWN, area=area.name)
        if not replace and _by_hand(area.four_bounds, _written([area_id]).get(area_id, "")):
            raise Refusal(PaperError.BOUNDS_BY_HAND, area=area.name, text=area.four_bounds)
        if text == area.four_bounds:
            return text
        _keep({area_id: text})
        journal.record(actor, tail, AreaEvent.BOUNDS_WRITTEN, {
            "written": 1, "from": area.four_bounds, "to": text}, area_path=area.path)
    return text


def write_bounds_below(actor: Actor, area_id: int, *, after: str = "", replace: bool = False, batch: int = BATCH) -> BoundsWritten:
    """The same for the next areas at and below one, by code after `after`; call again with `next` until it is None.

    Texts written by hand stay, unless `replace`. Each batch is one transaction and one entry, on the area asked for.
    Repeating a batch changes nothing.
    """
    with transaction.atomic(savepoint=False):
        top = visible_to(active(changeable(actor, area_id)), None)
    low, high = span(top.path)
    standing = Area.objects.filter(path__gte=low, path__lt=high, system=top.system, status="active", plan__state="published")
    rows = list(standing.filter(code__gt=after).order_by("code").values_list("id", "code", "level", "name")[:batch + 1])
    done = BoundsWritten(next=rows[batch - 1][1] if len(rows) > batch else None)
    rows = rows[:batch]
    texts = _texts(top.system, [(row[0], row[2]) for row in rows], {row[0]: row[1] for row in rows}, done)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        changing = _changing(standing, texts, replace, done)
        if changing:
            _keep(changing)
            journal.record(actor, tail, AreaEvent.BOUNDS_WRITTEN, {
                "written": len(changing), "areas": sorted(changing), "replace": replace}, area_path=top.path)
    if done.next is not None:
        done.left = standing.filter(code__gt=done.next).count()
    return done


def _texts(system: str, areas: Sequence[tuple[int, int]], codes: dict[int, str], done: BoundsWritten) -> dict[int, str]:
    """Texts by area. Outside of any transaction: reading the ground takes longer than writing it down."""
    texts: dict[int, str] = {}
    for level in sorted({level for _, level in areas}):
        shapes = outlined(Q(area_id__in=[area for area, at in areas if at == level]))
        for area, found in (_found(shapes, system, level) if shapes else {}).items():
            text = bounds.words(found)
            if not text:
                done.unknown += 1
                continue
            texts[area] = text
            if not all(bound.names for bound in found) and len(done.lacking) < _SHOWN:
                done.lacking.append(codes[area])
    return texts


def _changing(standing: QuerySet[Area], texts: dict[int, str], replace: bool, done: BoundsWritten) -> dict[int, str]:
    written = _written(list(texts))
    changing = {}
    present = dict(standing.select_for_update(of=("self",)).filter(pk__in=list(texts)).values_list("id", "four_bounds"))
    for area, text in texts.items():
        if area not in present:
            continue
        if present[area] == text:
            done.unchanged += 1
        elif not replace and _by_hand(present[area], written.get(area, "")):
            done.kept += 1
        else:
            changing[area] = text
            done.written += 1
    return changing


def _found(shapes: Sequence[Outlined], system: str, level: int) -> dict[int, list[bounds.Bound]]:
    """What lies around some areas of one level. Three statements however many they are."""
    import shapely

    settings = bounds.DEFAULTS
    box = widened(around(*(tuple(shapely.bounds(one.geometry).tolist()) for one in shapes)), settings.beside)
    ground = features(("streets", "water"), box, named=True)
    beside = outlined(Q(area__system=system, area__level=level), box)
    streets, waters, near = (_Nearby(some) for some in (ground["streets"], ground["water"], beside))
    found = {}
    for one in shapes:
        around_one = bounds.Surroundings(
            [bounds.Named(each.name, each.geometry) for each in streets.near(one.geometry, settings.reach)],
            [bounds.Named(each.name, each.geometry) for each in waters.near(one.geometry, settings.reach)],
            [bounds.Named(_neighbour(one, each), each.geometry) for each in near.near(one.geometry, settings.beside)
             if each.id != one.id])
        found[one.id] = bounds.four_bounds(one.geometry, around_one, settings)
    return found


class _Nearby:
    """Features or areas of which those near an outline are asked for again and again."""

    def __init__(self, some: Sequence[Any]) -> None:
        import shapely

        self._some = list(some)
        self._tree = shapely.STRtree([one.geometry for one in some])

    def near(self, outline: Any, metres: float) -> list[Any]:
        import shapely

        box = widened(tuple(shapely.bounds(outline).tolist()), metres * 1.01)
        return [self._some[place] for place in sorted(self._tree.query(shapely.box(*box)).tolist())]


def _neighbour(one: Outlined, other: Outlined) -> str:
    """Across the border of the area above, that one's name says more: 书院社区, not a grid in it of the same name."""
    if one.parent_id != other.parent_id and other.parent_name:
        return other.parent_name
    return f"{other.code[12:]}号单元网格" if other.name == other.code and scheme_of(other.code) is Scheme.UNIT else other.name


def _by_hand(present: str, written: str) -> bool:
    return present not in ("", written)


def _written(areas: Sequence[int]) -> dict[int, str]:
    return dict(WrittenBounds.objects.filter(area_id__in=list(areas)).values_list("area_id", "text"))


def _keep(texts: dict[int, str]) -> None:
    """No cache of the ground holds these texts, so none is dropped."""
    now = clock.now()
    areas = [Area(pk=area, four_bounds=text) for area, text in texts.items()]
    Area.objects.bulk_update(areas, ["four_bounds"], batch_size=200)
    WrittenBounds.objects.bulk_create(
        [WrittenBounds(area_id=area, text=text, at=now) for area, text in texts.items()], update_conflicts=True,
        unique_fields=["area"], update_fields=["text", "at"])

"""The outline of one area: checked against its parent and its neighbours before it is kept."""

from typing import Any

from django.db import transaction

from jingwei.formats.findings import reason_of
from jingwei.grids import staging
from jingwei.grids.codes import Kind
from jingwei.grids.commands.standing import active, changeable, changed, drawn_anew, plan_for
from jingwei.grids.errors import GridError
from jingwei.grids.events import AreaEvent
from jingwei.grids.layer_fields import DENSE, SLIVER
from jingwei.grids.lineage import lineage, outlines
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def redraw(actor: Actor, area_id: int, wkb: bytes, *, note: str | None = None, plan_id: int | None = None) -> None:
    """Give an area another outline, now or when a draft is published. `note`: the reason of an odd size."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        area = active(changeable(actor, area_id))
        if note is not None:
            area.note = note.strip()[:200]
            area.save(update_fields=["note"])
        plan = plan_for(actor, area.system, area.plan_id if area.plan.state == "draft" else plan_id)
        size = draw(area, plan, wkb)
        journal.record(actor, tail, AreaEvent.REDRAWN, {"plan": plan.id, "area_m2": size}, area_path=area.path)
        changed()


def draw(area: Area, plan: PlanVersion, wkb: bytes) -> int:
    """Check the outline by the rules of a single save (AT-04) and keep it. Returns its square metres."""
    import shapely

    geometry = _polygon(wkb)
    (row,) = staging.boxed(plan.id, [(area.id, shapely.to_wkb(geometry))], {area.id} if area.kind == Kind.UNIT else ())
    box, size = row[3:7], row[7]
    if area.kind == Kind.UNIT:
        _odd_size(area, size)
        _inside_parent(area, plan, geometry)
        _beside_neighbours(area, plan, geometry, box)
    Boundary.objects.update_or_create(area=area, plan=plan, defaults=dict(
        zip(staging.BOUNDARY_COLUMNS[2:], row[2:], strict=True)))
    drawn_anew(plan)
    return int(size)


def _polygon(wkb: bytes) -> Any:
    import shapely

    from jingwei.formats.rings import check_polygon

    try:
        given = shapely.from_wkb(wkb)
    except shapely.errors.ShapelyError:
        raise Refusal(GridError.BAD_POLYGON, why=Words("坐标读不出来", "its coordinates cannot be read")) from None
    geometry, remarks = check_polygon(given)
    if geometry is None:
        raise Refusal(GridError.BAD_POLYGON, why=reason_of(remarks))
    return shapely.force_2d(geometry)


def _odd_size(area: Area, size: int) -> None:
    low, high = DENSE.unit_m2
    if not low <= size <= high and not area.note:
        raise Refusal(GridError.NEEDS_REASON, area_m2=size, low=round(low), high=round(high))


def _inside_parent(area: Area, plan: PlanVersion, geometry: Any) -> None:
    """A unit grid lies in its community (GRD-03, GRD-04), as far as a community has an outline."""
    import shapely

    from jingwei.grids import seams

    above, chain = area.parent, []
    while above is not None:
        chain.append(above)
        above = above.parent
    drawn = outlines(lineage(plan), [one.id for one in chain])
    parent = next((one for one in chain if one.id in drawn), None)
    if parent is None:
        return
    own, ground = seams.flat([geometry, shapely.from_wkb(drawn[parent.id])])
    outside = shapely.area(shapely.difference(own, ground)) / shapely.area(own)
    if outside > SLIVER:
        raise Refusal(GridError.CROSSES, parent=parent.name, percent=f"{outside * 100:.1f}")


def _beside_neighbours(area: Area, plan: PlanVersion, geometry: Any, box: tuple[float, ...]) -> None:
    """Unit grids of one system do not overlap (GRD-06) by more than drawing does."""
    import shapely

    from jingwei.grids import seams

    west, south, east, north = box
    near = Boundary.objects.filter(
        area__system=area.system, area__kind=Kind.UNIT, area__status="active", west__lt=east, east__gt=west,
        south__lt=north, north__gt=south).exclude(area=area)
    near = near.exclude(area__in=PlanChange.objects.filter(plan=plan, verb="retire").values("area_id"))
    ids = dict(near.values_list("area_id", "area__code"))
    drawn = outlines(lineage(plan), list(ids))
    if not drawn:
        return
    order = list(drawn)
    plane = seams.flat([geometry, *shapely.from_wkb([drawn[one] for one in order])])
    shared = shapely.area(shapely.intersection(plane[0], plane[1:]))
    smaller = shapely.area(plane)
    for place, size in enumerate(shared.tolist()):
        if size > SLIVER * min(smaller[0], smaller[place + 1]):
            raise Refusal(GridError.OVERLAPS, other=ids[order[place]], area_m2=round(size))

"""Which plan versions count at a moment, and which outline of an area is the newest among them."""

from collections.abc import Sequence
from typing import Any

from jingwei.grids.models import Boundary, PlanVersion

_AT_ONCE = 5_000


def lineage(plan: PlanVersion) -> list[int]:
    """Ids of the versions that `plan` builds on, oldest first, itself last."""
    older = PlanVersion.objects.filter(system_id=plan.system_id, state="published").exclude(pk=plan.pk)
    if plan.number is not None:
        older = older.filter(number__lt=plan.number)
    return [*older.order_by("number").values_list("pk", flat=True), plan.pk]


def published(system: str) -> list[int]:
    """Ids of the published versions of a system, oldest first."""
    rows = PlanVersion.objects.filter(system_id=system, state="published")
    return list(rows.order_by("number").values_list("pk", flat=True))


def outlines(versions: Sequence[int], area_ids: Sequence[int]) -> dict[int, bytes]:
    """The newest WKB of each area among the versions (ids, oldest first); areas without one are left out."""
    order = {plan_id: place for place, plan_id in enumerate(versions)}
    found: dict[int, bytes] = {}
    for start in range(0, len(area_ids), _AT_ONCE):
        some = Boundary.objects.filter(plan_id__in=list(order), area_id__in=area_ids[start:start + _AT_ONCE])
        for area_id, _, wkb in sorted(some.values_list("area_id", "plan_id", "wkb"), key=lambda row: order[row[1]]):
            found[area_id] = bytes(wkb)
    return found


def shapes(versions: Sequence[int], area_ids: Sequence[int]) -> dict[int, Any]:
    """The same as shapely's geometries."""
    import shapely

    return {area_id: shapely.from_wkb(wkb) for area_id, wkb in outlines(versions, area_ids).items()}

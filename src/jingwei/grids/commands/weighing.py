"""What stands in the units of a plan, counted again: the buildings of the base map were replaced after it was drawn."""

from django.db import transaction

from jingwei.grids import base_shapes, plan_rows
from jingwei.grids.codes import Kind
from jingwei.grids.models import Boundary, PlanVersion

_AT_ONCE = 500


def weigh_plan(plan_id: int) -> int:
    """Count buildings, cut buildings and households of every unit of a draft or a version. Returns how many units.

    In batches by code, so neighbours come together; repeating it changes nothing. What is counted follows from the
    layer, whose own entry stands in the journal.
    """
    import shapely

    plan = PlanVersion.objects.filter(pk=plan_id, state__in=["draft", "published"]).first()
    if plan is None:
        return 0
    rows = plan_rows.drawn(plan, kind=Kind.UNIT.value)
    ids = list(rows.order_by("area__code").values_list("id", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        some = {row.pk: row for row in Boundary.objects.filter(pk__in=ids[start:start + _AT_ONCE])}
        found = base_shapes.weights(shapely.from_wkb([bytes(row.wkb) for row in some.values()]))
        for row, one in zip(some.values(), found, strict=True):
            row.buildings, row.cut, row.households = one.counts
        with transaction.atomic():
            Boundary.objects.bulk_update(list(some.values()), ["buildings", "cut", "households"], batch_size=_AT_ONCE)
    with transaction.atomic():
        plan = PlanVersion.objects.select_for_update().get(pk=plan_id)
        plan.counts = {**plan.counts, "weighed": plan.counts.get("weighed", 0) + 1}
        plan.save(update_fields=["counts"])
    return len(ids)

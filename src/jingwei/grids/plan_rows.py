"""Rows of one plan version, a draft included: which areas stand in it and how each is drawn there."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.grids.lineage import lineage
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion


def standing(plan: PlanVersion, versions: list[int] | None = None) -> QuerySet[Area]:
    """The areas of a version: what it brings and what older ones brought, without what had ended or it ends."""
    order = versions or lineage(plan)
    rows = Area.objects.filter(system=plan.system_id, plan_id__in=order)
    if plan.state == "published":
        rows = rows.filter(Q(status="active") | Q(valid_to__gt=plan.valid_from))
    else:
        rows = rows.filter(status="active")
    return rows.exclude(pk__in=PlanChange.objects.filter(plan=plan, verb="retire").values("area_id"))


def drawn(plan: PlanVersion, areas: QuerySet[Area], versions: list[int] | None = None) -> QuerySet[Boundary]:
    """The outlines that these areas have in a version: of each the newest among the version and those before it."""
    order = versions or lineage(plan)
    rows = Boundary.objects.filter(plan_id__in=order, area__in=areas)
    later = Boundary.objects.filter(area=OuterRef("area"), plan_id__in=order)
    if plan.state == "published":
        later = later.filter(plan__number__gt=OuterRef("plan__number"))
        return rows.filter(~Exists(later))
    older = later.filter(plan=plan)
    among = later.filter(plan__state="published", plan__number__gt=OuterRef("plan__number"))
    return rows.filter(Q(plan=plan) | ~Exists(older) & ~Exists(among))


def moved(plan: PlanVersion) -> dict[int, int]:
    """Area id → the parent that a draft will give it; empty for a published version, which has done so."""
    if plan.state == "published":
        return {}
    rows = PlanChange.objects.filter(plan=plan, verb="move").values_list("area_id", "parent_id")
    return {area: parent for area, parent in rows if parent is not None}

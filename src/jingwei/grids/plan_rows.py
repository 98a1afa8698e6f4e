"""Rows of one plan version, a draft included: which areas stand in it and how each is drawn there."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jingwei.grids.lineage import lineage
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion


def standing(plan: PlanVersion, versions: list[int] | None = None) -> QuerySet[Area]:
    """The areas of a version: what it brings and what older ones brought, without what had ended or it ends."""
    return Area.objects.filter(_stands(plan, ""), plan_id__in=versions or lineage(plan))


def drawn_of(plan: PlanVersion, areas: QuerySet[Area], versions: list[int] | None = None) -> QuerySet[Boundary]:
    """How some areas are drawn in a version: where a condition on the areas leaves few, the database begins with those."""
    return newest(plan, Boundary.objects.filter(area__in=areas), versions or lineage(plan))


def drawn(plan: PlanVersion, versions: list[int] | None = None, **of: Any) -> QuerySet[Boundary]:
    """How the areas that stand in a version are drawn in it, each once. `of`: conditions on the areas (`kind="unit"`).

    Where a condition on the outlines is to leave few, the database begins with those.
    """
    order = versions or lineage(plan)
    wanted = {f"area__{name}": value for name, value in of.items()}
    # reckoned with, so that no index of it is taken: most areas come with one version
    rows = Boundary.objects.alias(brought=F("area__plan_id") + 0).filter(_stands(plan, "area__"), brought__in=order, **wanted)
    return newest(plan, rows, order)


def newest(plan: PlanVersion, rows: QuerySet[Boundary], versions: list[int]) -> QuerySet[Boundary]:
    """Of each area the newest outline among a version and those before it."""
    # reckoned with, so that no index of it is taken: a version has every outline, a place or an area only a few
    rows = rows.alias(version=F("plan_id") + 0).filter(version__in=versions)
    later = Boundary.objects.filter(area=OuterRef("area"), plan_id__in=versions)
    if plan.state == "published":
        return rows.filter(~Exists(later.filter(plan__number__gt=OuterRef("plan__number"))))
    own = later.filter(plan=plan)
    among = later.filter(plan__state="published", plan__number__gt=OuterRef("plan__number"))
    return rows.filter(Q(plan=plan) | ~Exists(own) & ~Exists(among))


def _stands(plan: PlanVersion, area: str) -> Q:
    """The condition, on areas or (`area__`) on what belongs to them, but for the versions that may have brought them."""
    stands = Q(**{f"{area}status": "active"})
    if plan.state == "published":
        stands |= Q(**{f"{area}valid_to__gt": plan.valid_from})
    return stands & ~Q(**{f"{area}id__in": PlanChange.objects.filter(plan=plan, verb="retire").values("area_id")})


def moved(plan: PlanVersion) -> dict[int, int]:
    """Area id → the parent that a draft will give it; empty for a published version, which has done so."""
    if plan.state == "published":
        return {}
    rows = PlanChange.objects.filter(plan=plan, verb="move").values_list("area_id", "parent_id")
    return {area: parent for area, parent in rows if parent is not None}


def noted(plan: PlanVersion) -> dict[int, str]:
    """Area id → the note that a draft will give it; empty for a published version."""
    if plan.state == "published":
        return {}
    return dict(PlanChange.objects.filter(plan=plan, verb="note").values_list("area_id", "name"))

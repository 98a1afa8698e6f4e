"""Scope = area paths × role × unit. One function narrows every query of every room."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from jingwei.accounts.rights import Right
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

Row = TypeVar("Row", bound=Model)


def reach(actor: Actor, right: Right, *, area: str, unit: str | None = None, posts: str | None = None) -> Q | None:
    """The condition "within what `actor` may reach by `right`", or None where they reach everything.

    `area`, `unit`: names of the path columns. A right tied to a unit reaches only rows held by that unit or below;
    on tables without a unit column it reaches its area. `posts`: a column that names posts between bars
    ("|acceptor|shift_leader|"); a role then reaches only rows that name it.
    """
    reached = Q(pk__in=[])
    for grant in actor.grants:
        if right.value not in grant.rights:
            continue
        part = Q()
        if grant.area_path:
            low, high = span(grant.area_path)
            part &= Q(**{f"{area}__gte": low, f"{area}__lt": high})
        if unit and grant.unit_path:
            low, high = span(grant.unit_path)
            part &= Q(**{f"{unit}__gte": low, f"{unit}__lt": high})
        if posts:
            part &= Q(**{f"{posts}__contains": f"|{grant.role}|"})
        if not part:
            return None
        reached |= part
    return reached


def narrow(rows: QuerySet[Row], actor: Actor, right: Right, *, area: str = "area_path", unit: str | None = None) -> QuerySet[Row]:
    """`rows` reduced to what the actor may reach by `right`; nothing without the right."""
    condition = reach(actor, right, area=area, unit=unit)
    return rows if condition is None else rows.filter(condition)

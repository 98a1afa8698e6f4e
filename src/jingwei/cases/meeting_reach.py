"""Who runs a meeting, who sees it, who has to answer for what it decided."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import meetings
from jingwei.cases.models import Attending, Decision, Meeting
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span, within

Units = Mapping[int, Any]
_READ = Right.CASE_READ.value
ANSWERING = tuple(role.code for role in accounts.Role if role.code in accounts.roles_with(Right.CASE_REPORT) or role.code in meetings.HOLDING)
"""Posts that may be given something to do, and hear of it on their lists."""


def runs(actor: Actor, area_path: str) -> bool:
    """By a post over the place that is tied to no unit: a unit's own leader is who is asked to come."""
    return meetings.runs([grant.role for grant in actor.grants if grant.unit_path is None and grant.covers(area_path)])


def seen_by(actor: Actor, units: Units) -> Q | None:
    """The meetings that somebody sees: of places they look after, those they were asked to, those that gave them
    something to do. None: all of them.
    """
    found = Q(made_by=actor.user_id) if actor.user_id else Q(pk__in=[])
    for grant in actor.grants:
        if _READ in grant.rights and grant.unit_path is None:
            if not grant.area_path:
                return None
            found |= Q(area_path__range=span(grant.area_path))
    asked, given = of_my_units(actor, units, "unit__path"), of_my_units(actor, units, "unit_path")
    if actor.user_id:
        asked, given = asked | Q(person=actor.user_id), given | Q(person=actor.user_id)
    return found | Exists(Attending.objects.filter(asked, meeting=OuterRef("pk"))) | Exists(
        Decision.objects.filter(given, meeting=OuterRef("pk")))


def of_my_units(actor: Actor, units: Units, column: str) -> Q:
    """Rows of units for which somebody stands."""
    found = Q(pk__in=[])
    for path in _my_units(actor, units):
        found |= Q(**{f"{column}__range": span(path)})
    return found


def sees(actor: Actor, meeting_id: UUID, units: Units) -> bool:
    """One statement."""
    condition = seen_by(actor, units)
    rows = Meeting.objects.filter(id=meeting_id)
    return (rows if condition is None else rows.filter(condition)).exists()


def answers(actor: Actor, decision: Decision, units: Units) -> bool:
    """Whether this person, or a unit for which they stand, was given it."""
    if decision.person is not None:
        return decision.person == actor.user_id
    return bool(decision.unit_path) and any(within(decision.unit_path, path) for path in _my_units(actor, units))


def known_people(area_path: str) -> set[UUID]:
    """Who works at a place or below it, and may be asked to a meeting there."""
    return accounts.posted_within(area_path, ANSWERING)


def _my_units(actor: Actor, units: Units) -> set[str]:
    """The paths of the units for which somebody stands: that to which a post is tied, else that in which they work."""
    own = units.get(actor.unit_id) if actor.unit_id else None
    paths = {grant.unit_path if grant.unit_path is not None else own.path if own else "" for grant in actor.grants if _READ in grant.rights}
    return paths - {""}

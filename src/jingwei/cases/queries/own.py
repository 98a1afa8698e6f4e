"""What a person keeps and sees beside the cases: saved views, and who has which case open."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.cases.models import Case, Looking, SavedView
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class View:
    id: UUID
    name: str
    query: str


def views(actor: Actor) -> list[View]:
    """One's own saved views by name. One statement."""
    if actor.user_id is None:
        return []
    return [View(*row) for row in SavedView.objects.filter(user=actor.user_id).order_by("name").values_list(
        "id", "name", "query")]


def looking(actor: Actor) -> list[dict[str, Any]]:
    """Cases within reach that others have open now, and who. Three statements at the most."""
    now = Looking.objects.filter(until__gt=clock.now())
    if actor.user_id is not None:
        now = now.exclude(user=actor.user_id)
    marks = list(now.order_by("since", "id").values_list("case_id", "user"))
    if not marks:
        return []
    wanted = Case.objects.filter(id__in={case_id for case_id, _ in marks})
    visible = set(narrow(wanted, actor, Right.CASE_READ, area="area_path", unit="unit_path").values_list("id", flat=True))
    if actor.user_id is not None:
        visible |= set(wanted.filter(Q(reported_by=actor.user_id)).values_list("id", flat=True))
    names = accounts.names_of({user for case_id, user in marks if case_id in visible})
    found: dict[UUID, list[str]] = {}
    for case_id, user in marks:
        if case_id in visible and user in names:
            found.setdefault(case_id, []).append(names[user])
    return [{"case_id": case_id, "names": people} for case_id, people in found.items()]

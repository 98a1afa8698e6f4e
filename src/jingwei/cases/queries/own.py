"""What a person keeps and sees beside the cases: saved views, and who has which case open."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.cases.models import Case, Looking, SavedView, SharedView
from jingwei.grids import queries as grids
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


@dataclass(frozen=True, slots=True)
class Shared:
    """`own`: shared by oneself. `role`: the post it is for, '' for every one."""

    id: UUID
    name: str
    query: str
    by: str
    area: str
    area_name: str
    role: str
    role_name: str
    own: bool


def shared_with(actor: Actor) -> QuerySet[SharedView]:
    """What is laid out for somebody: they work within the area, in the post where one is named; and their own."""
    mine = Q(user=actor.user_id) if actor.user_id else Q(pk__in=[])
    for grant in actor.grants:
        if Right.CASE_READ.value in grant.rights and grant.area_path:
            above = grant.area_path.rstrip("/").split("/")
            paths = ["/".join(above[:depth]) + "/" for depth in range(1, len(above) + 1)]
            mine |= Q(area_path__in=paths, role__in=["", grant.role])
    return SharedView.objects.filter(mine)


def shared_views(actor: Actor) -> list[Shared]:
    """Shared views by name. Three statements at the most."""
    rows = list(shared_with(actor).order_by("name", "id"))
    if not rows:
        return []
    people, areas = accounts.names_of({row.user for row in rows}), grids.names_at({row.area_path for row in rows})
    posts = {role.code: role.zh for role in accounts.Role}
    return [Shared(row.id, row.name, row.query, people.get(row.user, ""), row.area_code, areas.get(row.area_path, row.area_code),
                   row.role, posts.get(row.role, ""), row.user == actor.user_id) for row in rows]


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

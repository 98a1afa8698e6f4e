"""Shared views: filters laid out for all who work in an area. Whoever shared them changes and withdraws them."""

from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, Role, require
from jingwei.cases.commands.views import MOST, kept
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ViewEvent
from jingwei.cases.models import SharedView
from jingwei.cases.queries.own import shared_with
from jingwei.cases.search_errors import SearchError
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.kernel.wording import Words


def share_view(actor: Actor, name: str, query: str, *, area: str, role: str = "") -> UUID:
    """Lay filters out for who works in an area, in one post or (role '') in any."""
    require(actor, Right.VIEW_SHARE)
    name, query = kept(name, query)
    path, role = _audience(actor, area, role)
    if actor.user_id is None:
        raise Refusal(KernelError.NOT_FOUND)
    with transaction.atomic(savepoint=False):
        if SharedView.objects.filter(user=actor.user_id).count() >= MOST:
            raise Refusal(CaseError.VIEWS_FULL, most=MOST)
        made = SharedView.objects.create(id=new_id(), user=actor.user_id, name=name, query=query, area_path=path,
                                         area_code=area, role=role, at=clock.now())
        journal.record_new(actor, f"view:{made.id}", ViewEvent.SHARED, {"area": area, "role": role}, area_path=path)
        return made.id


def change_shared_view(actor: Actor, view_id: UUID, name: str, query: str, *, area: str, role: str = "") -> None:
    """Other filters, another name or other people under the same view, by whoever shared it."""
    require(actor, Right.VIEW_SHARE)
    name, query = kept(name, query)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"view:{view_id}")
        view = _own(actor, view_id)
        path, role = _audience(actor, area, role)
        view.name, view.query, view.area_path, view.area_code, view.role = name, query, path, area, role
        view.save(update_fields=["name", "query", "area_path", "area_code", "role"])
        journal.record(actor, tail, ViewEvent.CHANGED, {"area": area, "role": role}, area_path=path)


def withdraw_view(actor: Actor, view_id: UUID) -> None:
    """Nobody is shown it any more: by whoever shared it, or, once they are gone, by whoever manages the whole area."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"view:{view_id}")
        view = _own(actor, view_id, managing=True)
        view.delete()
        journal.record(actor, tail, ViewEvent.WITHDRAWN, {}, area_path=view.area_path)


def _own(actor: Actor, view_id: UUID, *, managing: bool = False) -> SharedView:
    """The view, if it is this person's. One that they are not even shown is not told from one that is not there."""
    view = SharedView.objects.filter(id=view_id).first()
    manages = managing and view is not None and actor.covers(Right.AREA_MANAGE.value, view.area_path)
    if view is None or not (view.user == actor.user_id or manages or shared_with(actor).filter(id=view_id).exists()):
        raise Refusal(KernelError.NOT_FOUND)
    if view.user != actor.user_id and not manages:
        raise Refusal(SearchError.VIEW_NOT_YOURS, by=accounts.names_of([view.user]).get(view.user) or Words("同事", "a colleague"))
    return view


def _audience(actor: Actor, area: str, role: str) -> tuple[str, str]:
    """The path of the area and the post. Refuses an area of which not all is the actor's to arrange."""
    path = grids.path_of_code(area) if area and "\0" not in area else None
    if path is None or not actor.covers(Right.VIEW_SHARE.value, path):
        raise Refusal(SearchError.VIEW_AREA, area=area[:40])
    if role and Role.named(role) is None:
        raise Refusal(SearchError.VIEW_ROLE, role=role[:40])
    return path, role

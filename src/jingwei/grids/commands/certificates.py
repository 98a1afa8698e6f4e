"""Badges and licences of people (STF-04, STF-27): recorded, corrected, withdrawn by whoever arranges the staffing."""

from datetime import date
from uuid import UUID

from django.db import transaction

from jingwei.accounts.queries import Right, grants_of, names_of
from jingwei.grids.commands.standing import changed, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import StaffingEvent
from jingwei.grids.models import Certificate, Staffing
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


def certify(actor: Actor, user_id: UUID, kind: str, since: date, until: date | None = None) -> int:
    """Record a badge or licence with its days. The same kind from the same day is corrected. Returns its id."""
    kind = kind.strip()[:40]
    if not kind or "\0" in kind:
        raise Refusal(GridError.BAD_TEAM, why=Words("证件种类没有填写", "the kind of certificate is missing"))
    if until is not None and until < since:
        raise Refusal(GridError.BAD_DAYS, since=since, until=until)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"certificate:{user_id}")
        path = arranged_path(actor, user_id)
        if not names_of([user_id]):
            raise Refusal(GridError.UNKNOWN_PERSON, person=str(user_id))
        row, _ = Certificate.objects.update_or_create(user_id=user_id, kind=kind, since=since, defaults={"until": until})
        journal.record(actor, tail, StaffingEvent.CERTIFIED, {
            "kind": kind, "since": str(since), "until": str(until) if until else None}, area_path=path)
        changed(on_map=False)
    return row.id


def withdraw_certificate(actor: Actor, certificate_id: int) -> None:
    """Take back one that was entered by mistake; one that has run out stays as it is. Nothing happens where it is gone."""
    with transaction.atomic(savepoint=False):
        row = Certificate.objects.filter(pk=certificate_id).first()
        if row is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"certificate:{row.user_id}")
        path = arranged_path(actor, row.user_id)
        if not Certificate.objects.filter(pk=certificate_id).delete()[0]:
            return
        journal.record(actor, tail, StaffingEvent.UNCERTIFIED, {
            "kind": row.kind, "since": str(row.since), "until": str(row.until) if row.until else None}, area_path=path)
        changed(on_map=False)


def arranged_path(actor: Actor, user_id: UUID) -> str:
    """A path where the actor arranges the staffing and this person is posted or has a role. Nobody vouches for themself.

    Not found where the person works elsewhere.
    """
    if actor.user_id == user_id:
        raise Refusal(GridError.OWN_CERTIFICATE)
    held = set(Staffing.objects.filter(user_id=user_id, void=False).values_list("area__path", flat=True))
    held |= {grant.area_path for grant in grants_of(user_id)}
    for path in sorted(held):
        if actor.covers(Right.STAFFING_MANAGE.value, path):
            return path
    if held and not any(actor.covers(Right.AREA_READ.value, path) for path in held):
        raise Refusal(KernelError.NOT_FOUND)
    permit(actor, Right.STAFFING_MANAGE, min(held, default=""))
    return ""

"""Announcing and withdrawing."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts import ports
from jingwei.accounts.queries import Right, require
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.notices import words
from jingwei.notices.errors import NoticeError
from jingwei.notices.events import NoticeEvent
from jingwei.notices.models import Announcement
from jingwei.notices.queries.announcements import readable

__all__ = ["announce", "withdraw"]

_LONGEST = timedelta(days=366)
_EVERYWHERE = "*"


def announce(actor: Actor, title: str, text: str, until: datetime, *, area_code: str = "") -> UUID:
    """Tell everybody who works in an area, until an instant (aware). Returns the id.

    `area_code`: of an area within reach, '*' everywhere; '' is the whole of the actor's own area, which must be one.
    """
    require(actor, Right.AREA_MANAGE)
    title, text = words.title(title), words.text(text)
    now = clock.now()
    if until.tzinfo is None or not now < until <= now + _LONGEST:
        raise Refusal(NoticeError.BAD_END)
    path = _area(actor, area_code)
    with transaction.atomic(savepoint=False):
        made = Announcement.objects.create(
            id=new_id(), title=title, text=text, area_path=path, area_code="" if area_code == _EVERYWHERE else area_code,
            made_by=actor.user_id, made_at=now, until=until)
        journal.record_new(actor, f"announcement:{made.pk}", NoticeEvent.MADE, {"until": until.isoformat()},
                           area_path=path)
    return made.pk


def withdraw(actor: Actor, announcement_id: UUID) -> None:
    """Nobody is shown it any more. By whoever manages the whole area it was told to."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"announcement:{announcement_id}")
        found = readable(actor).filter(pk=announcement_id).first()
        if found is None:
            raise Refusal(KernelError.NOT_FOUND)
        require(actor, Right.AREA_MANAGE)
        if not actor.covers(Right.AREA_MANAGE.value, found.area_path):
            raise Refusal(NoticeError.NOT_YOURS)
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        journal.record(actor, tail, NoticeEvent.WITHDRAWN, {}, area_path=found.area_path)


def _area(actor: Actor, code: str) -> str:
    if not code:
        own = {grant.area_path for grant in actor.grants if Right.AREA_MANAGE.value in grant.rights}
        if len(own) != 1:
            raise Refusal(NoticeError.AREA_UNKNOWN)
        return own.pop()
    path = "" if code == _EVERYWHERE else ports.area_path_of(code) if "\0" not in code else None
    if path is None or not actor.covers(Right.AREA_MANAGE.value, path):
        raise Refusal(NoticeError.AREA_UNKNOWN)
    return path

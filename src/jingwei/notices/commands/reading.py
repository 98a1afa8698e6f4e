"""A person's own list: what was read."""

from collections.abc import Collection

from django.db import transaction

from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.notices.models import Message
from jingwei.notices.queries.messages import NOBODY, unread_count


def read(actor: Actor, ids: Collection[int], *, up_to: int | None = None) -> int:
    """Mark some of one's own messages as read, or all up to one (those that came since stay). How many are left unread."""
    with transaction.atomic(savepoint=False):
        own = Message.objects.filter(user=actor.user_id or NOBODY, read_at=None)
        chosen = own.filter(id__lte=up_to) if up_to is not None else own.filter(id__in=list(ids))
        chosen.update(read_at=clock.now())
        return unread_count(actor)

"""What could not be sent: tried again, or given up."""

from uuid import UUID

from django.db import transaction

from jingwei.accounts.queries import Right, require
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.notices.errors import TellingError
from jingwei.notices.events import TellingEvent
from jingwei.notices.models import Connector, Delivery


def retry(actor: Actor, delivery_id: UUID) -> None:
    """Send it again, with a day ahead of it, even by a connector that was left alone."""
    now = clock.now()
    _settle(actor, delivery_id, TellingEvent.RETRIED,
            {"state": "waiting", "tries": 0, "due_from": now, "next_try": now, "at": None, "error": ""})


def give_up(actor: Actor, delivery_id: UUID) -> None:
    """It is not sent; the line in the receiver's list stays."""
    _settle(actor, delivery_id, TellingEvent.DROPPED, {"state": "dropped", "at": clock.now()})


def _settle(actor: Actor, delivery_id: UUID, verb: TellingEvent, columns: dict[str, object]) -> None:
    require(actor, Right.SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"delivery:{delivery_id}")
        parked = Delivery.objects.filter(id=delivery_id, state="parked")
        connector = parked.values_list("connector_id", flat=True).first()
        if connector is None or not parked.update(**columns):
            raise Refusal(TellingError.NOT_PARKED)
        if verb is TellingEvent.RETRIED:
            Connector.objects.filter(id=connector).update(open_until=None)
        journal.record(actor, tail, verb, {"connector": str(connector)})

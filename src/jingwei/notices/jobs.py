"""What notices do by themselves: send what waits, once a minute and when asked; clear away what is old."""

from uuid import UUID

from django_tasks import task

from jingwei.journal.ports import every
from jingwei.kernel import clock
from jingwei.notices.commands import delivering


@task(outside=True)
def deliver(connector_id: str) -> int:
    """What may go out by one connector now."""
    return delivering.deliver(UUID(connector_id))


@every(minutes=1)
@task
def deliver_waiting() -> int:
    """A job for every connector by which something waits: one that hangs holds up no other."""
    waiting = delivering.waiting_connectors(clock.now())
    for connector in waiting:
        deliver.enqueue(str(connector))
    return len(waiting)


@every(minutes=1440)
@task
def clear_messages() -> int:
    return delivering.forget_old(clock.now())

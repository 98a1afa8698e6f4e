"""What cases do by themselves: forget who looked at what."""

from django_tasks import task

from jingwei.cases.commands.climb import climb_due
from jingwei.cases.commands.look import forget_marks
from jingwei.journal.ports import every
from jingwei.kernel import clock


@every(minutes=10)
@task
def clear_marks() -> int:
    """Nothing is kept of who had a case open once the minute is over, even where nobody looks at another."""
    return forget_marks(clock.now())


@every(minutes=5)
@task(outside=True)
def climb_ladders() -> int:
    """Rungs of the escalation ladders that are due are told, however many runs were missed."""
    return climb_due()

"""What cases do by themselves: forget who looked at what, climb ladders, wake what was suspended, tell of what falls due."""

from uuid import UUID

from django_tasks import task

from jingwei.cases.commands import due_mailboxes, read_mailbox, run_batch, tell_unsigned
from jingwei.cases.commands.climb import climb_due
from jingwei.cases.commands.dispatch_by_rule import dispatch_due
from jingwei.cases.commands.look import forget_marks
from jingwei.cases.commands.recount import run_recount
from jingwei.cases.commands.sources.receiving import forget_nonces
from jingwei.cases.commands.wake import remind_ending, wake_due
from jingwei.cases.telling import tell_due
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


@every(minutes=5)
@task(outside=True)
def wake_suspended() -> int:
    """Suspensions whose day has come are over. Each case on its own, so that one that fails holds up no other."""
    return wake_due(clock.now())


@every(minutes=1)
@task(outside=True)
def dispatch_by_rules() -> int:
    """What a rule dispatches by itself. Each case on its own, so that one that fails holds up no other."""
    return dispatch_due(clock.now())


@task(outside=True, tries=20)
def recount(recount_id: str) -> bool:
    """Recount deadlines by the calendar in force; ended by a crash it goes on where it was."""
    return run_recount(UUID(recount_id))


@task(outside=True, tries=20)
def file_rows(batch_id: str) -> bool:
    """Some seconds of a table of new reports; the rest behind the other jobs that wait, so that it holds up none."""
    done = run_batch(UUID(batch_id), seconds=5)
    if not done:
        file_rows.enqueue(batch_id)
    return done


@task(outside=True, tries=1)
def read_letters(box_id: str) -> int:
    """What is new in one mailbox."""
    return read_mailbox(UUID(box_id))


@every(minutes=2)
@task
def read_mailboxes() -> int:
    """A job for each mailbox: one that hangs holds up no other."""
    due = due_mailboxes()
    for box_id in due:
        read_letters.enqueue(str(box_id))
    return len(due)


@every(minutes=10)
@task
def clear_nonces() -> int:
    """Numbers used once in signatures whose time is over."""
    return forget_nonces(clock.now())


@every(minutes=60)
@task(outside=True)
def remind_of_ending_suspensions() -> int:
    """Ask in time whether a suspension is to be prolonged."""
    return remind_ending(clock.now())


@every(minutes=1)
@task
def tell_of_due() -> int:
    """What is late since the last minute, and what will be soon."""
    return tell_due(clock.now())


@every(minutes=5)
@task(outside=True)
def tell_unsigned_referrals() -> int:
    """Referrals that ran past their limit unsigned are told to both sides."""
    return tell_unsigned()

"""Only if nothing has happened to the case since one looked at it."""

from collections.abc import Callable
from uuid import UUID

from jingwei.cases.commands.step import Taken
from jingwei.cases.errors import CaseError
from jingwei.journal import commands as journal
from jingwei.kernel.errors import Refusal


def unmoved(case_id: UUID, seen: int, effect: Callable[[], Taken]) -> Taken:
    """Take a step if the entry numbered `seen` was the case's last before it. Runs in the caller's transaction.

    Told after the step, which refuses first what the person may not see; either refusal undoes all of it. A step may write
    more entries than one: those of the units that a rule has help.
    """
    before = journal.hold(f"case:{case_id}").number
    taken = effect()
    if before != seen:
        raise Refusal(CaseError.MOVED_ON)
    return taken

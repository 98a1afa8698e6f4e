"""The rights the journal asks for. Their list stands in `accounts`, which lies above and is not imported."""

from jingwei.journal.errors import JournalError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

SYSTEM_READ = "system.read"
SYSTEM_MANAGE = "system.manage"
JOURNAL_VERIFY = "journal.verify"
JOURNAL_EXPORT = "journal.export"


def need(actor: Actor, right: str) -> None:
    if not actor.holds(right):
        raise Refusal(JournalError.NO_RIGHT, right=right)

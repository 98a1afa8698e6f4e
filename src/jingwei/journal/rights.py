"""The rights the journal asks for. Their list stands in `accounts`, which lies above and is not imported."""

from jingwei.journal.errors import JournalError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

SYSTEM_READ = Words("查看系统状态", "system.read")
SYSTEM_MANAGE = Words("维护系统", "system.manage")
JOURNAL_VERIFY = Words("核验日志链", "journal.verify")
JOURNAL_EXPORT = Words("导出日志", "journal.export")


def need(actor: Actor, right: Words) -> None:
    if not actor.holds(right):
        raise Refusal(JournalError.NO_RIGHT, right=right)

"""What the journal says of itself: acts of administrators upon it."""

from enum import Enum


class JournalEvent(Enum):
    PARKED_RELEASED = "parked.released"
    PARKED_SKIPPED = "parked.skipped"
    VERIFY_ASKED = "journal.verify_asked"
    EXPORTED = "journal.exported"
    KEYS_EXPORTED = "keys.exported"


SAID = {
    JournalEvent.PARKED_RELEASED: "重试搁置的记录",
    JournalEvent.PARKED_SKIPPED: "放弃一条搁置的记录",
    JournalEvent.VERIFY_ASKED: "要求核对日志",
    JournalEvent.EXPORTED: "导出日志",
    JournalEvent.KEYS_EXPORTED: "导出密钥",
}
"""Each verb as a sentence of the operation log."""

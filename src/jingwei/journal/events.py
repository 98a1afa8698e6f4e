"""What the journal says of itself: acts of administrators upon it."""

from enum import Enum


class JournalEvent(Enum):
    PARKED_RELEASED = "parked.released"
    PARKED_SKIPPED = "parked.skipped"
    VERIFY_ASKED = "journal.verify_asked"
    EXPORTED = "journal.exported"
    KEYS_EXPORTED = "keys.exported"

"""Mailboxes set up and read, and what becomes of each letter, one verb a file."""

from jingwei.cases.commands.letters.boxes import drop_mailbox, set_mailbox, try_mailbox
from jingwei.cases.commands.letters.deciding import discard_letter, join_letter, take_letter
from jingwei.cases.commands.letters.reading import due_mailboxes, read_mailbox

__all__ = ["discard_letter", "drop_mailbox", "due_mailboxes", "join_letter", "read_mailbox", "set_mailbox", "take_letter", "try_mailbox"]

"""Announcing, telling, choosing, connecting. `telling` is for readers of the journal and jobs of the rooms above."""

from jingwei.notices.commands.announcing import announce, withdraw
from jingwei.notices.commands.reading import read
from jingwei.notices.commands.telling import advance, tell, tell_all, untell
from jingwei.notices.telling import LONGEST_BODY, LONGEST_TITLE, Telling, rendered

__all__ = ["LONGEST_BODY", "LONGEST_TITLE", "Telling", "advance", "announce", "read", "rendered", "tell", "tell_all", "untell", "withdraw"]

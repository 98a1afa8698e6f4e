"""Announcing, telling, choosing, connecting. `telling` is for readers of the journal and jobs of the rooms above."""

from jingwei.notices.commands.announcing import announce, withdraw
from jingwei.notices.commands.choosing import Wanted, choose
from jingwei.notices.commands.connecting import Described, connect, cut, reconnect, set_rule, set_settings, try_out
from jingwei.notices.commands.parked import give_up, retry
from jingwei.notices.commands.reading import read
from jingwei.notices.commands.telling import advance, tell, tell_all, untell
from jingwei.notices.telling import LONGEST_BODY, LONGEST_TITLE, Telling, rendered

__all__ = ["LONGEST_BODY", "LONGEST_TITLE", "Described", "Telling", "Wanted", "advance", "announce", "choose", "connect", "cut",
           "give_up", "read", "reconnect", "rendered", "retry", "set_rule", "set_settings", "tell", "tell_all", "try_out",
           "untell", "withdraw"]

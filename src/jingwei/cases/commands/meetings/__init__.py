"""Meetings: called, their agenda filled, kept in minutes, their decisions made and followed."""

from jingwei.cases.commands.meetings.agenda import Gathered, add_item, drop_item, gather, note_item
from jingwei.cases.commands.meetings.deciding import Deciding, decide
from jingwei.cases.commands.meetings.following import finish_decision, reopen_decision, withdraw_decision
from jingwei.cases.commands.meetings.holding import (
    Called,
    Calling,
    call_meeting,
    cancel_meeting,
    change_meeting,
    settle_meeting,
)

__all__ = [
    "Called",
    "Calling",
    "Deciding",
    "Gathered",
    "add_item",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "decide",
    "drop_item",
    "finish_decision",
    "gather",
    "note_item",
    "reopen_decision",
    "settle_meeting",
    "withdraw_decision",
]

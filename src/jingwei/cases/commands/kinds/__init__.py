"""Verbs of the kinds of event that a township tells apart, and changing the kind."""

from jingwei.cases.commands.kinds.approval import approve, grant, object_to, submit
from jingwei.cases.commands.kinds.change import change_kind
from jingwei.cases.commands.kinds.coordination import note, reply_to_people
from jingwei.cases.commands.kinds.sudden import follow_up

__all__ = ["approve", "change_kind", "follow_up", "grant", "note", "object_to", "reply_to_people", "submit"]

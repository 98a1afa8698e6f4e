"""Tables of notices, one idea a file."""

from jingwei.notices.models.announcements import Announcement
from jingwei.notices.models.connectors import Connector, Delivery, Sending
from jingwei.notices.models.messages import Choice, Message
from jingwei.notices.models.rules import Mark, Rule, Setting

__all__ = ["Announcement", "Choice", "Connector", "Delivery", "Mark", "Message", "Rule", "Sending", "Setting"]

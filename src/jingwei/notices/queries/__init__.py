"""What is told to whom: announcements, a person's messages and choices, connectors and what they could not send."""

from jingwei.notices.queries.announcements import Told, announcements, readable, titles_of
from jingwei.notices.queries.messages import Line, Messages, counting_unread, messages, unread_count
from jingwei.notices.queries.settings import forget, in_force

__all__ = ["Line", "Messages", "Told", "announcements", "counting_unread", "forget", "in_force", "messages", "readable",
           "titles_of", "unread_count"]

"""What is told to whom: announcements, a person's messages, connectors and what they could not send."""

from jingwei.notices.queries.announcements import Told, announcements, readable, titles_of
from jingwei.notices.queries.choices import Chosen, chosen
from jingwei.notices.queries.connectors import Connected, Office, Parked, connector_names, office, parked
from jingwei.notices.queries.messages import Line, Messages, counting_unread, messages, unread_count
from jingwei.notices.queries.settings import forget, in_force

__all__ = ["Chosen", "Connected", "Line", "Messages", "Office", "Parked", "Told", "announcements", "chosen", "connector_names", "counting_unread",
           "forget", "in_force", "messages", "office", "parked", "readable", "titles_of", "unread_count"]

"""The interface of notices: one router."""

from jingwei.notices.http import announcements, messages
from jingwei.notices.http.addresses import router

__all__ = ["announcements", "messages", "router"]

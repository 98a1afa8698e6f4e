"""The interface of notices: one router."""

from jingwei.notices.http import announcements, choices, connectors, messages
from jingwei.notices.http.addresses import router

__all__ = ["announcements", "choices", "connectors", "messages", "router"]

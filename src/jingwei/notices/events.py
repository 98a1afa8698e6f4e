"""What the journal says of announcements: ids and areas, never the text."""

from enum import Enum


class NoticeEvent(Enum):
    """Subject announcement:<id>."""

    MADE = "announcement.made"
    WITHDRAWN = "announcement.withdrawn"


SAID = {
    NoticeEvent.MADE: "发布公告",
    NoticeEvent.WITHDRAWN: "撤回公告",
}
"""Each verb as a sentence of the operation log."""

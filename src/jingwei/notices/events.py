"""What the journal says of notices: ids, areas and names of ways, never a text, an address or a key."""

from enum import Enum


class NoticeEvent(Enum):
    """Subject announcement:<id>."""

    MADE = "announcement.made"
    WITHDRAWN = "announcement.withdrawn"


class TellingEvent(Enum):
    """Subjects connector:<id>, notices:rules, notices:settings, choice:<user>, delivery:<id>."""

    CONNECTED = "connector.made"
    RECONNECTED = "connector.changed"
    CUT = "connector.removed"
    TRIED = "connector.tested"
    RULED = "notices.rule_set"
    SET = "notices.settings_set"
    CHOSEN = "notices.chosen"
    RETRIED = "delivery.retried"
    DROPPED = "delivery.dropped"


SAID = {
    NoticeEvent.MADE: "发布公告",
    NoticeEvent.WITHDRAWN: "撤回公告",
    TellingEvent.CONNECTED: "建立通知连接",
    TellingEvent.RECONNECTED: "修改通知连接",
    TellingEvent.CUT: "删除通知连接",
    TellingEvent.TRIED: "试发通知",
    TellingEvent.RULED: "修改通知规则",
    TellingEvent.SET: "修改通知设置",
    TellingEvent.CHOSEN: "修改本人的通知设置",
    TellingEvent.RETRIED: "重发搁置的通知",
    TellingEvent.DROPPED: "放弃搁置的通知",
}
"""Each verb as a sentence of the operation log."""

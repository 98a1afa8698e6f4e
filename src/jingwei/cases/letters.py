"""The inbox: its states, how much may come, how a sender is shown. Pure."""

KIND = "letter"
POSTS = ("acceptor", "shift_leader")
STATES = {"waiting": "待处理", "taken": "已登记", "joined": "已并入案件", "discarded": "不予登记"}
VIAS = {"mail": "邮件", "sms": "短信", "camera": "视频报警"}
PER_SENDER, PER_MAILBOX, PER_RUN = 20, 300, 50
"""Messages of one sender and of one mailbox in an hour, and of one reading."""


def hint(sender: str) -> str:
    """Enough of an address to tell two senders apart, not enough to write to one."""
    name, _, domain = sender.rpartition("@")
    return f"{name[:1]}***@{domain}"[:60] if name and domain else "***"


def named(name: str, sender: str) -> str:
    """Who is to be answered, as the contact of a case holds it."""
    if not name or name == sender:
        return sender[:60]
    return f"{name[:max(1, 57 - len(sender))]} <{sender}>"[:60]


def restored(text: str, numbers: dict[str, str]) -> str:
    """The words with the numbers that stood in them, for the case, which seals them under its own key."""
    for token, number in numbers.items():
        text = text.replace(token, number)
    return text

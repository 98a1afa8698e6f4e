"""Systems that send by themselves: their kinds, how much may come, which of what they send is a case at once. Pure."""

import math
import re

KINDS: dict[str, str] = {"sms": "短信平台", "camera": "视频平台"}
CHANNEL = {"mail": "letter", "sms": "letter", "camera": "video"}
"""By which way a letter came → the channel of its case."""

PER_SENDER, PER_CAMERA = 20, 10
PER_SOURCE = {"sms": 600, "camera": 300}
"""Messages of one telephone, alarms of one camera, and everything of one source, in an hour."""

LARGEST = {"sms": 16 * 1024, "camera": 3 * 1024 * 1024}
"""Bytes of one message."""

PICTURE_MOST = 2 * 1024 * 1024

_PHONE = re.compile(r"\+?[0-9][0-9 -]{2,22}\Z")


def phone_of(text: str) -> str:
    """The digits of a sender's number, '' for what is none."""
    text = text.strip()
    return "".join(sign for sign in text if "0" <= sign <= "9") if _PHONE.match(text) else ""


def phone_hint(digits: str) -> str:
    """Enough of a number to tell two senders apart, not enough to call one."""
    return f"{digits[:3]}****{digits[-2:]}" if len(digits) >= 9 else "****"


def placed(lon: float | None, lat: float | None) -> bool:
    """Whether a place is told, on this earth."""
    return lon is not None and lat is not None and math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90

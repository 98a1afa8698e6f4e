"""What may stand in an announcement. Pure."""

import re
import unicodedata

from jingwei.kernel.errors import Refusal
from jingwei.notices.errors import NoticeError

LONGEST_TITLE = 60
LONGEST_TEXT = 2000
_PERSONAL_NUMBER = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx])(?![0-9])", re.ASCII)
_NEVER = {"Cc", "Cs", "Zl", "Zp"}
_UNSEEN = _NEVER | {"Cf", "Zs"}


def title(text: str) -> str:
    """One visible line."""
    cleaned = _cleaned(text, "标题", LONGEST_TITLE)
    if not cleaned or "\n" in cleaned:
        raise Refusal(NoticeError.BAD_TEXT, what="标题", most=LONGEST_TITLE)
    return cleaned


def text(given: str) -> str:
    """Any lines, or none."""
    return _cleaned(given, "正文", LONGEST_TEXT)


def _cleaned(given: str, what: str, most: int) -> str:
    cleaned = unicodedata.normalize("NFC", given.replace("\r\n", "\n")).strip()
    if len(cleaned) > most or any(sign != "\n" and unicodedata.category(sign) in _NEVER for sign in cleaned) or (
            cleaned and all(unicodedata.category(sign) in _UNSEEN for sign in cleaned)):
        raise Refusal(NoticeError.BAD_TEXT, what=what, most=most)
    if _PERSONAL_NUMBER.search(unicodedata.normalize("NFKC", cleaned)):
        raise Refusal(NoticeError.PERSONAL_NUMBER)
    return cleaned

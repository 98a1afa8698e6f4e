"""Words that are said in two languages, for the details of refusals. Pure."""

import errno
import unicodedata
from typing import Any

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Words(str):
    """One detail of a refusal in Chinese and English. As a string it is `code`, which programs read: by default the
    English words.
    """

    __slots__ = ("en", "zh")
    zh: str
    en: str

    def __new__(cls, zh: str, en: str, code: str = "") -> "Words":
        words = super().__new__(cls, code or en)
        words.zh, words.en = zh, en
        return words

    def __reduce__(self) -> tuple[type["Words"], tuple[str, str, str]]:
        return Words, (self.zh, self.en, str(self))


def spoken(value: Any, language: str) -> Any:
    """The value as it is said in a language ("zh" or "en"). What was sent is told back with its unseen signs as □:
    a NUL would break the line it stands in, a mark of direction turn the sentence around.
    """
    if isinstance(value, Words):
        return _seen(value.en if language.startswith("en") else value.zh)
    return _seen(value) if isinstance(value, str) else value


def _seen(text: str) -> str:
    if text.isprintable():
        return text
    return "".join("□" if unicodedata.category(sign) in _UNSEEN and sign != "\n" else sign for sign in text)


_SYSTEM = {
    errno.ENOENT: "不存在", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EISDIR: "是一个目录",
    errno.ENOTDIR: "上级不是目录", errno.EEXIST: "已经存在", errno.EROFS: "磁盘是只读的", errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名字过长", errno.EIO: "磁盘读写出错", errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def of_system(error: OSError) -> Words:
    """Why the system refused. Never its full text, which may show a path of the server."""
    code = error.errno or 0
    return Words(_SYSTEM.get(code, f"系统错误 {code}"), error.strerror or type(error).__name__)

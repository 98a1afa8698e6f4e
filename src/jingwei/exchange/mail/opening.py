"""A message as it came, taken apart for people: words, attachments, who sent it. Pure, and made for hostile input.

Nothing is unpacked, rendered or followed. Each measure has an end: bytes, parts, depth, signs.
"""

import email
import hashlib
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from html.parser import HTMLParser

from jingwei.cases.ports import Attached, Opened

LARGEST = 20 * 1024 * 1024
_PARTS, _MULTIPART, _DEPTH, _BEGINNING = 500, 30, 8, 64 * 1024
_ATTACHED, _LARGEST_ATTACHED, _HTML, TEXT = 10, 10 * 1024 * 1024, 300_000, 4000
_TAKEN = ("image/jpeg", "image/png", "image/webp", "application/pdf", "application/octet-stream", "text/plain", "text/csv",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".docx", ".xlsx", ".txt", ".csv")
_BREAKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"}
_UNSAID = {"script", "style", "head", "title", "noscript", "template"}


def opened(raw: bytes, size: int) -> Opened:
    """`raw`: the message, or its beginning where it is longer than is taken; `size`: of the whole."""
    whole = size <= len(raw) and raw.count(b"\n--") <= _PARTS and raw.lower().count(b"multipart/") <= _MULTIPART
    try:
        message = email.message_from_bytes(raw if whole else raw[:_BEGINNING])
        return _told(message, raw, whole)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, HeaderParseError):
        return Opened(_key("", raw), "", "", "", "", left_out=("（邮件写法有误，请到邮箱里看原件）",))


def _told(message: Message, raw: bytes, whole: bool) -> Opened:
    name, sender = parseaddr(_header(message, "From"))
    texts: dict[str, str] = {}
    attached: list[Attached] = []
    left_out: list[str] = []
    waiting, seen = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > _PARTS or depth > _DEPTH:
            left_out.append("（嵌套过深的部分）")
            break
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, Message)]
        elif part.get_content_maintype() == "message":
            left_out.append(_name(part) or "转发的邮件")
        else:
            _take(part, texts, attached, left_out)
    text = (texts.get("plain") or _words_of(texts.get("html", ""))).strip()
    if not whole:
        left_out.append("（邮件过大，只收下开头）")
    return Opened(_key(_header(message, "Message-ID"), raw), sender[:200], name[:60], _header(message, "Subject")[:200], text[:TEXT],
                  _by_machine(message, sender), len(text) > TEXT or not whole, tuple(attached), tuple(left_out[:20]))


def _take(part: Message, texts: dict[str, str], attached: list[Attached], left_out: list[str]) -> None:
    kind, name = part.get_content_type(), _name(part)
    if kind in ("text/plain", "text/html") and not name and part.get_content_disposition() != "attachment":
        texts.setdefault(part.get_content_subtype(), _decoded(part))
        return
    data = part.get_payload(decode=True)
    sound = isinstance(data, bytes) and 0 < len(data) <= _LARGEST_ATTACHED and len(attached) < _ATTACHED
    if sound and kind in _TAKEN and name.lower().endswith(_ENDINGS):
        attached.append(Attached(name, data))  # type: ignore[arg-type]
    else:
        left_out.append(name or kind[:60])


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    data = data[:4 * _HTML]
    for charset in (part.get_content_charset() or "utf-8", "gb18030"):
        try:
            return _clean(data.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(charset, charset), "strict"))
        except (LookupError, ValueError):
            continue
    return _clean(data.decode("utf-8", "replace"))


def _header(message: Message, name: str) -> str:
    try:
        pieces = decode_header(str(message.get(name, ""))[:2000])
    except (HeaderParseError, ValueError):
        return ""
    words = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            words.append(piece)
            continue
        try:
            words.append(piece.decode({"gb2312": "gb18030"}.get(charset or "", charset or "utf-8"), "replace"))
        except LookupError:
            words.append(piece.decode("utf-8", "replace"))
    return " ".join(_clean("".join(words)).split())


def _name(part: Message) -> str:
    try:
        found = part.get_filename() or ""
        return " ".join(_clean("".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace") for piece, charset in decode_header(found[:400]))).split())[:120]
    except (HeaderParseError, LookupError, ValueError, TypeError):
        return "（文件名有误）"


def _clean(text: str) -> str:
    """Without signs that no text needs."""
    return "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign in "\n\t" or (ord(sign) >= 32 and not 0xD800 <= ord(sign) <= 0xDFFF))


def _by_machine(message: Message, sender: str) -> bool:
    auto = _header(message, "Auto-Submitted").lower()
    precedence = _header(message, "Precedence").lower()
    return ((auto not in ("", "no")) or precedence in ("bulk", "junk", "list", "auto_reply") or "List-Id" in message
            or "X-Autoreply" in message or _header(message, "Return-Path") == "<>" or not sender
            or sender.lower().startswith(("mailer-daemon@", "postmaster@", "noreply@", "no-reply@")))


def _key(message_id: str, raw: bytes) -> str:
    return hashlib.sha256(message_id.encode() if message_id else raw).hexdigest()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unsaid = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.unsaid and tag in _UNSAID:
            self.unsaid = tag
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unsaid:
            self.unsaid = ""
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.words.append(data)


def _words_of(html: str) -> str:
    """What a page says, without anything that acts, loads or links."""
    parser = _Words()
    parser.feed(html[:_HTML])
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))

"""What a file is called: a label for people, cleaned on entry, never used as a path. Pure."""

import re
import unicodedata

LONGEST = 120
_TAIL = 12  # the longest ending that a cut leaves in place

# Marks that turn the reading direction make "gpj.exe" out of "exe.jpg"; the others are not seen at all.
_UNSEEN = re.compile("[\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")

_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "text/plain": (".txt", ".csv", ".log", ".md"),
}


def clean(name: str) -> str:
    """The name as typed, without folders, control and direction signs, at most 120 characters; may be empty."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in _UNSEEN.sub("", last) if unicodedata.category(sign) not in ("Cc", "Cs"))
    words = " ".join(seen.split())
    if not words.strip(". "):
        return ""
    if len(words) <= LONGEST:
        return words
    stem, dot, tail = words.rpartition(".")
    if not dot or len(tail) >= _TAIL:
        return words[:LONGEST].rstrip()
    return stem[:LONGEST - len(tail) - 1].rstrip() + dot + tail


def called_a_picture(name: str) -> bool:
    """Whether the ending promises a picture, so that anything else under it is a mistake or a trick."""
    return name.lower().rstrip(" .").endswith((
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif",
        ".svg"))


def fitting(name: str, media_type: str) -> str:
    """The name under which the content is handed out: its ending never promises another kind of content."""
    endings = _ENDINGS.get(media_type, (".bin",))
    if name.lower().endswith(endings):
        return name
    kind = "照片" if media_type.startswith("image/") else "附件"
    stem = name
    if media_type.startswith("image/") and called_a_picture(name):
        stem = name.rpartition(".")[0]
    return (stem or kind) + endings[0]

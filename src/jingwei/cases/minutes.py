"""The minutes of a meeting taken apart into the matters they name, by their own numbering. Pure.

Numbers may be of several kinds, one within another, as 一、 then （一） then 1. ; whatever is innermost is a matter, and what
stands above it is told beside it. Without any numbers each paragraph is one.
"""

import re
from dataclasses import dataclass, field

TEXT_MOST, MOST_ITEMS = 20_000, 50

_CN = "一二三四五六七八九十百"
_DIGIT = "[0-9０-９]"
# kind → what stands at the beginning of a line; the first that fits counts
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(pattern)) for name, pattern in (
    ("第一", rf"第[{_CN}]{{1,3}}(?:项)?[，、：:,]\s*"),
    ("一是", rf"[{_CN}]{{1,3}}是(?=\S)"),
    ("一、", rf"[{_CN}]{{1,3}}[、．.]\s*"),
    ("（一）", rf"[（(][{_CN}]{{1,3}}[）)]\s*[、．.]?\s*"),
    ("（1）", rf"[（(]{_DIGIT}{{1,2}}[）)]\s*[、．.]?\s*"),
    ("1）", rf"{_DIGIT}{{1,2}}[）)]\s*"),
    ("1.1", rf"{_DIGIT}{{1,2}}[.．]{_DIGIT}{{1,2}}(?:[、．.]\s*|\s+)"),
    ("1.", rf"{_DIGIT}{{1,2}}[、．.](?!{_DIGIT})\s*"),
    ("①", r"[①-⑳]\s*"),
))
# Numbers within a paragraph: only those that are nothing else, after a sign that ends something.
_INLINE = re.compile(rf"(?<=[；;。：:])\s*(?=[①-⑳]|[{_CN}]{{1,3}}是|[（(](?:[{_CN}]{{1,3}}|{_DIGIT}{{1,2}})[）)])")


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter. `number`: as it stands there, '' without one. `under`: the headings above it, the outermost first."""

    number: str
    under: tuple[str, ...]
    text: str


@dataclass(slots=True)
class _Node:
    kind: str
    number: str
    lines: list[str]
    inner: list["_Node"] = field(default_factory=list)


def split(text: str) -> list[Matter]:
    """The matters in their order. What stands before the first number (who met, and when) is none."""
    lines = [line.strip() for line in _INLINE.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    lines = [line for line in lines if line]
    top: list[_Node] = []
    path: list[_Node] = []
    for line in lines:
        kind, number, rest = _numbered(line)
        if kind == "1.1" and not number.rstrip("、．.").endswith("1") and not any(node.kind == kind for node in path):
            kind = ""  # a length or a share at the beginning of a line
        if not kind:
            if path:
                path[-1].lines.append(line)
            continue
        while any(node.kind == kind for node in path):
            path.pop()
        node = _Node(kind, number, [rest] if rest else [])
        (path[-1].inner if path else top).append(node)
        path.append(node)
    if not top:
        return [Matter("", (), line) for line in lines]
    return [matter for node in top for matter in _matters(node, ())]


def _numbered(line: str) -> tuple[str, str, str]:
    for kind, pattern in _KINDS:
        found = pattern.match(line)
        if found:
            return kind, found.group().strip(), line[found.end():].strip()
    return "", "", line


def _matters(node: _Node, under: tuple[str, ...]) -> list[Matter]:
    words = "\n".join(node.lines)
    if not node.inner:
        return [Matter(node.number, under, words)] if words else []
    heading = words.split("\n")[0].rstrip("：:。；;")
    return [matter for inner in node.inner for matter in _matters(inner, (*under, heading) if heading else under)]

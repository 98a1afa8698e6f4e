"""The row every import of areas ends in, whatever file it came from, and the rules on names."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jingwei.grids import findings as remarks
from jingwei.grids.codes import Kind, Level
from jingwei.grids.findings import Found, Remark, found

LONGEST_NAME = 100
_ODD = re.compile("[^\u0021-\u003e\u0040-\u007e\u00b7\u2160-\u2188\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")

Known = Callable[[set[str]], Mapping[str, int]]


class AreaRow(NamedTuple):
    """One area to be. `row`: its line in the file, 0 if made from the fields of others.

    `parent`: '' at the root. `wkb`: boundary, longitude first, or None.
    """

    row: int
    code: str
    name: str
    parent: str
    level: int
    kind: Kind
    wkb: bytes | None = None
    note: str = ""


@dataclass(slots=True)
class Reading:
    """What a file gave: rows with every parent before its children, and what was found on the way."""

    rows: list[AreaRow]
    findings: list[Found]

    @property
    def refused(self) -> list[Found]:
        return remarks.refused(self.findings)


class Draft(NamedTuple):
    """A row as read, before its place in the tree is known. `level`: 0 where only the parent can tell."""

    row: int
    code: str
    name: str
    parent: str
    level: int
    kind: Kind
    given_level: str = ""
    wkb: bytes | None = None
    note: str = ""


def nothing_known(codes: set[str]) -> Mapping[str, int]:
    return {}


def clean_name(text: str, row: int, findings: list[Found]) -> str | None:
    """The name without outer blanks and invisible signs, or None with a finding. Brackets stay."""
    name = text.strip()
    if name != text:
        findings.append(found(row, Remark.TRIMMED))
    if _ODD.search(name):
        name = _look_closer(name, row, findings)
    if not name:
        findings.append(found(row, Remark.NO_NAME))
        return None
    if len(name) > LONGEST_NAME:
        findings.append(found(row, Remark.LONG_NAME, length=len(name), longest=LONGEST_NAME))
        return None
    return name


def _look_closer(name: str, row: int, findings: list[Found]) -> str:
    hidden = [sign for sign in name if unicodedata.category(sign) in ("Cc", "Cf")]
    if hidden:
        name = "".join(sign for sign in name if sign not in hidden).strip()
        findings.append(found(row, Remark.HIDDEN_SIGN, signs=_points(hidden)))
    private = _PRIVATE.findall(name)
    if private:
        findings.append(found(row, Remark.PRIVATE_SIGN, signs=_points(private)))
    if "?" in name or "\ufffd" in name:
        findings.append(found(row, Remark.LOST_SIGN, name=name))
    return name


def _points(signs: Iterable[str]) -> str:
    return " ".join(f"U+{ord(sign):04X}" for sign in signs)


def without_repeats(drafts: Iterable[Draft], findings: list[Found]) -> dict[str, Draft]:
    """The first row of each code; later ones are refused, and said to be equal or different."""
    kept: dict[str, Draft] = {}
    for draft in drafts:
        first = kept.setdefault(draft.code, draft)
        if first is draft:
            continue
        remark, here, there = Remark.REPEATED, "", ""
        if first.name != draft.name:
            remark, here, there = Remark.TWO_NAMES, draft.name, first.name
        elif first.parent != draft.parent:
            remark, here, there = Remark.TWO_PARENTS, draft.parent, first.parent
        findings.append(found(draft.row, remark, code=draft.code, first=first.row, here=here, there=there))
    return kept


def arrange(drafts: dict[str, Draft], findings: list[Found], known: Known = nothing_known, *,
            top_level: int = 1, refused: frozenset[str] = frozenset()) -> list[AreaRow]:
    """Every parent before its children, siblings by code.

    `known`: the level of each code that stands outside the file. `refused`: codes whose own row was not
    taken, so that their children can be told why.
    """
    children: dict[str, list[str]] = {}
    for code, draft in drafts.items():
        children.setdefault(draft.parent, []).append(code)
    outside = known({parent for parent in children if parent and parent not in drafts})
    arranged: list[AreaRow] = []
    queue = sorted(children.get("", [])) + sorted(code for parent in outside for code in children[parent])
    levels: dict[str, int] = dict(outside)
    while queue:
        following: list[str] = []
        for code in queue:
            row = _placed(drafts[code], levels.get(drafts[code].parent, 0), top_level, findings)
            arranged.append(row)
            if code in children:
                levels[code] = row.level
                following += sorted(children[code])
        queue = following
    if len(arranged) < len(drafts):
        _explain_rest(drafts, {row.code for row in arranged}, refused, findings)
    return arranged


def _placed(draft: Draft, above: int, top_level: int, findings: list[Found]) -> AreaRow:
    """The row with its level: that of its code or the given one, as long as it lies below its parent's."""
    level = draft.level or (above + 1 if draft.parent else top_level)
    if level <= above:
        level = above + 1
        findings.append(found(draft.row, Remark.BAD_LEVEL, given=draft.level, level=level))
    elif draft.given_level and draft.given_level != str(level):
        findings.append(found(draft.row, Remark.BAD_LEVEL, given=draft.given_level, level=level))
    if draft.parent and level == Level.TOWN == draft.level and above == Level.CITY:
        findings.append(found(draft.row, Remark.SKIPS_LEVEL, parent=draft.parent))
    return AreaRow(draft.row, draft.code, draft.name, draft.parent, level, draft.kind, draft.wkb, draft.note)


def _explain_rest(drafts: dict[str, Draft], placed: set[str], refused: frozenset[str],
                  findings: list[Found]) -> None:
    for code, draft in drafts.items():
        if code in placed:
            continue
        remark = Remark.PARENT_REFUSED
        if draft.parent not in drafts and draft.parent not in refused:
            remark = Remark.NO_PARENT
        elif code in _upwards(drafts, draft.parent):
            remark = Remark.CIRCLE
        findings.append(found(draft.row, remark, parent=draft.parent))


def _upwards(drafts: dict[str, Draft], code: str) -> Iterator[str]:
    seen: set[str] = set()
    while code in drafts and code not in seen:
        seen.add(code)
        yield code
        code = drafts[code].parent

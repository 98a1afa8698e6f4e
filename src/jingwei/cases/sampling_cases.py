"""Re-checking closed cases by a sample (抽查复核): the list fixed beforehand, the draw, who may look, what the results prove. Pure.

A sample is announced: the list of closed cases it is drawn from (frame) is fixed by its digest, and so is where the seed
comes from: a secret of the installation, whose SHA-256 is told at once, or a public source still to come. Only then is
it drawn (`kernel.sampling`), so that whoever announces cannot choose, and whoever is told of the seed can draw again.
"""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from jingwei.kernel import sampling

KIND = "recheck"
POSTS = ("shift_leader", "town_officer", "evaluator", "leader")
"""Who announces, draws, hands tasks on, stops; and may look themselves. A post tied to a unit does not."""
WORKER = "supervisor"
MOST, MOST_FRAME, LONGEST_DAYS = 300, 100_000, 366

STATES = {"announced": "已公告，待抽取", "drawn": "复核中", "finished": "已完成", "stopped": "已停止"}
DEEDS = {"draw": ("抽取", ("announced",)), "stop": ("停止抽查", ("announced", "drawn"))}
WAYS = {"committed": "系统密封的种子", "public": "以后公布的公开信息"}
STRATA = {"": "不分层", "unit": "按承办单位分层", "class": "按分类分层"}

OUTCOMES = {"right": "合格", "wrong": "不合格", "unclear": "无法判断"}
REOPENED = "reopened"
OUTCOME_NAMES = {**OUTCOMES, REOPENED: "抽取前已重新打开", "": "待复核"}
MARKS = {"right": "rechecked", "wrong": "recheck_wrong"}

Key = TypeVar("Key")
Person = TypeVar("Person")


class Listed(NamedTuple):
    """A closed case in the frame, with who handled it and its class, by their codes."""

    number: str
    unit: str
    entry: str


@dataclass(frozen=True, slots=True)
class Figures:
    """`share`: right ones of those judged right or wrong. `proven`: with 95 % confidence, at least this share of all is right."""

    size: int
    right: int
    wrong: int
    unclear: int
    reopened: int
    open: int
    share: float | None
    proven: float | None


def frame_text(listed: Iterable[Listed]) -> str:
    """The list as anybody can read it: number, unit, class with tabs between, by number, a line feed between lines."""
    return "\n".join(f"{one.number}\t{one.unit}\t{one.entry}" for one in sorted(listed))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 6)


def unpacked(kept: bytes) -> str:
    return zlib.decompress(kept).decode()


def read_frame(text: str) -> list[Listed]:
    return [Listed._make(line.split("\t")) for line in text.split("\n")] if text else []


def drawn(frame: Iterable[Listed], size: int, seed: str, by: str = "") -> list[str]:
    """The numbers of the cases to look at, by number. `by`: '' | unit | class, each then has its share."""
    strata: dict[str, list[str]] = {}
    for one in frame:
        strata.setdefault(one.unit if by == "unit" else one.entry if by == "class" else "", []).append(one.number)
    return sorted(number for _, number in sampling.draw(strata, size, seed))


def handed(wanted: Sequence[tuple[Key, Sequence[Person]]]) -> dict[Key, Person | None]:
    """A person for each task out of those who may do it: whoever has the fewest so far, the first named among equals."""
    load: dict[Person, int] = {}
    found: dict[Key, Person | None] = {}
    for key, people in wanted:
        chosen = min(people, key=lambda person: load.get(person, 0), default=None)
        found[key] = chosen
        if chosen is not None:
            load[chosen] = load.get(chosen, 0) + 1
    return found


def people_in(duties: Mapping[str, Collection[str]], *more: Any) -> frozenset[str]:
    """The ids of all who had a part in a case."""
    return frozenset(str(person) for people in duties.values() for person in people) | {str(one) for one in more if one}


def figures(outcomes: Sequence[str]) -> Figures:
    """What the results say. '' counts as open."""
    right, wrong = outcomes.count("right"), outcomes.count("wrong")
    judged = right + wrong
    return Figures(len(outcomes), right, wrong, outcomes.count("unclear"), outcomes.count(REOPENED), outcomes.count(""),
                   right / judged if judged else None, sampling.lower_bound(right, judged) if judged else None)


def said(found: Figures) -> str:
    """The result in words."""
    judged = found.right + found.wrong
    if not judged:
        return f"抽取 {found.size} 件，还没有合格或不合格的结果。" if found.size else "还没有抽取。"
    words = f"抽取 {found.size} 件，判定 {judged} 件，其中 {found.right} 件合格，合格率 {sampling.percent(found.share or 0)} %。"
    words += f"按这个样本，有 95 % 的把握说，名单内全部案件的合格率不低于 {sampling.percent(found.proven or 0)} %。"
    if found.open:
        words += f"还有 {found.open} 件待复核，结果未定。"
    if found.unclear or found.reopened:
        words += f"无法判断 {found.unclear} 件、抽取前已重新打开 {found.reopened} 件不计入合格率。"
    return words


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was recomputed."""

    name: str
    holds: bool
    words: str


def proofs(announced: Mapping[str, Any], announced_at: datetime, drawing: Mapping[str, Any] | None, drawn_at: datetime | None,
           frame: str, kept: Sequence[str]) -> list[Proof]:
    """Recompute a sample from what its journal entries told, its frame and the sheet that is kept."""
    listed, count = digest(frame), len(read_frame(frame))
    found = [Proof("名单", (listed, count) == (announced["digest"], announced["population"]),
                   f"名单 {count} 件，SHA-256 为 {listed}；公告时为 {announced['population']} 件、{announced['digest']}")]
    if drawing is None or drawn_at is None:
        return found
    found.append(Proof("先公告，后抽取", announced_at <= drawn_at, f"公告 {announced_at.isoformat()}，抽取 {drawn_at.isoformat()}（均记入日志）"))
    seed = str(drawing["seed"])
    if announced["way"] == "committed":
        found.append(Proof("种子", digest(seed) == announced["commitment"],
                           f"种子的 SHA-256 为 {digest(seed)}；公告的为 {announced['commitment']}"))
    else:
        known = datetime.fromisoformat(announced["source_at"])
        found.append(Proof("种子", announced_at < known <= drawn_at,
                           f"取自“{announced['source']}”，{known.isoformat()} 起可知，公告时还没有；请对照所公布的内容：{seed}"))
    again = drawn(read_frame(frame), announced["size"], seed, announced["by"])
    found.append(Proof("抽取", again == sorted(kept), f"用种子和名单重新抽取，得到 {len(again)} 件，与抽查表"
                       + ("完全相同" if again == sorted(kept) else "不同")))
    return found

"""Proving a survey by a sample (CAT-02, AT-07): which parts to look at, and what the result proves. Pure.

The draw follows from a published seed (`kernel.sampling`). The share of right parts decides as the requirement says
(960 of 1,000 passes 96 %, 959 fails); beside it stands what the sample proves about all parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jingwei.kernel.sampling import CONFIDENCE, allotted, draw, lower_bound, percent

__all__ = ["ATTRIBUTES", "ATTRIBUTE_NAMES", "Verdict", "allotted", "draw", "judge", "lower_bound", "percent", "right"]

ATTRIBUTES = ("exists", "place", "class", "owner", "state")
"""What is looked at in the field; a part is right when every one of them is."""
ATTRIBUTE_NAMES = {"exists": "存在", "place": "位置", "class": "分类", "owner": "权属单位", "state": "状态"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`share`: of the parts looked at that are right. `proven`: with the confidence asked for, at least this share of
    all parts is right. `passes` None: not all have been looked at.
    """

    size: int
    looked_at: int
    right: int
    share: float
    proven: float
    threshold: float
    passes: bool | None
    words: str


def right(marks: Mapping[str, bool | None]) -> bool | None:
    """Whether a part is right: None while something about it is open. A part that is not there is wrong at once."""
    if marks.get("exists") is False:
        return False
    given = [marks.get(name) for name in ATTRIBUTES]
    if any(mark is False for mark in given):
        return False
    return None if any(mark is None for mark in given) else True


def judge(results: Sequence[bool | None], threshold: Fraction = Fraction(96, 100),
          confidence: float = CONFIDENCE) -> Verdict:
    """What the sample says. The plain share decides, exactly (AT-07); the bound is told beside it."""
    done = [result for result in results if result is not None]
    good = sum(done)
    passes = good >= threshold * len(results) if results and len(done) == len(results) else None
    share = good / len(done) if done else 0.0
    proven = lower_bound(good, len(done), confidence) if done else 0.0
    return Verdict(len(results), len(done), good, share, proven, float(threshold), passes,
                   _words(len(results), len(done), good, share, proven, threshold, confidence, passes))


def _words(size: int, done: int, good: int, share: float, proven: float, threshold: Fraction, confidence: float,
           passes: bool | None) -> str:
    wanted = f"{percent(float(threshold), 0)} %"
    if not size:
        return "样本里没有部件，得不出结论。"
    if passes is None:
        return f"共 {size} 个，已核对 {done} 个，其中 {good} 个正确；全部核对完才有结论（要求 {wanted}）。"
    said = f"核对 {size} 个，{good} 个正确，正确率 {percent(share)} %，"
    said += f"达到 {wanted} 的要求，通过。" if passes else f"没有达到 {wanted} 的要求，不通过。"
    said += f"按这个样本，有 {percent(confidence, 0)} % 的把握说，全部部件的正确率不低于 {percent(proven)} %"
    if passes and proven < threshold:
        said += f"；样本还不足以证明总体达到 {wanted}，要更有把握请加大样本"
    return said + "。"

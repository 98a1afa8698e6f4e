"""Proving a survey by a sample (CAT-02, AT-07): which parts to look at, and what the result proves. Pure.

The draw follows from a published seed by SHA-256 alone: whoever has the seed and the numbers can draw it again, in
any language. The share of right parts decides as the requirement says (960 of 1,000 passes 96 %, 959 fails); beside it
stands what the sample proves about all parts: the exact one-sided lower bound of Clopper and Pearson.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

CONFIDENCE = 0.95
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


def allotted(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many to draw from each class: in proportion, by largest remainders, one at least of each while n allows.

    The sum is n, or all there are. Ties fall to the lower code.
    """
    total = sum(sizes.values())
    n = min(max(n, 0), total)
    if not n:
        return dict.fromkeys(sizes, 0)
    shares = {code: Fraction(n * size, total) for code, size in sizes.items()}
    given = {code: min(sizes[code], int(share)) for code, share in shares.items()}
    if n >= sum(1 for size in sizes.values() if size):
        given = {code: max(count, 1) if sizes[code] else 0 for code, count in given.items()}
    while sum(given.values()) != n:
        more = sum(given.values()) < n
        able = [code for code in sizes if (given[code] < sizes[code] if more else given[code] > 1)]
        able = able or [code for code in sizes if given[code]]
        gap = {code: (shares[code] - given[code]) * (1 if more else -1) for code in able}
        chosen = min(able, key=lambda code: (-gap[code], code))
        given[chosen] += 1 if more else -1
    return given


def draw(numbers: Mapping[str, Iterable[str]], n: int, seed: str) -> list[tuple[str, str]]:
    """(class, number) of the parts to look at, by class and number. `numbers`: those of each class.

    Of each class those whose SHA-256 of "seed|number" is lowest.
    """
    held = {code: sorted(set(own)) for code, own in numbers.items()}
    counts = allotted({code: len(own) for code, own in held.items()}, n)
    found = []
    for code in sorted(held):
        ranked = sorted(held[code], key=lambda number: (rank(seed, number), number))
        found += [(code, number) for number in sorted(ranked[:counts[code]])]
    return found


def rank(seed: str, number: str) -> str:
    return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()


def right(marks: Mapping[str, bool | None]) -> bool | None:
    """Whether a part is right: None while something about it is open. A part that is not there is wrong at once."""
    if marks.get("exists") is False:
        return False
    given = [marks.get(name) for name in ATTRIBUTES]
    if any(mark is False for mark in given):
        return False
    return None if any(mark is None for mark in given) else True


def lower_bound(right_ones: int, n: int, confidence: float = CONFIDENCE) -> float:
    """The exact one-sided lower bound of Clopper and Pearson: the share p at which `right_ones` or more of n would
    come about with probability 1 - confidence. 0 where none is right.
    """
    if not 0 <= right_ones <= n or not 0 < confidence < 1:
        raise ValueError(f"{right_ones} of {n}")
    if right_ones == 0:
        return 0.0
    alpha, low, high = 1 - confidence, 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_least(right_ones, n, middle) < alpha else (low, middle)
    return low


def _at_least(count: int, n: int, p: float) -> float:
    """The probability of `count` or more successes in n at p, summed over the shorter tail."""
    if p <= 0 or p >= 1:
        return 1.0 if p >= 1 or count == 0 else 0.0
    upper = n - count <= count
    terms = range(count, n + 1) if upper else range(count)
    total = math.fsum(math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
                               + k * math.log(p) + (n - k) * math.log1p(-p)) for k in terms)
    return min(1.0, total) if upper else max(0.0, 1 - total)


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


def percent(share: float, digits: int = 2) -> str:
    """A share in percent, cut, not rounded: 95.999 % is not 96.00 %."""
    scale = 10**digits
    return f"{math.floor(share * 100 * scale + 1e-9) / scale:.{digits}f}"

"""Samples that anybody can draw again, and what they prove. Pure.

A draw follows from a published seed by SHA-256 alone: whoever has the seed and the numbers repeats it, in any language.
What a sample proves about all is the exact one-sided lower bound of Clopper and Pearson.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

CONFIDENCE = 0.95


def allotted(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many to draw from each stratum: in proportion, by largest remainders, one at least of each while n allows.

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
    """(stratum, number) of what to look at, by stratum and number. `numbers`: those of each stratum.

    Of each stratum those whose SHA-256 of "seed|number" is lowest.
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


def percent(share: float, digits: int = 2) -> str:
    """A share in percent, cut, not rounded: 95.999 % is not 96.00 %."""
    scale = 10**digits
    return f"{math.floor(share * 100 * scale + 1e-9) / scale:.{digits}f}"

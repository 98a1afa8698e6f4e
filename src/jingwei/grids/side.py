"""On which side of a segment a point lies, decided exactly, for many at once.

Ordinary arithmetic decides where its error cannot matter; the few that lie within that error are decided by error-free
transformations (Dekker 1971, Shewchuk 1997), and what even they leave open by fractions.
"""

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]

_EPS = 2.0 ** -53
_SURE = (3 + 16 * _EPS) * _EPS  # Shewchuk's bound for the plain formula
_SPLIT = 2.0 ** 27 + 1


def side(ax: Floats, ay: Floats, bx: Floats, by: Floats, px: Floats, py: Floats) -> Signs:
    """+1 left of the way from a to b, -1 right of it, 0 on the line through both. Arrays of one length, finite."""
    left, right = (bx - ax) * (py - ay), (by - ay) * (px - ax)
    found = left - right
    sign = np.sign(found).astype(np.int8)
    doubtful = np.flatnonzero(np.abs(found) <= _SURE * (np.abs(left) + np.abs(right)))
    if len(doubtful):
        sign[doubtful] = _closely(*(values[doubtful] for values in (ax, ay, bx, by, px, py)))
    return sign


def _closely(ax: Floats, ay: Floats, bx: Floats, by: Floats, px: Floats, py: Floats) -> Signs:
    """The same for those near the line. Differences of near numbers are exact; their products are taken in two parts."""
    (ux, ux_rest), (uy, uy_rest) = _difference(bx, ax), _difference(by, ay)
    (vx, vx_rest), (vy, vy_rest) = _difference(px, ax), _difference(py, ay)
    (left, left_rest), (right, right_rest) = _product(ux, vy), _product(uy, vx)
    high, low = left - right, left_rest - right_rest
    sign = np.sign(np.where(high == 0, low, high)).astype(np.int8)
    rest = (ux_rest != 0) | (uy_rest != 0) | (vx_rest != 0) | (vy_rest != 0)
    open_still = np.flatnonzero(rest | ((high != 0) & (np.abs(high) <= 4 * _EPS * (np.abs(left) + np.abs(right)))))
    for place in open_still.tolist():
        sign[place] = _by_fractions(*(float(values[place]) for values in (ax, ay, bx, by, px, py)))
    return sign


def _by_fractions(*numbers: float) -> int:
    ax, ay, bx, by, px, py = map(Fraction, numbers)
    found = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    return (found > 0) - (found < 0)


def _difference(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """a - b as a float and what it leaves out."""
    found = a - b
    part = a - found
    return found, (a - (found + part)) + (part - b)


def _product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """a × b as a float and what it leaves out."""
    found = a * b
    (a_high, a_low), (b_high, b_low) = _halves(a), _halves(b)
    rest: Any = a_low * b_low - (((found - a_high * b_high) - a_low * b_high) - a_high * b_low)
    return found, rest


def _halves(a: Floats) -> tuple[Floats, Floats]:
    large = _SPLIT * a
    high = large - (large - a)
    return high, a - high

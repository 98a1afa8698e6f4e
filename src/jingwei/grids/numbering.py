"""Unit codes inside one community: from west to east, from north to south (GB/T 30428.1; CJ/T 213 "left to right, top to
bottom"). A code once given is never given again; who had one keeps it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from jingwei.grids.errors import GridError
from jingwei.kernel.errors import Refusal

_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Format:
    """How a unit's code is made: the community's, then so many digits counted from 1. The national form has three."""

    digits: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.digits <= _MOST_DIGITS:
            raise ValueError(f"1 to {_MOST_DIGITS} digits")

    @property
    def last(self) -> int:
        return int(10 ** self.digits) - 1

    def code(self, community: str, sequence: int) -> str:
        return f"{community}{sequence:0{self.digits}d}"


NATIONAL = Format()


def reading_order(spots: Sequence[Sequence[float]], height: float) -> list[int]:
    """The places of spots (x east, y north) row by row from the north, each row from the west.

    A row is as high as `height`, in the unit of the spots (as a rule the side of a middling unit): what lies lower than
    that below the row's northernmost begins the next.
    """
    rows: list[list[int]] = []
    top = 0.0
    for place in sorted(range(len(spots)), key=lambda each: (-spots[each][1], spots[each][0], each)):
        if not rows or top - spots[place][1] >= height:
            rows.append([])
            top = spots[place][1]
        rows[-1].append(place)
    return [place for row in rows for place in sorted(row, key=lambda each: (spots[each][0], -spots[each][1], each))]


def numbered(community: str, spots: Sequence[Sequence[float]], height: float, *, kept: Mapping[int, str] | None = None,
             used: Collection[str] = (), form: Format = NATIONAL) -> list[str]:
    """A code for every spot. `kept`: place → the code it has already; `used`: all codes ever given here, void ones too.

    Refuses where the community has more units than its numbers reach (three digits: 999), with how many are missing.
    """
    kept = kept or {}
    taken = {*used, *kept.values()}
    free = (code for sequence in range(1, form.last + 1) if (code := form.code(community, sequence)) not in taken)
    codes = dict(kept)
    for place in reading_order(spots, height):
        if place not in codes:
            code = next(free, "")
            if not code:
                raise Refusal(GridError.CODES_EXHAUSTED, community=community)
            codes[place] = code
    return [codes[place] for place in range(len(spots))]

"""Map tiles as a tree of squares (Web Mercator), each with a number such that all below one lie in one range.

A shape is filed under the smallest tile that holds its box. What a tile shows is then found by one range of an
ordinary index (what lies within it) and a few single numbers (what is larger than it): no spatial index needed.
"""

import math

DEEPEST = 16  # tiles of some 500 m; maps draw finer ones from these
_SIDE = 1 << DEEPEST
_NORTHERNMOST = 85.0511287798066


def home(west: float, south: float, east: float, north: float) -> int:
    """The number of the smallest tile that holds a box in degrees."""
    left, top = _column(west), _row(north)
    right, bottom = _column(east), _row(south)
    up = max((left ^ right).bit_length(), (top ^ bottom).bit_length())
    return number(DEEPEST - up, left >> up, top >> up)


def number(z: int, x: int, y: int) -> int:
    """The place of a tile when the tree is walked from its root, each tile before the four below it."""
    found = 0
    for level in range(1, z + 1):
        quarter = (x >> (z - level) & 1) + 2 * (y >> (z - level) & 1)
        found += 1 + quarter * _size(level)
    return found


def within(z: int, x: int, y: int) -> tuple[int, int]:
    """The numbers of a tile and of all below it, first and last."""
    first = number(z, x, y)
    return first, first + _size(z) - 1


def above(z: int, x: int, y: int) -> list[int]:
    """The numbers of the tiles that hold a tile, the root first."""
    return [number(level, x >> (z - level), y >> (z - level)) for level in range(z)]


def numbers(west: float, south: float, east: float, north: float) -> tuple[list[tuple[int, int]], list[int]]:
    """Where to look for what meets a box: ranges of numbers (of four tiles at the most), and single numbers above them.

    The tiles are as large as the box, so that one over a border of large tiles does not lead to the root.
    """
    left, right, top, bottom = _column(west), _column(east), _row(north), _row(south)
    up = max(right - left, bottom - top).bit_length()
    z = max(DEEPEST - up, 0)
    tiles = {(z, x >> up, y >> up) for x in (left, right) for y in (top, bottom)} if z else {(0, 0, 0)}
    return sorted(within(*tile) for tile in tiles), sorted({number for tile in tiles for number in above(*tile)})


def exists(z: int, x: int, y: int) -> bool:
    return 0 <= z <= DEEPEST and 0 <= x < 1 << z and 0 <= y < 1 << z


def box(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a tile in degrees."""
    side = 1 << z
    return x / side * 360 - 180, _latitude((y + 1) / side), (x + 1) / side * 360 - 180, _latitude(y / side)


def zoom_for(size: float, pixels: float) -> int:
    """The zoom at which `size` degrees of longitude measure so many pixels (tiles of 512)."""
    if size <= 0:
        return DEEPEST
    return max(0, min(DEEPEST, math.ceil(math.log2(pixels * 360 / 512 / size))))


def _size(z: int) -> int:
    """How many tiles a tile of zoom z and all below it are."""
    return int((4 ** (DEEPEST - z + 1) - 1) // 3)


def _column(lon: float) -> int:
    return max(0, min(_SIDE - 1, math.floor((lon + 180) / 360 * _SIDE)))


def _row(lat: float) -> int:
    lat = max(-_NORTHERNMOST, min(_NORTHERNMOST, lat))
    turned = math.asinh(math.tan(math.radians(lat)))
    return max(0, min(_SIDE - 1, math.floor((0.5 - turned / (2 * math.pi)) * _SIDE)))


def _latitude(share: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * share))))

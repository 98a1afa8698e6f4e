"""The `cell`: one integer for a patch of about 100 m, on every row with a point. Arithmetic only.

    row  = floor((lat + 90) * 1100)    198,000 rows from the South Pole, 1/1100 degree = 101 m each
    col  = floor((lon + 180) * 1000)   360,000 columns from 180 W, 1/1000 degree = 111 m * cos(latitude) each
    cell = row * 360000 + col          at most 71,279,999,999: a bigint, exact in a float64 and in JavaScript

In China (18-54 N) a cell is 101 m by 106 to 65 m. The north pole belongs to the last row, 180 E to column 0.
Two points there closer than 65 m lie in the same cell or in neighbours; for other distances `cells_around`.
"""

from math import cos, floor, isfinite, radians

ROWS_PER_DEGREE = 1100
COLUMNS_PER_DEGREE = 1000
ROWS = 180 * ROWS_PER_DEGREE
COLUMNS = 360 * COLUMNS_PER_DEGREE
METRES_PER_DEGREE = 110_574.0  # the shortest degree on the ellipsoid, so that a search never falls short


def cell_of(lon: float, lat: float) -> int:
    """The cell of a point in degrees. Raises ValueError outside [-180, 180] x [-90, 90]."""
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"not a place on earth: {lon}, {lat}")
    row = min(floor((lat + 90) * ROWS_PER_DEGREE), ROWS - 1)
    return row * COLUMNS + floor((lon + 180) * COLUMNS_PER_DEGREE) % COLUMNS


def corner(cell: int) -> tuple[float, float]:
    """Longitude and latitude of the south-west corner."""
    row, column = divmod(_known(cell), COLUMNS)
    return column / COLUMNS_PER_DEGREE - 180, row / ROWS_PER_DEGREE - 90


def neighbours(cell: int) -> list[int]:
    """The cells that touch this one, west to east, south to north, itself left out: 8, at the poles 5."""
    row, column = divmod(_known(cell), COLUMNS)
    return [
        r * COLUMNS + c % COLUMNS
        for r in range(max(row - 1, 0), min(row + 2, ROWS))
        for c in range(column - 1, column + 2)
        if (r, c) != (row, column)
    ]


def cells_around(lon: float, lat: float, metres: float) -> list[int]:
    """Every cell that may hold a point within `metres`, row by row. Meant for up to a few kilometres.

    The answer covers the circle's bounding box: compare true distances afterwards.
    """
    cell_of(lon, lat)
    high = metres / METRES_PER_DEGREE
    south, north = max(lat - high, -90.0), min(lat + high, 90.0)
    shrink = cos(radians(max(abs(south), abs(north))))
    wide = min(high / shrink, 180.0) if shrink > 1e-9 else 180.0
    first = floor((lon - wide + 180) * COLUMNS_PER_DEGREE)
    last = min(floor((lon + wide + 180) * COLUMNS_PER_DEGREE), first + COLUMNS - 1)
    lowest = floor((south + 90) * ROWS_PER_DEGREE)
    highest = min(floor((north + 90) * ROWS_PER_DEGREE), ROWS - 1)
    return [row * COLUMNS + column % COLUMNS
            for row in range(lowest, highest + 1) for column in range(first, last + 1)]


def _known(cell: int) -> int:
    if not 0 <= cell < ROWS * COLUMNS:
        raise ValueError(f"no such cell: {cell}")
    return cell

"""Vector tiles out: layers of shapes with properties as the bytes of the Mapbox Vector Tile specification 2.1.

Written from the specification, some hundred lines: the package that does this pins an old protobuf and walks
every polygon in Python with another library beside shapely.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from jingwei.formats import tile_shapes
from jingwei.formats.tile_shapes import EXTENT, Ring

if TYPE_CHECKING:
    from jingwei.formats.tile_shapes import Shapes

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"

Value = str | int | float | bool
_POINT, _LINE, _POLYGON = 1, 2, 3
_MOVE, _DRAW, _CLOSE = 1, 2, 7


class TileLayer:
    """One layer of tile (z, x, y). Shapes are added in portions; only their bytes are kept."""

    def __init__(self, name: str, z: int, x: int, y: int, *, tolerance: float = 0.0) -> None:
        self.name, self.address, self.tolerance = name, (z, x, y), tolerance
        self.count = 0
        self._features = bytearray()
        self._keys: dict[str, int] = {}
        self._values: dict[tuple[type, Value], int] = {}

    def add(self, shapes: "Shapes", properties: Sequence[Mapping[str, Value]], ids: Sequence[int] | None = None) -> None:
        """Lines and surfaces in degrees. What does not reach the tile, or is too small for it, is left out."""
        placed = tile_shapes.on_tile(shapes, *self.address, tolerance=self.tolerance)
        surfaces, lines = tile_shapes.polygons(placed), tile_shapes.lines(placed)
        for index, told in enumerate(properties):
            if surfaces[index]:
                rings = [ring for polygon in surfaces[index] for ring in polygon]
                self._put(_POLYGON, drawn(rings, close=True), told, ids[index] if ids else None)
            if lines[index]:
                self._put(_LINE, drawn(lines[index]), told, ids[index] if ids else None)

    def add_points(self, points: "Shapes", properties: Sequence[Mapping[str, Value]],
                   ids: Sequence[int] | None = None) -> None:
        """Points in degrees; each lies in one tile only."""
        import numpy as np
        import shapely

        places = np.floor(shapely.get_coordinates(tile_shapes.projected(points, *self.address))).astype(int).tolist()
        for index, (right, down) in enumerate(places):
            if 0 <= right < EXTENT and 0 <= down < EXTENT:
                self._put(_POINT, [_MOVE | 1 << 3, zigzag(right), zigzag(down)], properties[index],
                          ids[index] if ids else None)

    def _put(self, kind: int, geometry: list[int], properties: Mapping[str, Value], identifier: int | None) -> None:
        tags: list[int] = []
        for key, value in properties.items():
            tags.append(self._keys.setdefault(key, len(self._keys)))
            tags.append(self._values.setdefault((type(value), value), len(self._values)))
        feature = b"" if identifier is None else _number(1, identifier)
        feature += _packed(2, tags) + _number(3, kind) + _packed(4, geometry)
        self._features += _bytes(2, feature)
        self.count += 1

    def encoded(self) -> bytes:
        if not self.count:
            return b""
        parts = [_number(15, 2), _bytes(1, self.name.encode()), bytes(self._features)]
        parts += [_bytes(3, key.encode()) for key in self._keys]
        parts += [_bytes(4, _value(value)) for _, value in self._values]
        return _bytes(3, b"".join([*parts, _number(5, EXTENT)]))


def tile(layers: Iterable[TileLayer]) -> bytes:
    """The bytes of a tile; none at all where nothing lies in it."""
    return b"".join(layer.encoded() for layer in layers)


def drawn(runs: Iterable[Ring], *, close: bool = False) -> list[int]:
    """Rings or lines as commands with steps from the place before."""
    commands: list[int] = []
    x = y = 0
    for run in runs:
        for index, (right, down) in enumerate(run):
            if index == 0:
                commands.append(_MOVE | 1 << 3)
            elif index == 1:
                commands.append(_DRAW | len(run) - 1 << 3)
            commands += (zigzag(right - x), zigzag(down - y))
            x, y = right, down
        if close:
            commands.append(_CLOSE | 1 << 3)
    return commands


def zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _value(value: Value) -> bytes:
    import struct

    if isinstance(value, bool):
        return _number(7, int(value))
    if isinstance(value, int):
        return _number(5, value) if value >= 0 else _number(6, zigzag(value))
    if isinstance(value, float):
        return bytes([3 << 3 | 1]) + struct.pack("<d", value)
    return _bytes(1, value.encode())


def _packed(field: int, numbers: list[int]) -> bytes:
    return _bytes(field, _varints(numbers)) if numbers else b""


def _bytes(field: int, data: bytes) -> bytes:
    return _varints([field << 3 | 2, len(data)]) + data


def _number(field: int, value: int) -> bytes:
    return _varints([field << 3, value])


def _varints(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for value in numbers:
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        out.append(value)
    return bytes(out)



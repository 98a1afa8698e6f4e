"""Point → area. One index per plan version, built from polygons, kept in one file that processes share.

Rule of the answer: the deepest level that holds the point wins; within a level a border belongs to both
sides, so the lowest code (by code point) wins and the answer names the others. A point nowhere gets None.
"Holds" is `shapely.covers`: inside or on the border, in the plane of longitude and latitude.
"""

import json
import os
import struct
import tempfile
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

NOWHERE = -1
_MAGIC = b"JWLOCATE"
_FORMAT = 1
_ALIGN = 64
_CHUNK = 50_000
_PREPARED_FROM = 100  # corners: from here on a prepared polygon answers many points faster than a plain one
_HEAVY_FROM = 1000    # corners: from here on it does so for a single point, too

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shape:
    """One area to be found. `level`: deeper is larger. `wkb`: Polygon or MultiPolygon, longitude first."""

    id: int
    code: str
    level: int
    wkb: bytes


class Hit(NamedTuple):
    """The area a point lies in, and the others of that level that hold it too (a border or an overlap)."""

    id: int
    level: int
    also: tuple[int, ...] = ()

    @property
    def shared(self) -> bool:
        return bool(self.also)


class Layer:
    """The polygons of one level, in the order of their codes."""

    def __init__(self, level: int, ids: Ids, geometries: NDArray[Any]) -> None:
        self.level = level
        self.ids = ids
        self._geometries = geometries
        corners = shapely.get_num_coordinates(geometries)
        shapely.prepare(geometries[corners >= _PREPARED_FROM])
        self._heavy = bool(corners.max() >= _HEAVY_FROM)
        self._tree = shapely.STRtree(geometries)
        # A prepared polygon builds its inner index at its first question; two threads must not do so at once.
        self._lock = threading.Lock()

    def holding(self, lon: float, lat: float) -> list[int]:
        """The ids that hold one point, lowest code first."""
        point = shapely.Point(lon, lat)  # three times as fast as shapely.points for a single one
        if self._heavy:
            near = self._tree.query(point)
            with self._lock:
                near = near[shapely.intersects_xy(self._geometries[near], lon, lat)]
        else:
            near = self._tree.query(point, predicate="intersects")
        if len(near) == 1:
            return [int(self.ids[near[0]])]
        near.sort()
        found: list[int] = self.ids[near].tolist()
        return found

    def first_holding(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Ids:
        """For each point the id of the lowest code that holds it, or NOWHERE."""
        points, near = self._tree.query(shapely.points(lon, lat))
        order = np.argsort(near, kind="stable")  # one polygon's points together: its prepared form stays warm
        points, near = points[order], near[order]
        with self._lock:
            held = shapely.intersects_xy(self._geometries[near], lon[points], lat[points])
        lowest = np.full(len(lon), len(self.ids), dtype=np.int64)
        np.minimum.at(lowest, points[held], near[held])
        found = np.full(len(lon), NOWHERE, dtype=np.int64)
        inside = lowest < len(self.ids)
        found[inside] = self.ids[lowest[inside]]
        return found


class Index:
    """All areas of one plan version. Make one with `build` or `load`; safe to share between threads."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._layers = [*_layers(arrays)]

    def __len__(self) -> int:
        return len(self._arrays["ids"])

    @classmethod
    def build(cls, rows: Iterable[Shape]) -> Self:
        """Build from rows in any order. Raises shapely.errors.ShapelyError where a WKB cannot be read."""
        ordered = sorted(rows, key=lambda row: (-row.level, row.code))
        geometries = shapely.force_2d(shapely.from_wkb([row.wkb for row in ordered]))
        kept = np.isin(shapely.get_type_id(geometries), (3, 6)) & ~shapely.is_empty(geometries)
        # Ragged arrays need one kind of geometry: everything becomes a MultiPolygon.
        if kept.any():
            _, points, (rings, polygons, areas) = shapely.to_ragged_array(_as_multi(geometries[kept]))
        else:
            points, rings, polygons, areas = np.empty((0, 2)), np.zeros(1), np.zeros(1), np.zeros(1)
        return cls({
            "ids": np.array([row.id for row in ordered], dtype=np.int64)[kept],
            "levels": np.array([row.level for row in ordered], dtype=np.int64)[kept],
            "points": np.ascontiguousarray(points, dtype=np.float64),
            "rings": rings.astype(np.int64),
            "polygons": polygons.astype(np.int64),
            "areas": areas.astype(np.int64),
        })

    def one(self, lon: float, lat: float, *, skip: Collection[int] = ()) -> Hit | None:
        """The area that holds the point (degrees), by the rule above. `skip`: ids that do not count today."""
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # false for not-a-number, too
            return None
        for layer in self._layers:
            ids = layer.holding(lon, lat)
            if skip:
                ids = [identifier for identifier in ids if identifier not in skip]
            if ids:
                return Hit(ids[0], layer.level, tuple(ids[1:]))
        return None

    def many(self, lon: ArrayLike, lat: ArrayLike, *, skip: Collection[int] = ()) -> Ids:
        """Ids for arrays of points of equal length, NOWHERE (-1) where none holds the point."""
        x, y = np.asarray(lon, dtype=np.float64).ravel(), np.asarray(lat, dtype=np.float64).ravel()
        if len(x) != len(y):
            raise ValueError("as many longitudes as latitudes")
        found = np.full(len(x), NOWHERE, dtype=np.int64)
        usable = np.flatnonzero((np.abs(x) <= 180) & (np.abs(y) <= 90))
        for start in range(0, len(usable), _CHUNK):
            self._fill(found, x, y, usable[start:start + _CHUNK])
        for wrong in [identifier for identifier in np.unique(found).tolist() if identifier in skip]:
            for place in np.flatnonzero(found == wrong).tolist():
                hit = self.one(float(x[place]), float(y[place]), skip=skip)
                found[place] = hit.id if hit else NOWHERE
        return found

    def _fill(self, found: Ids, x: NDArray[np.float64], y: NDArray[np.float64], places: Ids) -> None:
        for layer in self._layers:
            if not len(places):
                return
            found[places] = layer.first_holding(x[places], y[places])
            places = places[found[places] == NOWHERE]

    def save(self, folder: Path, key: str) -> Path:
        """Write the file of this key; readers see the old file or the whole new one, never a part."""
        folder.mkdir(parents=True, exist_ok=True)
        target = file_of(folder, key)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                _write(out, key, self._arrays)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return target

    @classmethod
    def load(cls, folder: Path, key: str) -> Self | None:
        """The index of this key, its arrays mapped from the file; None where that is absent or not whole."""
        try:
            arrays = _read(file_of(folder, key), key)
        except (OSError, ValueError, KeyError, struct.error):
            return None
        return cls(arrays)


def file_of(folder: Path, key: str) -> Path:
    """Where the index of a key lies. A key is made of letters, digits, '-' and '_'."""
    if not key or not all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in key):
        raise ValueError(f"not a key: {key!r}")
    return folder / f"{key}.locate"


def _as_multi(geometries: NDArray[Any]) -> NDArray[Any]:
    single = np.flatnonzero(shapely.get_type_id(geometries) == 3)
    whole = geometries.copy()
    whole[single] = shapely.multipolygons(geometries[single], indices=np.arange(len(single)))
    return whole


def _layers(arrays: dict[str, NDArray[Any]]) -> Iterable[Layer]:
    if not len(arrays["ids"]):
        return
    offsets = tuple(np.asarray(arrays[name]) for name in ("rings", "polygons", "areas"))
    points = np.asarray(arrays["points"])
    geometries = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, points, offsets)
    single = shapely.get_num_geometries(geometries) == 1
    geometries[single] = shapely.get_geometry(geometries[single], 0)
    levels = np.asarray(arrays["levels"])
    for level in np.unique(levels)[::-1].tolist():
        chosen = levels == level
        yield Layer(level, np.asarray(arrays["ids"])[chosen], geometries[chosen])


def _write(out: Any, key: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Magic, length of the table, table as JSON, then each array at a multiple of 64 bytes."""
    table: dict[str, Any] = {"format": _FORMAT, "key": key, "arrays": {}}
    offset = 0
    for name, values in arrays.items():
        table["arrays"][name] = [values.dtype.str, list(values.shape), offset]
        offset += -(-values.nbytes // _ALIGN) * _ALIGN
    table["bytes"] = offset
    head = json.dumps(table).encode()
    out.write(_MAGIC + struct.pack("<Q", len(head)) + head)
    out.write(b"\0" * (-out.tell() % _ALIGN))
    for values in arrays.values():
        out.write(values.tobytes())
        out.write(b"\0" * (-values.nbytes % _ALIGN))


def _read(path: Path, key: str) -> dict[str, NDArray[Any]]:
    with path.open("rb") as source:
        if source.read(8) != _MAGIC:
            raise ValueError("not an index file")
        (length,) = struct.unpack("<Q", source.read(8))
        if length > path.stat().st_size:
            raise ValueError("not whole")
        table = json.loads(source.read(length))
        start = -(-source.tell() // _ALIGN) * _ALIGN
    if table["format"] != _FORMAT or table["key"] != key or path.stat().st_size != start + table["bytes"]:
        raise ValueError("of another format or key, or not whole")
    arrays: dict[str, NDArray[Any]] = {}
    for name, (kind, shape, offset) in table["arrays"].items():
        empty = 0 in shape
        arrays[name] = (np.empty(shape, dtype=kind) if empty else
                        np.memmap(path, dtype=kind, mode="r", offset=start + offset, shape=tuple(shape)))
    return arrays

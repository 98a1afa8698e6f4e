"""Point → area. One index per plan version, built from polygons, kept in one file that processes share.

Rule of the answer: the deepest level that holds the point wins; within a level a border belongs to both
sides, so the lowest code (by code point) wins and the answer names the others. A point nowhere gets None.
"Holds" is `shapely.covers`: inside or on the border, in the plane of longitude and latitude.
"""

import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from jingwei.grids import array_file
from jingwei.grids.lattice import Lattice
from jingwei.grids.lattice_building import NOWHERE
from jingwei.kernel.errors import Refusal

_CHUNK = 50_000
_LATTICE_FROM = 20_000  # points asked for, …
_LATTICE_PAYS = 4       # … and as many for each area: from then on laying a lattice costs less than it saves
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
    """The polygons of one level, in the order of their codes.

    Single points are looked up in a tree; of many, the first in the tree, too, the rest in a lattice (`lattice_file`:
    where it is kept, if anywhere).
    """

    def __init__(self, level: int, ids: Ids, geometries: NDArray[Any], lattice_file: Path | None = None) -> None:
        self.level = level
        self.ids = ids
        self._geometries = geometries
        corners = shapely.get_num_coordinates(geometries)
        shapely.prepare(geometries[corners >= _PREPARED_FROM])
        self._heavy = bool(corners.max() >= _HEAVY_FROM)
        self._tree = shapely.STRtree(geometries)
        # A prepared polygon builds its inner index at its first question; two threads must not do so at once.
        self._lock = threading.Lock()
        self._file = lattice_file
        self._asked = 0
        self._lattice = _kept_lattice(lattice_file)

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
        self._asked += len(lon)
        if self._lattice is None and self._asked >= max(_LATTICE_FROM, _LATTICE_PAYS * len(self.ids)):
            self._lay_lattice()
        if self._lattice is None:
            return self._by_tree(lon, lat)
        place = self._lattice.first_holding(lon, lat)
        return np.where(place == NOWHERE, NOWHERE, self.ids[place])

    def _lay_lattice(self) -> None:
        """Once, and kept for the other processes. Where the disk is full this process has it alone."""
        with self._lock:
            if self._lattice is not None or not shapely.is_valid(self._geometries).all():
                return
            lattice = Lattice.build(self._geometries)
            if self._file:
                with suppress(OSError, Refusal):
                    array_file.write(self._file, self._file.name, lattice.arrays)
            self._lattice = lattice

    def _by_tree(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Ids:
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

    def __init__(self, arrays: dict[str, NDArray[Any]], kept: Path | None = None) -> None:
        self._arrays = arrays
        self._layers = [*_layers(arrays, kept)]

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
        target = file_of(folder, key)
        array_file.write(target, key, self._arrays)
        return target

    @classmethod
    def load(cls, folder: Path, key: str) -> Self | None:
        """The index of this key, its arrays mapped from the file; None where that is absent or not whole."""
        path = file_of(folder, key)
        arrays = array_file.read(path, key)
        return cls(arrays, path) if arrays else None


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


def _kept_lattice(path: Path | None) -> Lattice | None:
    arrays = array_file.read(path, path.name) if path else None
    return Lattice(arrays) if arrays else None


def _layers(arrays: dict[str, NDArray[Any]], kept: Path | None) -> Iterable[Layer]:
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
        lattice_file = kept.with_suffix(f".{level}.lattice") if kept else None
        yield Layer(level, np.asarray(arrays["ids"])[chosen], geometries[chosen], lattice_file)

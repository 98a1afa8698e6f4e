"""Many points at once: the lattice answers as `shapely.covers` does, borders and corners included."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from jingwei.grids import lattice, locate
from jingwei.grids.lattice import NOWHERE, Lattice
from jingwei.grids.locate import Index, Shape
from jingwei.grids.side import side
from jingwei.kernel.errors import KernelError, Refusal

SMALL = st.integers(-6, 6).map(float)
NEAR = st.one_of(SMALL, st.floats(-6, 6), st.sampled_from([0.1, 0.2, 0.3, 1 / 3, 1e-17, np.nextafter(1, 2), 1e15]))


@given(st.lists(st.tuples(NEAR, NEAR, NEAR, NEAR, NEAR, NEAR), min_size=1, max_size=20))
def test_the_side_is_exact(rows: list[tuple[float, ...]]) -> None:
    found = side(*(np.array(column) for column in zip(*rows, strict=True)))
    for row, sign in zip(rows, found.tolist(), strict=True):
        ax, ay, bx, by, px, py = map(Fraction, row)
        exact = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
        assert sign == (exact > 0) - (exact < 0)


def plainly(areas: NDArray[Any], x: NDArray[np.float64], y: NDArray[np.float64]) -> list[int]:
    """The rule in its plainest form: the first area that covers the point."""
    held = np.array([shapely.covers(area, shapely.points(x, y)) for area in areas])
    return np.where(held.any(axis=0), held.argmax(axis=0), NOWHERE).tolist()  # type: ignore[no-any-return]


def asked(areas: NDArray[Any], seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points anywhere and outside, corners, middles of sides, and the neighbours of corners in floating point."""
    draw = np.random.default_rng(seed)
    corners = shapely.get_coordinates(areas)
    west, south, east, north = shapely.total_bounds(areas)
    anywhere = draw.uniform((west - 1, south - 1), (east + 1, north + 1), (200, 2))
    points = np.concatenate([anywhere, corners, (corners[1:] + corners[:-1]) / 2, np.nextafter(corners, np.inf),
                             np.column_stack([corners[:, 0], np.roll(corners[:, 1], 1)])])
    return points[:, 0], points[:, 1]


@given(corners=st.lists(st.tuples(SMALL, SMALL), min_size=4, max_size=14, unique=True), seed=st.integers(0, 99),
       cells=st.sampled_from([1, 7, 60, 900]))
def test_areas_on_whole_numbers_where_everything_meets(corners: list[tuple[float, float]], seed: int, cells: int) -> None:
    """Triangles over one another, with shared corners, sides in line, and the extent of all as a ring around them."""
    triangles = [shapely.Polygon(corners[at:at + 3]) for at in range(len(corners) - 2)]
    ring = shapely.Polygon(shapely.box(-8, -8, 8, 8).exterior, [shapely.box(-7, -7, 7, 7).exterior])
    areas = np.array([area for area in triangles if area.area > 0] + [ring])
    x, y = asked(areas, seed)
    found = Lattice(lattice.build(areas, cells=cells)).first_holding(x, y)
    assert found.tolist() == plainly(areas, x, y)


@given(seed=st.integers(0, 10_000), many=st.integers(2, 60), scale=st.sampled_from([1.0, 1e-4, 1e5]))
def test_cells_of_a_network_with_holes_and_exclaves(seed: int, many: int, scale: float) -> None:
    draw = np.random.default_rng(seed)
    sites = shapely.multipoints(draw.uniform(0, 1, (many, 2)) * scale + 113)
    pieces = shapely.get_parts(shapely.voronoi_polygons(sites))
    groups = draw.integers(0, max(2, many // 3), len(pieces))
    merged = [shapely.union_all(pieces[groups == group]) for group in np.unique(groups)]
    areas = np.array([area for area in merged if area.is_valid])
    x, y = asked(areas, seed)
    assert Lattice.build(areas).first_holding(x, y).tolist() == plainly(areas, x, y)


def test_many_areas_over_one_another_do_not_fill_the_memory() -> None:
    areas = np.array([shapely.box(0, 0, 1 + step / 4000, 1) for step in range(4000)])
    arrays = lattice.build(areas, cells=400_000)
    assert arrays["cells"].size < 20_000
    assert Lattice(arrays).first_holding(np.array([0.5, 1.5, 2.5]), np.array([0.5, 0.5, 0.5])).tolist() == [0, 2000, NOWHERE]


def squares(side_by_side: int) -> list[Shape]:
    return [Shape(column * side_by_side + row + 1, f"{column:03d}{row:03d}", 7,
                  shapely.to_wkb(shapely.box(column, row, column + 1, row + 1)))
            for column in range(side_by_side) for row in range(side_by_side)]


def test_it_is_laid_once_enough_was_asked_and_kept_for_the_other_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "_LATTICE_FROM", 1000)
    Index.build(squares(12)).save(tmp_path, "base-1")
    draw = np.random.default_rng(5)
    x, y = draw.integers(-1, 26, 600) / 2, draw.integers(-1, 26, 600) / 2
    index = Index.load(tmp_path, "base-1")
    assert index is not None
    by_tree = index.many(x, y)
    assert [path.name for path in tmp_path.iterdir()] == ["base-1.locate"]
    assert (index.many(x, y) == by_tree).all()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base-1.7.lattice", "base-1.locate"]
    monkeypatch.setattr(Lattice, "build", None)  # another process lays none: it maps the file
    other = Index.load(tmp_path, "base-1")
    assert other is not None
    assert (other.many(x, y) == by_tree).all()
    assert isinstance(other._layers[0]._lattice.arrays["cells"], np.memmap)  # type: ignore[union-attr]


@pytest.mark.parametrize("problem", [OSError(5, "Input/output error"), Refusal(KernelError.FULL)])
def test_a_full_disk_does_not_stop_the_answer(problem: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "_LATTICE_FROM", 1)
    Index.build(squares(2)).save(tmp_path, "base-1")
    index = Index.load(tmp_path, "base-1")
    assert index is not None

    def full(*_: object) -> None:
        raise problem

    monkeypatch.setattr(locate.array_file, "write", full)
    assert index.many([0.5] * 20, [1.0] * 20).tolist() == [1] * 20
    assert len(list(tmp_path.iterdir())) == 1


def test_areas_that_cross_themselves_stay_with_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "_LATTICE_FROM", 1)
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    index = Index.build([Shape(1, "A", 7, shapely.to_wkb(bow))])
    assert index.many([0.1] * 9, [1.0] * 9).tolist() == [1] * 9
    assert index._layers[0]._lattice is None

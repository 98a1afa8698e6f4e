"""Snap rounding, held against shapely."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.grids.partition.noding import node, stays_noded
from jingwei.grids.partition.tracing import bridges, trace

place = st.integers(0, 60)
segment = st.tuples(place, place, place, place).filter(lambda s: s[:2] != s[2:])


@given(st.lists(segment, min_size=1, max_size=25))
@settings(max_examples=150, deadline=None)
def test_after_noding_no_line_crosses_another(segments: list) -> None:
    lines = np.array(segments, dtype=np.float64)
    points, edges, _ = node(lines, np.ones(len(lines), np.int64))
    places = points.astype(np.float64)
    assert stays_noded(places[edges].reshape(-1, 4))
    drawn = shapely.linestrings(places[edges])
    assert len(shapely.get_parts(shapely.union_all(drawn))) == len(edges)
    # every line is still there, but for the rounding
    assert shapely.hausdorff_distance(shapely.union_all(drawn), shapely.multilinestrings(lines.reshape(-1, 2, 2))) <= 0.7072


@given(st.lists(segment, min_size=3, max_size=25))
@settings(max_examples=150, deadline=None)
def test_faces_are_those_that_shapely_finds(segments: list) -> None:
    lines = np.array(segments, dtype=np.float64)
    noded = node(lines, np.ones(len(lines), np.int64))
    network = trace(*noded)
    theirs = shapely.get_parts(shapely.polygonize(list(shapely.linestrings(noded[0].astype(np.float64)[noded[1]]))))
    shells = shapely.area(shapely.polygons(shapely.get_exterior_ring(theirs))) if len(theirs) else np.empty(0)
    if len(network.outlines) <= 1:
        assert np.allclose(np.sort(network.areas), np.sort(shells))
    assert (network.areas > 0).all()


def test_an_island_of_lines_is_tied_to_what_is_around_it() -> None:
    outer = [(0, 0, 100, 0), (100, 0, 100, 100), (100, 100, 0, 100), (0, 100, 0, 0)]
    inner = [(40, 40, 60, 40), (60, 40, 60, 60), (60, 60, 40, 60), (40, 60, 40, 40)]
    lines = np.array(outer + inner, np.float64)
    network = trace(*node(lines, np.ones(8, np.int64)))
    assert len(network.outlines) == 2
    tied = bridges(network)
    assert len(tied) == 2
    whole = trace(*node(np.concatenate((lines, tied)), np.ones(10, np.int64)))
    assert len(whole.outlines) == 1
    assert sorted(whole.areas.tolist()) == [400.0, 4000.0, 5600.0] or whole.areas.sum() == 10_000.0


def test_dead_ends_and_lines_that_bound_nothing_are_left_out() -> None:
    square = [(0, 0, 100, 0), (100, 0, 100, 100), (100, 100, 0, 100), (0, 100, 0, 0)]
    more = [(200, 0, 300, 0), (300, 0, 300, 100), (300, 100, 200, 0)]
    lines = np.array([*square, *more, (100, 0, 200, 0), (50, 0, 50, 40)], np.float64)
    network = trace(*node(lines, np.ones(len(lines), np.int64)))
    assert sorted(network.areas.tolist()) == [5000.0, 10_000.0]

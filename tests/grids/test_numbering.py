"""Unit codes run from west to east and from north to south inside a community."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.grids.errors import GridError
from jingwei.grids.numbering import Format, numbered, reading_order
from jingwei.kernel.errors import Refusal

HERE = "440305007001"
SPOTS = st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=1, max_size=60)


def test_the_north_western_unit_is_the_first() -> None:
    """Two rows of three, a little out of line (standards 2.2)."""
    spots = [(250, 40), (50, 130), (150, 45), (50, 50), (250, 155), (150, 150)]
    assert reading_order(spots, 100) == [1, 5, 4, 3, 2, 0]
    assert numbered(HERE, spots, 100)[1] == f"{HERE}001"
    assert numbered(HERE, spots, 100)[0] == f"{HERE}006"


@given(spots=SPOTS, height=st.floats(1, 400))
def test_every_spot_has_its_turn_and_rows_run_down(spots: list[tuple[float, float]], height: float) -> None:
    order = reading_order(spots, height)
    assert sorted(order) == list(range(len(spots)))
    top = max(y for _, y in spots)
    for one, other in pairwise(order):
        if spots[other][0] < spots[one][0]:  # the next row begins
            top_of_next = max(spots[place][1] for place in order[order.index(other):])
            assert top - top_of_next >= height
            top = top_of_next


@given(spots=SPOTS, keeping=st.sets(st.integers(0, 59)), void=st.sets(st.integers(1, 60)))
def test_who_has_a_code_keeps_it_and_no_void_one_comes_back(
        spots: list[tuple[float, float]], keeping: set[int], void: set[int]) -> None:
    """GRD-07: a code is never given twice."""
    kept = {place: f"{HERE}{100 + place}" for place in keeping if place < len(spots)}
    used = {f"{HERE}{number:03d}" for number in void}
    codes = numbered(HERE, spots, 100, kept=kept, used=used)
    assert len(set(codes)) == len(codes)
    assert all(codes[place] == code for place, code in kept.items())
    assert not used & {code for place, code in enumerate(codes) if place not in kept}
    assert numbered(HERE, spots, 100, kept=kept, used=used) == codes


def test_more_than_999_units_are_refused_in_words() -> None:
    spots = [(float(number % 40), float(number // 40)) for number in range(1000)]
    assert max(numbered(HERE, spots[:999], 1)) == f"{HERE}999"
    with pytest.raises(Refusal) as refused:
        numbered(HERE, spots, 1)
    assert refused.value.reason is GridError.CODES_EXHAUSTED


def test_the_form_may_have_more_digits() -> None:
    spots = [(float(number % 40), float(number // 40)) for number in range(1000)]
    assert numbered("A", spots, 1, form=Format(4))[960] == "A0001"
    with pytest.raises(ValueError, match="digits"):
        Format(0)

"""Proving a survey by a sample (CAT-02, AT-07): the draw, the verdict, the bound."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from jingwei.registry.parts import sampling


@pytest.mark.parametrize(("right", "size", "passes"), [
    (960, 1000, True), (959, 1000, False), (1000, 1000, True), (0, 1000, False), (24, 25, True), (23, 25, False), (96, 100, True),
    (95, 100, False), (1, 1, True), (48, 50, True), (47, 50, False)])
def test_the_plain_share_decides_exactly(right: int, size: int, passes: bool) -> None:
    """AT-07: a check of 1,000 passes with 960 right and fails with 959."""
    verdict = sampling.judge([True] * right + [False] * (size - right))
    assert (verdict.passes, verdict.right, verdict.size) == (passes, right, size)
    assert ("不通过" in verdict.words) == (not passes)


def test_the_words_say_the_share_and_what_it_proves() -> None:
    verdict = sampling.judge([True] * 960 + [False] * 40)
    assert verdict.share == 0.96
    assert verdict.proven == pytest.approx(0.9482466, abs=1e-7)
    assert verdict.words == ("核对 1000 个，960 个正确，正确率 96.00 %，达到 96 % 的要求，通过。按这个样本，有 95 % 的把握说，"
                             "全部部件的正确率不低于 94.82 %；样本还不足以证明总体达到 96 %，要更有把握请加大样本。")
    assert "95.90 %" in sampling.judge([True] * 959 + [False] * 41).words
    assert "样本还不足以" not in sampling.judge([True] * 1000).words


@pytest.mark.parametrize(("right", "n", "bound"), [
    # right = n has the closed form alpha^(1/n); the others were computed as quantiles of the beta distribution
    (1, 1, 0.05), (10, 10, 0.05 ** 0.1), (100, 100, 0.05 ** 0.01), (9, 10, 0.6058367), (95, 100, 0.8977466), (0, 50, 0.0),
    (1, 100, 0.0005128), (50, 100, 0.4136217)])
def test_the_lower_bound_is_that_of_clopper_and_pearson(right: int, n: int, bound: float) -> None:
    assert sampling.lower_bound(right, n) == pytest.approx(bound, abs=2e-6)


@given(some.integers(1, 400), some.data())
def test_the_bound_lies_below_the_share_and_rises_with_it(n: int, data: some.DataObject) -> None:
    right = data.draw(some.integers(1, n))
    bound = sampling.lower_bound(right, n)
    assert 0 < bound < right / n or right == n
    assert sampling.lower_bound(right - 1, n) < bound
    assert sampling.lower_bound(right, n, 0.99) < bound


@pytest.mark.parametrize(("right", "n", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0.0), (1, 5, 1.0)])
def test_a_bound_of_nonsense_is_no_number(right: int, n: int, confidence: float) -> None:
    with pytest.raises(ValueError):
        sampling.lower_bound(right, n, confidence)


def test_without_all_results_there_is_no_verdict() -> None:
    verdict = sampling.judge([True, None, False])
    assert (verdict.passes, verdict.looked_at, verdict.right) == (None, 2, 1)
    assert "全部核对完才有结论" in verdict.words
    assert sampling.judge([]).passes is None


@pytest.mark.parametrize(("marks", "expected"), [
    (dict.fromkeys(sampling.ATTRIBUTES, True), True), ({}, None), ({"exists": False}, False), ({"exists": True, "place": True}, None),
    ({**dict.fromkeys(sampling.ATTRIBUTES, True), "owner": False}, False), ({"owner": False}, False)])
def test_a_part_is_right_when_everything_about_it_is(marks: dict[str, bool], expected: bool | None) -> None:
    assert sampling.right(marks) is expected


NUMBERS = {"01001": [f"99010101001{n:06d}" for n in range(1, 301)], "04002": [f"99010104002{n:06d}" for n in range(1, 31)],
           "02001": ["99010102001000001"]}


def test_a_draw_follows_from_its_seed_alone() -> None:
    drawn = sampling.draw(NUMBERS, 40, "2026-11-28 公布")
    shuffled = {code: list(reversed(own)) for code, own in reversed(NUMBERS.items())}
    assert sampling.draw(shuffled, 40, "2026-11-28 公布") == drawn
    assert sampling.draw(NUMBERS, 40, "另一个") != drawn
    assert len(drawn) == len(set(drawn)) == 40
    assert {code: sum(1 for each, _ in drawn if each == code) for code in NUMBERS} == {"01001": 36, "04002": 3, "02001": 1}


def test_the_draw_can_be_repeated_by_hand() -> None:
    """What is published: the seed. Lowest SHA-256 of seed|number."""
    import hashlib

    ranked = sorted(NUMBERS["04002"], key=lambda number: hashlib.sha256(f"种子|{number}".encode()).hexdigest())
    drawn = sampling.draw({"04002": NUMBERS["04002"]}, 5, "种子")
    assert drawn == [("04002", number) for number in sorted(ranked[:5])]


@given(some.dictionaries(some.sampled_from([f"{n:05d}" for n in range(1, 40)]), some.integers(0, 500), max_size=20), some.integers(-3, 3000))
def test_an_allotment_is_whole_and_fair(sizes: dict[str, int], n: int) -> None:
    given_ = sampling.allotted(sizes, n)
    total = sum(sizes.values())
    assert sum(given_.values()) == min(max(n, 0), total)
    assert all(0 <= given_[code] <= size for code, size in sizes.items())
    filled = [code for code, size in sizes.items() if size]
    if len(filled) <= n:
        assert all(given_[code] for code in filled)
    if total and n <= total:
        assert all(given_[code] <= Fraction(n * sizes[code], total) + 2 + len(filled) for code in filled)

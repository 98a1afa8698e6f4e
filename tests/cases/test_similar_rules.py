"""How like two reports are (product C5): by place, time and words, as tables. The class plays no part."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.cases.similar import LEAST, Told, common, folded, likeness, metres_between, packed, pairs, ranked, unpacked

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LON, LAT = 102.0005, 40.0005
METRE = 1 / 111_195  # degrees of latitude


def told(key, text, *, metres=0.0, hours=0.0):
    return Told(key, LON, LAT + metres * METRE, (NOON - timedelta(hours=hours)).timestamp(), pairs(text))


SAID = "枫林路12号门前路灯不亮"
NEW = told("new", SAID)


@pytest.mark.parametrize(("better", "worse"), [
    (told("b", "枫林路12号路灯不亮"), told("w", "枫林路12号垃圾堆放")),                              # words
    (told("b", "枫林路12号路灯不亮", hours=1), told("w", "枫林路12号路灯不亮", hours=200)),           # time
    (told("b", "枫林路12号路灯不亮", metres=5), told("w", "枫林路12号路灯不亮", metres=95)),          # place
    (told("b", "路灯不亮", metres=30), told("w", "枫林路12号门前井盖松动", metres=30)),                # the problem, not the address
])
def test_what_is_nearer_in_words_time_or_place_comes_first(better, worse):
    around = [told(number, f"枫林路{number}号门前违规停车", metres=60, hours=50) for number in range(8)]
    found = ranked(NEW, [worse, *around, better])
    assert found[0].key == "b", found


@pytest.mark.parametrize("far", [told("f", SAID, metres=101), told("f", SAID, metres=5000)])
def test_what_lies_further_than_a_hundred_metres_is_never_shown(far):
    assert ranked(NEW, [far]) == []


def test_none_is_shown_that_is_not_worth_a_look():
    assert ranked(NEW, [told("old", "河道漂浮物", metres=70, hours=900)]) == []
    assert all(one.score >= LEAST for one in ranked(NEW, [told(number, "枫林路", hours=number * 9) for number in range(30)]))


def test_what_speaks_for_it_is_said():
    other = "枫林路 12 号门口，路灯不亮了"
    one = ranked(NEW, [told("b", other, metres=20, hours=3)])[0]
    assert (round(one.metres), round(one.hours)) == (20, 3)
    assert common(SAID, other)[:2] == ("枫林路12号门", "路灯不亮")


@pytest.mark.parametrize(("text", "signs"), [
    ("枫林路 12 号，路灯不亮！", "枫林路12号路灯不亮"), ("ＡＢＣ１２", "abc12"), ("臺南市", "台南市"), ("", ""), ("，。 \n", ""), ("〔电话1〕", "电话1"),
])
def test_words_are_compared_without_blanks_and_punctuation(text, signs):
    assert folded(text) == signs


@pytest.mark.parametrize(("one", "other", "pieces"), [
    ("路灯不亮", "路灯不亮", ("路灯不亮",)), ("12345", "12345", ()), ("井盖", "路灯", ()), ("一", "一", ()), ("", "路灯", ()),
    ("路灯坏了井盖响", "井盖响路灯坏了", ("路灯坏了", "井盖响")),
])
def test_the_longest_common_pieces_are_named_and_no_bare_number(one, other, pieces):
    assert common(one, other) == pieces


def test_metres_are_right_across_the_date_line_too():
    assert round(metres_between(179.9999, 0, -179.9999, 0)) == 22
    assert metres_between(LON, LAT, LON, LAT) == 0


TEXTS = st.text(max_size=60)


@given(TEXTS, TEXTS, st.floats(0, 200), st.floats(0, 10_000))
def test_no_text_stops_it_and_the_score_stays_within_one(one, other, metres, hours):
    """Whatever is typed."""
    for found in ranked(told("a", one), [told("b", other, metres=metres, hours=hours), told("c", one)]):
        assert 0 <= found.score <= 1
        assert 0 <= found.likeness <= 1.0001
    assert 0 <= likeness(one, other) <= 1
    assert all(piece in folded(one) and piece in folded(other) for piece in common(one, other))
    assert pairs(one) == pairs(one.upper().lower()) or not one.isascii()
    assert unpacked(packed(pairs(one))) == pairs(one)

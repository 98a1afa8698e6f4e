"""Text as it is searched: one way of writing, pairs of signs, stretches of time. No database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.cases import tokens
from jingwei.cases.search_errors import SearchError
from jingwei.kernel.errors import Refusal

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(("written", "folded"), [
    ("路燈故障", "路灯故障"), ("臺南市後壁區", "台南市后壁区"), ("１２號", "12号"), ("ＡＢｃ", "abc"), ("井　盖\n破 损", "井 盖 破 损"),
    ("井\u200b盖", "井盖"), ("㎡", "m2"), ("", ""), (" \t ", ""),
])
def test_one_way_of_writing_for_what_people_write_in_many(written, folded):
    assert tokens.fold(written) == folded


def test_every_two_signs_side_by_side_are_a_pair_but_none_reaches_over_a_blank():
    assert tokens.pairs("井盖破损") == ["井盖", "盖破", "破损"]
    assert tokens.pairs("井盖 破损\n积水") == ["井盖", "破损", "积水"]
    assert tokens.pairs("井") == []
    assert len(tokens.pairs("哈哈哈")) == 1


@pytest.mark.parametrize("sign", "'\"&|!():*\\<> -%_")
def test_no_sign_of_a_text_is_grammar_to_a_database(sign):
    assert not any(sign in pair for pair in tokens.pairs(tokens.fold(f"a{sign}b{sign}{sign}")))


def test_a_question_of_one_sign_or_of_a_whole_page_is_refused_in_words():
    for words, reason in (("井", SearchError.WORDS_TOO_SHORT), (" 井 盖 ", SearchError.WORDS_TOO_SHORT),
                          ("\0", SearchError.WORDS_TOO_SHORT), ("井" * 61, SearchError.WORDS_TOO_LONG)):
        with pytest.raises(Refusal) as refused:
            tokens.sought(words)
        assert refused.value.reason is reason
    assert tokens.sought("井盖 坏").pieces == ("井盖", "坏")


@pytest.mark.parametrize(("words", "number", "fits"), [
    ("0001", "990101-2026-0000001", True), ("990101-2026-0000001", "990101-2026-0000001", True), ("26-0000001", "990101-2026-0000001", True),
    ("1001", "990101-2026-0000001", False), ("001", "990101-2026-0000001", False), ("2026", "990101-2026-0000001", False),
    ("九〇０１", "990101-2026-0009001", False), ("-0001", "990101-2026-0000001", False),
])
def test_four_digits_at_least_from_the_end_of_a_number_are_its_case(words, number, fits):
    question = tokens.sought(words)
    assert tokens.fits(question, "没有这些数字", number) is fits
    assert not fits or tokens.number_token(question.pieces[0]) in tokens.tokens_of("", number, NOON, "")


def test_a_line_shows_what_is_around_the_words_where_its_beginning_does_not_hold_them():
    text = "前" * 200 + "井盖破损" + "后" * 200
    assert tokens.excerpt(text, tokens.sought("前前"), 120) == text[:120]
    shown = tokens.excerpt(text, tokens.sought("井盖"), 120)
    assert shown.startswith("…前")
    assert "井盖破损" in shown
    assert len(shown) == 120
    assert tokens.excerpt("短", tokens.sought("井盖"), 120) == "短"


WORDS = st.text(alphabet="井盖破损路灯ab12 .-'\"\n臺台", min_size=1, max_size=8)


@given(text=WORDS, words=WORDS)
def test_a_text_that_holds_the_words_has_every_token_that_is_asked_for(text, words):
    """Recall: whatever the text itself would answer with yes is among the candidates."""
    try:
        question = tokens.sought(words)
    except Refusal:
        return
    said = tokens.fold(text)
    has = set(tokens.tokens_of(said, "990101-2026-0000001", NOON, "1/7/"))
    if tokens.fits(question, said, ""):
        assert all(set(wanted) <= has for wanted, _ in question.clauses())


def test_a_case_is_found_by_each_area_that_it_lies_in():
    assert tokens.area_tokens("1/23/456/") == ["a1", "a23", "a456"]
    assert {"a1", "a23", "a456"} <= set(tokens.tokens_of("井盖", "0001", NOON, "1/23/456/"))


def test_where_fewer_are_looked_through_stretches_begin_longer_and_are_fewer():
    many = [len(list(tokens.stretches(NOON, share))) for share in (1, 0.05, 0.002, 1e-12, 0)]
    assert many == sorted(many, reverse=True)
    assert many[0] > many[1] > many[2] > many[3]
    assert len(next(tokens.stretches(NOON, 0.05)).tokens) == 1


@given(now=st.integers(86_400, 7_000_000_000), back=st.integers(0, 200 * 365 * 86400), share=st.floats(0, 1))
def test_the_stretches_hold_every_moment_up_to_the_newest_once_and_in_order(now, back, share):
    newest = datetime.fromtimestamp(now, UTC)
    at = newest - timedelta(seconds=back)
    has = set(tokens.tokens_of("", "0001", at, ""))
    times = list(tokens.stretches(newest, share))
    holding = [number for number, one in enumerate(times)
               if (has & set(one.tokens) if one.tokens else at < one.until)]
    assert len(holding) == 1
    if back >= 1:
        earlier = set(tokens.tokens_of("", "0001", at - timedelta(days=900), ""))
        after = [number for number, one in enumerate(times)
                 if (earlier & set(one.tokens) if one.tokens else at - timedelta(days=900) < one.until)]
        assert after[0] >= holding[0]
    assert len(times) <= 7 * tokens.LEVELS + 1

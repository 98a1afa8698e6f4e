"""What may be typed into an account, and what becomes of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.accounts import words
from jingwei.accounts.errors import AccountError
from jingwei.kernel.errors import Refusal


@pytest.mark.parametrize(("typed", "kept"), [
    ("zhang.san", "zhang.san"),
    ("Zhang.San", "zhang.san"),            # capitals
    ("ＺｈａｎｇＳａｎ０１", "zhangsan01"),  # typed with the Chinese input method on
    ("　wang-01　", "wang-01"),            # full-width blanks around
    ("\u212aai", "kai"),                   # the Kelvin sign is a K
    ("a@b.cn", "a@b.cn"),
])
def test_a_login_is_the_same_however_it_was_typed(typed, kept):
    assert words.login(typed) == kept
    assert words.fold_login(typed) == kept


@pytest.mark.parametrize("typed", [
    "", "a", "a" * 41, "张三", "a b", "a\0b", "a\nb", "-ab", "аdmin", "a\u202eb", "\ud800ab", "x" * 100_000,
    "İstanbul", "١٢٣", "a\u200bb",
])
def test_it_refuses_a_login_that_could_be_mistaken_or_not_kept(typed):
    with pytest.raises(Refusal) as refused:
        words.login(typed)
    assert refused.value.reason is AccountError.BAD_LOGIN


@pytest.mark.parametrize("typed", ["13900000000", "１３９００００００００", "u13900000000", "11010119900307001X"])
def test_it_keeps_no_phone_or_identity_number_as_a_login(typed):
    with pytest.raises(Refusal) as refused:
        words.login(typed)
    assert refused.value.reason is AccountError.PERSONAL_NUMBER


@pytest.mark.parametrize("name", ["王示例", "欧阳·示例", "\ue863示例", "<script>alert(1)</script>", "' OR 1=1 --", "{0}%s"])
def test_a_name_may_hold_whatever_is_seen(name):
    """Private-use signs are how rare surnames are written; hostile text is text."""
    assert words.name(f" {name}　") == name


@pytest.mark.parametrize("name", [
    "", "　 ", "王\0例", "王\n例", "王\u202e例", "王\u200b例", "\ud83d", "王" * 61, "王" * 1_000_000, "a\u2028b", "a\x1b[31m",
])
def test_it_refuses_a_name_with_signs_nobody_sees_or_too_many(name):
    with pytest.raises(Refusal) as refused:
        words.name(name)
    assert refused.value.reason is AccountError.BAD_NAME


def test_it_keeps_no_phone_number_in_a_name():
    with pytest.raises(Refusal) as refused:
        words.name("王示例 １３９００００００００")
    assert refused.value.reason is AccountError.PERSONAL_NUMBER
    assert "139" not in str(refused.value.details)


def test_a_password_typed_full_width_is_the_same():
    assert words.new_password("Ｈｅｒｏｎ－９－marsh", "wang") == "Heron-9-marsh"
    assert words.folded_password("Ｈｅｒｏｎ－９－marsh") == "Heron-9-marsh"


@pytest.mark.parametrize("password", ["short-one", "x" * 129, "heron\0marsh9", "my-wang.san-1", "heron\nmarsh9", ""])
def test_it_refuses_a_password_that_is_short_long_unseen_or_holds_the_login(password):
    with pytest.raises(Refusal) as refused:
        words.new_password(password, "wang.san")
    assert refused.value.reason is AccountError.WEAK_PASSWORD


@given(st.text(max_size=300))
def test_whatever_is_typed_is_kept_clean_or_refused_by_a_code(text):
    for clean in (words.login, words.name, words.code, words.kind, words.folded_password):
        try:
            kept = clean(text)
        except Refusal:
            continue
        assert "\0" not in kept
        assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in kept)
        assert clean is words.folded_password or clean(kept) == kept

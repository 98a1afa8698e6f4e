"""The pure rules of the second factor (8.1.4.1): RFC 6238, who is asked, what may be typed."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.accounts import factor
from jingwei.accounts.factor import ENROL, NEEDED, NOT_ASKED, SHOWN, Policy
from jingwei.accounts.rights import Role

SECRET = b"12345678901234567890"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "eight_digits"), [
    (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
    (2000000000, "69279037"), (20000000000, "65353130"),
])
def test_the_vectors_of_rfc_6238(seconds, eight_digits):
    """Appendix B, SHA-1; six digits are the last six of the eight."""
    at = datetime.fromtimestamp(seconds, UTC)
    assert factor.code_of(SECRET, factor.step_at(at)) == eight_digits[2:]
    assert factor.fitting_step(SECRET, eight_digits[2:], at, after=-1) == seconds // 30


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(steps, fits):
    now = factor.step_at(NOON)
    found = factor.fitting_step(SECRET, factor.code_of(SECRET, now + steps), NOON, after=-1)
    assert found == (now + steps if fits else None)


def test_a_code_fits_until_the_end_of_the_step_after_its_own():
    code = factor.code_of(SECRET, factor.step_at(NOON))
    for seconds, fits in ((0, True), (59.9, True), (60, False), (-30, True), (-31, False)):
        found = factor.fitting_step(SECRET, code, NOON + timedelta(seconds=seconds), after=-1)
        assert (found is not None) is fits, seconds


def test_a_step_that_was_taken_and_those_before_it_are_refused():
    now = factor.step_at(NOON)
    for taken, fitting in ((now, {1}), (now - 1, {0, 1}), (now + 1, set()), (-1, {-1, 0, 1})):
        found = {steps for steps in (-1, 0, 1)
                 if factor.fitting_step(SECRET, factor.code_of(SECRET, now + steps), NOON, after=taken) is not None}
        assert found == fitting


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345\0", "-12345", "1e5000", "287082\n1"])
def test_what_is_no_code_fits_nothing(typed):
    assert not factor.is_code(factor.folded(typed))
    assert factor.fitting_step(SECRET, factor.folded(typed), NOON, after=-1) is None


@pytest.mark.parametrize("typed", ["287082", "287 082", " 287082 ", "２８７０８２", "287-082", "287\u3000082", "２８７－０８２", "287\u2013082"])
def test_a_code_may_be_typed_with_blanks_hyphens_and_full_width_digits(typed):
    assert factor.folded(typed) == "287082"


def test_every_step_is_compared_whichever_fits(monkeypatch):
    compared = []
    real = factor._fits
    monkeypatch.setattr(factor, "_fits", lambda *given: compared.append(given[2]) or real(*given))
    now = factor.step_at(NOON)
    for steps in (-1, 0, 1, 5):
        compared.clear()
        factor.fitting_step(SECRET, factor.code_of(SECRET, now + steps), NOON, after=-1)
        assert compared == [now - 1, now, now + 1]


@pytest.mark.parametrize(("policy", "roles", "enrolled", "shown", "expected"), [
    ("administrators", [Role.SYSTEM_ADMIN], False, False, ENROL),
    ("administrators", [Role.SECURITY_ADMIN], False, False, ENROL),
    ("administrators", [Role.AUDIT_ADMIN], False, False, ENROL),
    ("administrators", [Role.AREA_ADMIN], False, False, ENROL),
    ("administrators", [Role.SUPERVISOR, Role.AREA_ADMIN], False, False, ENROL),
    ("administrators", [Role.SUPERVISOR, Role.LEADER, Role.EVALUATOR], False, False, NOT_ASKED),
    ("administrators", [], False, False, NOT_ASKED),
    ("administrators", [Role.SYSTEM_ADMIN], True, False, NEEDED),
    ("administrators", [Role.SUPERVISOR], True, False, NEEDED),      # set up of one's own accord: asked for too
    ("administrators", [Role.SYSTEM_ADMIN], True, True, SHOWN),
    ("everyone", [], False, False, ENROL),
    ("everyone", [Role.SUPERVISOR], True, False, NEEDED),
    ("off", [Role.SYSTEM_ADMIN], False, False, NOT_ASKED),
    ("off", [Role.SYSTEM_ADMIN], True, False, NOT_ASKED),
    ("administrator", [], False, False, ENROL),                       # a slip of the pen asks everybody
    ("", [], False, False, ENROL), ("OFF", [], False, False, ENROL), ("False", [], False, False, ENROL),
])
def test_who_is_asked(policy, roles, enrolled, shown, expected):
    found = factor.standing(factor.policy(policy), [role.code for role in roles], enrolled=enrolled, shown=shown)
    assert found == expected


def test_the_products_own_default_asks_administrators():
    """What the tests of other rooms switch off is on in the product, and in what `init` writes."""
    import tomllib

    from jingwei.cli.init import settings_text
    from jingwei.config import settings

    assert factor.policy(settings.JINGWEI_SECOND_FACTOR) is Policy.ADMINISTRATORS
    assert tomllib.loads(settings_text("sqlite", {}))["second_factor"] == "administrators"
    assert tomllib.loads(settings_text("sqlite", {"second_factor": "off"}))["second_factor"] == "off"


def test_eight_recovery_codes_are_numbered_and_come_back_as_they_were_printed():
    codes = factor.recovery_codes(random.Random(7).choice)
    assert [code[0] for code in codes] == list("12345678")
    assert len({code[1:] for code in codes}) == 8
    for code in codes:
        printed = factor.written(code)
        assert len(printed) == 14
        for typed in (printed, printed.upper(), printed.replace("-", " "), code, printed.replace("-", "－")):
            assert factor.folded(typed) == code
            assert factor.is_recovery(factor.folded(typed))
        assert not factor.is_code(code)


@pytest.mark.parametrize("typed", ["", "0abcdefghjkm", "9abcdefghjkm", "1abcdefghjk", "1abcdefghjkmn", "1abcdefghjk0", "１" * 12])
def test_what_is_no_recovery_code(typed):
    assert not factor.is_recovery(factor.folded(typed))


def test_the_address_in_the_qr_code_tells_authenticators_what_they_need():
    told = factor.uri(SECRET, "wang.li")
    assert told.startswith("otpauth://totp/%E7%BB%8F%E7%BA%AC:wang.li?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in told
    assert "issuer=%E7%BB%8F%E7%BA%AC" in told
    assert "digits=6" in told
    assert "period=30" in told


def test_the_qr_code_is_svg_without_scripts_dark_on_white():
    drawn = factor.qr(factor.uri(SECRET, "wang.li"))
    assert drawn.startswith('<svg width="264" height="264"')
    assert "viewBox" in drawn  # else a page that makes it smaller would cut it off
    assert "#fff" in drawn
    assert "script" not in drawn
    assert "href" not in drawn


def test_the_secret_stands_in_fours():
    assert factor.in_fours(factor.typed(SECRET)) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


@given(st.text(max_size=300))
def test_whatever_is_typed_is_folded_without_a_fault(text):
    plain = factor.folded(text)
    assert not any(sign.isspace() for sign in plain)
    factor.fitting_step(SECRET, plain, NOON, after=-1)

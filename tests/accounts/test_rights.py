"""Rights and roles as data (STF-14, AT-09, standards §12.1)."""

from itertools import product
from pathlib import Path

import pytest

from jingwei.accounts.rights import ADMINISTRATORS, DUTY_ZH, RIGHT_ZH, RIGHTS_OF, Right, Role, clash, rights_page


def test_every_right_is_a_noun_and_a_verb_and_every_role_has_rights():
    assert all(right.value.count(".") == 1 and right.value.islower() for right in Right)
    assert set(RIGHTS_OF) == set(Role)
    assert set(RIGHT_ZH) == set(Right)
    assert set(DUTY_ZH) == {role.duty for role in Role}


@pytest.mark.parametrize(("held", "wanted"), [
    (Role.HANDLER, Role.SUPERVISOR),       # who handled may not check (AT-09)
    (Role.HANDLER, Role.EVALUATOR),        # nor judge
    (Role.ACCEPTOR, Role.DISPATCHER),      # supervision and command are two axes
    (Role.EVALUATOR, Role.DISPATCHER),
    (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
    (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN),
    (Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN),
    (Role.AUDIT_ADMIN, Role.LEADER),       # an administrator is nothing else
    (Role.SYSTEM_ADMIN, Role.AREA_ADMIN),
])
def test_one_person_may_not_hold_both(held, wanted):
    assert clash({held}, wanted) is held
    assert clash({wanted}, held) is wanted


@pytest.mark.parametrize(("held", "wanted"), [
    (Role.ACCEPTOR, Role.SHIFT_LEADER), (Role.SUPERVISOR, Role.TOWN_OFFICER), (Role.HANDLER, Role.COUNTY_OFFICER),
    (Role.LEADER, Role.EVALUATOR), (Role.SUPERVISOR, Role.SUPERVISOR),
])
def test_posts_of_one_duty_go_together(held, wanted):
    assert clash({held}, wanted) is None


def test_every_pair_of_different_duties_is_excluded_and_exclusion_is_mutual():
    for one, other in product(Role, Role):
        assert (clash({one}, other) is None) == (clash({other}, one) is None)
        if one.duty and other.duty and one.duty != other.duty:
            assert clash({one}, other) is one


def test_the_three_administrators_cannot_do_each_others_work():
    """8.1.5: who keeps accounts gives no roles, who gives roles reads no audit log, who audits changes nothing."""
    system, security, audit = (RIGHTS_OF[role] for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
    reading = {Right.AREA_READ, Right.UNIT_READ, Right.USER_READ}
    assert system & security <= reading
    assert system & audit <= reading
    assert security & audit <= reading
    only = {Right.USER_CREATE: Role.SYSTEM_ADMIN, Right.USER_RESET: Role.SYSTEM_ADMIN,
            Right.USER_GRANT: Role.SECURITY_ADMIN, Right.USER_DISMISS: Role.SECURITY_ADMIN,
            Right.AUDIT_READ: Role.AUDIT_ADMIN, Right.JOURNAL_EXPORT: Role.AUDIT_ADMIN}
    for right, role in only.items():
        assert [each for each in Role if right in RIGHTS_OF[each]] == [role]
    assert not any(right.value.startswith("case.") for role in ADMINISTRATORS for right in RIGHTS_OF[role])


def test_the_operator_is_no_role_that_could_be_given():
    assert Role.named("operator") is None


def test_the_page_of_rights_is_the_one_in_docs():
    page = (Path(__file__).parents[2] / "docs" / "rights.md").read_text("utf-8")
    assert page == rights_page()
    assert page.count("✓") == sum(len(rights) for rights in RIGHTS_OF.values())

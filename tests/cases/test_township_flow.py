"""The three-level flow of townships: on the spot, the community within 3 working days, the town within 5, the county."""

from datetime import timedelta

import pytest

from jingwei.cases import commands
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.kernel import clock
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def reported(centre):
    return centre.report("villager", at=IN_VILLAGE)


def test_the_area_decides_the_flow(centre, reported):
    assert Case.objects.get(id=reported).profile == "township"


def test_the_community_has_three_working_days(centre, reported):
    """CAS-09: Monday nine o'clock + 3 working days (time preserving) = Thursday nine o'clock."""
    taken = commands.accept(centre.act("community"), reported)
    assert taken.state == "handling"
    assert taken.due_at == MONDAY_NINE + 3 * DAY
    assert Case.objects.get(id=reported).unit.code == "VC"


def test_the_town_has_five_and_each_forwarding_one(centre, reported):
    """CAS-10, CAS-11: forward within 1 working day, solve within 5."""
    assert Case.objects.get(id=reported).due_at == MONDAY_NINE + DAY
    commands.hand_on(centre.act("community"), reported, reason="需要环保办")
    assert Case.objects.get(id=reported).due_at == MONDAY_NINE + DAY
    taken = commands.dispatch(centre.act("town"), reported, unit_code="TD")
    assert taken.due_at == MONDAY_NINE + 7 * DAY  # Mon → next Mon: five working days


def test_the_community_answers_checks_and_the_town_closes(centre, reported):
    """CAS-18: the community handles, the result goes to the town's office."""
    commands.accept(centre.act("community"), reported)
    commands.feed_back(centre.act("community"), reported, text="已调解")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.check(centre.act("community"), reported, passed=True)
    commands.check(centre.act("villager"), reported, passed=True)
    assert commands.close(centre.act("town"), reported).state == "closed"


def test_what_the_town_holds_the_community_no_longer_acts_on(centre, reported):
    commands.accept(centre.act("community"), reported)
    commands.hand_on(centre.act("community"), reported, reason="超出职责")
    commands.dispatch(centre.act("town"), reported, unit_code="TD")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.feed_back(centre.act("community"), reported, text="好了")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.hand_on(centre.act("community"), reported, reason="再转")
    assert commands.feed_back(centre.act("towndept"), reported, text="已处理").state == "checking"


def test_beyond_the_town_it_goes_up_to_the_county_with_the_reason(centre, reported):
    """CAS-12, CAS-13: to the county within one working day, reason noted, result fed back."""
    commands.hand_on(centre.act("community"), reported, reason="超出职责")
    with expect_refusal(CaseError.MISSING):
        commands.pass_up(centre.act("town"), reported, reason="  ")
    with clock.held_at(MONDAY_NINE + timedelta(hours=2)):
        assert commands.pass_up(centre.act("town"), reported, reason="河道属区管").state == "passed_up"
    commands.feed_back(centre.act("county"), reported, text="区水务局已清淤")
    commands.check(centre.act("villager"), reported, passed=False, reason="还有淤泥")
    with expect_refusal(CaseError.NO_HOLDER):
        commands.rework(centre.act("town"), reported, reason="返工")
    assert commands.pass_up(centre.act("town"), reported, reason="没有清完").state == "passed_up"


def test_a_case_passed_on_cannot_be_passed_on_by_the_town_department(centre, reported):
    commands.hand_on(centre.act("community"), reported, reason="超出职责")
    commands.dispatch(centre.act("town"), reported, unit_code="TD")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.hand_on(centre.act("towndept"), reported, reason="转别家", unit_code="YL")


def test_somebody_without_a_unit_cannot_take_a_case_on(centre, reported):
    Case.objects.filter(id=reported).update(profile="township")
    from jingwei.accounts.models import User

    User.objects.filter(login="community").update(unit=None, stamp=99)
    with expect_refusal(CaseError.MISSING):
        commands.accept(centre.act("community"), reported)

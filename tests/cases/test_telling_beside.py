"""Who is told of what runs beside a case: appeals (C4) and referrals (C6, AT-27)."""

from datetime import timedelta
from typing import Any

import pytest

from jingwei.accounts.posts_held import forget_held
from jingwei.cases import commands
from jingwei.cases.commands.referral.overdue import tell_unsigned
from jingwei.cases.models import Referral
from jingwei.kernel import clock
from jingwei.notices.models import Message
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_appealing import TUESDAY, appealed
from tests.cases.test_referral import send, town  # noqa: F401  the fixture
from tests.cases.test_telling import _fresh, heard, number, read_on  # noqa: F401  the fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _posts_anew() -> None:
    """The posts are kept for twenty seconds: those of the test before."""
    forget_held()


def test_an_appeal_is_told_to_both_reviewers_in_turn_and_its_outcome_to_who_asked(centre: Any) -> None:
    case_id, appeal_id = appealed(centre)
    with clock.held_at(TUESDAY):
        read_on()
        assert heard(centre, "dispatcher", "appeal") == [f"案件 {number(case_id)} 有超期申诉，等您初审"]
        assert heard(centre, "leader1", "appeal") == []
        commands.review_appeal(centre.act("dispatcher"), appeal_id, "agree")
        read_on()
        assert heard(centre, "leader1", "appeal") == [f"案件 {number(case_id)} 的超期申诉等您复审"]
        commands.review_appeal(centre.act("leader1"), appeal_id, "grant")
        read_on()
    assert heard(centre, "handler", "appealed") == [f"案件 {number(case_id)} 的申诉已同意，这次超期不计入统计"]
    assert heard(centre, "dispatcher", "appealed") == []


def test_an_appeal_that_is_not_agreed_to_is_told_to_who_asked(centre: Any) -> None:
    case_id, appeal_id = appealed(centre)
    with clock.held_at(TUESDAY):
        commands.review_appeal(centre.act("dispatcher"), appeal_id, "refuse_first", reason="当天没有下雨")
        read_on()
    assert heard(centre, "handler", "appealed") == [f"案件 {number(case_id)} 的申诉初审没有同意"]


def test_a_referral_is_told_to_the_unit_that_must_sign_and_its_answer_to_the_sender(town: Any) -> None:  # noqa: F811
    referral = send(town)
    numbered = Referral.objects.get(id=referral).number
    read_on()
    assert heard(town, "officer") == heard(town, "officer2") == [f"报送 {numbered} 等本单位签收"]
    assert heard(town, "justice") == heard(town, "supervisor") == []
    line = Message.objects.filter(user=town.ids["officer"]).get()
    assert (line.link, line.urgent) == (f"/referrals/{referral}", True)
    assert all(secret not in line.title + line.body for secret in ("王示例", "枫林路", "13800138000"))
    commands.sign_referral(town.act("officer"), referral)
    commands.answer_referral(town.act("officer"), referral, text="已登记")
    read_on()
    assert heard(town, "supervisor") == [f"报送 {numbered} 有了办理结果"]
    assert len(heard(town, "officer2")) == 1


def test_a_refused_referral_is_told_to_the_sender_and_a_new_unit_when_it_is_passed_on(town: Any) -> None:  # noqa: F811
    referral = send(town)
    commands.refuse_referral(town.act("officer"), referral, reason="不属本所")
    read_on()
    assert [title.split(" ", 2)[2] for title in heard(town, "supervisor")] == ["没有被签收"]
    assert heard(town, "officer2") == [], "it waits for them no more"
    commands.pass_on_referral(town.act("supervisor"), referral, unit_code="JS", reason="改送司法所")
    read_on()
    assert [title.split(" ", 2)[2] for title in heard(town, "justice")] == ["转给了本单位，等签收"]


def test_nobody_having_signed_in_time_is_told_to_the_sender(town: Any) -> None:  # noqa: F811
    send(town)
    with clock.held_at(MONDAY_NINE + timedelta(days=9)):
        assert tell_unsigned() == 1
        read_on()
    assert [title.split(" ", 2)[2] for title in heard(town, "supervisor", "to_sign_late")] == ["过了时限还没有签收"]

"""The explanation of a deadline is that of the deadline shown, also after the rules it came from were changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands, queries
from jingwei.cases.models import Case, Step
from jingwei.catalogue.commands import Edit, edit_calendar, set_stage_limit
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from tests.cases.conftest import MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
NEXT_DAY_OFF = Edit(days={date(2026, 11, 23): ("off", "停工"), date(2026, 11, 24): ("off", "停工")}, note="样例")


def explained(centre, case_id):
    return queries.explain_case(centre.act("boss"), case_id)


def test_a_limit_changed_later_does_not_explain_an_earlier_deadline(centre):
    case_id = centre.report()
    set_stage_limit(accounts.operator(), "accept", Decimal(3), "work_hour")
    shown = Case.objects.get(id=case_id).due_at
    assert explained(centre, case_id).due.at == shown == MONDAY_NINE + timedelta(minutes=15)
    assert Case.objects.get(id=centre.report()).due_at == MONDAY_NINE + timedelta(hours=3)


def test_a_calendar_changed_later_does_not_explain_an_earlier_deadline(centre):
    """The version that a deadline was reckoned by is kept with it, and named in the explanation."""
    case_id = centre.handled()
    before = Case.objects.get(id=case_id)
    edit_calendar(accounts.operator(), NEXT_DAY_OFF)
    told = explained(centre, case_id).due
    assert (told.at, told.calendar.version) == (before.due_at, before.calendar)
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        later = commands.extend(centre.act("dispatcher"), case_id, reason="同意", value="1", unit="work_hour")
        told = explained(centre, case_id).due
    assert told.at == later.due_at
    assert told.calendar.version == Case.objects.get(id=case_id).calendar != before.calendar


def test_a_case_suspended_before_the_rules_changed_resumes_by_those_in_force(centre):
    case_id = centre.handled()
    commands.suspend(centre.act("dispatcher"), case_id, reason="等待配件")
    edit_calendar(accounts.operator(), NEXT_DAY_OFF)
    assert explained(centre, case_id).because == "suspended"
    with clock.held_at(MONDAY_NINE + timedelta(days=2)):
        answer = commands.resume(centre.act("dispatcher"), case_id)
        assert explained(centre, case_id).due.at == answer.due_at == MONDAY_NINE + timedelta(days=2, hours=6)


def test_a_stay_of_the_past_explains_itself_by_its_own_calendar(centre):
    """Every stay's deadline is reckoned again from what is kept: to the second that stands with it."""
    case_id = centre.handled()
    commands.extend(centre.act("dispatcher"), case_id, reason="同意", value="2", unit="work_hour")
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        commands.suspend(centre.act("dispatcher"), case_id, reason="等待配件")
    with clock.held_at(MONDAY_NINE + timedelta(days=1)):
        commands.resume(centre.act("dispatcher"), case_id)
    with clock.held_at(MONDAY_NINE + timedelta(days=1, hours=2)):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
        commands.rework(centre.act("dispatcher"), case_id, reason="照片不清")
    with clock.held_at(MONDAY_NINE + timedelta(days=2)):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
        edit_calendar(accounts.operator(), NEXT_DAY_OFF)
        stays = list(Step.objects.filter(case_id=case_id))
        assert len(stays) >= 6
        for stay in stays:
            told = queries.explain_case(centre.act("boss"), case_id, step=stay.number)
            assert (told.due.at if told.due else None) == stay.due_at, stay.state
        with expect_refusal(KernelError.NOT_FOUND):
            queries.explain_case(centre.act("boss"), case_id, step=99)


def test_it_tells_of_suspensions_corrections_and_exemptions(centre):
    case_id = centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        commands.suspend(centre.act("dispatcher"), case_id, reason="等待配件", until=date(2026, 12, 3))
        assert queries.explain_case(centre.act("boss"), case_id).notes == ["挂账：2026-11-23 10:00，2026-12-03 恢复（等待配件）"]
        commands.resume(centre.act("dispatcher"), case_id)
        edit_calendar(accounts.operator(), NEXT_DAY_OFF)
        commands.run_recount(commands.ask_recount(accounts.operator(), new_id()))
        notes = queries.explain_case(centre.act("boss"), case_id).notes
    assert "11月23日改为放假、11月24日改为放假，2026-11-23 15:00 调整为 2026-11-25 12:00" in notes[1]
    with clock.held_at(MONDAY_NINE + timedelta(days=7)):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
        step = Step.objects.filter(case_id=case_id).last().number
        appeal_id = commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=step, reason="暴雨")
        commands.review_appeal(centre.act("dispatcher2"), appeal_id, "agree")
        commands.review_appeal(centre.act("leader1"), appeal_id, "grant")
        client_told = queries.explain_case(centre.act("boss"), case_id, step=step)
    assert client_told.notes[-1] == "超期（应于 2026-11-25 12:00，实际 2026-11-30 09:00），经申诉已豁免统计"

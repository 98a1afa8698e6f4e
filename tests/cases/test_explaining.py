"""The explanation of a deadline is that of the deadline shown, also after the rules it came from were changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands, queries
from jingwei.cases.models import Case
from jingwei.catalogue.commands import Edit, edit_calendar, set_stage_limit
from jingwei.kernel import clock
from tests.cases.conftest import MONDAY_NINE

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

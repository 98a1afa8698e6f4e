"""Dispatch by rules: owner of the part and time decide, helpers are asked, some classes go by themselves (CAS-32, product C2, C3)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.cases import commands, queries
from jingwei.cases.commands.dispatch_by_rule import dispatch_due
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Helping
from jingwei.catalogue.commands import import_rules
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id
from jingwei.registry import commands as registry
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_FIRST, IN_VILLAGE, MONDAY_NINE, SCHEME, VENDOR, Centre, Row, expect_refusal

pytestmark = pytest.mark.django_db

COLUMNS = ("分类代码", "区域编码", "责任单位编码", "权属单位", "时间", "协办单位编码", "自动派遣")
LATER = MONDAY_NINE + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _same_sessions(centre: Centre) -> Iterator[None]:
    """Whoever signs in anew hours later does so only in that test."""
    kept = dict(centre._keys)
    yield
    centre._keys = kept


def rules(*lines: str, kind: str = "事项") -> None:
    outcome = import_rules(accounts.operator(), SCHEME, [
        Row(number, {"类别": kind, **dict(zip(COLUMNS, (cell.strip() for cell in line.split("|")), strict=True))})
        for number, line in enumerate(lines, 2)])
    assert outcome.rejected == []


def filed(centre: Centre, **told: Any) -> UUID:
    case_id: UUID = centre.report(**told)
    commands.file(centre.act("acceptor"), case_id)
    return case_id


def unit_of(case_id: UUID) -> str:
    found = Case.objects.get(id=case_id).unit_id
    return accounts.unit_book()[found].code if found else ""


def test_at_night_the_case_goes_to_the_unit_of_the_night(centre: Centre) -> None:
    rules("06 | 990101000000 | YL | | 18:00-08:00 | | ")
    by_day, by_night = filed(centre), filed(centre)
    commands.dispatch(centre.act("dispatcher"), by_day)
    with clock.held_at(MONDAY_NINE + timedelta(hours=12)):
        assert queries.responsible_for(centre.act("dispatcher"), by_night).unit_code == "YL"
        commands.dispatch(centre.act("dispatcher"), by_night)
    assert (unit_of(by_day), unit_of(by_night)) == ("HW", "YL")


def test_outside_its_hours_a_rule_names_nobody_and_the_dispatcher_is_told_so(centre: Centre) -> None:
    rules("10 | | ZF | | 18:00-08:00 | | ")
    case_id = filed(centre, class_code=f"{SCHEME}/matter/10001")
    assert queries.detail(centre.act("dispatcher"), case_id).case["waits_for"] == "", "at night there will be one"
    with expect_refusal(CaseError.NO_RULE):
        commands.dispatch(centre.act("dispatcher"), case_id)
    assert commands.dispatch(centre.act("dispatcher"), case_id, unit_code="ZF").state == "handling"


def test_a_part_goes_to_whoever_its_owner_has_it_kept_by(centre: Centre) -> None:
    part = registry.add(accounts.operator(), new_id(), f"{SCHEME}/component/01001", registry.Where(*IN_FIRST), {
        "owner_name": "示例供电公司"}).id
    rules("06 | | YL | 示例供电公司 | | |")
    whose, nobodys = filed(centre, part=part), filed(centre)
    told = queries.responsible_for(centre.act("dispatcher"), whose)
    assert (told.unit_code, told.owner, [one.unit_code for one in told.behind]) == ("YL", "示例供电公司", ["HW"])
    for case_id in (whose, nobodys):
        commands.dispatch(centre.act("dispatcher"), case_id)
    assert (unit_of(whose), unit_of(nobodys)) == ("YL", "HW")


def test_units_that_the_rule_has_help_are_asked_with_the_dispatch(centre: Centre) -> None:
    rules("06 | 990101000000 | HW | | | YL、ZF |")
    case_id = filed(centre)
    commands.dispatch(centre.act("dispatcher"), case_id)
    assert [entry.verb for entry in history(f"case:{case_id}")][-3:] == ["case.dispatched", "case.help_asked", "case.help_asked"]
    assert sorted(row.unit for row in queries.helpers(centre.act("dispatcher"), case_id)) == ["YL", "ZF"]
    assert Item.objects.filter(subject__startswith="help:").count() == 2
    chosen = filed(centre)
    commands.dispatch(centre.act("dispatcher"), chosen, unit_code="HW")
    assert not Helping.objects.filter(case_id=chosen).exists(), "whom the dispatcher chooses by hand helps nobody by rule"


def test_over_http_a_dispatch_that_asks_helpers_is_one_step_for_whoever_saw_the_case_as_it_stood(centre: Centre) -> None:
    rules("06 | 990101000000 | HW | | | YL |")
    case_id, client = filed(centre), centre.client("dispatcher")
    seen = client.get(f"/api/cases/{case_id}").headers["ETag"]
    told = client.get(f"/api/cases/{case_id}/responsible").json()
    assert (told["unit_code"], [one["code"] for one in told["helpers"]]) == ("HW", ["YL"])

    def send(tag: str, key: str) -> Any:
        return client.post(f"/api/cases/{case_id}/dispatch", {"unit_code": ""}, content_type="application/json",
                           headers={"If-Match": tag, "Idempotency-Key": key})

    assert send('"1"', "an-earlier-look-at-it").json()["code"] == "case.moved_on"
    assert not Helping.objects.exists(), "either refusal undoes all of it"
    assert [send(seen, "the-dispatch-of-the-rule").json()["state"] for _ in range(2)] == ["handling", "handling"]
    assert Helping.objects.filter(case_id=case_id).count() == 1


def test_a_helper_out_of_use_keeps_no_case_from_being_dispatched(centre: Centre) -> None:
    rules("06 | 990101000000 | HW | | | YL |")
    from jingwei.accounts.models import Unit
    from jingwei.journal import commands as journal

    Unit.objects.filter(code="YL").update(active=False)
    journal.bump("accounts")
    case_id = filed(centre)
    assert commands.dispatch(centre.act("dispatcher"), case_id).state == "handling"
    assert not Helping.objects.exists()


def test_nothing_goes_by_itself_unless_a_rule_says_so(centre: Centre) -> None:
    filed(centre)
    with CaptureQueriesContext(connection) as made:
        assert dispatch_due(LATER) == 0
    assert len(made) == 1


def test_what_a_rule_dispatches_by_itself_goes_after_the_minute_in_which_filing_may_be_undone(centre: Centre) -> None:
    rules("06 | 990101000000 | HW | | | | 是")
    case_id, other = filed(centre), filed(centre, class_code=VENDOR)
    assert dispatch_due(MONDAY_NINE + timedelta(seconds=59)) == 0
    with clock.held_at(LATER):
        assert dispatch_due(LATER) == 1
        assert dispatch_due(LATER) == 0
    assert (unit_of(case_id), Case.objects.get(id=other).state) == ("HW", "filed")
    entry = history(f"case:{case_id}")[-1]
    told = orjson.loads(entry.data)
    assert (entry.verb, entry.actor, entry.via, told["by_rule"], told["by_itself"]) == ("case.dispatched", None, "job", True, True)
    line = queries.detail(centre.act("dispatcher"), case_id).timeline[-1]
    assert (line["by"], line["by_itself"]) == ("", True)
    assert commands.sign(centre.act("handler"), case_id).state == "handling"


def test_what_a_unit_returned_waits_for_a_person(centre: Centre) -> None:
    rules("06 | 990101000000 | HW | | | | 是")
    case_id = filed(centre)
    with clock.held_at(LATER):
        dispatch_due(LATER)
        commands.send_back(centre.act("handler"), case_id, reason="不属于本单位")
    later = LATER + timedelta(hours=1)
    with clock.held_at(later):
        assert dispatch_due(later) == 0
    assert Case.objects.get(id=case_id).state == "filed"


def test_in_the_township_it_goes_by_itself_through_the_town(centre: Centre) -> None:
    rules("06 | 990101100000 | TD | | | | 是")
    case_id = centre.report("villager", IN_VILLAGE)
    commands.hand_on(centre.act("community"), case_id, reason="超出村里能力")
    with clock.held_at(LATER):
        assert dispatch_due(LATER) == 1
    assert (unit_of(case_id), Case.objects.get(id=case_id).level) == ("TD", "town")


def test_a_rule_that_points_to_a_unit_out_of_use_lets_the_case_wait(centre: Centre) -> None:
    """A rule that points nowhere: nothing is dispatched into the void, by a person or by itself."""
    rules("06 | 990101000000 | YL | | | | 是")
    from jingwei.accounts.models import Unit
    from jingwei.journal import commands as journal

    Unit.objects.filter(code="YL").update(active=False)
    journal.bump("accounts")
    case_id = filed(centre)
    with clock.held_at(LATER):
        assert dispatch_due(LATER) == 0
        with expect_refusal(CaseError.UNKNOWN_UNIT):
            commands.dispatch(centre.act("dispatcher"), case_id)
    assert queries.responsible_for(centre.act("dispatcher"), case_id).unit_active is False


def test_one_case_that_fails_holds_up_no_other(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    rules("06 | 990101000000 | HW | | | | 是")
    from jingwei.cases.commands import dispatch_by_rule
    from jingwei.kernel.errors import Refusal

    first, second = filed(centre), filed(centre)
    real = dispatch_by_rule.dispatch

    def sometimes(actor: Any, case_id: UUID, **told: Any) -> Any:
        if case_id == first:
            raise Refusal(CaseError.NO_RULE, code="06010")
        return real(actor, case_id, **told)

    monkeypatch.setattr(dispatch_by_rule, "dispatch", sometimes)
    with clock.held_at(LATER):
        assert dispatch_due(LATER) == 1
    assert (Case.objects.get(id=first).state, Case.objects.get(id=second).state) == ("filed", "handling")


def test_why_this_unit_costs_a_few_statements(centre: Centre) -> None:
    case_id = filed(centre)
    actor = centre.act("dispatcher")
    queries.responsible_for(actor, case_id)
    with CaptureQueriesContext(connection) as made:
        told = queries.responsible_for(actor, case_id)
    assert (len(made), told.unit_code, told.area_name != "") == (2, "HW", True)

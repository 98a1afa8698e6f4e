"""Several units on one case: one leads, others help, one clock (C5, CAS-45, PB-24)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import units
from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Helping
from jingwei.journal import commands as journal
from jingwei.journal import readers
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import MONDAY_NINE, Centre, expect_refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(centre: Centre) -> UUID:
    """A case that waits with 环卫所."""
    return centre.handled()


def ask(centre: Centre, case_id: UUID, unit: str = "YL", task: str = "修补绿篱", who: str = "dispatcher") -> UUID:
    return commands.ask_help(centre.act(who), case_id, new_id(), unit_code=unit, task=task)


def test_a_unit_that_helps_sees_the_case_signs_and_says_what_it_did(centre: Centre, held: UUID) -> None:
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("otherhandler"), held)
    task = ask(centre, held)
    told = queries.detail(centre.act("otherhandler"), held)
    assert told.case["marks"] == ["helped"]
    assert told.actions == [], "the steps are those of the unit that leads"
    assert queries.other_due(centre.act("otherhandler")) == [
        {"kind": "help", "name": "协办待完成", "to": "/cases?helping=true", "count": 1, "late": 0}]
    mine = queries.list_cases(centre.act("otherhandler"), queries.Filter(helping=True))
    assert [row.id for row in mine.rows] == [held]

    commands.sign_help(centre.act("otherhandler"), task)
    commands.finish_help(centre.act("otherhandler"), task, text="绿篱已补种")
    shown = queries.helpers(centre.act("dispatcher"), held)
    assert [(row.unit, row.state, row.task, row.answer, row.may) for row in shown] == [
        ("YL", "done", "修补绿篱", "绿篱已补种", [])]
    assert queries.other_due(centre.act("otherhandler")) == []
    assert queries.detail(centre.act("otherhandler"), held).case["id"] == held, "what one helped with stays readable"
    assert [entry.verb for entry in history(f"case:{held}")][-3:] == ["case.help_asked", "case.help_signed", "case.help_done"]


def test_the_leading_unit_cannot_feed_back_while_another_still_helps(centre: Centre, held: UUID) -> None:
    task = ask(centre, held)
    with expect_refusal(CaseError.HELPERS_OPEN):
        commands.feed_back(centre.act("handler"), held, text="已清理")
    commands.finish_help(centre.act("otherhandler"), task, text="绿篱已补种")
    assert commands.feed_back(centre.act("handler"), held, text="已清理").state == "fed_back"


def test_a_unit_may_decline_and_another_be_asked(centre: Centre, held: UUID) -> None:
    task = ask(centre, held)
    commands.decline_help(centre.act("otherhandler"), task, reason="不是我单位养护范围")
    again = ask(centre, held)
    assert again != task
    commands.release_help(centre.act("dispatcher"), again, reason="已由环卫所一并处理")
    assert [row.state for row in queries.helpers(centre.act("dispatcher"), held)] == ["declined", "released"]
    with expect_refusal(CaseError.HELP_ENDED):
        commands.finish_help(centre.act("otherhandler"), again, text="完成")
    assert commands.feed_back(centre.act("handler"), held, text="已清理").state == "fed_back"


def test_one_clock_runs_for_all(centre: Centre, held: UUID) -> None:
    task = ask(centre, held)
    subject = f"help:{task}"
    assert Item.objects.get(subject=subject).due_at == Case.objects.get(id=held).due_at
    commands.ask_extension(centre.act("handler"), held, reason="等材料", value="1", unit="work_day")
    commands.extend(centre.act("dispatcher"), held, reason="等材料", value="1", unit="work_day")
    assert Item.objects.get(subject=subject).due_at == Case.objects.get(id=held).due_at
    commands.suspend(centre.act("dispatcher"), held, reason="等汛期过后")
    assert Item.objects.get(subject=subject).due_at is None


def test_when_the_unit_returns_the_case_its_helpers_are_let_go(centre: Centre, held: UUID) -> None:
    ask(centre, held)
    commands.send_back(centre.act("handler"), held, reason="不属于本单位")
    assert [row.state for row in queries.helpers(centre.act("dispatcher"), held)] == ["released"]
    assert not Item.objects.filter(subject__startswith="help:").exists()


def test_when_the_case_goes_on_as_part_of_another_its_helpers_are_let_go(centre: Centre, held: UUID) -> None:
    ask(centre, held)
    commands.merge(centre.act("leader1"), held, into=centre.report())
    assert [row.state for row in queries.helpers(centre.act("dispatcher"), held)] == ["released"]
    assert not Item.objects.filter(subject__startswith="help:").exists()


def test_who_helped_may_neither_check_nor_close(centre: Centre, held: UUID) -> None:
    """STF-14, AT-09: helping is handling."""
    task = ask(centre, held)
    commands.finish_help(centre.act("otherhandler"), task, text="完成")
    assert str(centre.ids["otherhandler"]) in Case.objects.get(id=held).duties["handle"]


def test_who_once_dispatched_it_may_not_help(centre: Centre, held: UUID) -> None:
    """STF-14: whatever posts somebody came to hold since."""
    case = Case.objects.get(id=held)
    case.duties["command"].append(str(centre.ids["otherhandler"]))
    case.save(update_fields=["duties"])
    task = ask(centre, held)
    with expect_refusal(CaseError.APART):
        commands.finish_help(centre.act("otherhandler"), task, text="完成")


@pytest.mark.parametrize(("unit", "task", "refused"), [
    ("HW", "帮忙", CaseError.HELPS_ALREADY), ("NONE", "帮忙", CaseError.UNKNOWN_UNIT), ("YL", " ", CaseError.MISSING),
])
def test_what_cannot_be_asked_is_refused_in_words_and_leaves_nothing(centre: Centre, held: UUID, unit: str, task: str,
                                                                    refused: Any) -> None:
    before = len(history(f"case:{held}"))
    with expect_refusal(refused):
        ask(centre, held, unit, task)
    assert not Helping.objects.exists()
    assert len(history(f"case:{held}")) == before


def test_a_unit_is_asked_once_at_a_time_and_only_while_the_case_is_handled(centre: Centre, held: UUID) -> None:
    ask(centre, held)
    with expect_refusal(CaseError.HELPS_ALREADY):
        ask(centre, held)
    with expect_refusal(CaseError.NOT_NOW):
        ask(centre, centre.report())


def test_strangers_learn_nothing_and_others_may_not(centre: Centre, held: UUID) -> None:
    task = ask(centre, held)
    for login, reason in (("neighbour", KernelError.NOT_FOUND), ("handler", CaseError.WRONG_ROLE), ("acceptor", CaseError.WRONG_ROLE)):
        with expect_refusal(reason):
            commands.finish_help(centre.act(login), task, text="完成")
    with expect_refusal(CaseError.WRONG_ROLE):
        ask(centre, held, "ZF", who="acceptor")
    with expect_refusal(KernelError.NOT_FOUND):
        commands.finish_help(centre.act("handler"), new_id(), text="完成")


def test_numbers_of_people_in_a_task_are_sealed(centre: Centre, held: UUID) -> None:
    ask(centre, held, task="请联系 13912345678 的业主")
    assert "13912345678" not in Helping.objects.get().task
    assert not any("13912345678" in entry.data for entry in history(f"case:{held}"))


def test_a_unit_that_moves_takes_its_tasks_along(centre: Centre, held: UUID) -> None:
    task = ask(centre, held)
    units.move(accounts.operator(), Helping.objects.get().unit_id, "HW")
    journal.number_entries()
    while readers.step():
        pass
    found = Helping.objects.get(id=task)
    assert found.unit_path == accounts.unit_book()[found.unit_id].path == Item.objects.get(subject=f"help:{task}").unit_path


def test_a_case_without_helpers_costs_nothing_more(centre: Centre, held: UUID) -> None:
    """B3: the statements of a step are the same as before."""
    actor = centre.act("handler")
    with CaptureQueriesContext(connection) as asked:
        commands.sign(actor, held)
    assert not any("cases_helping" in query["sql"] for query in asked)


def test_late_help_is_counted_as_late(centre: Centre, held: UUID) -> None:
    ask(centre, held)
    helper = centre.act("otherhandler")
    with clock.held_at(MONDAY_NINE + timedelta(days=3)):
        assert queries.other_due(helper)[0]["late"] == 1


def test_over_http_a_whole_task(centre: Centre, held: UUID) -> None:
    task = str(new_id())
    sent = {"id": task, "unit_code": "YL", "task": "修补绿篱"}
    dispatcher, helper = centre.client("dispatcher"), centre.client("otherhandler")
    assert dispatcher.post(f"/api/cases/{held}/helpers", sent, content_type="application/json").status_code == 201
    signed = helper.post(f"/api/helpers/{task}/sign", {}, content_type="application/json")
    assert signed.status_code in (200, 204), signed.content.decode()
    assert helper.get(f"/api/cases/{held}/helpers").json()[0]["may"] == ["finish", "decline"]
    done = helper.post(f"/api/helpers/{task}/finish", {"text": "已补种"}, content_type="application/json")
    assert done.status_code in (200, 204)
    assert helper.get("/api/todo/others").json() == []

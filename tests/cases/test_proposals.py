"""Proposals of deputies and committee members: two visits, a countersigned answer, three rates (CAS-34, INT-13, AT-33)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, proposals, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Proposal
from jingwei.cases.proposal_errors import ProposalError
from jingwei.catalogue.errors import CatalogueError
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import MONDAY_NINE, Centre, expect_refusal

pytestmark = pytest.mark.django_db


def note(centre: Centre, number: str = "7", who: str = "leader1", **more: Any) -> UUID:
    new = {"id": new_id(), "kind": "npc", "year": 2026, "number": number, "title": "关于增设枫林路路灯的建议", "proposer": "示例代表",
           "area_code": "990101", "unit_code": "HW", "due_on": date(2026, 12, 31)} | more
    return commands.note_proposal(centre.act(who), commands.NewProposal(**new)).id


def take(centre: Centre, who: str, proposal_id: UUID, deed: str, text: str = "已当面听取意见", **more: Any) -> str:
    return commands.take_proposal(centre.act(who), proposal_id, deed, text=text, **more).state


def answered(centre: Centre, number: str, *, satisfied: bool = True, **more: Any) -> UUID:
    proposal_id = note(centre, number, **more)
    for who, deed in (("handler", "visit"), ("handler", "draft"), ("leader1", "countersign")):
        take(centre, who, proposal_id, deed)
    take(centre, "handler", proposal_id, "answer", satisfied=satisfied)
    return proposal_id


def closed(centre: Centre, number: str, **more: Any) -> UUID:
    proposal_id = answered(centre, number, **more)
    take(centre, "handler", proposal_id, "carry_out")
    take(centre, "leader1", proposal_id, "close", text="")
    return proposal_id


@pytest.mark.parametrize(("part", "whole", "told"), [(11, 13, "84.6"), (11, 11, "100.0"), (0, 5, "0.0"), (0, 0, ""), (9999, 10000, "99.9"), (1, 3, "33.3"), (2, 3, "66.7")])
def test_rates_have_one_decimal_and_all_means_all(part: int, whole: int, told: str) -> None:
    assert proposals.rate(part, whole) == told


def test_every_open_state_has_a_way_on_and_the_last_has_none() -> None:
    for state in proposals.STATES:
        assert bool(proposals.possible(state, ["unit", "office"])) is (state != "closed")
    assert {deed for _, deed, _, _ in proposals.ROWS} == set(proposals.DEEDS)
    assert {to for _, _, _, to in proposals.ROWS} | {"received"} == set(proposals.STATES)


def test_thirteen_proposals_of_which_eleven_are_closed(centre: Centre) -> None:
    """AT-33: 7 + 6 = 13, one of them key; 11 closed = 84.6 %; satisfied 11 of 11 = 100 %."""
    for number in range(7):
        (closed if number < 6 else note)(centre, str(number), key=number == 0)
    for number in range(6):
        (closed if number < 5 else note)(centre, str(number), kind="cppcc")
    page = queries.proposal_page(centre.act("boss"), year=2026)
    npc, cppcc, whole = page.rates
    assert (npc.what, npc.all, cppcc.what, cppcc.all, whole.all, whole.key) == ("人大代表建议", 7, "政协委员提案", 6, 13, 1)
    assert (whole.closed, whole.closed_rate, whole.visited_rate) == (11, "84.6", "84.6")
    assert (whole.satisfied, whole.asked, whole.satisfied_rate) == (11, 11, "100.0")
    assert [row.state for row in page.rows[:3]] == ["received", "received", "closed"]
    assert len(queries.proposal_page(centre.act("boss"), year=2026, state="open").rows) == 2
    assert page.years == [2026]


def test_it_goes_from_visit_to_closing_and_each_step_is_told(centre: Centre) -> None:
    proposal_id = closed(centre, "7")
    told = queries.proposal(centre.act("handler"), proposal_id)
    assert (told.proposer, told.line.state_name, told.line.satisfied, told.deeds) == ("示例代表", "已办结", True, [])
    assert [step["said"] for step in reversed(told.steps)] == [
        "登记建议提案并交办", "首次走访提出人", "提交答复稿", "会签答复稿", "二次走访，当面答复", "报告落实情况", "办结建议提案"]
    assert not Item.objects.filter(subject=f"proposal:{proposal_id}").exists()
    assert "示例代表" not in "".join(entry.data for entry in history(f"proposal:{proposal_id}"))


def test_who_has_to_act_finds_it_on_their_list(centre: Centre) -> None:
    proposal_id = note(centre)
    waiting = [{"kind": "proposal", "name": "建议提案待办理", "to": "/proposals", "count": 1, "late": 0}]
    assert queries.other_due(centre.act("handler")) == waiting
    assert queries.other_due(centre.act("otherhandler")) == queries.other_due(centre.act("leader1")) == []
    take(centre, "handler", proposal_id, "visit")
    take(centre, "handler", proposal_id, "draft")
    assert queries.other_due(centre.act("leader1")) == waiting
    assert queries.other_due(centre.act("handler")) == []
    with clock.held_at(MONDAY_NINE + timedelta(days=60)):
        assert queries.proposal(centre.act("boss"), proposal_id).line.late


def test_who_is_not_satisfied_is_answered_anew(centre: Centre) -> None:
    proposal_id = answered(centre, "7", satisfied=False)
    assert Proposal.objects.get().state == "visited"
    whole = queries.proposal_page(centre.act("boss"), year=2026).rates[-1]
    assert (whole.satisfied, whole.asked, whole.satisfied_rate) == (0, 1, "0.0")
    for who, deed in (("handler", "draft"), ("leader1", "countersign")):
        take(centre, who, proposal_id, deed)
    assert take(centre, "handler", proposal_id, "answer", satisfied=True) == "answered"
    assert queries.proposal_page(centre.act("boss"), year=2026).rates[-1].satisfied_rate == "100.0"


def test_the_office_sends_back_draft_and_work(centre: Centre) -> None:
    proposal_id = note(centre)
    take(centre, "handler", proposal_id, "visit")
    take(centre, "handler", proposal_id, "draft")
    assert take(centre, "leader1", proposal_id, "return_draft", text="请写明时间") == "visited"
    with expect_refusal(ProposalError.MISSING):
        take(centre, "handler", proposal_id, "draft", text=" ")
    take(centre, "handler", proposal_id, "draft")
    take(centre, "leader1", proposal_id, "countersign", text="")
    with expect_refusal(ProposalError.MISSING):
        take(centre, "handler", proposal_id, "answer")
    take(centre, "handler", proposal_id, "answer", satisfied=True)
    take(centre, "handler", proposal_id, "carry_out")
    assert take(centre, "leader1", proposal_id, "return_work", text="还有一处没有装") == "answered"


def test_nobody_countersigns_their_own_draft_and_sides_are_kept(centre: Centre) -> None:
    proposal_id = note(centre)
    with expect_refusal(ProposalError.WRONG_SIDE):
        take(centre, "leader1", proposal_id, "visit")
    take(centre, "handler", proposal_id, "visit")
    take(centre, "handler", proposal_id, "draft")
    for who in ("handler", "boss", "acceptor"):
        with expect_refusal(ProposalError.WRONG_SIDE):
            take(centre, who, proposal_id, "countersign")
    Proposal.objects.update(drafted_by=centre.ids["leader1"])
    with expect_refusal(ProposalError.OWN_DRAFT):
        take(centre, "leader1", proposal_id, "countersign")
    with expect_refusal(ProposalError.WRONG_STATE):
        take(centre, "leader1", proposal_id, "close")
    with expect_refusal(ProposalError.WRONG_STATE):
        take(centre, "leader1", proposal_id, "burn")
    for who in ("otherhandler", "neighbour"):
        with expect_refusal(KernelError.NOT_FOUND):
            take(centre, who, proposal_id, "draft")


def test_it_is_handed_to_another_unit_before_the_draft(centre: Centre) -> None:
    proposal_id = note(centre)
    take(centre, "handler", proposal_id, "visit")
    assert take(centre, "leader1", proposal_id, "assign", unit_code="YL") == "received"
    assert queries.proposal(centre.act("otherhandler"), proposal_id).line.unit_name
    with expect_refusal(KernelError.NOT_FOUND):
        queries.proposal(centre.act("handler"), proposal_id)
    with expect_refusal(CaseError.UNKNOWN_UNIT):
        take(centre, "leader1", proposal_id, "assign", unit_code="NO")


def test_a_unit_taken_out_of_use_leaves_its_proposals_to_the_heir(centre: Centre) -> None:
    proposal_id = note(centre)
    book = {unit.code: unit for unit in accounts.unit_book().values()}
    commands.inherit(centre.act("admin"), book["HW"].id, book["YL"].id)
    assert Proposal.objects.get().unit_id == book["YL"].id
    assert history(f"proposal:{proposal_id}")[-1].verb == "proposal.assigned"
    assert Item.objects.get(subject=f"proposal:{proposal_id}").unit_path == book["YL"].path


@pytest.mark.parametrize(("more", "why"), [
    ({"number": " "}, ProposalError.BAD_FIELD), ({"title": ""}, ProposalError.BAD_FIELD), ({"proposer": ""}, ProposalError.BAD_FIELD),
    ({"kind": "x"}, ProposalError.BAD_FIELD), ({"year": 1999}, ProposalError.BAD_FIELD), ({"due_on": date(2026, 1, 1)}, ProposalError.BAD_FIELD),
    ({"due_on": date(9999, 12, 31)}, ProposalError.BAD_FIELD), ({"unit_code": "NO"}, CaseError.UNKNOWN_UNIT), ({"area_code": "\0"}, CatalogueError.AREA_UNKNOWN),
    ({"area_code": "990102"}, CatalogueError.AREA_UNKNOWN), ({"title": "字" * 201}, CaseError.TOO_LONG), ({"text": "a\0"}, CaseError.BAD_TEXT),
    ({"who": "handler"}, CatalogueError.AREA_UNKNOWN), ({"who": "acceptor"}, ProposalError.NOT_OFFICE)])
def test_what_cannot_be_noted_is_refused(centre: Centre, more: dict[str, Any], why: Any) -> None:
    with expect_refusal(why):
        note(centre, **more)
    assert not Proposal.objects.exists()


def test_a_number_is_told_once_in_a_year_of_a_kind(centre: Centre) -> None:
    note(centre, "7")
    with expect_refusal(ProposalError.NUMBER_TAKEN):
        note(centre, "7")
    note(centre, "7", kind="cppcc")
    note(centre, "7", year=2025)
    assert Proposal.objects.count() == 3


def test_numbers_of_people_stand_in_it_as_tokens(centre: Centre) -> None:
    proposal_id = note(centre, text="联系人 13912345678")
    take(centre, "handler", proposal_id, "visit", text="电话 13912345678")
    told = queries.proposal(centre.act("handler"), proposal_id)
    assert "13912345678" not in f"{told.text}{told.steps}"


def test_lists_and_pages_cost_what_they_say(centre: Centre) -> None:
    ids = [note(centre, str(number)) for number in range(5)]
    boss = centre.act("boss")
    with CaptureQueriesContext(connection) as asked:
        queries.proposal_page(boss, year=2026)
    assert len(asked) <= 3
    with CaptureQueriesContext(connection) as asked:
        queries.proposal(boss, ids[0])
    assert len(asked) <= 5
    assert queries.proposal_page(centre.act("neighbour"), year=2026).rows == []
    with expect_refusal(AccountError.NO_RIGHT):
        queries.proposal_page(centre.act("sysadmin"))

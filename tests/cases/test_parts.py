"""A case names the part it is about; how often a part failed, and which fail again and again (G4, CAT-02)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.cases.part_failures import Reported, repeats
from jingwei.catalogue.commands import set_setting
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.registry import commands as registry
from tests.cases.conftest import (
    GARBAGE,
    IN_FIRST,
    IN_SECOND,
    IN_VILLAGE,
    MONDAY_NINE,
    NEXT_DOOR,
    SCHEME,
    Centre,
    expect_refusal,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _same_sessions(centre: Centre) -> Iterator[None]:
    """Whoever signs in anew months later does so only in that test."""
    kept = dict(centre._keys)
    yield
    centre._keys = kept


def part(centre: Centre, at: tuple[float, float] = IN_FIRST, operator: Any = None) -> UUID:
    actor = operator or centre.act("admin")
    return registry.add(actor, new_id(), f"{SCHEME}/component/01001", registry.Where(*at), {}).id


def closed(centre: Centre, at: datetime, about: UUID) -> UUID:
    """A case about a part, reported and closed at this time of a day."""
    with clock.held_at(at):
        held = centre.checked(part=about)
        commands.close(centre.act("leader1"), held)
    return held


@pytest.mark.parametrize(("reported", "days", "expected"), [
    # reported on day, closed on day (None: open), state → whether it is a repeat within 30 days
    ([(0, 1, "closed"), (20, None, "handling")], 30, [False, True]), ([(0, 1, "closed"), (31, 32, "closed")], 30, [False, True]),
    ([(0, 1, "closed"), (32, 33, "closed")], 30, [False, False]), ([(0, 1, "closed"), (32, 33, "closed"), (40, None, "filed")], 30, [False, False, True]),
    ([(0, None, "handling"), (2, None, "handling")], 30, [False, False]), ([(0, 5, "closed"), (2, 6, "closed")], 30, [False, False]),
    ([(0, 1, "void"), (2, None, "handling")], 30, [False, False]), ([(0, 1, "refused"), (2, 3, "closed")], 30, [False, False]),
    ([(0, 1, "closed"), (2, 3, "void")], 30, [False, False]), ([(0, 1, "closed"), (1, None, "reported")], 7, [False, True]),
    ([(2, None, "filed"), (0, 1, "closed")], 7, [True, False]), ([], 7, [])])
def test_again_soon_after_it_was_mended(reported: list[tuple[int, int | None, str]], days: int, expected: list[bool]) -> None:
    told = [Reported(MONDAY_NINE + begun * DAY, None if over is None else MONDAY_NINE + over * DAY, state) for begun, over, state in reported]
    assert repeats(told, days) == expected


def test_a_report_names_its_part_in_the_row_it_writes_anyway(centre: Centre) -> None:
    """B1: the column costs no statement of its own; naming one costs the one that looks it up."""
    held = part(centre)
    centre.report()
    costs = []
    for about in (None, held):
        with CaptureQueriesContext(connection) as caught:
            case_id = centre.report(part=about)
        costs.append(len(caught))
        inserted = [each["sql"] for each in caught if "INSERT INTO cases_case (" in each["sql"]]
        assert len(inserted) == 1
        assert "part_id" in inserted[0]
    assert costs[1] == costs[0] + 1
    assert Case.objects.get(id=case_id).part_id == held
    detail = queries.detail(centre.act("acceptor"), case_id)
    assert detail.case["part"] == {"id": held, "number": "99010101001000001", "name": "供水井盖", "state_name": "完好"}
    assert str(held) in journal.history(f"case:{case_id}")[0].data


def test_a_case_without_part_costs_no_statement_for_it(centre: Centre) -> None:
    actor, bare, named = centre.act("acceptor"), centre.report(), centre.report(part=part(centre))
    queries.detail(actor, bare)
    costs = []
    for case_id in (bare, named):
        with CaptureQueriesContext(connection) as caught:
            assert (queries.detail(actor, case_id).case["part"] is None) == (case_id == bare)
        costs.append(len(caught))
    assert costs[1] == costs[0] + 1


def test_a_part_is_named_when_the_case_is_filed_and_the_step_undone(centre: Centre) -> None:
    held, other, case_id = part(centre), part(centre, IN_SECOND), centre.report()
    commands.file(centre.act("acceptor"), case_id, part=held)
    assert Case.objects.get(id=case_id).part_id == held
    commands.undo(centre.act("acceptor"), case_id)
    assert Case.objects.get(id=case_id).part_id is None
    commands.file(centre.act("acceptor"), case_id, part=other)
    assert Case.objects.get(id=case_id).part_id == other


def test_a_village_names_the_part_when_it_accepts(centre: Centre) -> None:
    held = part(centre, IN_VILLAGE)
    case_id = centre.report("villager", at=IN_VILLAGE)
    answer = centre.client("community").post(f"/api/cases/{case_id}/accept", {"part": str(held)}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert Case.objects.get(id=case_id).part_id == held
    second = centre.report("villager", at=IN_VILLAGE)
    assert centre.client("community").post(f"/api/cases/{second}/accept", content_type="application/json").status_code == 200, "nothing needs to be sent"


def test_a_part_that_is_none_or_lies_elsewhere_is_refused(centre: Centre, operator: Any) -> None:
    for about in (new_id(), part(centre, NEXT_DOOR, operator)):
        with expect_refusal(CaseError.UNKNOWN_PART):
            centre.report(part=about)
        case_id = centre.report()
        with expect_refusal(CaseError.UNKNOWN_PART):
            commands.file(centre.act("acceptor"), case_id, part=about)
    answer = centre.client("supervisor").post("/api/cases", {"id": str(new_id()), "text": "x", "lon": 102.0005, "lat": 40.0005, "part": "no"},
                                              content_type="application/json")
    assert answer.status_code == 400


def test_cases_are_found_by_their_part(centre: Centre) -> None:
    held = part(centre)
    wanted = {centre.report(part=held), centre.handled(part=held)}
    centre.report()
    client = centre.client("dispatcher")
    for query in (f"part={held}", "part=99010101001000001", f"part={held}&state=handling&state=reported&class_code={GARBAGE}"):
        assert {UUID(row["id"]) for row in client.get(f"/api/cases?{query}").json()["rows"]} == wanted
        assert client.get(f"/api/cases/count?{query}").json() == {"count": 2}
    assert client.get(f"/api/cases?part={new_id()}").json()["rows"] == []
    for unknown in ("99010101001000099", "x", "%00"):
        assert client.get(f"/api/cases?part={unknown}").json()["code"] == "case.unknown_filter"
    assert centre.client("neighbour").get(f"/api/cases?part={held}").json()["rows"] == []


def test_a_part_tells_how_often_it_failed_and_failed_again(centre: Centre, operator: Any) -> None:
    held = part(centre)
    first = closed(centre, MONDAY_NINE, held)
    second = closed(centre, MONDAY_NINE + 20 * DAY, held)
    with clock.held_at(MONDAY_NINE + 80 * DAY):
        third = centre.report(part=held)
        commands.refuse(centre.act("acceptor"), centre.report(part=held), reason="误报")
        found = queries.failures_of(centre.act("boss"), held)
    assert (found.days, found.failures, found.repeats) == (30, 3, 1)
    assert [(case.id, case.repeat) for case in found.cases if case.state != "refused"] == [(third, False), (second, True), (first, False)]
    set_setting(operator, "repeat_failure_days", "90")
    assert queries.failures_of(centre.act("boss"), held).repeats == 2
    with expect_refusal(KernelError.NOT_FOUND):
        queries.failures_of(centre.act("neighbour"), held)


def test_parts_that_fail_again_and_again_come_first(centre: Centre) -> None:
    often, seldom, once = part(centre), part(centre, IN_SECOND), part(centre, IN_SECOND)
    for about, times, at in ((often, 3, IN_FIRST), (seldom, 2, IN_SECOND), (once, 1, IN_SECOND)):
        for _ in range(times):
            centre.report(part=about, at=at)
    client = centre.client("boss")
    items = client.get("/api/parts/failing").json()["items"]
    assert [(UUID(item["part"]["id"]), item["failures"], item["open"]) for item in items] == [(often, 3, 3), (seldom, 2, 2)]
    for item in items:
        listed = client.get("/api/cases", item["filter"]).json()["rows"]
        assert len(listed) == item["failures"], "every figure opens to its cases"
    assert [UUID(item["part"]["id"]) for item in client.get("/api/parts/failing?at_least=3").json()["items"]] == [often]
    assert len(client.get("/api/parts/failing?area=990101001001002&at_least=1").json()["items"]) == 2
    assert client.get("/api/parts/failing?since=2027-01-01T00:00:00Z").json()["items"] == []
    assert centre.client("neighbour").get("/api/parts/failing").json()["items"] == []
    assert client.get("/api/parts/failing?area=999").json()["code"] == "case.unknown_filter"


def test_failing_parts_cost_the_same_few_statements(centre: Centre) -> None:
    actor, costs = centre.act("boss"), []
    for more in (1, 9):
        for _ in range(more):
            held = part(centre)
            centre.report(part=held)
            centre.report(part=held)
        with CaptureQueriesContext(connection) as caught:
            found = queries.failing_parts(actor)
        costs.append(len(caught))
    assert len(found) == 10
    assert costs[0] == costs[1] <= 5

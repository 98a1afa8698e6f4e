"""Cases from another system go on here: whatever state they come in, every button works and no deadline is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import case_table, commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from tests.cases.conftest import GARBAGE, IN_FIRST, IN_VILLAGE, MONDAY_NINE, Row, expect_refusal

pytestmark = pytest.mark.django_db
COLUMNS = {name: name for name in case_table.COLUMNS}
FILED = MONDAY_NINE - timedelta(hours=24)
DUE = MONDAY_NINE + timedelta(hours=3, seconds=20)


def mapping(**more):
    return case_table.Mapping.parse({
        "source": "旧系统", "channel": "import", "zone": "UTC", "time_formats": ["%Y-%m-%d %H:%M:%S"], "columns": COLUMNS} | more)


def row(state, at=IN_FIRST, **more):
    def told(instant: datetime) -> str:
        return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")

    values = {"id": "A-1", "text": "井盖松动", "lon": str(at[0]), "lat": str(at[1]), "place": "", "class": GARBAGE, "state": state,
              "unit": "HW", "reported_at": told(FILED - timedelta(hours=1)), "filed_at": told(FILED), "due_at": told(DUE)}
    return Row(2, {**values, **{name: value if isinstance(value, str) else told(value) for name, value in more.items()}})


def take(*rows, said=None):
    """The cases taken, by the source's id, and the codes of the refusals."""
    refused = []
    commands.import_cases(accounts.operator(), rows, said or mapping(), reject=lambda _, refusal: refused.append(refusal.reason))
    return {case.source_id: case for case in Case.objects.all()}, refused


def taken(*rows):
    cases, refused = take(*rows)
    assert refused == []
    return next(iter(cases.values()))


def test_an_extension_is_added_to_the_sources_own_deadline(centre):
    case = taken(row("handling"))
    assert case.due_at == DUE
    answer = commands.extend(centre.act("dispatcher"), case.id, reason="同意", value="2", unit="urgent_hour")
    assert DUE <= answer.due_at - timedelta(hours=2) < DUE + timedelta(minutes=1)


def test_without_filing_time_and_deadline_an_extension_is_still_no_fault_of_ours(centre):
    case = taken(row("handling", filed_at="", due_at=""))
    commands.extend(centre.act("dispatcher"), case.id, reason="同意", value="2", unit="work_hour")
    assert queries.explain_case(centre.act("boss"), case.id).because == "no_limit"


def test_a_suspended_one_resumes_with_what_was_left(centre):
    """From its filing a day ago 27 hours were given; the pause began with the filing, nothing of them is used."""
    case = taken(row("suspended"))
    assert case.due_at is None
    answer = commands.resume(centre.act("dispatcher"), case.id)
    assert MONDAY_NINE + timedelta(hours=27) <= answer.due_at <= MONDAY_NINE + timedelta(hours=27, minutes=1)


@pytest.mark.parametrize(("state", "login"), [("fed_back", "dispatcher"), ("checked", "acceptor")])
def test_what_was_fed_back_can_be_reworked(centre, state, login):
    """An hour before it came here it was fed back: the four hours that were left then are left still."""
    case = taken(row(state, handled_at=MONDAY_NINE - timedelta(hours=1)))
    answer = commands.rework(centre.act(login), case.id, reason="返工")
    assert answer.state == "handling"
    assert MONDAY_NINE + timedelta(hours=4) <= answer.due_at <= MONDAY_NINE + timedelta(hours=4, minutes=1)


@pytest.mark.parametrize("state", ["handling", "suspended", "fed_back", "checking", "checked"])
def test_a_case_that_a_unit_has_or_had_names_it(centre, state):
    assert take(row(state, unit="")) == ({}, [CaseError.MISSING])


@pytest.mark.parametrize(("state", "at"), [("verifying", IN_VILLAGE), ("fed_back", IN_VILLAGE), ("passed_up", IN_FIRST), ("未知", IN_FIRST)])
def test_a_state_that_the_flow_of_the_place_lacks_is_refused(centre, state, at):
    """It would wait for ever: no post has a button there."""
    assert take(row(state, at)) == ({}, [CaseError.BAD_STATE])


def test_what_was_closed_is_not_open(centre):
    assert take(row("handling", closed_at=MONDAY_NINE)) == ({}, [CaseError.BAD_STATE])
    assert taken(row("closed", closed_at=MONDAY_NINE)).ended_at == MONDAY_NINE


def test_one_that_waits_for_dispatch_has_no_unit_yet_and_gets_the_sources_time(centre):
    case = taken(row("filed"))
    assert case.dispatched_at is None
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        answer = commands.dispatch(centre.act("dispatcher"), case.id)
    assert answer.due_at is not None


def test_a_closed_one_can_be_reopened(centre):
    case = taken(row("closed", closed_at=MONDAY_NINE, filed_at=""))
    assert commands.reopen(centre.act("leader1"), case.id, reason="复发").state == "filed"


@pytest.mark.parametrize("wrong", [{"source": "一个很长很长很长很长很长很长很长很长的系统名"}, {"channel": "电话"}])
def test_a_mapping_whose_ids_or_channel_would_not_fit_is_refused(centre, wrong):
    with expect_refusal(CaseError.BAD_MAPPING):
        mapping(**wrong)


def test_the_same_table_again_changes_nothing(centre):
    rows = [row("handling"), row("closed", id="A-2", closed_at=MONDAY_NINE)]
    first, _ = take(*rows)
    second, _ = take(*rows)
    assert {key: (case.number, case.step) for key, case in first.items()} == {
        key: (case.number, case.step) for key, case in second.items()}
    assert [len(journaled.history(f"case:{case.id}")) for case in first.values()] == [1, 1]

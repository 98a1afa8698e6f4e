"""Complaints with a sum of money: claimed, settled, added up (INT-18, CAS-37)."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.errors import AccountError
from jingwei.cases import claims, commands, queries
from jingwei.cases.claim_errors import ClaimError
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Claim
from jingwei.journal.queries import history
from jingwei.kernel.errors import KernelError
from tests.cases.conftest import Centre, expect_refusal

pytestmark = pytest.mark.django_db


def claimed(centre: Centre, amount: str, settled: str = "", **more: Any) -> UUID:
    case_id = centre.report()
    commands.claim(centre.act("acceptor"), case_id, **({"kind": "wages", "amount": amount} | more))
    if settled:
        commands.settle(centre.act("acceptor"), case_id, amount=settled)
    return case_id


@pytest.mark.parametrize(("typed", "cents"), [
    ("360", 36000), ("1200.5", 120050), ("1,200.50", 120050), ("３６０ 元", 36000), ("¥ 360.00", 36000), ("225.8万", 225_800_000), ("225.8 万元", 225_800_000),
    ("0", 0), ("0.01", 1), ("10000000000", 1_000_000_000_000), ("1.234567万", 1_234_567), ("1.50000", 150)])
def test_a_sum_is_read_as_people_write_it(typed: str, cents: int) -> None:
    assert claims.cents(typed) == cents


@pytest.mark.parametrize("typed", ["", " ", "很多", "-1", "1.234", "1e5", "nan", "10000000000.01", "9" * 13, "1.2.3", "万", "1.2345678万", "1\n2x", "100,万,块"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        claims.cents(typed)


@pytest.mark.parametrize(("settled", "sum_", "share"), [(0, 0, None), (0, 5, 0), (1, 3, 33), (2, 3, 67), (999, 1000, 99), (1000, 1000, 100)])
def test_all_is_said_only_of_all(settled: int, sum_: int, share: int | None) -> None:
    assert claims.share(settled, sum_) == share


def test_a_claim_is_noted_corrected_and_settled(centre: Centre) -> None:
    case_id = claimed(centre, "22,580", people=12, text="工头电话 13912345678")
    line = queries.claim_of(centre.act("dispatcher"), case_id)
    assert line is not None
    assert (line.kind_name, line.claimed, line.settled, line.people) == ("拖欠工资", "22,580.00", "", 12)
    told = queries.detail(centre.act("acceptor"), case_id)
    assert told.case["marks"] == ["claim"]
    assert {"settle"} <= {each["deed"] for each in told.beside}
    said = told.timeline[-1]
    assert said["said"] == "登记诉求金额"
    assert said["text"].startswith("拖欠工资 22,580.00 元，涉及 12 人。工头电话 〔")
    assert "13912345678" not in history(f"case:{case_id}")[-1].data

    commands.claim(centre.act("acceptor"), case_id, kind="wages", amount="2.5万", people=12)
    assert "原为拖欠工资 22,580.00 元" in queries.detail(centre.act("acceptor"), case_id).timeline[-1]["text"]
    commands.settle(centre.act("acceptor"), case_id, amount="10000")
    commands.settle(centre.act("acceptor"), case_id, amount="25000")
    row = Claim.objects.get()
    assert (row.claimed, row.settled, row.month) == (2_500_000, 2_500_000, "2026-11")
    assert [entry.verb for entry in history(f"case:{case_id}")] == ["case.reported", "case.claimed", "case.claimed", "case.settled", "case.settled"]


def test_a_unit_that_has_the_case_notes_what_it_settled_even_after_closing(centre: Centre) -> None:
    case_id = centre.handled()
    commands.claim(centre.act("handler"), case_id, kind="refund", amount="360")
    commands.feed_back(centre.act("handler"), case_id, text="已退")
    commands.confirm(centre.act("dispatcher"), case_id)
    commands.check(centre.act("supervisor"), case_id, passed=True)
    commands.close(centre.act("leader1"), case_id)
    commands.settle(centre.act("handler"), case_id, amount="360")
    assert queries.claim_page(centre.act("boss")).total.share == 100
    with expect_refusal(CaseError.NOT_NOW):
        commands.claim(centre.act("acceptor"), case_id, kind="refund", amount="400")


def test_what_cannot_be_is_refused_and_nothing_is_written(centre: Centre) -> None:
    case_id = centre.report()
    acceptor = centre.act("acceptor")
    with expect_refusal(ClaimError.NO_CLAIM):
        commands.settle(acceptor, case_id, amount="1")
    for amount, why in (("很多", ClaimError.BAD_SUM), ("0", ClaimError.NOTHING_CLAIMED)):
        with expect_refusal(why):
            commands.claim(acceptor, case_id, kind="wages", amount=amount)
    with expect_refusal(ClaimError.UNKNOWN_KIND):
        commands.claim(acceptor, case_id, kind="gold", amount="1")
    assert not Claim.objects.exists()
    commands.claim(acceptor, case_id, kind="wages", amount="100")
    with expect_refusal(ClaimError.MORE_THAN_CLAIMED):
        commands.settle(acceptor, case_id, amount="100万")
    commands.settle(acceptor, case_id, amount="50")
    with expect_refusal(ClaimError.MORE_THAN_CLAIMED):
        commands.claim(acceptor, case_id, kind="wages", amount="49")
    for login, why in (("supervisor", CaseError.WRONG_ROLE), ("boss", CaseError.WRONG_ROLE), ("neighbour", KernelError.NOT_FOUND)):
        with expect_refusal(why):
            commands.claim(centre.act(login), case_id, kind="wages", amount="1")


def test_a_half_year_of_unpaid_wages_adds_up(centre: Centre) -> None:
    """INT-18: more than 30 cases, 2.258 million yuan; CAS-37: 16 complaints, 16 closed, 360 yuan refunded."""
    for number in range(31):
        claimed(centre, "72800" if number else "7.4万", settled="72800" if number < 20 else "", people=3)
    for _ in range(16):
        case_id = claimed(centre, "22.5", settled="22.5", kind="refund")
        Case.objects.filter(id=case_id).update(state="closed", ended_at="2026-11-23T02:00Z")
    page = queries.claim_page(centre.act("boss"), "2026-11")
    wages, refunds = page.kinds
    assert (wages.what, wages.cases, wages.people, wages.claimed) == ("拖欠工资", 31, 93, "2,258,000.00")
    assert (refunds.what, refunds.cases, refunds.closed, refunds.settled, refunds.share) == ("退款", 16, 16, "360.00", 100)
    assert (page.total.cases, page.total.claimed) == (47, "2,258,360.00")
    assert [each.what for each in page.months] == ["2026-11"]
    assert (len(page.open), page.open[0].left) == (12, "72,800.00")
    assert queries.claim_page(centre.act("boss"), "2026-10").total.cases == 0


def test_what_is_void_or_part_of_another_is_not_counted_twice(centre: Centre) -> None:
    first, second = claimed(centre, "100"), claimed(centre, "100")
    Case.objects.filter(id=second).update(state="void")
    page = queries.claim_page(centre.act("boss"))
    assert (page.total.cases, [row.id for row in page.open]) == (1, [first])


def test_sums_are_of_ones_own_reach(centre: Centre) -> None:
    claimed(centre, "100")
    assert queries.claim_page(centre.act("neighbour")).total.cases == 0
    assert queries.claim_page(centre.act("otherhandler")).total.cases == 0
    with expect_refusal(AccountError.NO_RIGHT):
        queries.claim_page(centre.act("sysadmin"))
    with expect_refusal(CaseError.UNKNOWN_FILTER):
        queries.claim_page(centre.act("boss"), "2026-13")


def test_the_page_costs_four_statements_however_many_there_are(centre: Centre) -> None:
    for _ in range(5):
        claimed(centre, "100")
    boss = centre.act("boss")
    with CaptureQueriesContext(connection) as asked:
        queries.claim_page(boss)
    assert len(asked) <= 4

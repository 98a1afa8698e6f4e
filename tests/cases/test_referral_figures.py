"""How a month's referrals were signed for, by place, unit and category; every number opens to what it counts."""

from collections import Counter
from datetime import timedelta

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, units, users
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries
from jingwei.cases.commands import Referring
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Sending
from jingwei.cases.queries import ReferralFilter
from jingwei.cases.referral import outcome
from jingwei.cases.referral_errors import ReferralError
from jingwei.cases.referral_reach import came_to
from jingwei.files.keys import ensure_key
from jingwei.grids import commands as grids
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id
from tests.cases.conftest import MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = MONDAY_NINE + 4 * DAY  # Friday of the same month: everything sent on Monday is due
TOWNS = "ABCDE"


def give(person, role, area, **more):
    """A post held since long ago."""
    with clock.held_at(MONDAY_NINE - 60 * DAY):
        grants.give(accounts.operator(), person, role, area, **more)


@pytest.fixture
def county(centre):
    """Five towns of a county of their own, each with a grid worker, a police station, a justice office."""
    boss = accounts.operator()
    root = grids.create_area(boss, "990103000000", "山北县", "county", parent_id=centre.areas["990100000000"], note="样例")
    for number, town in enumerate(TOWNS, 1):
        code = f"99010300{number}000"
        grids.create_area(boss, code, f"{town}镇", "town", parent_id=root, note="样例")
        centre.ids[f"worker{town}"] = users.create(boss, f"worker{town}", f"{town}镇网格员示例")
        give(centre.ids[f"worker{town}"], "supervisor", code)
        for kind, name in (("PS", "派出所"), ("JS", "司法所")):
            unit = f"{kind}-{town}"
            units.create(boss, unit, f"{town}镇{name}")
            centre.ids[unit] = users.create(boss, unit.lower(), f"{unit}示例", unit_code=unit)
            give(centre.ids[unit], "handler", "990103", unit_code=unit)
    centre.ids["countyhead"] = users.create(boss, "countyhead", "县领导示例")
    give(centre.ids["countyhead"], "leader", "990103")
    ensure_key()
    return centre


def send(county, town, unit, category="tenancy", **more):
    return commands.refer(county.act(f"worker{town}"), Referring(
        id=new_id(), category=category, unit_code=unit, text="样例", area=f"99010300{TOWNS.index(town) + 1}000", **more)).id


def sheet(county, login="countyhead", **asked):
    return queries.signature_figures(county.act(login), **asked)


def cells(figures, rows, category):
    place = [row["code"] for row in figures.categories].index(category)
    return {row.name: (row.cells[place].sent, row.cells[place].said) for row in getattr(figures, rows)}


def test_three_towns_report_and_one_station_signs(county):
    """AT-27: only E station signs in time → 0 % at every other station; not reported is said, never 0 %."""
    with clock.held_at(MONDAY_NINE - 40 * DAY):
        send(county, "D", "PS-D")
    for town, unit, count in (("A", "PS-A", 5), ("B", "PS-B", 4), ("C", "PS-C", 3), ("C", "PS-E", 2)):
        for _ in range(count):
            sent = send(county, town, unit)
            if unit == "PS-E":
                commands.sign_referral(county.act("PS-E"), sent)
    for _ in range(4):
        send(county, "B", "JS-B", "dispute")   # BUL-06: one place filed 4, all others none
    with clock.held_at(LATER):
        figures = sheet(county)
    assert cells(figures, "units", "tenancy") == {
        "A镇派出所": (5, "0%"), "B镇派出所": (4, "0%"), "C镇派出所": (3, "0%"), "E镇派出所": (2, "100%"),
        "D镇派出所": (0, "未报送"), "B镇司法所": (0, "未报送")}
    assert cells(figures, "places", "tenancy") == {
        "A镇": (5, "0%"), "B镇": (4, "0%"), "C镇": (5, "40%"), "D镇": (0, "未报送"), "E镇": (0, "未报送")}
    assert cells(figures, "places", "dispute") == {
        "A镇": (0, "未报送"), "B镇": (4, "0%"), "C镇": (0, "未报送"), "D镇": (0, "未报送"), "E镇": (0, "未报送")}
    assert set(cells(figures, "places", "health").values()) == {(0, "未报送")}
    assert figures.unreported == 5 * 9 - 3 - 1
    assert (figures.total.sent, figures.total.counts["signed"], figures.total.counts["unsigned"]) == (18, 2, 16)
    assert (figures.area_name, figures.month) == ("山北县", "2026-11")


def everything(figures):
    for row in (*figures.places, *figures.units):
        yield from (*row.cells, row.total)
    yield figures.total


def variety(county):
    """One of each outcome, by several hands."""
    for town, deed in zip("AAABBCC", ("sign", "late", "refuse", "refuse_late", "none", "withdraw", "again"), strict=True):
        sent = send(county, town, f"PS-{town}", "hazard" if deed == "none" else "order")
        person = county.act(f"PS-{town}")
        with clock.held_at(MONDAY_NINE + (2 * DAY if "late" in deed else timedelta(0))):
            if deed in ("sign", "late"):
                commands.sign_referral(person, sent)
            elif "refuse" in deed or deed == "again":
                commands.refuse_referral(person, sent, reason="非本辖区")
            elif deed == "withdraw":
                commands.end_referral(county.act(f"worker{town}"), sent, reason="已解决")
            if deed == "again":
                commands.pass_on_referral(county.act(f"worker{town}"), sent, unit_code=f"PS-{town}")


@pytest.mark.parametrize("login", ["countyhead", "PS-A"])
def test_every_number_opens_to_exactly_what_it_counts(county, login):
    """By outcome too; each sending stands by itself, twice to the same unit is two."""
    variety(county)
    give(county.ids["workerA"], "supervisor", "990103")
    commands.refer(county.act("workerA"), Referring(id=new_id(), category="other", unit_code="JS-B", text="样例", area="990103"))
    with clock.held_at(LATER):
        figures, actor = sheet(county, login), county.act(login)
        for cell in everything(figures):
            for name in ("", *figures.outcomes):
                asked = ReferralFilter(**cell.filter, outcome=[name] if name else [])
                found = queries.list_referrals(actor, asked, limit=200).rows
                assert len(found) == (cell.counts[name] if name else cell.sent), (cell.filter, name)
    assert figures.total.sent == (9 if login == "countyhead" else 3)


def test_statements_and_the_rule_count_alike(county):
    """`came_to` is the same table as `referral.outcome`."""
    variety(county)
    for now in (MONDAY_NINE, LATER):
        by_rule = Counter(outcome(row, now) for row in Sending.objects.all())
        by_statement = {name: Sending.objects.filter(came_to(name, now)).count() for name in by_rule}
        assert by_statement == by_rule


def test_places_and_units_add_up_to_the_total(county):
    variety(county)
    give(county.ids["workerA"], "supervisor", "990103")
    commands.refer(county.act("workerA"), Referring(id=new_id(), category="other", unit_code="JS-B", text="样例", area="990103"))
    with clock.held_at(LATER):
        figures = sheet(county)
    assert figures.places[-1].name == "山北县（未细分到下级）"
    for rows in (figures.places, figures.units):
        added = sum((Counter(row.total.counts) for row in rows), Counter())
        assert added == Counter({name: count for name, count in figures.total.counts.items() if count})
        for row in rows:
            assert sum(cell.sent for cell in row.cells) == row.total.sent


def test_a_unit_counts_what_went_to_it_and_no_place(county):
    """Who signs for a unit sees its own row; a grid worker has no sheet; nobody sees a county that is not theirs."""
    variety(county)
    own = sheet(county, "PS-A")
    assert [row.name for row in own.units] == ["A镇派出所"]
    assert own.places == []
    assert [row.name for row in sheet(county, "PS-D").units] == ["D镇派出所"]
    with expect_refusal(AccountError.NO_RIGHT):
        sheet(county, "workerA")
    with expect_refusal(CaseError.UNKNOWN_FILTER):
        sheet(county, area="990101")
    assert sheet(county, "boss").total.sent == 0


@pytest.mark.parametrize("month", ["2026-12", "2026-00", "26-11", "2026-11\n", "1999-12", "２０２６-11", "\0"])
def test_a_month_that_cannot_be_is_refused(county, month):
    with expect_refusal(ReferralError.BAD_MONTH):
        sheet(county, month=month)


def test_a_month_is_that_of_the_place(county):
    """23:30 on 30 November here is 30 November, 00:30 on 1 December is not."""
    for hours in (-0.5, 0.5):
        with clock.held_at(MONDAY_NINE.replace(hour=16) + 7 * DAY + timedelta(hours=hours)):
            send(county, "A", "PS-A")
    with clock.held_at(MONDAY_NINE + 20 * DAY):
        assert [sheet(county, month=month).total.sent for month in ("2026-10", "2026-11", "2026-12")] == [0, 1, 1]


def test_a_sheet_costs_the_same_whatever_it_counts(county, django_assert_max_num_queries):
    variety(county)
    county.act("countyhead")
    sheet(county)
    with django_assert_max_num_queries(8):
        sheet(county)

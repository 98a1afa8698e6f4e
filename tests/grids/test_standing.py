"""Certificates on the desk, areas without a main now and soon, one grid and one person."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import grants, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.queries import Role
from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.models import Area, Certificate, GridSystem
from jingwei.grids.staffing import Why
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, WEST, Town, manager, reason

pytestmark = pytest.mark.django_db
TODAY = today()
DAY = timedelta(days=1)
MONDAY = date(2024, 9, 2)
ZONE = ZoneInfo("Asia/Shanghai")
BADGE = "网格员证"
People = dict[str, UUID]


@pytest.fixture
def grids(tree: Town, operator: Actor) -> list[int]:
    return [commands.create_area(operator, f"{code}R0{number}", f"{name}第{number}网格", "responsibility", parent_id=tree[code])
            for code, name in ((WEST, "枫林"), (EAST, "书院")) for number in (1, 2)]


def ask_for_badges() -> None:
    GridSystem.objects.filter(pk="base").update(rules=[{"asks": "certificate", "level": 6, "value": BADGE}])


def test_who_stands_without_a_valid_certificate_is_named_and_passed_over(
        grids: list[int], people: People, operator: Actor) -> None:
    """STF-04, STF-27: duty only with a certificate, where the system asks for one."""
    commands.staff(operator, grids[0], people["wang"], "main", MONDAY)
    commands.staff(operator, grids[0], people["li"], "deputy", MONDAY)
    commands.staff(operator, grids[1], people["zhao"], "main", MONDAY)
    assert queries.lacking(operator, on=MONDAY) == []
    ask_for_badges()
    commands.certify(operator, people["li"], BADGE, MONDAY - DAY)
    commands.certify(operator, people["zhao"], BADGE, MONDAY - 9 * DAY, MONDAY - DAY)
    found = queries.lacking(operator, on=MONDAY)
    assert [(one.area_id, one.user_name, one.post, one.kind, one.why) for one in found] == [
        (grids[0], "王示例", "main", BADGE, "none"), (grids[1], "赵试用", "main", BADGE, "expired")]
    noon = datetime(2024, 9, 2, 12, tzinfo=ZONE)
    duty = queries.on_duty(grids[0], noon)
    assert (duty.user, duty.why, duty.passed_over) == (people["li"], Why.STANDS_IN, (people["wang"],))
    assert queries.on_duty(grids[1], noon).why is Why.ALL_AWAY
    commands.certify(operator, people["wang"], BADGE, MONDAY)
    assert queries.on_duty(grids[0], noon).user == people["wang"]


def test_certificates_that_run_out_are_listed_before_they_do(grids: list[int], people: People, operator: Actor) -> None:
    for user in people.values():
        commands.staff(operator, grids[0], user, "member", TODAY)
    commands.certify(operator, people["wang"], BADGE, TODAY - 300 * DAY, TODAY + 10 * DAY)
    commands.certify(operator, people["li"], BADGE, TODAY - 300 * DAY, TODAY - DAY)
    commands.certify(operator, people["zhao"], BADGE, TODAY - 300 * DAY, TODAY + 10 * DAY)
    commands.certify(operator, people["zhao"], BADGE, TODAY + DAY, TODAY + 400 * DAY)
    every, following = queries.certificates(operator, on=TODAY)
    assert ([(one.user_name, one.state) for one in every], following) == ([
        ("王示例", "soon"), ("李演示", "expired"), ("赵试用", "soon"), ("赵试用", "not_yet")], None)
    assert [one.user_name for one in queries.certificates(operator, on=TODAY, only="soon")[0]] == ["王示例"], "renewed ones are done"
    assert [one.user_name for one in queries.certificates(operator, on=TODAY, only="expired")[0]] == ["李演示"]
    assert queries.certificates(operator, on=TODAY, only="soon", within=9)[0] == []
    first, after = queries.certificates(operator, on=TODAY, limit=3)
    assert [one.id for one in queries.certificates(operator, on=TODAY, after=after or 0)[0]] == [every[3].id]
    assert len(first) == 3


def test_a_certificate_is_corrected_and_withdrawn_and_both_are_told(grids: list[int], people: People, operator: Actor) -> None:
    commands.staff(operator, grids[0], people["wang"], "main", TODAY)
    one = commands.certify(operator, people["wang"], BADGE, TODAY, TODAY + DAY)
    assert commands.certify(operator, people["wang"], BADGE, TODAY, TODAY + 9 * DAY) == one
    assert Certificate.objects.get().until == TODAY + 9 * DAY
    commands.withdraw_certificate(operator, one)
    assert reason(commands.withdraw_certificate, operator, one) is KernelError.NOT_FOUND
    assert [entry.verb for entry in history(f"certificate:{people['wang']}")] == [
        "certificate.recorded", "certificate.recorded", "certificate.withdrawn"]
    assert reason(commands.certify, operator, people["wang"], " ", TODAY) is GridError.BAD_TEAM
    assert reason(commands.certify, operator, people["wang"], BADGE, TODAY, TODAY - DAY) is GridError.BAD_DAYS
    assert reason(commands.certify, operator, uuid4(), BADGE, TODAY) is GridError.UNKNOWN_PERSON


def test_nobody_vouches_for_themself(grids: list[int], tree: Town, people: People, operator: Actor) -> None:
    commands.staff(operator, grids[0], people["wang"], "main", TODAY)
    west, east = (Area.objects.get(pk=tree[code]).path for code in (WEST, EAST))
    own = manager(west, "area.read", user_id=people["wang"])
    assert reason(commands.certify, own, people["wang"], BADGE, TODAY) is GridError.OWN_CERTIFICATE
    chief = manager(west, user_id=people["wang"])
    assert reason(commands.certify, chief, people["wang"], BADGE, TODAY) is GridError.OWN_CERTIFICATE
    assert reason(commands.certify, manager(west, "area.read"), people["wang"], BADGE, TODAY) is AccountError.NO_RIGHT
    commands.certify(manager(west), people["wang"], BADGE, TODAY)
    assert reason(commands.certify, manager(east), people["wang"], BADGE, TODAY) is KernelError.NOT_FOUND
    assert reason(commands.certify, manager(east), people["li"], BADGE, TODAY) is AccountError.RIGHT_ELSEWHERE
    grants.give(operator, people["li"], Role.SUPERVISOR.code, EAST, area_path=east)
    commands.certify(manager(east), people["li"], BADGE, TODAY)
    assert [one.kind for one in queries.certificates(own, on=TODAY)[0]] == [BADGE], "one sees one's own"
    assert queries.certificates(manager(east), on=TODAY)[0] == []
    assert queries.certificates(manager(west, "area.read"), on=TODAY)[0] == []


def test_who_will_be_missing_is_told_before_they_are(grids: list[int], people: People, operator: Actor) -> None:
    """Product G3: nobody responsible is shown as a gap at once, and before."""
    commands.staff(operator, grids[0], people["wang"], "main", TODAY)
    commands.staff(operator, grids[1], people["li"], "main", TODAY, until=TODAY + 4 * DAY)
    commands.staff(operator, grids[2], people["zhao"], "main", TODAY, until=TODAY + 4 * DAY)
    commands.staff(operator, grids[2], people["li"], "main", TODAY + 5 * DAY)
    told = queries.vacancies(operator, on=TODAY, days=30)
    assert [(one.area_id, one.since, one.until, one.now) for one in told.items] == [
        (grids[1], TODAY + 5 * DAY, None, False), (grids[3], TODAY, None, True)]
    assert [(one.name, one.areas, one.now, one.later) for one in told.levels] == [("责任网格", 4, 1, 1)]
    assert [one.area_id for one in queries.vacancies(operator, on=TODAY, days=3).items] == [grids[3]]
    first = queries.vacancies(operator, on=TODAY, days=30, limit=1)
    assert [one.area_id for one in queries.vacancies(operator, on=TODAY, days=30, after=first.next or "").items] == [grids[3]]


def test_who_was_dismissed_answers_for_nothing_any_more(grids: list[int], people: People, operator: Actor) -> None:
    """Product G3: nobody responsible is shown at once, also where the posting was not ended."""
    for grid, user in zip(grids, [*people.values(), people["li"]], strict=True):
        commands.staff(operator, grid, user, "main", TODAY)
    commands.add_shift(operator, grids[1], people["wang"], TODAY, "00:00", "00:00")
    assert queries.gaps(operator, on=TODAY) == []
    users.dismiss(operator, people["wang"])
    assert [line.id for line in queries.gaps(operator, on=TODAY)] == [grids[0]]
    assert [(one.area_id, one.now) for one in queries.vacancies(operator, on=TODAY).items] == [(grids[0], True)]
    assert queries.on_duty(grids[0]).why is Why.NOBODY
    assert queries.on_duty(grids[1]).user == people["li"], "nor by the rota"


def test_a_stretch_between_two_mains_is_told_with_both_ends(grids: list[int], people: People, operator: Actor) -> None:
    for grid in grids[1:]:
        commands.staff(operator, grid, people["zhao"], "main", TODAY)
    commands.staff(operator, grids[0], people["wang"], "main", TODAY, until=TODAY + 4 * DAY)
    commands.staff(operator, grids[0], people["li"], "main", TODAY + 8 * DAY)
    (gap,) = queries.vacancies(operator, on=TODAY, days=30).items
    assert (gap.since, gap.until) == (TODAY + 5 * DAY, TODAY + 7 * DAY)


def test_gaps_are_told_within_reach(grids: list[int], tree: Town, operator: Actor) -> None:
    west = manager(Area.objects.get(pk=tree[WEST]).path)
    assert [one.area_id for one in queries.vacancies(west, on=TODAY).items] == grids[:2]
    assert reason(queries.vacancies, west, tree[EAST], on=TODAY) is KernelError.NOT_FOUND


def test_one_grid_one_person_and_several_grids_one_person(grids: list[int], people: People, operator: Actor) -> None:
    """GRD-24, STF-03: 1:1:1, and A with B."""
    extra = list(people.values())
    for grid, user in zip(grids, extra, strict=False):
        commands.staff(operator, grid, user, "main", TODAY)
    commands.staff(operator, grids[3], people["wang"], "main", TODAY)
    commands.staff(operator, grids[0], people["li"], "deputy", TODAY)
    told = queries.pairing(operator, on=TODAY)
    assert (told.areas, told.mains, told.people, told.deputies, told.one_to_one) == (4, 4, 3, 1, False)
    assert [(one.user_name, one.areas) for one in told.several] == [("王示例", ["枫林第1网格", "书院第2网格"])]
    assert told.without_deputy == ["枫林第2网格", "书院第1网格", "书院第2网格"]
    west = Area.objects.get(pk=grids[0]).parent
    assert west
    assert queries.pairing(operator, west.id, on=TODAY).one_to_one


def test_the_lists_cost_the_same_statements_however_long(grids: list[int], people: People, operator: Actor) -> None:
    ask_for_badges()
    counts = []
    for many in (1, 4):
        for grid in grids[:many]:
            commands.staff(operator, grid, people["wang"], "member", TODAY - many * DAY)
        queries.lacking(operator, on=TODAY)
        with CaptureQueriesContext(connection) as caught:
            queries.vacancies(operator, on=TODAY)
            queries.pairing(operator, on=TODAY)
            queries.lacking(operator, on=TODAY)
            queries.certificates(operator, on=TODAY)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 16

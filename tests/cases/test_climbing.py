"""Ladders are climbed: once for each rung, by the limit that runs now, without a storm, and only by what has a clock."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from jingwei.cases import commands, queries, readers
from jingwei.cases.commands.climb import climb_due
from jingwei.cases.jobs import climb_ladders
from jingwei.cases.ladder import Rung
from jingwei.cases.models import Case, Climb, Ladder, Order, Urging
from jingwei.cases.order_errors import OrderError
from jingwei.catalogue import commands as catalogue
from jingwei.catalogue.errors import CatalogueError
from jingwei.journal import queries as journaled
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(case_id):
    """Rungs that were told: number, passed over, what was done."""
    entries = [orjson.loads(entry.data) for entry in journaled.history(f"case:{case_id}") if entry.verb == "case.escalated"]
    return [(one["rung"], one["skipped"], one["does"]) for one in entries]


def climbed(at):
    """What the job does at an instant; a second run adds nothing."""
    with clock.held_at(at):
        count = climb_due()
        entries = Entry.objects.count()
        assert climb_due() == 0
        assert Entry.objects.count() == entries
    return count


def test_the_communitys_case_climbs_to_the_town_and_to_the_county(centre):
    """C3, C5: community three working days, then the town hears, then the county; each told once."""
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)  # Mon 23 Nov 09:00, due Thu 26 Nov 09:00
    assert Case.objects.get(id=case_id).due_at == MONDAY_NINE + 3 * DAY
    assert [climbed(MONDAY_NINE + wait) for wait in (HOUR, 2 * DAY + 8 * HOUR, 3 * DAY, 4 * DAY, 7 * DAY, 8 * DAY)] == [0, 1, 1, 1, 1, 0]
    assert told(case_id) == [(1, [], "tell"), (2, [], "urge"), (3, [], "tell"), (4, [], "tell")]
    said = [line["text"] for line in queries.detail(centre.act("town"), case_id).timeline if line["verb"] == "case.escalated"]
    assert said == ["第 1 级：离时限还剩 20%，提醒现在的办理人", "第 2 级：已到时限，催办，并告知本村（社区）的村社区办理员",
                    "第 3 级：超过时限 1 个工作日，提醒本镇街的镇街网格办", "第 4 级：超过时限 2 个工作日，提醒本区县的领导"]
    assert Case.objects.get(id=case_id).marks == "|urged|escalated|"


def test_those_who_are_told_find_the_case_and_others_below_do_not(centre):
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)
    climbed(MONDAY_NINE + 4 * DAY)

    def found(login):
        return [row.id for row in queries.list_cases(centre.act(login), queries.Filter(told=True)).rows]

    assert (found("town"), found("boss"), found("community")) == ([case_id], [], [])
    assert [one["kind"] for one in queries.other_due(centre.act("town"))] == ["escalated"]
    climbed(MONDAY_NINE + 7 * DAY)
    assert (found("town"), found("boss")) == ([], [case_id])
    commands.hand_on(centre.act("community"), case_id, reason="超出职责")
    assert found("boss") == []
    assert not Item.objects.filter(subject=f"told:{case_id}").exists()
    assert Case.objects.get(id=case_id).marks == ""


def test_after_an_outage_one_word_for_each_case(centre):
    """Only the highest rung due is told, those below are recorded as passed over."""
    cases = [centre.report("villager", at=IN_VILLAGE) for _ in range(3)]
    for case_id in cases:
        commands.accept(centre.act("community"), case_id)
    assert climbed(MONDAY_NINE + 7 * DAY) == 3
    assert [told(case_id) for case_id in cases] == [[(4, [1, 2, 3], "tell")]] * 3
    assert set(Climb.objects.values_list("rung", "next_at")) == {(4, None)}


def test_what_is_suspended_does_not_climb_and_climbs_by_its_new_limit_once_resumed(centre):
    case_id = centre.handled()  # 4 working hours: due 13:00 → 15:00 over noon
    commands.suspend(centre.act("dispatcher"), case_id, reason="等材料")
    assert climbed(MONDAY_NINE + 30 * DAY) == 0
    with clock.held_at(MONDAY_NINE + 28 * DAY):
        commands.resume(centre.act("dispatcher"), case_id)
        due = Case.objects.get(id=case_id).due_at
    assert climbed(due - timedelta(seconds=1)) == 1
    assert climbed(due) == 1
    assert told(case_id) == [(1, [], "tell"), (2, [], "urge")]


def test_an_extension_moves_the_rungs_that_lie_ahead(centre):
    case_id = centre.handled()
    due = Case.objects.get(id=case_id).due_at
    assert climbed(due) == 1
    assert told(case_id) == [(2, [1], "urge")]
    with clock.held_at(due):
        commands.extend(centre.act("dispatcher"), case_id, reason="下雨", value="3", unit="work_day")
    later = Case.objects.get(id=case_id).due_at
    assert climbed(due + HOUR) == 0
    assert climbed(later) == 1
    assert climbed(later + DAY) == 1
    assert told(case_id)[1:] == [(2, [1], "urge"), (3, [], "urge")]


def test_a_corrected_calendar_moves_the_next_rung(centre):
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)
    climbed(MONDAY_NINE + 3 * DAY)
    before = Climb.objects.get().next_at
    assert before == MONDAY_NINE + 4 * DAY
    catalogue.edit_calendar(centre.act("admin"), catalogue.Edit(days={before.date(): ("off", "停电")}), area_code="990101000000")
    for entry in journaled.since(0, 10_000):
        if entry.verb == "calendar.edited":
            readers.ladders(entry)
    assert climbed(before) == 0
    assert Climb.objects.get().next_at == MONDAY_NINE + 7 * DAY  # Mon instead of Fri


def test_a_rung_issues_an_order_with_a_limit_of_its_own(centre):
    case_id = centre.handled()
    due = Case.objects.get(id=case_id).due_at
    with clock.held_at(due + 2 * DAY):
        assert climb_due() == 1
        line = queries.list_orders(centre.act("boss")).rows[0]
    assert (line.number, line.level, line.by_ladder, line.served[0].unit) == ("DB990101-2026-0001", "important", True, "HW")
    assert line.demand == f"案件{Case.objects.get().number}超过时限 2 个工作日仍未办结，请立即办理并报告。"
    assert told(case_id) == [(4, [1, 2, 3], "order")]
    assert Case.objects.get().marks == "|order|escalated|"
    assert Order.objects.get().due_at == due + 3 * DAY


def test_a_rung_passes_a_case_to_the_town_where_the_town_chose_that(centre):
    commands.set_ladder(centre.act("admin"), "township", "handling", "community",
                        [Rung("+1 work_day", "town", "town_officer", "pass_up")], area="990101000000")
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)
    assert climbed(MONDAY_NINE + 4 * DAY) == 1
    case = Case.objects.get(id=case_id)
    assert (case.state, case.level, case.unit_id) == ("filed", "town", None)
    assert [entry.verb for entry in journaled.history(f"case:{case_id}")][-2:] == ["case.escalated", "case.handed_on"]
    assert case.duties["handle"][0] == str(centre.ids["community"])


def test_an_imported_limit_that_no_clock_counts_does_not_stop_the_others(centre):
    odd, plain = centre.handled(), centre.handled()
    Case.objects.filter(id=odd).update(limit_unit="week")
    assert climbed(Case.objects.get(id=plain).due_at) == 1
    assert told(odd) == []


def test_a_settled_stay_costs_nothing_more(centre, django_assert_max_num_queries):
    for _ in range(3):
        centre.handled()
    with clock.held_at(MONDAY_NINE + HOUR):
        climb_due()
        with django_assert_max_num_queries(3):
            climb_due()


def test_the_job_is_the_climb(centre):
    case_id = centre.handled()
    with clock.held_at(Case.objects.get(id=case_id).due_at):
        assert climb_ladders.call() == 1
    assert Urging.objects.get().by is None


def test_a_ladder_of_an_areas_own_counts_there_and_the_shipped_one_elsewhere(centre):
    """The nearest area wins; taken back, the one above counts again."""
    own = [Rung("-50%", "holder"), Rung("0", "county", "leader")]
    assert commands.set_ladder(centre.act("admin"), "city", "handling", "", own, area="990101000000")
    assert not commands.set_ladder(centre.act("admin"), "city", "handling", "", own, area="990101000000")

    def line(area):
        return next(one for one in queries.ladders(centre.act("admin"), area) if (one.profile, one.state) == ("city", "handling"))

    assert [rung["when"] for rung in line("990101001000").rungs] == ["-50%", "0"]
    assert (line("990101001000").own, line("990101001000").set_at, line("990101000000").own) == (False, "990101000000", True)
    commands.set_ladder(centre.act("admin"), "city", "handling", "", [], area="990101001000")
    assert line("990101001000").rungs == []
    case_id = centre.handled()
    assert climbed(Case.objects.get(id=case_id).due_at + 10 * DAY) == 0
    for area in ("990101001000", "990101000000"):
        commands.set_ladder(centre.act("admin"), "city", "handling", "", None, area=area)
    assert not Ladder.objects.exists()
    assert climbed(Case.objects.get(id=case_id).due_at + 10 * DAY) == 1  # reckoned anew by the shipped one


@pytest.mark.parametrize(("login", "area", "rungs", "reason"), [
    ("admin", "990101000000", [Rung("0", "county", "supervisor")], OrderError.BAD_LADDER),
    ("admin", "", [Rung("0", "holder")], None), ("admin", "990102000000", [Rung("0", "holder")], CatalogueError.AREA_UNKNOWN),
    ("admin", "nowhere", [Rung("0", "holder")], CatalogueError.AREA_UNKNOWN), ("boss", "990101000000", [Rung("0", "holder")], None)])
def test_who_may_not_and_what_points_nowhere_is_refused(centre, login, area, rungs, reason):
    if reason is not None:
        with expect_refusal(reason):
            commands.set_ladder(centre.act(login), "city", "handling", "", rungs, area=area)
    else:
        with pytest.raises(Refusal) as caught:
            commands.set_ladder(centre.act(login), "city", "handling", "", rungs, area=area)
        assert caught.value.reason.code in ("account.no_right", "account.right_elsewhere")
    assert not Ladder.objects.exists()


def test_setting_a_ladder_leaves_one_entry(centre):
    commands.set_ladder(centre.act("admin"), "city", "handling", "", [Rung("0", "holder")], area="990101000000")
    entry = Entry.objects.get(verb="ladder.set")
    assert entry.actor == centre.ids["admin"]
    assert orjson.loads(entry.data) == {"rungs": [{"when": "0", "where": "holder", "post": "", "does": "tell", "gives": ""}]}


def test_ladders_go_over_http(centre):
    for login in ("admin", "boss"):
        centre.act(login)
    admin, boss = centre.client("admin"), centre.client("boss")
    shown = boss.get("/api/ladders?area=990101000000").json()
    assert {(one["profile"], one["state"], one["level"]) for one in shown["ladders"]} >= {
        ("city", "handling", ""), ("township", "handling", "community"), ("township", "handling", "town")}
    assert [one["code"] for one in shown["words"]["does"]] == ["tell", "urge", "order", "pass_up"]
    body = {"profile": "city", "state": "handling", "area": "990101000000", "rungs": [{"when": "0", "where": "holder"}]}
    assert admin.put("/api/ladders", body, content_type="application/json").json() == {"changed": True}
    bad = admin.put("/api/ladders", {**body, "rungs": [{"when": "soon", "where": "holder"}]}, content_type="application/json")
    assert (bad.status_code, bad.json()["code"]) == (422, "case.bad_ladder")
    assert boss.put("/api/ladders", body, content_type="application/json").status_code == 403
    assert admin.put("/api/ladders", {**body, "profile": "nonsense"}, content_type="application/json").status_code == 422


def test_the_limit_of_a_night_is_told_in_the_morning_of_the_calendar(centre):
    """+1 working day after a limit that ended on Friday is Monday, not Saturday."""
    with clock.held_at(datetime(2026, 11, 27, 1, 0, tzinfo=UTC)):  # Fri 09:00
        case_id = centre.handled()
        due = Case.objects.get(id=case_id).due_at
    assert climbed(due) == 1
    assert climbed(due + 2 * DAY) == 0
    assert climbed(due + 3 * DAY) == 1

"""Several reports of one problem as one case (product C5): merged without losing a reporter, and apart again exactly as before."""

from datetime import timedelta
from itertools import permutations

import orjson
import pytest
from django.db import transaction

from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.events import MergeEvent
from jingwei.cases.models import Adjustment, Case, Merged, Step
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_SECOND, IN_VILLAGE, MONDAY_NINE, expect_refusal
from tests.cases.test_following import read_on
from tests.cases.test_undo import standing
from tests.files.pictures import photo

pytestmark = pytest.mark.django_db
WHY = "不是同一个问题"


def state(case_id):
    return Case.objects.get(id=case_id).state


def verbs(case_id):
    return [entry.verb for entry in journaled.history(f"case:{case_id}")]


def at(minutes):
    return clock.held_at(MONDAY_NINE + timedelta(minutes=minutes))


def test_a_merged_case_rests_and_its_leader_says_so(centre):
    leader, other = centre.report(), centre.report("supervisor2", at=IN_SECOND)
    taken = commands.merge(centre.act("acceptor"), other, into=leader, reason="同一堆垃圾")
    assert (taken.state, taken.due_at) == ("merged", None)
    case = Case.objects.get(id=other)
    assert (case.state, case.due_at, case.marks, Case.objects.get(id=leader).marks) == ("merged", None, "", "|leads|")
    assert not Item.objects.filter(subject=f"case:{other}").exists()
    assert Item.objects.filter(subject=f"case:{leader}").exists()
    assert verbs(other)[-1] == "case.merged"
    assert verbs(leader)[-1] == "case.took_in"
    told = queries.detail(centre.act("acceptor"), other)
    assert (told.actions, [one["deed"] for one in told.beside]) == ([], ["unmerge"])
    assert told.timeline[-1]["said"] == f"并入 {Case.objects.get(id=leader).number}，随其办理"
    assert told.timeline[-1]["reason"] == "同一堆垃圾"
    journal.number_entries()
    assert journaled.verify_journal().ok


@pytest.mark.parametrize(("login", "action", "more"), [
    ("acceptor", commands.file, {}), ("acceptor", commands.refuse, {"reason": "重复"}), ("acceptor", commands.ask_verify, {}),
    ("supervisor2", commands.solve, {"text": "已清"}), ("leader1", commands.void, {"reason": "误"}), ("leader1", commands.reopen, {"reason": "误"}),
])
def test_a_merged_case_does_not_move_by_itself_and_the_refusal_names_its_leader(centre, login, action, more):
    leader, other = centre.report(), centre.report("supervisor2")
    commands.merge(centre.act("acceptor"), other, into=leader)
    before = standing(other)
    with pytest.raises(Refusal) as caught, transaction.atomic():
        action(centre.act(login), other, **more)
    assert (caught.value.reason, caught.value.details["leader"]) == (CaseError.MERGED, Case.objects.get(id=leader).number)
    assert standing(other) == before


WAYS = {
    "reported": lambda centre: centre.report(),
    "verifying": lambda centre: step(centre, centre.report(), "acceptor", commands.ask_verify),
    "filed": lambda centre: step(centre, centre.report(), "acceptor", commands.file),
    "handling": lambda centre: centre.handled(),
    "asked": lambda centre: step(centre, centre.handled(), "handler", commands.ask_extension, reason="缺料", value="1", unit="work_day"),
    "suspended": lambda centre: step(centre, centre.handled(), "dispatcher", commands.suspend, reason="等材料"),
    "fed_back": lambda centre: step(centre, centre.handled(), "handler", commands.feed_back, text="已清理"),
    "checked": lambda centre: centre.checked(),
}


def step(centre, case_id, login, command, **more):
    command(centre.act(login), case_id, **more)
    return case_id


@pytest.mark.parametrize("way", WAYS)
def test_unmerged_at_once_a_case_stands_exactly_as_before(centre, way):
    """Every column, every stay, what was asked and what is due; only that it rested is kept."""
    leader, other = centre.report("supervisor2"), WAYS[way](centre)
    before = standing(other)
    commands.merge(centre.act("leader1"), other, into=leader)
    assert state(other) == "merged"
    commands.unmerge(centre.act("leader1"), other, reason=WHY)
    Adjustment.objects.filter(case_id=other, kind="merged").delete()
    assert standing(other) == before
    assert Case.objects.get(id=leader).marks == ""
    assert not Merged.objects.exists()


@pytest.mark.parametrize(("way", "minutes"), [("reported", 15), ("handling", 4 * 60)])
def test_the_time_as_part_of_another_is_left_out_of_the_clock(centre, way, minutes):
    """Merged after 5 minutes for 20: both due 20 working minutes later, and the reckoning says the same."""
    leader, other = centre.report("supervisor2"), WAYS[way](centre)
    due = Case.objects.get(id=other).due_at
    with at(5):
        commands.merge(centre.act("leader1"), other, into=leader)
    assert queries.explain_case(centre.act("leader1"), other).because == "ended"
    with at(25):
        taken = commands.unmerge(centre.act("leader1"), other, reason=WHY)
    assert due == MONDAY_NINE + timedelta(minutes=minutes) + timedelta(hours=2 if minutes > 180 else 0)  # 12 to 14 is no working time
    assert taken.due_at == due + timedelta(minutes=20)
    explained = queries.explain_case(centre.act("leader1"), other)
    assert explained.due.at == taken.due_at
    if way == "handling":  # what comes later reckons with it, too
        with at(30):
            commands.extend(centre.act("dispatcher"), other, reason="缺料", value="1", unit="work_hour")
        assert Case.objects.get(id=other).due_at == due + timedelta(minutes=80)


def test_what_was_late_before_merging_stays_late(centre):
    leader, other = centre.report("supervisor2"), centre.report()
    due = Case.objects.get(id=other).due_at
    with at(60):
        commands.merge(centre.act("acceptor"), other, into=leader)
    stay = Step.objects.get(case_id=other)
    assert (stay.state, stay.due_at, stay.ended_at > stay.due_at, stay.action) == ("reported", due, True, "merge")
    with at(90):
        assert commands.unmerge(centre.act("acceptor"), other, reason=WHY).due_at == due
    assert not Step.objects.filter(case_id=other).exists()


def test_what_a_case_led_goes_along_and_comes_back_with_it(centre):
    """a ← b ← c ← d, merged from the end; un-merging b takes c and d along, and leaves e with a."""
    a, b, c, d, e = (centre.report() for _ in range(5))
    who = centre.act("acceptor")
    commands.merge(who, d, into=c)
    commands.merge(who, c, into=b)
    commands.merge(who, e, into=a)
    commands.merge(who, b, into=a)
    assert set(Merged.objects.values_list("case_id", "leader_id")) == {(b, a), (c, a), (d, a), (e, a)}
    assert {case.marks for case in Case.objects.filter(id__in=[b, c, d, e])} == {""}
    with expect_refusal(CaseError.MERGED):
        commands.merge(who, c, into=e)
    commands.unmerge(who, b, reason=WHY)
    assert set(Merged.objects.values_list("case_id", "leader_id")) == {(c, b), (d, b), (e, a)}
    assert (Case.objects.get(id=b).marks, Case.objects.get(id=b).state, Case.objects.get(id=a).marks) == ("|leads|", "reported", "|leads|")
    commands.unmerge(who, c, reason=WHY)
    assert set(Merged.objects.values_list("case_id", "leader_id")) == {(d, c), (e, a)}
    assert Case.objects.get(id=b).marks == ""
    commands.unmerge(who, e, reason=WHY)
    assert Case.objects.get(id=a).marks == ""


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_the_order_there_is_never_a_cycle_nor_a_leader_that_is_led(centre, order):
    cases = [centre.report() for _ in range(3)]
    who, pairs = centre.act("acceptor"), ((0, 1), (1, 2), (2, 0))
    for number in order:
        one, other = pairs[number]
        gone = set(Merged.objects.values_list("case_id", flat=True))
        if {cases[one], cases[other]} & gone:
            with expect_refusal(CaseError.MERGED):
                commands.merge(who, cases[one], into=cases[other])
        else:
            commands.merge(who, cases[one], into=cases[other])
    leaders = set(Merged.objects.values_list("leader_id", flat=True))
    assert len(leaders) == 1
    assert not Merged.objects.filter(case_id__in=leaders).exists()
    assert Merged.objects.count() == 2


def test_who_may_not_is_refused_in_words_and_nothing_is_written(centre):
    leader, other = centre.report(), centre.report("supervisor2")
    closed = centre.checked()
    commands.close(centre.act("leader1"), closed)
    village, handled = centre.report("villager", at=IN_VILLAGE), centre.handled()
    before = [standing(each) for each in (leader, other, closed, village, handled)]
    for login, case, into, reason in (
        ("supervisor", other, leader, CaseError.WRONG_ROLE), ("dispatcher", other, leader, CaseError.WRONG_ROLE),
        ("neighbour", other, leader, KernelError.NOT_FOUND), ("acceptor", other, other, CaseError.MERGED_INTO_ITSELF),
        ("acceptor", other, closed, CaseError.MERGED_INTO_ENDED), ("acceptor", closed, other, CaseError.NOT_NOW),
        ("acceptor", handled, leader, CaseError.WRONG_ROLE), ("acceptor", other, new_id(), KernelError.NOT_FOUND),
        ("acceptor", new_id(), other, KernelError.NOT_FOUND), ("acceptor", other, village, CaseError.MERGED_ACROSS),
    ):
        with expect_refusal(reason):
            commands.merge(centre.act(login), case, into=into)
    with expect_refusal(CaseError.NOT_MERGED):
        commands.unmerge(centre.act("acceptor"), other, reason=WHY)
    commands.merge(centre.act("acceptor"), other, into=leader)
    for login, words, reason in (("supervisor", WHY, CaseError.WRONG_ROLE), ("acceptor", " ", CaseError.MISSING)):
        with expect_refusal(reason):
            commands.unmerge(centre.act(login), other, reason=words)
    commands.unmerge(centre.act("acceptor"), other, reason=WHY)
    Adjustment.objects.filter(kind="merged").delete()
    Case.objects.filter(id=leader).update(duties={"report": [str(centre.ids["supervisor"])]})  # it remembers whom it met
    assert [standing(each) for each in (leader, other, closed, village, handled)] == before


def test_duties_are_kept_apart_for_the_whole(centre):
    """STF-14, AT-09: who checked what was merged in may not handle the leader's way on to closing, and the like."""
    leader, other = centre.handled(), centre.checked(login="supervisor2")  # supervisor checked the other
    Case.objects.filter(id=leader).update(duties={**Case.objects.get(id=leader).duties, "handle": [str(centre.ids["supervisor"])]})
    with expect_refusal(CaseError.MERGED_APART):
        commands.merge(centre.act("leader1"), other, into=leader)
    Case.objects.filter(id=leader).update(duties={**Case.objects.get(id=leader).duties, "handle": [str(centre.ids["handler"])]})
    commands.merge(centre.act("leader1"), other, into=leader)
    commands.feed_back(centre.act("handler"), leader, text="已清理")
    commands.confirm(centre.act("dispatcher"), leader)
    duties = Case.objects.get(id=leader).duties
    assert set(duties["report"]) == {str(centre.ids["supervisor"]), str(centre.ids["supervisor2"])}
    commands.unmerge(centre.act("leader1"), other, reason=WHY)
    assert Case.objects.get(id=leader).duties == duties, "whom the two met stays met"


def test_who_handled_or_checked_a_case_does_not_end_its_way_by_merging(centre):
    leader, other = centre.report(), centre.handled()
    Case.objects.filter(id=other).update(duties={"handle": [str(centre.ids["leader1"])]})
    with expect_refusal(CaseError.APART):
        commands.merge(centre.act("leader1"), other, into=leader)
    Case.objects.filter(id=other).update(duties={})
    Case.objects.filter(id=leader).update(duties={"handle": [str(centre.ids["leader1"])]})
    assert commands.merge(centre.act("leader1"), other, into=leader).state == "merged"


def test_every_reporter_is_kept_and_told_of_the_outcome(centre):
    """The case and the contact stay each reporter's own; an entry of their own says what became of it."""
    leader = centre.handled()
    first = centre.report("supervisor2", contact_name="一号来电", contact_phone="13800000001")
    second = centre.report("acceptor", channel="hotline", contact_name="二号来电", contact_phone="13800000002")
    for each in (first, second):
        commands.merge(centre.act("acceptor"), each, into=leader)
    commands.feed_back(centre.act("handler"), leader, text="已清理")
    commands.confirm(centre.act("dispatcher"), leader)
    commands.check(centre.act("supervisor"), leader, passed=True)
    commands.close(centre.act("leader1"), leader)
    read_on()
    number = Case.objects.get(id=leader).number
    for case_id, name in ((first, "一号来电"), (second, "二号来电")):
        assert commands.reveal(centre.act("acceptor"), case_id, reason="回访")["contact"]["name"] == name
        told = [line["said"] for line in queries.detail(centre.act("acceptor"), case_id).timeline if line["verb"] == "case.followed"]
        assert told == [f"主办案件 {number} 有了结果：已结案"]
    assert [row.number for row in queries.list_cases(centre.act("supervisor2"), queries.Filter(mine=True)).rows] == [
        Case.objects.get(id=first).number]
    with at(10):
        commands.reopen(centre.act("leader1"), leader, reason="没有清干净")
    read_on()
    assert orjson.loads(journaled.history(f"case:{first}")[-1].data)["state"] == "filed"
    read_on()
    assert verbs(first).count("case.followed") == 2


def test_photos_stay_where_they_are_and_are_shown_together(centre):
    ensure_key()
    leader = centre.handled()
    sent = add(centre.act("supervisor2"), photo(40, 30), "现场.jpg")
    other = centre.report("supervisor2", files=[sent.id])
    with expect_refusal(KernelError.NOT_FOUND):
        queries.open_file(centre.act("handler"), other, sent.id)
    commands.merge(centre.act("acceptor"), other, into=leader)
    family = queries.family(centre.act("handler"), leader)
    assert [(one.id, one.seen, [file["file_id"] for file in one.files]) for one in family.members] == [(other, False, [sent.id])]
    assert queries.open_file(centre.act("handler"), other, sent.id) is not None
    mine = queries.family(centre.act("supervisor2"), other)
    assert (mine.leader.id, mine.members) == (leader, [])
    with expect_refusal(KernelError.NOT_FOUND):
        queries.family(centre.act("neighbour"), leader)


def test_figures_and_lists_do_not_count_it_twice(centre):
    leader, other = centre.handled(), centre.handled()
    commands.merge(centre.act("leader1"), other, into=leader)
    boss = centre.act("boss")
    assert queries.count_cases(boss, queries.Filter(states=["handling"])) == 1
    assert [row.id for row in queries.list_cases(boss, queries.Filter(states=["merged"])).rows] == [other]
    page = queries.overview(boss)
    assert [(stage["state"], stage["count"]) for stage in page["stages"]] == [("handling", 1)]
    assert page["today"]["filed"] == 1
    assert page["today"]["ended"] == 0
    assert queries.count_cases(boss, queries.Filter(ended_late=False)) == 0


def test_over_http_it_is_done_once_whatever_the_network_does(centre):
    leader, other = centre.report(), centre.report("supervisor2")
    client = centre.client("acceptor")
    sent = {"path": f"/api/cases/{other}/merge", "data": {"into": str(leader), "reason": ""}, "content_type": "application/json"}
    first, again = (client.post(**sent, headers={"Idempotency-Key": "merge-0001"}) for _ in range(2))
    assert (first.status_code, first.content) == (200, again.content)
    assert client.post(**sent).json()["code"] == "case.merged"
    family = client.get(f"/api/cases/{leader}/merged").json()
    assert [one["id"] for one in family["members"]] == [str(other)]
    assert client.post(f"/api/cases/{other}/unmerge", {"reason": WHY}, content_type="application/json").json()["state"] == "reported"
    assert verbs(leader)[-1] == MergeEvent.LET_GO.value

"""What waits for whom: exactly the cases whose usual next step a post of theirs has."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, queries, workflow
from jingwei.cases.models import Case
from jingwei.cases.shipped import flows
from jingwei.kernel import clock
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, VENDOR
from tests.cases.test_interface import at_most
from tests.cases.test_workflow import POSTS

# state: posts it may wait for, by hand (letters as in test_workflow)
CITY = {"reported": "al", "verifying": "s", "verified": "al", "filed": "d", "handling": "hd", "suspended": "d",
        "fed_back": "d", "checking": "s", "checked": "al", "closed": "", "refused": "", "void": ""}
TOWNSHIP = {"reported": "c", "filed": "t", "handling": "hct", "suspended": "t", "passed_up": "y", "checking": "s",
            "checked": "t", "closed": "", "refused": "", "void": ""}


@pytest.mark.parametrize(("profile", "table"), [("city", CITY), ("township", TOWNSHIP)])
def test_a_case_may_wait_for_the_posts_written_by_hand(profile, table):
    flow = flows()[profile]
    assert set(table) == flow.states
    for letter, post in POSTS.items():
        waiting = {state for state in flow.states if post in flow.waits_for_posts(state, workflow.SIGNS, in_community=True)}
        assert waiting == {state for state, posts in table.items() if letter in posts}, post


@pytest.mark.parametrize(("profile", "state", "signs", "in_community", "posts"), [
    ("city", "handling", (), False, "h"), ("city", "handling", ("unsigned",), False, "h"),
    ("city", "handling", ("extension_asked",), False, "hd"), ("city", "handling", ("suspension_asked",), False, "hd"),
    ("city", "checked", (), False, "l"), ("city", "checked", ("check_failed",), False, "al"),
    ("city", "reported", ("verify_missing",), False, "al"), ("township", "handling", (), True, "hc"),
    ("township", "handling", (), False, "h"), ("township", "handling", ("extension_asked",), False, "ht"),
    ("township", "checked", ("check_failed",), False, "t"),
])
def test_what_a_case_shows_decides_for_whom_it_waits(profile, state, signs, in_community, posts):
    found = flows()[profile].waits_for_posts(state, signs, in_community=in_community)
    assert found == {POSTS[letter] for letter in posts}


@pytest.mark.parametrize("profile", flows())
def test_every_usual_step_is_a_row_of_the_flow_and_no_way_out(profile):
    flow = flows()[profile]
    for state, action, signs in flow.usual:
        assert flow.find(state, action) is not None, (state, action)
        assert action not in ("void", "solve", "hand_on", "return", "ask_extension", "ask_suspension")
        assert set(signs) <= set(workflow.SIGNS)
    waiting = {state for state, _, _ in flow.usual}
    assert waiting == {state for state in flow.states if workflow.STATES[state][1] != "ended"}


@pytest.mark.parametrize(("profile", "state", "possible", "signs", "step"), [
    ("city", "reported", {"ask_verify", "refuse"}, {"verify_missing"}, "ask_verify"),
    ("city", "reported", {"ask_verify", "file", "refuse"}, set(), "file"),
    ("city", "reported", {"ask_verify", "refuse"}, {"verify_denied"}, "refuse"),
    ("city", "reported", {"solve"}, set(), ""),
    ("city", "handling", {"sign", "feed_back", "return"}, {"unsigned"}, "sign"),
    ("city", "handling", {"sign", "feed_back", "return"}, set(), "feed_back"),
    ("city", "handling", {"extend", "suspend"}, set(), ""), ("city", "handling", {"void"}, set(), ""),
    ("city", "handling", {"extend", "suspend", "decline"}, {"suspension_asked"}, "suspend"),
    ("city", "checked", {"close", "rework", "return"}, set(), "close"),
    ("city", "checked", {"rework", "return"}, {"check_failed"}, "rework"),
    ("city", "checked", {"rework", "return"}, set(), ""),
    ("township", "checked", {"pass_up", "return"}, {"check_failed"}, "pass_up"),
])
def test_one_action_is_the_usual_one(profile, state, possible, signs, step):
    assert flows()[profile].usual_step(state, possible, signs) == step


def waiting_for(centre, login, **more):
    return [line.id for line in queries.todo(centre.act(login), **more).rows]


@pytest.mark.django_db
def test_a_case_goes_from_one_persons_list_to_the_nexts(centre):
    """On its way through the flow a case stands with whoever has the next step, and with nobody else."""
    case_id = centre.report()
    way = [("acceptor", lambda: commands.file(centre.act("acceptor"), case_id)),
           ("dispatcher", lambda: commands.dispatch(centre.act("dispatcher"), case_id)),
           ("handler", lambda: commands.feed_back(centre.act("handler"), case_id, text="已清理")),
           ("dispatcher", lambda: commands.confirm(centre.act("dispatcher"), case_id)),
           ("supervisor", lambda: commands.check(centre.act("supervisor"), case_id, passed=True)),
           ("leader1", lambda: commands.close(centre.act("leader1"), case_id))]
    for login, step in way:
        for other in ("acceptor", "dispatcher", "handler", "supervisor", "otherhandler", "handler2", "neighbour", "boss",
                      "sysadmin", "town", "community", "county"):
            assert waiting_for(centre, other) == ([case_id] if other == login else [])
        assert [row["count"] for row in queries.todo_counts(centre.act(login))] == [1]
        step()
    assert queries.todo_counts(centre.act("leader1")) == []


@pytest.mark.django_db
def test_what_a_unit_asks_for_waits_for_the_dispatcher_until_it_is_answered(centre):
    case_id = centre.handled()
    assert waiting_for(centre, "dispatcher") == []
    commands.ask_suspension(centre.act("handler"), case_id, reason="等材料")
    assert waiting_for(centre, "dispatcher") == waiting_for(centre, "handler") == [case_id]
    commands.decline(centre.act("dispatcher"), case_id, reason="材料已到")
    assert waiting_for(centre, "dispatcher") == []
    commands.ask_extension(centre.act("handler"), case_id, reason="等材料", value="1", unit="work_day")
    assert waiting_for(centre, "dispatcher") == [case_id]
    commands.extend(centre.act("dispatcher"), case_id, reason="同意", value="1", unit="work_day")
    assert waiting_for(centre, "dispatcher") == []


@pytest.mark.django_db
def test_a_failed_check_waits_for_the_centre_and_a_passed_one_for_the_shift_leader(centre):
    passed, failed = centre.checked(), centre.handled()
    commands.feed_back(centre.act("handler"), failed, text="已清理")
    commands.confirm(centre.act("dispatcher"), failed)
    commands.check(centre.act("supervisor"), failed, passed=False, reason="仍有垃圾")
    assert waiting_for(centre, "acceptor") == [failed]
    assert set(waiting_for(centre, "leader1")) == {passed, failed}


@pytest.mark.django_db
def test_a_task_given_to_one_person_waits_for_nobody_else(centre):
    case_id = centre.report("acceptor", channel="hotline")
    commands.ask_verify(centre.act("acceptor"), case_id, person=centre.ids["supervisor2"])
    assert waiting_for(centre, "supervisor") == []
    assert waiting_for(centre, "supervisor2") == [case_id]


@pytest.mark.django_db
def test_in_a_township_a_case_waits_for_the_community_only_while_it_handles(centre):
    case_id = centre.report("villager", at=IN_VILLAGE)
    assert waiting_for(centre, "community") == [case_id]
    assert waiting_for(centre, "acceptor") == [], "a centre of the city has no part in it"
    commands.accept(centre.act("community"), case_id)
    assert waiting_for(centre, "community") == [case_id]
    commands.hand_on(centre.act("community"), case_id, reason="超出能力")
    assert (waiting_for(centre, "community"), waiting_for(centre, "town")) == ([], [case_id])
    commands.dispatch(centre.act("town"), case_id, unit_code="TD")
    assert (waiting_for(centre, "community"), waiting_for(centre, "towndept")) == ([], [case_id])


@pytest.mark.django_db
def test_the_soonest_due_comes_first_page_by_page_and_what_has_no_clock_last(centre):
    cases = []
    for minute in range(5):
        with clock.held_at(MONDAY_NINE + timedelta(minutes=minute // 2)):
            cases.append(centre.report())
    held = centre.handled()
    commands.suspend(centre.act("dispatcher"), held, reason="等材料")
    commands.file(centre.act("acceptor"), cases[0], class_code=VENDOR)
    for login, wanted in (("acceptor", 4), ("dispatcher", 2)):
        shown, after = [], ""
        while True:
            page = queries.todo(centre.act(login), limit=1, after=after)
            shown += [(line.due_at is None, line.due_at, f"case:{line.id}") for line in page.rows]
            if page.next is None:
                break
            after = page.next
        assert len(shown) == wanted
        assert shown == sorted(shown, key=lambda row: (row[0], row[1] or MONDAY_NINE, row[2]))
    assert waiting_for(centre, "dispatcher", states=["suspended"]) == [held]


@pytest.mark.django_db
def test_counts_are_those_of_the_list_and_say_what_is_late(centre):
    for _ in range(3):
        centre.report()
    with clock.held_at(MONDAY_NINE + timedelta(hours=3)):
        centre.report()
        counts = queries.todo_counts(centre.act("acceptor"))
        page = queries.todo(centre.act("acceptor"))
    assert counts == [{"state": "reported", "name": "待受理", "count": 4, "late": 3}]
    assert sum(line.late for line in page.rows) == 3


@pytest.mark.django_db
def test_a_todo_list_and_its_counts_cost_at_most_four_statements(centre):
    for _ in range(12):
        centre.report()
    client = centre.client("acceptor")
    client.get("/api/todo")
    with at_most(4):
        answer = client.get("/api/todo?state=reported&limit=50")
    assert len(answer.json()["rows"]) == 12
    assert set(answer.json()["rows"][0]) == set(client.get("/api/cases").json()["rows"][0]), "one table shows both"
    with at_most(2):
        assert client.get("/api/todo/counts").json()[0]["count"] == 12


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["after=x", "after=%00", "limit=x"])
def test_bad_questions_are_refused(centre, query):
    answer = centre.client("acceptor").get(f"/api/todo?{query}")
    assert answer.status_code == 400, answer.content


@pytest.mark.django_db
def test_the_detail_marks_the_one_usual_step(centre):
    case_id = centre.handled()
    actions = queries.detail(centre.act("handler"), case_id).actions
    assert [action["action"] for action in actions if action["usual"]] == ["sign"]
    assert not any(action["usual"] for action in queries.detail(centre.act("dispatcher"), case_id).actions)
    assert Case.objects.get(id=case_id).state == "handling"

"""Undo within a minute: whatever step is taken back, the case stands exactly as before; both stay in the journal."""

from contextlib import suppress
from datetime import timedelta

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants
from jingwei.cases import commands, queries, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ACTION_OF, EVENT_OF, CaseEvent
from jingwei.cases.models import Adjustment, Case, CaseFile, Copy, Step
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_FIRST, IN_VILLAGE, MONDAY_NINE, expect_refusal
from tests.cases.test_entries import EVERY, bring
from tests.cases.test_following import read_on
from tests.cases.test_interface import at_most, post
from tests.cases.test_walks import MOVES, Walk, allowed, chosen, deed, jacks, undone
from tests.files.pictures import photo

pytestmark = pytest.mark.django_db


def standing(case_id):
    """Everything that is kept of a case beside its journal."""
    rows = [list(model.objects.filter(case_id=case_id).order_by("pk").values()) for model in (Step, Adjustment, CaseFile)]
    return [*Case.objects.filter(id=case_id).values(), *rows, *Item.objects.filter(subject=f"case:{case_id}").values()]


@pytest.mark.parametrize(("profile", "reporter", "channel"), [
    ("city", "supervisor", "supervisor"), ("city", "acceptor", "hotline"), ("township", "villager", "supervisor")])
def test_whatever_step_is_undone_the_case_stands_exactly_as_before(centre, profile, reporter, channel):
    """On random ways through both flows each step is taken, taken back, compared, and taken again."""
    people, taken = jacks(centre), []

    @settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(MOVES)
    def walks(moves):
        with undone():
            place = IN_VILLAGE if profile == "township" else IN_FIRST
            case_id, now = centre.report(reporter, at=place, channel=channel), MONDAY_NINE
            walk = Walk(case_id, profile, [("reported", now)])
            for choice, pick, lapse in moves:
                now += lapse
                case = Case.objects.get(id=case_id)
                ways = allowed(case, people)
                if not ways:
                    break
                action = chosen(walk, case, sorted({action for _, action in ways}), choice)
                able = [login for login, name in ways if name == action]
                who = people[able[choice // 7 % len(able)]]
                before = standing(case_id)
                with clock.held_at(now), suppress(Refusal):
                    with transaction.atomic():
                        deed(action, who, case_id, pick, centre.ids)
                    taken.append(action)
                if not taken or standing(case_id) == before:
                    continue
                if action in workflow.UNDOABLE:
                    with clock.held_at(now + timedelta(seconds=59)):
                        commands.undo(who, case_id)
                    assert standing(case_id) == before, action
                    with clock.held_at(now):
                        deed(action, who, case_id, pick, centre.ids)
                else:
                    with clock.held_at(now), expect_refusal(CaseError.UNDO_NEVER):
                        commands.undo(who, case_id)

    walks()
    assert len(set(taken) & workflow.UNDOABLE) >= 8, set(taken)


@pytest.mark.parametrize(("verb", "way"), [(verb, way) for verb, way in EVERY if ACTION_OF.get(f"case.{verb}") in workflow.UNDOABLE])
def test_each_undoable_step_can_be_taken_back(centre, verb, way):
    where, login, command, more = way
    case_id = bring(centre, where, verb)
    before = standing(case_id)
    with clock.held_at(MONDAY_NINE + timedelta(minutes=4)):
        command(centre.act(login), case_id, **more)
        assert standing(case_id) != before
        commands.undo(centre.act(login), case_id)
    assert standing(case_id) == before


def last(case_id):
    return journaled.history(f"case:{case_id}")[-1]


def test_an_undo_has_an_entry_of_its_own_and_both_are_shown(centre):
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)
    taken = commands.undo(centre.act("acceptor"), case_id)
    assert (taken.state, last(case_id).verb) == ("reported", CaseEvent.UNDONE.value)
    told = orjson.loads(last(case_id).data)
    assert (told["undoes"], told["action"], told["from"], told["to"]) == (2, "file", "filed", "reported")
    shown = queries.detail(centre.act("acceptor"), case_id)
    assert [(line["verb"], line["undone"]) for line in shown.timeline] == [
        ("case.reported", False), ("case.filed", True), ("case.undone", False)]
    assert shown.undo is None, "an undo is not undone"
    assert journaled.verify_journal().ok


def test_the_detail_says_what_may_be_undone_and_until_when(centre):
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)
    offered = queries.detail(centre.act("acceptor"), case_id).undo
    assert offered == {"action": "file", "name": "立案", "until": MONDAY_NINE + timedelta(seconds=60)}
    assert queries.detail(centre.act("dispatcher"), case_id).undo is None
    with clock.held_at(MONDAY_NINE + timedelta(seconds=61)):
        assert queries.detail(centre.act("acceptor"), case_id).undo is None


@pytest.mark.parametrize(("seconds", "refused"), [(0, False), (60, False), (61, True), (3600, True)])
def test_it_is_possible_for_sixty_seconds(centre, seconds, refused):
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)
    with clock.held_at(MONDAY_NINE + timedelta(seconds=seconds)):
        if refused:
            with expect_refusal(CaseError.UNDO_TOO_LATE):
                commands.undo(centre.act("acceptor"), case_id)
        else:
            commands.undo(centre.act("acceptor"), case_id)
    assert Case.objects.get(id=case_id).state == ("filed" if refused else "reported")


def test_only_the_doer_may_and_only_the_last_step(centre):
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)
    for login in ("leader1", "dispatcher", "boss"):
        with expect_refusal(CaseError.UNDO_NOT_YOURS):
            commands.undo(centre.act(login), case_id)
    with expect_refusal(KernelError.NOT_FOUND):
        commands.undo(centre.act("neighbour"), case_id)
    commands.dispatch(centre.act("dispatcher"), case_id)
    with expect_refusal(CaseError.UNDO_NOT_YOURS):
        commands.undo(centre.act("acceptor"), case_id)
    commands.undo(centre.act("dispatcher"), case_id)
    with expect_refusal(CaseError.UNDO_NOT_YOURS):
        commands.undo(centre.act("acceptor"), case_id)
    with expect_refusal(CaseError.UNDO_NEVER):
        commands.undo(centre.act("dispatcher"), case_id)


def test_a_report_cannot_be_undone(centre):
    with expect_refusal(CaseError.UNDO_NEVER):
        commands.undo(centre.act("supervisor"), centre.report())


def test_who_returned_a_case_and_sees_it_no_longer_may_take_that_back(centre):
    """A handler's reach ends with the unit's part in the case; the step is theirs all the same."""
    case_id = centre.handled()
    before = standing(case_id)
    commands.send_back(centre.act("handler"), case_id, reason="不属本单位")
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("handler"), case_id)
    commands.undo(centre.act("handler"), case_id)
    assert standing(case_id) == before


def test_who_has_lost_the_post_since_may_not(centre):
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)
    held = accounts.person(accounts.operator(), centre.ids["acceptor"]).roles[0]
    grants.withdraw(accounts.operator(), held.id)
    accounts.forget()
    with expect_refusal(CaseError.WRONG_ROLE, KernelError.NOT_FOUND):
        commands.undo(centre.act("acceptor"), case_id)
    assert Case.objects.get(id=case_id).state == "filed"


def test_what_was_undone_no_longer_counts_as_a_duty_exercised(centre):
    """AT-09: who filed may not dispatch; who took the filing back may."""
    jack = jacks(centre)["jack-boss"]
    case_id = centre.report()
    commands.file(jack, case_id)
    with expect_refusal(CaseError.APART):
        commands.dispatch(jack, case_id)
    commands.undo(jack, case_id)
    commands.file(centre.act("acceptor"), case_id)
    assert commands.dispatch(jack, case_id).state == "handling"


def test_a_request_that_lapsed_with_the_step_waits_again(centre):
    case_id = centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(minutes=5)):
        commands.ask_extension(centre.act("handler"), case_id, reason="等材料", value="1", unit="work_day")
    before = standing(case_id)
    with clock.held_at(MONDAY_NINE + timedelta(minutes=9)):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
        assert Adjustment.objects.get(case_id=case_id).state == "lapsed"
        commands.undo(centre.act("handler"), case_id)
    assert standing(case_id) == before


@pytest.mark.parametrize("step", ["resume", "void"])
def test_a_suspension_that_ended_with_the_step_runs_again(centre, step):
    case_id = centre.handled()
    commands.suspend(centre.act("dispatcher"), case_id, reason="等材料")
    before = standing(case_id)
    with clock.held_at(MONDAY_NINE + timedelta(minutes=9)):
        who = centre.act("dispatcher" if step == "resume" else "leader1")
        commands.resume(who, case_id) if step == "resume" else commands.void(who, case_id, reason="误立")
        commands.undo(who, case_id)
    assert standing(case_id) == before


def test_files_that_came_with_the_step_are_detached_and_earlier_ones_stay(centre):
    ensure_key()
    handler = centre.act("handler")
    old, new = (add(handler, photo(40 + more, 30), f"{more}.jpg").id for more in (0, 8))
    case_id = centre.handled()
    commands.feed_back(handler, case_id, text="已清理", files=[old])
    commands.rework(centre.act("dispatcher"), case_id, reason="不净")
    before = standing(case_id)
    for _ in range(2):
        commands.feed_back(handler, case_id, text="再清理", files=[old, new])
        assert CaseFile.objects.filter(case_id=case_id).count() == 2
        commands.undo(handler, case_id)
        assert standing(case_id) == before
    commands.feed_back(handler, case_id, text="再清理", files=[new])
    assert {row["file_id"] for row in queries.detail(handler, case_id).files} == {old, new}


def test_the_copy_owed_upwards_is_taken_back(centre):
    """AT-08: what was undone is no news for the platform above, whether it was read before or after."""
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)

    def owed():
        return [*Copy.objects.filter(case_id=case_id).order_by("entry_position").values_list("action", flat=True)]

    for read_between in (True, False):
        commands.dispatch(centre.act("dispatcher"), case_id)
        if read_between:
            read_on()
            assert owed() == ["report", "dispatch"]
        with clock.held_at(MONDAY_NINE + timedelta(seconds=3)):
            commands.undo(centre.act("dispatcher"), case_id)
        read_on()
        assert owed() == ["report"]
    with clock.held_at(MONDAY_NINE + timedelta(seconds=5)):
        commands.dispatch(centre.act("dispatcher"), case_id)
    read_on()
    assert owed() == ["report", "dispatch"]


def test_numbers_of_people_in_the_words_of_an_undone_step_can_still_be_revealed(centre):
    """Its entry stays and goes on referring to them."""
    case_id = centre.report()
    commands.refuse(centre.act("acceptor"), case_id, reason="来电人 13800138000 已撤回")
    commands.undo(centre.act("acceptor"), case_id)
    shown = commands.reveal(centre.act("acceptor"), case_id, reason="回访")
    assert "13800138000" in shown["numbers"].values()
    assert "13800138000" not in orjson.dumps(standing(case_id), default=str).decode()


def test_no_entry_holds_what_identifies_people_for_the_sake_of_undoing(centre):
    case_id = centre.report("acceptor", channel="hotline", contact_name="王示例", contact_phone="13800138000")
    commands.refuse(centre.act("acceptor"), case_id, reason="电话 13900139000 无人接听")
    for entry in journaled.history(f"case:{case_id}"):
        assert not {"private", "phone_hash", "phone_tail_hash"} & set(orjson.loads(entry.data).get("before", {}))


def test_every_undoable_action_is_one_of_the_flow_and_the_clocks_decisions_are_not():
    assert set(EVENT_OF) >= workflow.UNDOABLE
    assert not workflow.UNDOABLE & {"report", "ask_extension", "extend", "ask_suspension", "suspend", "decline"}


def test_an_undo_over_the_interface_is_one_effect_per_key(centre):
    case_id = centre.report()
    client = centre.client("acceptor")
    post(client, f"/api/cases/{case_id}/file")
    assert client.get(f"/api/cases/{case_id}").json()["undo"]["action"] == "file"
    with at_most(14):
        first = post(client, f"/api/cases/{case_id}/undo", idempotency_key="undo-once-only")
    again = post(client, f"/api/cases/{case_id}/undo", idempotency_key="undo-once-only")
    assert (first.status_code, first.content) == (again.status_code, again.content) == (200, first.content)
    late = post(client, f"/api/cases/{case_id}/undo")
    assert (late.status_code, late.json()["code"]) == (409, "case.undo_never")

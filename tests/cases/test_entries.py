"""One entry beside every write of a case, none where it was refused; what people may send, and what it becomes."""

from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import orjson
import pytest
from django.db import transaction

from jingwei.cases import commands, queries
from jingwei.cases.events import EVENT_OF, CaseEvent
from jingwei.cases.models import Adjustment, Case, CaseFile, Step
from jingwei.journal import queries as journaled
from jingwei.journal.models import Entry
from jingwei.kernel.errors import Refusal
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE

pytestmark = pytest.mark.django_db
WHY = {"reason": "理由"}
MORE = {**WHY, "value": "1", "unit": "work_hour"}

# verb of the journal: how the case comes to where it is done, who does it, the command
CITY = {
    "verify_asked": ("report", "acceptor", commands.ask_verify, {}),
    "verified": ("asked", "supervisor", commands.verify, {"found": True}),
    "verify_denied": ("asked", "supervisor", commands.verify, {"found": False, **WHY}),
    "solved": ("report", "supervisor", commands.solve, {"text": "已扶正"}),
    "filed": ("report", "acceptor", commands.file, {}),
    "refused": ("report", "acceptor", commands.refuse, WHY),
    "dispatched": ("filed", "dispatcher", commands.dispatch, {}),
    "voided": ("filed", "leader1", commands.void, WHY),
    "signed": ("handled", "handler", commands.sign, {}),
    "handed_on": ("handled", "handler", commands.hand_on, {**WHY, "unit_code": "HW-1"}),
    "returned": ("handled", "handler", commands.send_back, WHY),
    "extension_asked": ("handled", "handler", commands.ask_extension, MORE),
    "extended": ("handled", "dispatcher", commands.extend, MORE),
    "suspension_asked": ("handled", "handler", commands.ask_suspension, WHY),
    "suspended": ("handled", "dispatcher", commands.suspend, WHY),
    "declined": ("wanting", "dispatcher", commands.decline, WHY),
    "resumed": ("suspended", "dispatcher", commands.resume, {}),
    "fed_back": ("handled", "handler", commands.feed_back, {"text": "已清理"}),
    "confirmed": ("fed_back", "dispatcher", commands.confirm, {}),
    "reworked": ("fed_back", "dispatcher", commands.rework, WHY),
    "check_passed": ("confirmed", "supervisor", commands.check, {"passed": True}),
    "check_failed": ("confirmed", "supervisor", commands.check, {"passed": False, **WHY}),
    "closed": ("checked", "leader1", commands.close, {}),
    "reopened": ("closed", "leader1", commands.reopen, WHY),
    "undone": ("handled", "dispatcher", commands.undo, {}),
    "revealed": ("report", "acceptor", commands.reveal, WHY),
}
TOWNSHIP = {
    "accepted": ("report", "community", commands.accept, {}),
    "passed_up": ("passed_on", "town", commands.pass_up, WHY),
}
KINDS = {
    "submitted": ("approval", "community", commands.submit, {"text": "材料齐全"}),
    "approved": ("submitted", "town", commands.approve, {"text": "同意张某翻建住房"}),
    "objected": ("approved", "community", commands.object_to, WHY),
    "granted": ("shown_long_enough", "town", commands.grant, {}),
    "followed_up": ("sent_out", "villager", commands.follow_up, {"text": "树已移开"}),
    "noted": ("consulted", "town", commands.note, {}),
    "replied": ("noted", "community", commands.reply_to_people, {"text": "已当面回复"}),
}
KIND_WAYS = {  # where from, who, the command
    "submitted": ("approval", "community", commands.submit, {"text": "材料齐全"}),
    "approved": ("submitted", "town", commands.approve, {"text": "同意张某翻建住房"}),
    "sent_out": ("sudden", "town", commands.dispatch, {"unit_code": "TD"}),
    "accepted": ("coordination", "community", commands.accept, {}),
    "consulted": ("accepted", "community", commands.feed_back, {"text": "双方商定"}),
    "noted": ("consulted", "town", commands.note, {}),
}
WAYS = {  # how a case comes there: the verb that leads to it
    "asked": "verify_asked", "filed": "filed", "handled": "dispatched", "wanting": "extension_asked", "suspended": "suspended",
    "fed_back": "fed_back", "confirmed": "confirmed", "checked": "check_passed", "closed": "closed",
}
EVERY = [*CITY.items(), *TOWNSHIP.items(), *KINDS.items()]


def bring(centre, where, verb):
    if where == "passed_on":
        case_id = bring(centre, "report", verb)
        commands.hand_on(centre.act("community"), case_id, reason="超出职责")
        return case_id
    if where in ("coordination", "sudden", "approval"):
        return centre.report("villager", at=IN_VILLAGE, kind=where)
    if where == "shown_long_enough":
        case_id = bring(centre, "approved", verb)
        Case.objects.filter(id=case_id).update(due_at=MONDAY_NINE)
        Item.objects.filter(subject=f"case:{case_id}").update(due_at=MONDAY_NINE)
        return case_id
    if where in KIND_WAYS:
        before, login, command, more = KIND_WAYS[where]
        case_id = bring(centre, before, verb)
        command(centre.act(login), case_id, **more)
        return case_id
    if where == "report":
        return centre.report("villager", at=IN_VILLAGE) if verb in TOWNSHIP else centre.report()
    before, login, command, more = CITY[WAYS[where]]
    case_id = bring(centre, before, verb)
    command(centre.act(login), case_id, **more)
    return case_id


def everything():
    """What the database holds of cases."""
    return [list(model.objects.order_by("pk").values()) for model in (Case, Step, Adjustment, CaseFile, Item, Entry)]


@contextmanager
def refused():
    """The block must refuse; what it had begun is rolled back as a request would."""
    with pytest.raises(Refusal) as caught, transaction.atomic():
        yield caught


@pytest.mark.parametrize(("verb", "deed"), EVERY, ids=[verb for verb, _ in EVERY])
def test_each_command_leaves_exactly_one_entry_of_its_own_verb(centre, verb, deed):
    """Style, habit 7: who, what, where, in the transaction of the write."""
    where, login, command, more = deed
    case_id = bring(centre, where, verb)
    before = len(journaled.history(f"case:{case_id}"))
    command(centre.act(login), case_id, **more)
    entries = journaled.history(f"case:{case_id}")
    assert len(entries) == before + 1
    last = entries[-1]
    assert (last.verb, last.actor, last.area_path) == (
        f"case.{verb}", centre.ids[login], Case.objects.get(id=case_id).area_path)
    if "reason" in more:
        assert orjson.loads(last.data)["reason"] == "理由"


@pytest.mark.parametrize(("verb", "deed"), EVERY, ids=[verb for verb, _ in EVERY])
@pytest.mark.parametrize("stranger", ["neighbour", "boss"])
def test_what_is_refused_leaves_nothing(centre, verb, deed, stranger):
    """Neither entry nor row, whether one may not see the case or may not act on it."""
    where, login, command, more = deed
    case_id = bring(centre, where, verb)
    before = everything()
    with refused():
        command(centre.act(stranger), case_id, **more)
    if "reason" in more:
        with refused():
            command(centre.act(login), case_id, **{**more, "reason": "\u200b "})
    assert everything() == before


def test_no_verb_is_forgotten_here():
    """A verb that is added to the flow is added above: report, import and what a hand-over passes on have tests of their own."""
    walked = {f"case.{verb}" for verb, _ in EVERY}
    assert walked == {event.value for event in CaseEvent} - {"case.reported", "case.imported", "case.task_passed"}
    assert {event.value for event in EVENT_OF.values()} <= walked | {"case.reported"}


@pytest.mark.parametrize("value", ["1e400", "NaN", "-1", "0", "0.00", "1_000", "１２", " ", "", "+2", "0.001", "12345678", "1,5", "٣", "∞",
                                   "9" * 900])
@pytest.mark.parametrize("command", [commands.ask_extension, commands.extend])
def test_a_length_of_time_that_is_none_is_refused_in_words(centre, value, command):
    """Never a fault of ours, never rounded in silence: the column keeps two decimals."""
    case_id = centre.handled()
    before = everything()
    who = centre.act("handler" if command is commands.ask_extension else "dispatcher")
    with refused() as caught:
        command(who, case_id, reason="理由", value=value, unit="work_hour")
    assert caught.value.reason.code == "case.bad_limit"
    assert everything() == before


@pytest.mark.parametrize(("value", "unit"), [("1", "week"), ("1", ""), ("0.01", "work_minute"), ("9999999", "work_day"), ("1", "WORK_DAY")])
def test_a_unit_or_a_span_that_no_clock_counts_is_refused_in_words(centre, value, unit):
    case_id = centre.handled()
    with refused() as caught:
        commands.extend(centre.act("dispatcher"), case_id, reason="理由", value=value, unit=unit)
    assert caught.value.reason.code == "case.bad_limit"


def test_the_longest_extension_is_kept_to_the_minute(centre):
    case_id = centre.handled()
    due = Case.objects.get(id=case_id).due_at
    with refused() as caught:
        commands.extend(centre.act("dispatcher"), case_id, reason="理由", value="86401", unit="urgent_minute")
    assert caught.value.reason.code == "case.extended_too_far"
    answer = commands.extend(centre.act("dispatcher"), case_id, reason="理由", value="86400", unit="urgent_minute")  # 60 days
    assert (answer.due_at - due).total_seconds() == 86_400 * 60
    assert queries.explain_case(centre.act("boss"), case_id).due.at == answer.due_at


@pytest.mark.parametrize("words", ["\x00", "a\x1bb", "\ud800", "字" * 1001, "\u200b", "\u2060\u200d", "\u202e", "\x85"])
def test_a_reason_that_says_nothing_or_cannot_be_kept_is_refused(centre, words):
    case_id = centre.handled()
    before = everything()
    with refused() as caught:
        commands.send_back(centre.act("handler"), case_id, reason=words)
    assert caught.value.reason.code in ("case.missing", "case.bad_text", "case.too_long")
    assert everything() == before


@pytest.mark.parametrize("words", ["第一行\r\n第二行\t完", "حفرة في الطريق\u200f", "😀👨\u200d👩\u200d👧 路面塌陷", "㐀𠮷"])
def test_ordinary_words_of_any_script_are_kept(centre, words):
    case_id = centre.handled()
    commands.send_back(centre.act("handler"), case_id, reason=words)
    told = orjson.loads(journaled.history(f"case:{case_id}")[-1].data)
    assert told["reason"] == words.replace("\r\n", "\n").strip()


def test_signs_that_turn_text_around_are_left_out_and_hide_no_number(centre):
    """They come along unseen when a number is pasted from an address book."""
    case_id = centre.handled()
    commands.send_back(centre.act("handler"), case_id, reason="请打 \u202d138\u202c0013\u20668000\u2069")
    told = orjson.loads(journaled.history(f"case:{case_id}")[-1].data)
    assert told["reason"] == "请打 〔电话1〕"


@pytest.mark.parametrize("name", ["reason", "text"])
def test_numbers_of_people_in_any_words_of_a_step_are_masked(centre, name):
    """Journal, detail and adjustments hold tokens alone."""
    said = "请打 13800138000 找王示例"
    deed = {"reason": partial(commands.ask_extension, reason=said, value="1", unit="work_hour"),
            "text": partial(commands.feed_back, text=said)}[name]
    case_id = centre.handled()
    deed(centre.act("handler"), case_id)
    shown = orjson.dumps([queries.detail(centre.act("handler"), case_id), *everything()], default=str).decode()
    assert "〔电话1〕" in shown
    assert "13800138000" not in shown


def test_found_earlier_than_reported_is_told_in_the_entry(centre):
    """A phone that was offline says when the problem was seen."""
    case_id = centre.report(found_at=MONDAY_NINE - timedelta(hours=5))
    told = orjson.loads(journaled.history(f"case:{case_id}")[0].data)
    assert told["found_at"] == "2026-11-22T20:00:00+00:00"

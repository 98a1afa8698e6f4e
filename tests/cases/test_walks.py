"""Cases on random ways through both flows: whatever is allowed in whatever order, what is kept stays true.

The due instant is reckoned again by the pure clock from what this file saw happen, not from what the case remembers.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jingwei.cases import clock as clocks
from jingwei.cases import commands, flow_book, queries, timing, workflow
from jingwei.cases.commands.step import duties_of, facts_of, may_see, roles_towards
from jingwei.cases.events import EVENT_OF
from jingwei.cases.models import Adjustment, Case, Step
from jingwei.cases.shipped import flows
from jingwei.catalogue import queries as catalogue
from jingwei.journal import queries as journaled
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.worklist.models import Item
from tests.cases.conftest import GARBAGE, IN_FIRST, IN_VILLAGE, MONDAY_NINE, PEOPLE, VENDOR, Centre

pytestmark = pytest.mark.django_db
_ACTION_OF = {event.value: action for action, event in EVENT_OF.items()}
_FREE = {"reported", "verifying", "verified", "filed", "refused"}      # nobody handles it
_ANSWERED = {"fed_back", "checking", "checked", "closed"}              # somebody did
_LAPSES = [timedelta(seconds=37), timedelta(minutes=20), timedelta(hours=3), timedelta(hours=26), timedelta(days=5)]
_EXTENSIONS = [("2", "work_hour"), ("1.5", "work_day"), ("36", "urgent_hour"), ("1", "natural_day"), ("0.25", "urgent_day")]


@dataclass
class Walk:
    """One case, and what was seen to happen to it: (state, since when, unit), extensions since the last dispatch."""

    case_id: UUID
    profile: str
    stays: list[tuple[str, datetime]]
    extensions: list[clocks.Limit] = field(default_factory=list)
    handled_from: int = 0  # the stay that began with the last dispatch
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)


def jacks(centre: Centre) -> dict[str, Actor]:
    """Everybody, and two who hold every post at once: it is the engine that keeps their duties apart."""
    people = {login: centre.act(login) for login in PEOPLE}
    every = tuple(grant for actor in people.values() for grant in actor.grants)
    home = people["community"].unit_id
    for login in ("boss", "admin"):
        people[f"jack-{login}"] = Actor(people[login].user_id, login, every, unit_id=home)
    return people


def deed(action: str, who: Actor, case_id: UUID, pick: int, ids: dict[str, UUID]) -> Any:
    """The command of an action with some values for what it asks."""
    value, unit = _EXTENSIONS[pick % len(_EXTENSIONS)]
    whom = (None, ids["supervisor"], ids["villager"])[pick % 3]
    why, said = {"reason": "理由"}, {"text": "情况"}
    more: dict[str, dict[str, Any]] = {
        "ask_verify": {"person": whom}, "confirm": {"person": whom}, "solve": said, "feed_back": said,
        "file": {"class_code": (GARBAGE, VENDOR, "")[pick % 3]}, "dispatch": {"unit_code": ("", "HW", "TD", "VC")[pick % 4]},
        "hand_on": why | {"unit_code": ("HW-1", "HW")[pick % 2]},
        "ask_extension": why | {"value": value, "unit": unit}, "extend": why | {"value": value, "unit": unit},
        "accept": {}, "sign": {}, "resume": {}, "close": {},
        "submit": said, "approve": said, "grant": {}, "note": {}, "reply": said, "follow": said,
    }
    named = {"verify_true": partial(commands.verify, found=True), "verify_false": partial(commands.verify, found=False),
             "check_pass": partial(commands.check, passed=True), "check_fail": partial(commands.check, passed=False),
             "return": commands.send_back, "object": commands.object_to, "reply": commands.reply_to_people,
             "follow": commands.follow_up}
    command = named.get(action) or getattr(commands, action)
    return command(who, case_id, **more.get(action, why))


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def allowed(case: Case, people: dict[str, Actor]) -> list[tuple[str, str]]:
    return [(login, row[1]) for login, who in people.items() if may_see(case, who)
            for row in flow_book.of(case).possible(case.state, roles_towards(case, who),
                                                   duties=duties_of(case, who), facts=facts_of(case, who))]


def follow(walk: Walk, before: Case, action: str, now: datetime, pick: int) -> None:
    """Note what the step does to the model."""
    target = flows()[walk.profile].find(before.state, action).to
    if target != before.state or action == "hand_on":
        walk.stays.append((target, now))
    if action in ("dispatch", "accept", "pass_up"):
        walk.handled_from, walk.extensions = len(walk.stays) - 1, []
    if action == "extend":
        value, unit = _EXTENSIONS[pick % len(_EXTENSIONS)]
        walk.extensions.append(clocks.Limit(Decimal(value), clocks.Unit(unit)))


def due_by_hand(walk: Walk, case: Case) -> datetime | None:
    state, since = walk.stays[-1]
    named = flows()[walk.profile].clocks.get(state)
    if workflow.STATES[state][1] != "open" or named is None:
        return None
    book = catalogue.book(generations())
    pauses: list[Any] = []
    extensions: list[clocks.Limit] = []
    if named.startswith("stage:"):
        limit = book.stage_limit(named.removeprefix("stage:"), case.area_path)
    else:
        since, extensions = walk.stays[walk.handled_from][1], walk.extensions
        ends = [*[began for _, began in walk.stays[1:]], None]
        pauses = [(began, end) for (name, began), end in list(zip(walk.stays, ends, strict=True))[walk.handled_from:]
                  if name != "handling"]
        condition = book.conditions.get(case.condition_id)
        limit = ((condition.limit_value, condition.limit_unit) if walk.profile == "city"
                 else book.stage_limit(f"township_{case.level}", case.area_path))
    if limit is None:
        return None
    up = clocks.due(since, clocks.Limit(limit[0], clocks.Unit(limit[1])), timing.calendar_in_force(generations(), case.area_path),
                    pauses, extensions)
    return up.at


def inspect(walk: Walk, people: dict[str, Actor]) -> None:
    case = Case.objects.get(id=walk.case_id)
    state, since = walk.stays[-1]
    kind = workflow.STATES[state][1]
    assert (case.state, case.state_at, case.step) == (state, since, len(walk.stays))
    assert case.due_at == due_by_hand(walk, case)
    assert (case.ended_at is not None) == (kind == "ended")
    assert case.unit_path == (case.unit.path if case.unit_id else "")
    _inspect_columns(case, kind)
    _inspect_rows(walk, case, kind)
    _inspect_history(walk, case)
    told = queries.explain_case(people["boss"], case.id)
    running = "running" if case.due_at else "no_limit"
    assert told.because == {"ended": "ended", "held": "suspended", "open": running}[kind]
    if kind == "open" and told.due is not None:
        assert told.due.at == case.due_at
    elif told.due is not None and told.due.at is not None:
        assert told.due.at <= case.state_at  # late before it was suspended


def _inspect_columns(case: Case, kind: str) -> None:
    """What a state says about the columns, whatever the way to it."""
    if case.state in _FREE:
        assert (case.unit_id, case.dispatched_at, case.signed_at) == (None, None, None)
    if case.state in ("handling", "suspended"):
        assert case.unit_id is not None
    answered = case.state in _ANSWERED and "solve" not in case.duties
    if case.state != "void":
        assert (case.fed_back_at is not None) == answered
    assert (case.checked is not None) == (answered and case.state in ("checked", "closed"))
    if case.state in ("reported", "verifying", "verified"):
        assert case.filed_at is None
    elif case.state not in ("refused", "closed"):
        assert case.filed_at is not None
    if case.profile == "township":
        level = {"reported": "", "filed": "town", "passed_up": "county"}.get(case.state, case.level)
        assert case.level == level
    if case.state not in ("verifying", "checking"):
        assert case.person is None
    if kind != "open":
        assert (case.due_at, case.limit_value, case.limit_unit) == (None, None, "")


def _inspect_rows(walk: Walk, case: Case, kind: str) -> None:
    """The due list, the finished stays, what was asked."""
    due = Item.objects.filter(subject=f"case:{case.id}").first()
    if kind == "ended":
        assert due is None
    else:
        assert (due.kind, due.due_at, due.since, due.unit_path, due.area_path, due.person) == (
            case.state, case.due_at, case.state_at, case.unit_path, case.area_path, case.person)
    steps = list(Step.objects.filter(case_id=case.id).order_by("number").values_list("number", "state", "began_at", "ended_at"))
    ends = [began for _, began in walk.stays[1:]]
    assert steps == [(number, state, began, end) for number, ((state, began), end) in
                     enumerate(zip(walk.stays[:-1], ends, strict=True), 1)]
    asked = list(Adjustment.objects.filter(case_id=case.id, state="asked").values_list("kind", flat=True))
    assert asked == ([case.asked] if case.asked else [])
    pauses = Adjustment.objects.filter(case_id=case.id, kind="suspension", state="granted")
    assert pauses.filter(ended_at=None).count() == (case.state == "suspended")


def _inspect_history(walk: Walk, case: Case) -> None:
    """The journal alone leads from the report to the present state, each step a row of the table, duties apart."""
    state, did = workflow.START, {}
    entries = journaled.history(f"case:{case.id}")
    for number, entry in enumerate(entries, 1):
        told, action = orjson.loads(entry.data), _ACTION_OF[entry.verb]
        row = flows()[walk.profile].find(state, action)
        assert entry.number == number
        assert row is not None, (state, action)
        assert (told.get("from", ""), told["to"]) == (state, row[3])
        for earlier, later in flows()[walk.profile].apart:
            assert not (row[4] == later and entry.actor in did.get(earlier, ())), (action, earlier)
        did.setdefault(row[4], set()).add(entry.actor)
        state = row[3]
    assert state == case.state
    assert {duty: {str(person) for person in people} for duty, people in did.items()} == {
        duty: set(people) for duty, people in case.duties.items()}


def chosen(walk: Walk, case: Case, actions: list[str], choice: int) -> str:
    """One of the ways taken least so far; an end only now and then, or no walk would come far."""
    on = [action for action in actions
          if workflow.STATES[flows()[walk.profile].find(case.state, action).to][1] != "ended" or action == "close"]
    names = sorted(on if on and choice % 8 else actions, key=lambda action: walk.taken[case.state, action])
    action = names[choice // 8 % min(2, len(names))]
    walk.taken[case.state, action] += 1
    return action


MOVES = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 11), st.sampled_from(_LAPSES)), min_size=30, max_size=30)


@pytest.mark.parametrize(("profile", "reporter", "channel"), [
    ("city", "supervisor", "supervisor"), ("city", "acceptor", "hotline"), ("township", "villager", "supervisor")])
def test_whatever_is_allowed_in_whatever_order_what_is_kept_stays_true(centre, profile, reporter, channel):
    """CAS-01…18, AT-09: states, clocks, due list, stays, requests, duties and journal agree after every step."""
    people = jacks(centre)

    @settings(max_examples=6, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(MOVES)
    def walks(moves: list[tuple[int, int, timedelta]]) -> None:
        with undone():
            place = IN_VILLAGE if profile == "township" else IN_FIRST
            case_id = centre.report(reporter, at=place, channel=channel)
            walk, now = Walk(case_id, profile, [("reported", MONDAY_NINE)]), MONDAY_NINE
            inspect(walk, people)
            for choice, pick, lapse in moves:
                now += lapse
                case = Case.objects.get(id=case_id)
                ways = allowed(case, people)
                if not ways:
                    break
                action = chosen(walk, case, sorted({action for _, action in ways}), choice)
                able = [login for login, name in ways if name == action]
                with clock.held_at(now), suppress(Refusal):
                    with transaction.atomic():
                        deed(action, people[able[choice // 7 % len(able)]], case_id, pick, centre.ids)
                    follow(walk, case, action, now, pick)
                with clock.held_at(now):
                    inspect(walk, people)

    walks()

"""Duties cannot be joined in one person by any sequence of calls (STF-14, AT-09): chance tries, with any posts on anybody.

Something new that people can do to a case goes into MORE; cases whose people count together go into `family`.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from jingwei.accounts import queries as accounts
from jingwei.cases import case_table, commands, flow_book
from jingwei.cases.commands.step import duties_of, facts_of, roles_towards, signs_of
from jingwei.cases.events import ACTION_OF, CaseEvent, HelpEvent
from jingwei.cases.flow_check import faults
from jingwei.cases.flow_document import to_document
from jingwei.cases.models import Case, Helping, LocalFlow, Merged
from jingwei.cases.shipped import flows
from jingwei.cases.workflow import ACTIONS
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from tests.cases.conftest import GARBAGE, IN_FIRST, IN_VILLAGE, MONDAY_NINE, PEOPLE, Centre, Row
from tests.cases.flows import STAGES, edited
from tests.cases.test_import import SAID, SOUND
from tests.cases.test_walks import deed, undone

pytestmark = pytest.mark.django_db
CAST = ("supervisor", "acceptor", "handler", "dispatcher", "leader1", "town")  # whose accounts; what they may do is drawn
POSTS = tuple(login for login, (post, area, *_) in PEOPLE.items() if area.startswith("990101") and post not in ("leader", "area_admin"))

Try = Callable[[Actor, UUID, int, Centre], Any]
MORE: dict[str, Try] = {  # beside the actions of the flow
    "undo": lambda who, case_id, pick, centre: commands.undo(who, case_id),
    "pass_on": lambda who, case_id, pick, centre: commands.pass_on(
        who, centre.ids[CAST[pick % 6]], Case.objects.get(id=case_id).area_path, (), centre.ids[CAST[pick // 6]]),
    "reveal": lambda who, case_id, pick, centre: commands.reveal(who, case_id, reason="核对"),
    "ask_help": lambda who, case_id, pick, centre: commands.ask_help(who, case_id, new_id(), unit_code=("HW", "YL", "ZF")[pick % 3], task="一起清理"),
    "sign_help": lambda who, case_id, pick, centre: commands.sign_help(who, helped(case_id)),
    "finish_help": lambda who, case_id, pick, centre: commands.finish_help(who, helped(case_id), text="已清理"),
    "merge": lambda who, case_id, pick, centre: commands.merge(who, neighbour(centre, case_id), into=case_id, reason="同一处"),
    "unmerge": lambda who, case_id, pick, centre: commands.unmerge(who, neighbour(centre, case_id), reason="不是同一处"),
    "work_beside": lambda who, case_id, pick, centre: step_on(who, neighbour(centre, case_id), pick, centre),
    "decline_help": lambda who, case_id, pick, centre: commands.decline_help(who, helped(case_id), reason="没有人手"),
}
BESIDE = {HelpEvent.SIGNED: "handle", HelpEvent.DONE: "handle", HelpEvent.DECLINED: "handle"}  # duties exercised beside the flow
TRIES = (*(action for action in ACTIONS if action != "report"), *MORE)
KINDS = {  # kinds of event, and what must have been tried of each
    "coordination": {"accept", "feed_back", "note", "reply", "reopen", "undo"},
    "sudden": {"dispatch", "follow", "feed_back", "check_pass", "close", "undo"},
    "approval": {"submit", "approve", "object", "return", "undo"},
}
STEPS, SEEDS = 50, st.integers(0, 2 ** 32)

_DUTY_BESIDE = {event.value: duty for event, duty in BESIDE.items()}


def helped(case_id: UUID) -> UUID:
    """A task of a helping unit, if one is open."""
    found = Helping.objects.filter(case_id=case_id, state="asked").first()
    return found.id if found else new_id()


def neighbour(centre: Centre, case_id: UUID) -> UUID:
    """Another report of the same place, which may become part of the case and be worked on apart from it."""
    here = Case.objects.get(id=case_id)
    other = Case.objects.exclude(id=case_id).filter(lon=here.lon, lat=here.lat).first()
    return other.id if other else centre.report("supervisor2" if here.profile == "city" else "villager", at=(here.lon, here.lat))


def step_on(who: Actor, case_id: UUID, pick: int, centre: Centre) -> None:
    """Any step that is offered."""
    case = Case.objects.get(id=case_id)
    offered = flow_book.of(case).possible(case.state, roles_towards(case, who), duties=duties_of(case, who), facts=facts_of(case, who))
    if not offered:
        raise Refusal(KernelError.NOT_FOUND)
    deed(offered[pick % len(offered)].action, who, case_id, pick, centre.ids)


def family(case_id: UUID) -> list[UUID]:
    """The cases that one person's duties are counted over: one, with what was made part of it."""
    return [case_id, *Merged.objects.filter(leader_id=case_id).values_list("case_id", flat=True)]


def did(case_id: UUID) -> dict[str, set[UUID]]:
    """Who did what by the journal alone, which tells every step; what was taken back was not done."""
    kept: list[Any] = []
    for entry in journaled.history(f"case:{case_id}"):
        if entry.verb == CaseEvent.UNDONE.value:
            kept = [one for one in kept if one.number != orjson.loads(entry.data)["undoes"]]
        elif entry.verb in ACTION_OF or entry.verb in _DUTY_BESIDE:
            kept.append(entry)
    flow, people, state = flow_book.of(Case.objects.get(id=case_id)), dict[str, set[UUID]](), ""
    for entry in kept:
        if entry.verb in _DUTY_BESIDE:
            people.setdefault(_DUTY_BESIDE[entry.verb], set()).add(entry.actor)
            continue
        told = orjson.loads(entry.data)
        row = flow.find(told.get("from", ""), ACTION_OF[entry.verb])
        assert row is not None
        people.setdefault(row.duty, set()).add(entry.actor)
        state = told["to"]
    now = Case.objects.get(id=case_id).state
    assert state in ("", now) or now == "merged"
    return people


def joined(case_id: UUID) -> list[tuple[str, str, UUID]]:
    """The people who hold two duties that are apart; by what the case remembers and by what the journal tells."""
    flow, people = flow_book.of(Case.objects.get(id=case_id)), dict[str, set[str]]()
    for one in family(case_id):
        told, kept = did(one), Case.objects.get(id=one).duties
        for duty in {*told, *kept}:
            people.setdefault(duty, set()).update(kept.get(duty, ()), (str(person) for person in told.get(duty, ())))
    return [(duty, other, UUID(person)) for duty, other in flow.apart for person in people.get(duty, set()) & people.get(other, set())]


@st.composite
def companies(draw) -> list[set[str]]:
    """For each of the cast, the logins whose posts they hold. Three hold all, so that there is always a way on."""
    return [*[set(POSTS)] * 3, *(draw(st.sets(st.sampled_from(POSTS), min_size=1, max_size=12)) for _ in CAST[3:])]


def actors(centre: Centre, company: list[set[str]]) -> list[Actor]:
    home = centre.act("community").unit_id
    return [Actor(centre.ids[login], login, tuple(grant for each in sorted(held) for grant in centre.act(each).grants), unit_id=home)
            for login, held in zip(CAST, company, strict=True)]


def begin(centre: Centre, start: str, who: Actor) -> UUID:
    """A case of the city, of the township or of a kind that it takes, or one that was imported in the middle of its way."""
    if start == "imported":
        row = Row(2, {**SOUND, "单位": "环卫", "状态": "处理中", "位置": "", "立案": "2026-03-02 10:00", "截止": "", "处置": "", "结案": ""})
        outcome = commands.import_cases(accounts.operator(), [row], case_table.Mapping.parse(SAID), reject=lambda row, why: None)
        assert outcome.taken == 1
        return Case.objects.get(source_id="old:A1").id
    return centre.report("supervisor", at=IN_FIRST if start == "city" else IN_VILLAGE, class_code=GARBAGE, kind=start if start in KINDS else "",
                         channel="supervisor" if who.login == CAST[0] else "hotline")


def attempt(centre: Centre, people: list[Actor], case_id: UUID, chance: Random, done: Counter[str],
            last: Actor | None) -> Actor | None:
    """What is usual, what was done least, or anything at all, by `last` its undoing. Who did it; None where it was refused.

    Refusals are answers; anything else breaks the test.
    """
    case = Case.objects.get(id=case_id)
    flow = flow_book.of(case)
    offered = [(who, row.action) for who in people for row in flow.possible(
        case.state, roles_towards(case, who), duties=duties_of(case, who), facts=facts_of(case, who))]
    ahead = [(who, action) for who, action in offered if action not in ("void", "solve", "refuse")]
    usual = flow.usual_step(case.state, [action for _, action in offered], signs_of(case))
    way = chance.random()
    if way < 0.12 and last:
        who, what = last, "undo"
    elif way < 0.18 or (way < 0.35 and Helping.objects.filter(case_id=case_id, state="asked").exists()):
        who, what = chance.choice(people), chance.choice(tuple(MORE))
    elif way < 0.28 or not offered:
        who, what = chance.choice(people), chance.choice(TRIES)
    elif way < 0.75 and usual:
        who, what = chance.choice([each for each in offered if each[1] == usual])
    else:
        who, what = min(chance.sample(ahead or offered, min(4, len(ahead or offered))), key=lambda each: done[case.state + each[1]])
    with suppress(Refusal), transaction.atomic():
        if what in MORE:
            MORE[what](who, case_id, chance.randrange(36), centre)
        else:
            deed(what, who, case_id, chance.randrange(36), centre.ids)
        done.update((what, case.state + what))
        return who
    return None


def try_all(centre: Centre, start: str, company: list[set[str]], seed: int, done: Counter[str]) -> None:
    """Nobody holds two duties that are apart after any of it."""
    people, now, chance, last = actors(centre, company), MONDAY_NINE, Random(seed), None
    with clock.held_at(now):
        case_id = begin(centre, start, chance.choice(people))
    for _ in range(STEPS):
        now += timedelta(seconds=chance.choice((5, 30, 59, 7200)))
        with clock.held_at(now):
            last = attempt(centre, people, case_id, chance, done, last)
            assert joined(case_id) == []


def of(examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, derandomize=True, phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.parametrize("start", ["city", "township", "imported", *KINDS])
def test_nobody_ever_holds_two_duties_that_are_apart(centre, start):
    """STF-14, AT-09: whatever posts people hold and whatever they call in whatever order, undo and hand-over among it."""
    done = Counter[str]()

    @of(10)
    @given(companies(), SEEDS)
    def tries(company: list[set[str]], seed: int) -> None:
        with undone():
            try_all(centre, start, company, seed, done)

    tries()
    wanted = KINDS.get(start, {"feed_back", "return", "rework", "undo", "pass_on", "merge", "check_pass", "close", "reopen"})
    for seed in range(40):  # what chance left out so far
        if wanted <= done.keys():
            break
        with undone():
            try_all(centre, start, [set(POSTS)] * len(CAST), seed, done)
    assert done.keys() >= wanted, done


def test_nor_in_any_flow_that_passes_the_check(centre):
    """Steps, posts and pairs changed by chance: what may be published keeps its own pairs apart, and never breaks."""
    done = Counter[str]()

    @of(12)
    @given(edited(wild=False, most=4), companies(), SEEDS)
    def tries(flow: Any, company: list[set[str]], seed: int) -> None:
        assume(not faults(flow, STAGES))
        with undone():
            LocalFlow.objects.create(code=flow.code, version=1001, state="published", based_on=1, made_at=MONDAY_NINE,
                                     document=to_document(flow) | {"version": 1001})
            journal.bump("flows")
            flow_book.forget()
            try_all(centre, flow.code, company, seed, done)
        flow_book.forget()

    tries()
    assert len(done.keys() & {*ACTIONS}) > 15, done


def test_the_test_would_see_a_person_who_holds_both(centre):
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    case = Case.objects.get(id=case_id)
    Case.objects.filter(id=case_id).update(duties=case.duties | {"check": case.duties["handle"]})
    assert joined(case_id) == [("handle", "check", centre.ids["handler"])]


def test_whoever_checked_does_not_handle_what_comes_back(centre):
    """The other way round, too: after a check that failed the same person may not do the rework."""
    case_id = centre.handled()
    both = Actor(centre.ids["supervisor"], "both", (*centre.act("supervisor").grants, *centre.act("handler").grants))
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    commands.check(both, case_id, passed=False, reason="还有")
    commands.rework(centre.act("leader1"), case_id, reason="返工")
    case = Case.objects.get(id=case_id)
    answer, earlier = flows()["city"].decide(case.state, "feed_back", roles_towards(case, both), duties=duties_of(case, both))
    assert (answer, earlier) == ("apart", "check")

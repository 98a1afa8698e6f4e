"""What a list of cases may be filtered by, in the same words for lists, counts and the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.cases import tokens, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Appeal, Case, Helping, Step
from jingwei.cases.queries import searching
from jingwei.grids import queries as grids
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span, within
from jingwei.kernel.wording import Words
from jingwei.registry import queries as registry
from jingwei.worklist import queries as worklist

OPEN = tuple(state for state, (_, kind) in workflow.STATES.items() if kind != "ended")
ENDED = tuple(state for state, (_, kind) in workflow.STATES.items() if kind == "ended")
RUNNING = tuple(state for state, (_, kind) in workflow.STATES.items() if kind == "open")

_TOLD_MOST = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What to list. Empty means all. `classes`: "scheme/kind/code"; `area`, `unit`: codes, with all below them.

    `part`: id or number, one that it once bore too. `words`: what text, place and number hold, see tokens.py. Each
    `…_since` takes its instant in, each `…_until` and `…_before` leaves it out. `state_…`: when the present stay
    began. `helping`: what units within reach help with. `told`: of whose delay one was told. `ended_late`: of what is over, what overran the limit of a
    stage on its way (or, False, of none).
    `exempted`: of what overran, that every such stage was exempted by an appeal (or, False, that one still counts).
    """

    states: Sequence[str] = ()
    classes: Sequence[str] = ()
    area: str = ""
    unit: str = ""
    channel: str = ""
    number: str = ""
    part: str = ""
    words: str = ""
    late: bool = False
    mine: bool = False
    helping: bool = False
    told: bool = False
    since: datetime | None = None
    until: datetime | None = None
    state_since: datetime | None = None
    state_before: datetime | None = None
    filed_since: datetime | None = None
    ended_since: datetime | None = None
    ended_until: datetime | None = None
    ended_late: bool | None = None
    exempted: bool | None = None
    due_before: datetime | None = None


_NAMES = {"part": "部件", "state": "状态", "class_code": "分类", "area": "区域", "unit": "单位", "channel": "来源"}


def _unknown(parameter: str, value: str) -> Refusal:
    return Refusal(CaseError.UNKNOWN_FILTER, what=Words(_NAMES[parameter], parameter), value=value[:40])


def known_states(states: Sequence[str]) -> list[str]:
    """The states once each. Refuses one that is no state."""
    unknown = [state for state in states if state not in workflow.STATES]
    if unknown:
        raise _unknown("state", unknown[0])
    return list(dict.fromkeys(states))


def states_of(wanted: Filter) -> list[str]:
    """The states asked for or meant: only where a clock runs is something late, only what is over has ended."""
    if wanted.states:
        return known_states(wanted.states)
    if wanted.late or wanted.due_before:
        return list(RUNNING)
    if wanted.ended_late is not None:
        return [state for state in ENDED if state != "merged"]  # its leader tells what became of it
    return []


def classes_of(wanted: Filter, book: Any) -> list[int]:
    """The classes asked for, once each. Refuses a code that no scheme has."""
    unknown = [code for code in wanted.classes if code not in book.by_code]
    if unknown:
        raise _unknown("class_code", unknown[0])
    return list(dict.fromkeys(book.by_code[code].id for code in wanted.classes))


def few(wanted: Filter) -> bool:
    """Whether a filter names rows that an index of their own finds, few among all cases of a state."""
    return bool(wanted.part or wanted.helping or wanted.told or wanted.filed_since or wanted.ended_since)


def filtered(actor: Actor, wanted: Filter, known: dict[str, int]) -> tuple[QuerySet[Case], tuple[str, ...]]:
    """What lies within reach and fits all filters but states and classes; and the paths below which all of it lies, if
    an area was asked for.
    """
    rows, paths = _reached(actor, wanted), tuple[str, ...]()
    # BETWEEN takes its upper end in, but no path equals it: every path ends in a slash.
    if wanted.area:
        ground = _area(actor, wanted)
        rows, paths = rows.filter(_happened_in(ground)), ground.now if ground.ended else (ground.path,)
    if wanted.unit:
        unit = next((unit.path for unit in accounts.unit_book(known).values() if unit.code == wanted.unit), None)
        if unit is None:
            raise _unknown("unit", wanted.unit)
        rows = rows.filter(unit_path__range=span(unit))
    if wanted.channel:
        if wanted.channel not in workflow.CHANNELS:
            raise _unknown("channel", wanted.channel)
        rows = rows.filter(channel=wanted.channel)
    if wanted.number:
        rows = rows.filter(number=wanted.number)
    if wanted.part:
        rows = rows.filter(part_id=_part(wanted.part))
    if wanted.words:
        rows = searching.found(rows, tokens.sought(wanted.words))
    return _ended(_timed(rows, wanted), wanted), paths


def _part(given: str) -> UUID:
    """The part asked for; that it exists says nothing about it, and its cases are narrowed like all others."""
    try:
        return UUID(given)
    except ValueError:
        found = registry.id_of_number(given)
    if found is None:
        raise _unknown("part", given)
    return found


def _area(actor: Actor, wanted: Filter) -> grids.AskedGround:
    """The area asked for. One in which nothing can be seen is not told from one that is not there."""
    ground = grids.asked_ground(wanted.area) if "\0" not in wanted.area else None
    seen = [grant.area_path for grant in actor.grants if Right.CASE_READ.value in grant.rights]
    near = [ground.path, *ground.now] if ground else []
    if ground is None or not (wanted.mine or any(within(one, area) or within(area, one) for area in seen for one in near)):
        raise _unknown("area", wanted.area)
    return ground


def _happened_in(ground: grids.AskedGround) -> Q:
    """What lies in an area; of one that has ended what was reported in it, whoever works on it now."""
    if not ground.ended:
        return Q(area_path__range=span(ground.path))
    now = reduce(Q.__or__, (Q(area_path__range=span(path)) for path in ground.now), Q())
    return Q(area_then_id__in=ground.ended) & now


def _reached(actor: Actor, wanted: Filter) -> QuerySet[Case]:
    if wanted.mine:
        return Case.objects.filter(reported_by=actor.user_id) if actor.user_id else Case.objects.none()
    if wanted.told:
        told = worklist.waiting(actor, kinds=["escalated"], limit=_TOLD_MOST)
        rows = narrow(Case.objects.all(), actor, Right.CASE_READ, area="area_path", unit="unit_path")
        return rows.filter(id__in=[UUID(due.subject.removeprefix("told:")) for due in told])
    if wanted.helping:
        asked = narrow(Helping.objects.filter(state="asked"), actor, Right.CASE_READ, area="case__area_path", unit="unit_path")
        return Case.objects.filter(id__in=asked.values("case_id"))
    return narrow(Case.objects.all(), actor, Right.CASE_READ, area="area_path", unit="unit_path")


def _timed(rows: QuerySet[Case], wanted: Filter) -> QuerySet[Case]:
    now = clock.now()
    times = {
        "due_at__lt": min(now, wanted.due_before or now) if wanted.late else wanted.due_before,
        "reported_at__gte": wanted.since, "reported_at__lt": wanted.until,
        "state_at__gte": wanted.state_since, "state_at__lt": wanted.state_before,
    }
    return rows.filter(**{name: at for name, at in times.items() if at is not None})


def _ended(rows: QuerySet[Case], wanted: Filter) -> QuerySet[Case]:
    """What has ended or was filed in a time. By id: asked beside a state, SQLite would read every case of that state."""
    if wanted.ended_since:
        rows = rows.filter(id__in=Case.objects.filter(ended_at__gte=wanted.ended_since).values("id"))
    if wanted.ended_until:
        rows = rows.filter(ended_at__lt=wanted.ended_until)
    if wanted.ended_late is not None:
        overrun = Exists(Step.objects.filter(case_id=OuterRef("pk"), due_at__lt=F("ended_at")))
        rows = rows.filter(overrun if wanted.ended_late else ~overrun)
    if wanted.exempted is not None:
        counts = Exists(Step.objects.filter(case_id=OuterRef("pk"), due_at__lt=F("ended_at")).filter(~Exists(
            Appeal.objects.filter(case_id=OuterRef("case_id"), step=OuterRef("number"), state="granted"))))
        granted = Exists(Appeal.objects.filter(case_id=OuterRef("pk"), state="granted"))
        rows = rows.filter(granted & ~counts if wanted.exempted else counts)
    if wanted.filed_since:  # what was filed since then is open, or ended since then
        at_work = Case.objects.filter(state__in=OPEN, filed_at__gte=wanted.filed_since).values("id")
        over = Case.objects.filter(ended_at__gte=wanted.filed_since, filed_at__gte=wanted.filed_since).values("id")
        rows = rows.filter(id__in=at_work.union(over, all=True))
    return rows

"""The leader's page: how much stands at which stage and how long, what today brought, by unit and by place.

Every figure comes with the filter under which the list of cases shows exactly those. Figures are of places and units,
never of a person.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Value

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import timing, workflow
from jingwei.cases.models import Case
from jingwei.cases.queries.filters import OPEN, Filter
from jingwei.cases.queries.listing import fitting
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within
from jingwei.worklist import queries as worklist

AGES = ((0, 4, "4 小时内"), (4, 24, "4～24 小时"), (24, 72, "1～3 天"), (72, 168, "3～7 天"), (168, None, "7 天以上"))

Asked = dict[str, Any]  # query parameters of GET /cases


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is looked at: an area (or all that is within reach), and the moment."""

    actor: Actor
    known: dict[str, int]
    code: str
    path: str
    at: datetime

    def asked(self, **more: Any) -> Asked:
        return {**({"area": self.code} if self.code else {}), **more}

    def late(self, **more: Any) -> Asked:
        return self.asked(due_before=_said(self.at), **more)


def overview(actor: Actor, area: str = "") -> dict[str, Any]:
    """The figures of an area, without one of all that is within reach. Seven statements beside signing in at the most."""
    known = generations()
    top, below = grids.level_below(actor, area) if "\0" not in area else (None, [])
    if top is not None and not _touches(actor, top.path):
        top = None
    if area and top is None:
        raise Refusal(KernelError.NOT_FOUND)
    ground = _Ground(actor, known, top.code if top else "", top.path if top else "", clock.now())
    held = worklist.held(actor, OPEN, ground.at, area_path=ground.path)
    return {
        "at": _said(ground.at), "area": ground.code, "area_name": top.name if top else "",
        "stages": _stages(ground), "today": _today(ground), "units": _units(ground, held),
        "areas": _areas(ground, below, held),
    }


def _said(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _touches(actor: Actor, path: str) -> bool:
    return any(within(path, grant.area_path) or within(grant.area_path, path)
               for grant in actor.grants if Right.CASE_READ.value in grant.rights)


def _stages(ground: _Ground) -> list[dict[str, Any]]:
    spans = [(ground.at - timedelta(hours=high) if high else None, ground.at - timedelta(hours=low) if low else None)
             for low, high, _ in AGES]
    tallies = worklist.tallies(ground.actor, OPEN, ground.at, area_path=ground.path, spans=spans)
    return [{"state": state, "name": workflow.STATES[state][0], "count": tally.every, "late": tally.late,
             "filter": ground.asked(state=[state]), "late_filter": ground.late(state=[state]),
             "ages": [_age(ground, state, *each) for each in zip(AGES, spans, tally.spans, strict=True)]}
            for state in OPEN if (tally := tallies.get(state))]


def _age(ground: _Ground, state: str, age: tuple[int, int | None, str],
         ends: tuple[datetime | None, datetime | None], count: int) -> dict[str, Any]:
    low, high, label = age
    since, before = ends
    times = {name: _said(at) for name, at in (("state_since", since), ("state_before", before)) if at}
    return {"label": label, "from_hours": low, "to_hours": high, "count": count,
            "filter": ground.asked(state=[state], **times)}


def _today(ground: _Ground) -> dict[str, Any]:
    """What came in, was filed and was closed since midnight. One statement."""
    midnight = ground.at.astimezone(ZoneInfo(timing.zone())).replace(hour=0, minute=0, second=0, microsecond=0)
    ended = Filter(states=["closed"], ended_since=midnight)
    wanted = {"reported": Filter(since=midnight), "filed": Filter(filed_since=midnight), "ended": ended,
              "ended_late": replace(ended, ended_late=True), "ended_exempted": replace(ended, exempted=True)}
    counts = {"reported": 0, "filed": 0, "ended": 0, "ended_late": 0, "ended_exempted": 0} | _counted(
        {name: _there(ground, each) for name, each in wanted.items()})
    counts["ended_on_time"] = counts["ended"] - counts["ended_late"]
    today = _said(midnight.astimezone(ground.at.tzinfo))
    over = {"state": ["closed"], "ended_since": today}
    return {**counts, "filters": {
        "reported": ground.asked(since=today), "filed": ground.asked(filed_since=today), "ended": ground.asked(**over),
        "ended_on_time": ground.asked(ended_late=False, **over), "ended_late": ground.asked(ended_late=True, **over),
        "ended_exempted": ground.asked(exempted=True, **over)}}


def _there(ground: _Ground, wanted: Filter) -> QuerySet[Case]:
    rows = fitting(ground.actor, wanted, ground.known)
    return rows.filter(area_path__range=span(ground.path)) if ground.path else rows


def _counted(asked: Mapping[str, QuerySet[Case]]) -> dict[str, int]:
    first, *rest = [rows.order_by().annotate(what=Value(name)).values("what").annotate(count=Count("id"))
                    for name, rows in asked.items()]
    return {row["what"]: row["count"] for row in first.union(*rest, all=True)}


def _units(ground: _Ground, held: Iterable[worklist.Held]) -> list[dict[str, Any]]:
    """Each unit that holds something, with all below it; one that stands below another is counted there."""
    counts, late = Counter[str](), Counter[str]()
    top = ""
    for each in sorted(held, key=lambda each: each.unit_path):
        if each.unit_path:
            if not top or not within(each.unit_path, top):
                top = each.unit_path
            counts[top] += each.every
            late[top] += each.late
    named = {unit.path: unit for unit in accounts.unit_book(ground.known).values()}
    lines = [_line(ground, named[path].code, named[path].name, counts[path], late[path], unit=named[path].code)
             for path in counts if path in named]
    return sorted(lines, key=lambda line: (-line["late"], -line["open"], line["code"]))


def _areas(ground: _Ground, below: Sequence[grids.Place], held: Iterable[worklist.Held]) -> list[dict[str, Any]]:
    seen = [place for place in below if _touches(ground.actor, place.path)]
    places = sorted(seen, key=lambda place: place.path)
    starts = [place.path for place in places]
    counts, late = Counter[str](), Counter[str]()
    for each in held:
        place = bisect_right(starts, each.area_path) - 1
        if place >= 0 and within(each.area_path, starts[place]):
            counts[starts[place]] += each.every
            late[starts[place]] += each.late
    return [_line(ground, place.code, place.name, counts[place.path], late[place.path], area=place.code)
            for place in seen]


def _line(ground: _Ground, code: str, name: str, count: int, late: int, **where: str) -> dict[str, Any]:
    return {"code": code, "name": name, "open": count, "late": late,
            "filter": {**ground.asked(state=list(OPEN)), **where},
            "late_filter": {**ground.late(state=list(OPEN)), **where}}

"""Who answers for an area, now or at any moment; who holds what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jingwei.accounts.queries import Right, narrow
from jingwei.grids import staffing
from jingwei.grids.days import today, zone
from jingwei.grids.models import Absence, Area, Certificate, Staffing
from jingwei.grids.queries.places import Place, chain
from jingwei.grids.queries.shifts import running_shifts
from jingwei.grids.staffing import OnDuty, Posting, Why
from jingwei.grids.system_rules import Asks
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

_POSTING = ("user_id", "area_id", "post", "since", "until", "duties", "rank")


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One posting as a row. `until`: the last day, None while open."""

    id: int
    user_id: UUID
    area_id: int
    area_code: str
    area_name: str
    post: str
    since: date
    until: date | None
    duties: list[str]


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for an area, and on which area they are posted: the area itself or one above it."""

    user_id: UUID | None
    why: str
    place: Place | None
    passed_over: tuple[UUID, ...]


def on_duty(area_id: int, at: datetime | None = None, *, certificate: str = "") -> OnDuty:
    """Who is on duty on this very area: by the rota where a shift runs, else A, or B while A is away.

    `certificate`: a kind that must be valid, beside those that the system asks for. Six statements at most.
    """
    return _on_duty([area_id], at or clock.now(), certificate)[area_id]


def answerable_each(ways: Mapping[int, Sequence[Place]], at: datetime | None = None) -> dict[int, Answerable]:
    """The same for several areas at once, each with the way up to it, the root first. Five statements for all."""
    ids = list({place.area_id for way in ways.values() for place in way})
    duties = _on_duty(ids, at or clock.now(), "")
    return {area_id: _nearest(way, duties) for area_id, way in ways.items()}


def answerable(area_id: int, at: datetime | None = None, *, certificate: str = "") -> Answerable:
    """The nearest person who answers: on the area, else on the grid, community, street above it. Six statements."""
    above = chain(area_id)
    return _nearest(above, _on_duty([place.area_id for place in above], at or clock.now(), certificate))


def _nearest(above: Sequence[Place], duties: Mapping[int, OnDuty]) -> Answerable:
    passed: list[UUID] = []
    why = Why.NOBODY
    for place in reversed(above):
        duty = duties[place.area_id]
        passed += duty.passed_over
        if duty.user is not None:
            return Answerable(duty.user, duty.why.value, place, tuple(passed))
        why = duty.why if why is Why.NOBODY else why
    return Answerable(None, why.value, None, tuple(passed))


def _on_duty(area_ids: Sequence[int], at: datetime, certificate: str) -> dict[int, OnDuty]:
    postings = _postings(area_ids)
    shifts = running_shifts(area_ids, at)
    users = {posting.user for posting in postings} | {user for standing in shifts.values() for user in standing}
    away = [staffing.Absence(*row) for row in Absence.objects.filter(
        Q(until=None) | Q(until__gt=at), user_id__in=users, since__lte=at).values_list("user_id", "since", "until")]
    barred = _barred(users, _asked_for(area_ids, certificate), at) if users else {}
    return {
        area_id: staffing.on_duty((one for one in postings if one.area == area_id), away, at, zone(),
                                  barred.get(area_id, frozenset()), shifts.get(area_id, ()))
        for area_id in area_ids
    }


def _asked_for(area_ids: Sequence[int], certificate: str) -> dict[int, frozenset[str]]:
    """Which certificates each area asks for, by its system's rules. One statement."""
    rows = Area.objects.filter(pk__in=area_ids).values_list("id", "level", "plan__system__rules")
    also = frozenset([certificate] if certificate else [])
    found = {area_id: frozenset(rule["value"] for rule in rules if rule["asks"] == Asks.CERTIFICATE and rule["level"] == level)
             | also for area_id, level, rules in rows}
    return {area_id: kinds for area_id, kinds in found.items() if kinds}


def _barred(users: set[UUID], asked: dict[int, frozenset[str]], at: datetime) -> dict[int, frozenset[UUID]]:
    if not asked:
        return {}
    kinds = frozenset[str]().union(*asked.values())
    held = [staffing.Certificate(*row) for row in Certificate.objects.filter(
        user_id__in=users, kind__in=kinds).values_list("user_id", "kind", "since", "until")]
    day = at.astimezone(zone()).date()
    lacking = {kind: frozenset(user for user in users if staffing.certified(held, user, kind, day) is not staffing.Validity.VALID)
               for kind in kinds}
    return {area_id: frozenset[UUID]().union(*(lacking[kind] for kind in own)) for area_id, own in asked.items()}


def _postings(area_ids: Iterable[int]) -> list[Posting]:
    rows = Staffing.objects.filter(area_id__in=list(area_ids), void=False, user__active=True).values_list(*_POSTING)
    return [Posting(user, area, staffing.Post(post), since, until, tuple(duties), rank)
            for user, area, post, since, until, duties, rank in rows]


def staffing_of(actor: Actor, area_id: int, *, on: date | None = None, history: bool = False) -> list[PostingLine]:
    """The postings on an area on a day (today by default), or all of them ever with `history`; main first."""
    visible = narrow(Area.objects.filter(pk=area_id), actor, Right.AREA_READ, area="path")
    rows = Staffing.objects.filter(area__in=visible, void=False)
    return _lines(rows if history else _on(rows, on or today()))


def posts_of(user_id: UUID, *, on: date | None = None) -> list[PostingLine]:
    """What one person holds on a day: several posts at once are allowed (STF-05)."""
    return _lines(_on(Staffing.objects.filter(user_id=user_id, void=False), on or today()))


def double_mains(actor: Actor) -> list[staffing.Span]:
    """Areas within reach on which two mains hold the same days, past or to come."""
    rows = narrow(Staffing.objects.filter(post="main", void=False), actor, Right.AREA_READ, area="area__path")
    return staffing.overlaps(Posting(user, area, staffing.Post(post), since, until) for user, area, post, since, until
                             in rows.values_list("user_id", "area_id", "post", "since", "until"))


def _on(rows: QuerySet[Staffing], day: date) -> QuerySet[Staffing]:
    return rows.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def _lines(rows: QuerySet[Staffing]) -> list[PostingLine]:
    found = rows.values_list("id", "user_id", "area_id", "area__code", "area__name", "post", "since", "until", "duties")
    order = {"main": 0, "deputy": 1, "member": 2}
    return sorted((PostingLine(*row) for row in found),
                  key=lambda line: (line.area_code, order[line.post], line.since, line.id))

"""What is due, for whom, where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from jingwei.accounts.queries import Right, narrow, reach
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span
from jingwei.worklist.models import Item

_COLUMNS = ("subject", "kind", "area_path", "unit_path", "person", "due_at", "since", "place", "urged")


@dataclass(frozen=True, slots=True)
class Due:
    subject: str
    kind: str
    area_path: str
    unit_path: str
    person: UUID | None
    due_at: datetime | None
    since: datetime
    place: str
    urged: bool = False


def due(actor: Actor, *, kinds: list[str] | None = None, limit: int = 50) -> list[Due]:
    """What is due within the actor's reach, soonest first; things without a running clock come last."""
    rows = narrow(Item.objects.all(), actor, Right.CASE_READ, area="area_path", unit="unit_path")
    rows = rows.filter(Q(person=None) | Q(person=actor.user_id))
    if kinds:
        rows = rows.filter(kind__in=kinds)
    ordered = rows.extra(select={"undated": "due_at IS NULL"}, order_by=["undated", "due_at", "subject"])
    return [Due(*row) for row in ordered.values_list(*_COLUMNS)[:limit]]


def counts(actor: Actor | None, now: datetime) -> dict[str, tuple[int, int]]:
    """Per kind of deed: how many are due in all, how many of them are late. None: the totals of the installation."""
    rows = Item.objects.all()
    if actor is not None:
        rows = narrow(rows, actor, Right.CASE_READ, area="area_path", unit="unit_path")
    return _counted(rows, now)


def waiting(actor: Actor, *, kinds: Sequence[str] = (), limit: int = 50,
            after: tuple[bool, datetime | None, str] | None = None) -> list[Due]:
    """What waits for this person: a post of theirs has the next step, within reach, and nobody else is named.

    What was urged first, then soonest due, what has no clock last. `after`: whether urged, due instant and subject of
    the last row of the page before.
    """
    rows = _waiting(actor)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if after is not None:
        urged, at, subject = after
        later = Q(due_at=None, subject__gt=subject)
        if at is not None:
            later = Q(due_at__gt=at) | Q(due_at=at, subject__gt=subject) | Q(due_at=None)
        rows = rows.filter(later, urged=urged) if not urged else rows.filter(later & Q(urged=True) | Q(urged=False))
    ordered = rows.order_by("-urged", F("due_at").asc(nulls_last=True), "subject")
    return [Due(*row) for row in ordered.values_list(*_COLUMNS)[:limit]]


@dataclass(frozen=True, slots=True)
class Falling:
    """Something whose time is up. `posts`: for whom it waits where it names nobody."""

    subject: str
    area_path: str
    unit_path: str
    person: UUID | None
    posts: tuple[str, ...]


def falling_due(kinds: Sequence[str], after: datetime, until: datetime, limit: int) -> list[Falling]:
    """What of these kinds falls due after an instant and until another one, of everybody. For jobs, which tell of it."""
    rows = Item.objects.filter(kind__in=kinds, due_at__gt=after, due_at__lte=until).order_by("due_at", "subject")
    return [Falling(*row[:4], tuple(post for post in row[4].split("|") if post)) for row in rows.values_list(
        "subject", "area_path", "unit_path", "person", "posts")[:limit]]


def of_subject(subject: str) -> Falling | None:
    """For whom one thing waits, if it does: for whoever tells of it."""
    row = Item.objects.filter(subject=subject).values_list("subject", "area_path", "unit_path", "person", "posts").first()
    return None if row is None else Falling(*row[:4], tuple(post for post in row[4].split("|") if post))


def of_person(user_id: UUID, area_path: str, but: Sequence[str] = ()) -> list[Due]:
    """What names this person at and below a path, but for the paths in `but`, soonest due first."""
    rows = Item.objects.filter(person=user_id, area_path__range=span(area_path))
    for path in but:
        rows = rows.exclude(area_path__range=span(path))
    return [Due(*row) for row in rows.order_by(F("due_at").asc(nulls_last=True), "subject").values_list(*_COLUMNS)]


def held_by(users: Iterable[UUID], kinds: Sequence[str]) -> dict[UUID, int]:
    """How many things of these kinds name each of these people now; who holds none is left out."""
    rows = Item.objects.filter(person__in=list(users), kind__in=kinds).values_list("person").annotate(every=Count("subject"))
    return {person: every for person, every in rows.order_by("person") if person is not None}


def waiting_counts(actor: Actor, now: datetime) -> dict[str, tuple[int, int]]:
    """Per kind of deed what `waiting` lists in all: how many, and how many of them are late."""
    return _counted(_waiting(actor), now)


def _waiting(actor: Actor) -> QuerySet[Item]:
    within = reach(actor, Right.CASE_READ, area="area_path", unit="unit_path", posts="posts")
    return Item.objects.filter(within or Q(), Q(person=None) | Q(person=actor.user_id))


def _counted(rows: QuerySet[Item], now: datetime) -> dict[str, tuple[int, int]]:
    found = rows.values("kind").annotate(every=Count("subject"), late=Count("subject", filter=Q(due_at__lt=now)))
    return {row["kind"]: (row["every"], row["late"]) for row in found.order_by("kind")}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things of a kind are due, how many of them are late, and how many began in each span asked for."""

    every: int
    late: int
    spans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """How much is due at one place with one unit ('' with none)."""

    area_path: str
    unit_path: str
    every: int
    late: int


def tallies(actor: Actor, kinds: Sequence[str], now: datetime, *, area_path: str = "",
            spans: Sequence[tuple[datetime | None, datetime | None]] = ()) -> dict[str, Tally]:
    """Per kind, within reach and below `area_path`. A span takes its beginning in and leaves its end out."""
    counted = {f"span_{place}": Count("subject", filter=_began(*ends)) for place, ends in enumerate(spans)}
    found: Any = _below(actor, kinds, area_path).values("kind").order_by("kind").annotate(
        every=Count("subject"), late=Count("subject", filter=Q(due_at__lt=now)), **counted)
    return {row["kind"]: Tally(row["every"], row["late"], tuple(row[name] for name in counted)) for row in found}


def held(actor: Actor, kinds: Sequence[str], now: datetime, *, area_path: str = "") -> list[Held]:
    """The same by place and unit."""
    found = _below(actor, kinds, area_path).values_list("area_path", "unit_path").order_by("area_path", "unit_path")
    return [Held(*row) for row in found.annotate(
        every=Count("subject"), late=Count("subject", filter=Q(due_at__lt=now)))]


def _below(actor: Actor, kinds: Sequence[str], area_path: str) -> QuerySet[Item]:
    rows = narrow(Item.objects.filter(kind__in=kinds), actor, Right.CASE_READ, area="area_path", unit="unit_path")
    return rows.filter(area_path__range=span(area_path)) if area_path else rows


def _began(since: datetime | None, until: datetime | None) -> Q:
    return (Q(since__gte=since) if since else Q()) & (Q(since__lt=until) if until else Q())

"""Who answers for a grid: main and deputy, absences, certificates. Pure: days and instants are handed in.

A posting runs over whole days of the area's zone, first and last day included. An absence runs from an
instant up to, not including, another. Source: AB posts (STF-03): when A is away, B stands in.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo


class Post(StrEnum):
    MAIN = "main"      # A岗: answers for the grid
    DEPUTY = "deputy"  # B岗: stands in
    MEMBER = "member"  # of the grid's team; never answers alone


CONTRACTS = {
    "civil_servant": "公务员", "by_reference": "参公管理人员", "institution": "事业编制", "district": "区聘", "street": "镇街聘",
    "public_post": "公益性岗位", "enterprise": "企业员工", "volunteer": "志愿者", "other": "其他",
}
"""How somebody is employed (STF-27, STF-43): code and name."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One person on one area. `until`: the last day, None while open. `rank` orders several deputies."""

    user: UUID
    area: int
    post: Post
    since: date
    until: date | None = None
    duties: tuple[str, ...] = ()
    rank: int = 0

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `since` up to, not including, `until` (aware instants; None: no end yet)."""

    user: UUID
    since: datetime
    until: datetime | None = None

    def at(self, instant: datetime) -> bool:
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A badge or licence of one kind, valid on whole days, both ends included."""

    user: UUID
    kind: str
    since: date
    until: date | None = None


class Validity(StrEnum):
    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    NONE = "none"


class Why(StrEnum):
    """Why this person is on duty, or why nobody is."""

    SHIFT = "shift"              # the rota says so
    MAIN = "main"                # A is there
    STANDS_IN = "stands_in"      # A is away or may not work, B answers
    NO_MAIN = "no_main"          # nobody holds A, B answers
    ALL_AWAY = "all_away"        # posts are held, nobody can answer
    NOBODY = "nobody"            # no posts are held


@dataclass(frozen=True, slots=True)
class OnDuty:
    """The answer to "who now". `passed_over`: those who come first but are away or lack a certificate."""

    user: UUID | None
    why: Why
    passed_over: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which an area has no main, or two (`users`). `until`: the last day, None for an open end."""

    area: int
    since: date
    until: date | None
    users: tuple[UUID, ...] = ()


def on_duty(postings: Iterable[Posting], absences: Iterable[Absence], at: datetime, zone: ZoneInfo,
            barred: frozenset[UUID] = frozenset(), on_shift: Sequence[UUID] = ()) -> OnDuty:
    """Who answers for one area at an instant (aware). `postings`: of that area only.

    `on_shift`: whom the rota names for this moment; they come before the posts, which answer where no shift runs.
    `barred`: people whose required certificate is not valid that day; they are passed over like the absent.
    Among several mains the one posted first answers; deputies follow by rank, then by first day.
    """
    day = at.astimezone(zone).date()
    held = [posting for posting in postings if posting.on(day)]
    away = {absence.user for absence in absences if absence.at(at)} | barred
    order = sorted(
        (posting for posting in held if posting.post is not Post.MEMBER),
        key=lambda posting: (posting.post is not Post.MAIN, posting.rank, posting.since, posting.user))
    if not order and not on_shift:
        return OnDuty(None, Why.NOBODY)
    passed: list[UUID] = []
    for user in on_shift:
        if user not in away:
            return OnDuty(user, Why.SHIFT, tuple(passed))
        passed.append(user)
    for posting in order:
        if posting.user not in away:
            return OnDuty(posting.user, _why(posting, order), tuple(passed))
        if posting.user not in passed:
            passed.append(posting.user)
    return OnDuty(None, Why.ALL_AWAY, tuple(passed))


def _why(chosen: Posting, order: Sequence[Posting]) -> Why:
    if chosen.post is Post.MAIN:
        return Why.MAIN
    return Why.STANDS_IN if order[0].post is Post.MAIN else Why.NO_MAIN


def gaps(areas: Iterable[int], postings: Iterable[Posting], since: date, until: date) -> list[Span]:
    """The stretches of days in [since, until] on which an area has no main, by area, then by day."""
    mains = _mains_by_area(postings)
    return [span for area in sorted(set(areas)) for span in _gaps_of(area, mains[area], since, until)]


def _gaps_of(area: int, mains: Iterable[Posting], since: date, until: date) -> Iterable[Span]:
    free = since  # the first day not yet covered
    for posting in sorted(mains, key=lambda posting: posting.since):
        if free > until:
            return
        if posting.since > free:
            yield Span(area, free, min(posting.since - timedelta(days=1), until))
        if posting.until is None:
            return
        if posting.until >= free:
            free = max(free, posting.until + timedelta(days=1)) if posting.until < date.max else date.max
    if free <= until:
        yield Span(area, free, until)


def overlaps(postings: Iterable[Posting]) -> list[Span]:
    """Every pair of mains that hold the same area on the same days, by area, then by day."""
    found: list[Span] = []
    for area, mains in sorted(_mains_by_area(postings).items()):
        running: list[Posting] = []
        for posting in sorted(mains, key=lambda posting: (posting.since, posting.user)):
            running = [other for other in running if other.until is None or other.until >= posting.since]
            for other in running:
                last = _earlier(other.until, posting.until)
                found.append(Span(area, posting.since, last, (other.user, posting.user)))
            running.append(posting)
    return found


def certified(certificates: Iterable[Certificate], user: UUID, kind: str, day: date) -> Validity:
    """Whether somebody may work on a day that asks for a certificate of this kind (STF-04, STF-27)."""
    own = [one for one in certificates if one.user == user and one.kind == kind]
    if not own:
        return Validity.NONE
    if any(one.since <= day and (one.until is None or day <= one.until) for one in own):
        return Validity.VALID
    return Validity.NOT_YET if any(one.since > day for one in own) else Validity.EXPIRED


def areas_per_person(postings: Iterable[Posting], day: date) -> dict[UUID, tuple[int, ...]]:
    """The areas each person holds as main on a day. The rule "one grid, one person" wants one (GRD-24)."""
    held: dict[UUID, set[int]] = defaultdict(set)
    for posting in postings:
        if posting.post is Post.MAIN and posting.on(day):
            held[posting.user].add(posting.area)
    return {user: tuple(sorted(areas)) for user, areas in held.items()}


def _mains_by_area(postings: Iterable[Posting]) -> defaultdict[int, list[Posting]]:
    mains: defaultdict[int, list[Posting]] = defaultdict(list)
    for posting in postings:
        if posting.post is Post.MAIN:
            mains[posting.area].append(posting)
    return mains


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)

"""Certificates of people who are posted where one arranges the staffing; who stands somewhere without one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, reach
from jingwei.grids import staffing, system_rules
from jingwei.grids.models import Certificate, GridSystem, Staffing
from jingwei.grids.queries.reading import readable
from jingwei.grids.system_rules import Asks
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

SOON = 60
MOST_LACKING = 1000


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """`state`: valid | soon (runs out within the days asked for) | expired | not_yet."""

    id: int
    user_id: UUID
    user_name: str
    kind: str
    since: date
    until: date | None
    state: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """Somebody posted on an area that asks for a kind they do not hold. `why`: none | expired | not_yet."""

    staffing_id: int
    area_id: int
    area_code: str
    area_name: str
    user_id: UUID
    user_name: str
    post: str
    kind: str
    why: str


def certificates(actor: Actor, area_id: int | None = None, *, on: date, within: int = SOON, only: str = "", after: int = 0,
                 limit: int = 100) -> tuple[list[CertificateLine], int | None]:
    """One's own, and those of people posted where one arranges the staffing, the newest entry last.

    `only`: soon | expired, for those that run out within so many days or have run out without another of the kind.
    """
    rows = Certificate.objects.filter(id__gt=after)
    held = Staffing.objects.filter(user=OuterRef("user"), void=False)
    inside = reach(actor, Right.STAFFING_MANAGE, area="area__path")
    if inside is not None:
        rows = rows.filter(Q(Exists(held.filter(inside))) | Q(user_id=actor.user_id))
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        rows = rows.filter(Exists(held.filter(area__path__gte=low, area__path__lt=high)))
    soon = on + timedelta(days=max(0, min(within, 3650)))
    later = Certificate.objects.filter(Q(until=None) | Q(until__gt=OuterRef("until")), user=OuterRef("user"), kind=OuterRef("kind"))
    if only == "soon":
        rows = rows.filter(~Exists(later), until__gte=on, until__lte=soon)
    elif only == "expired":
        rows = rows.filter(~Exists(later), until__lt=on)
    found = list(rows.order_by("id").values_list("id", "user_id", "kind", "since", "until")[:limit + 1])
    following = found[limit - 1][0] if len(found) > limit else None
    names = accounts.names_of(row[1] for row in found)
    return [CertificateLine(row[0], row[1], names.get(row[1], ""), *row[2:], _state(row[3], row[4], on, soon))
            for row in found[:limit]], following


def _state(since: date, until: date | None, on: date, soon: date) -> str:
    if since > on:
        return "not_yet"
    if until is not None and until < on:
        return "expired"
    return "soon" if until is not None and until <= soon else "valid"


def lacking(actor: Actor, area_id: int | None = None, *, on: date) -> list[Lacking]:
    """Everybody posted without a valid certificate that the system asks for (STF-27), by area. Four statements at most."""
    asked = _asked()
    if not asked:
        return []
    postings = narrow(Staffing.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, void=False), actor,
                      Right.STAFFING_MANAGE, area="area__path")
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        postings = postings.filter(area__path__gte=low, area__path__lt=high)
    where = Q(pk__in=[])
    for system, level in asked:
        where |= Q(area__system=system, area__level=level)
    rows = list(postings.filter(where, area__status="active").order_by("area__code", "id").values_list(
        "id", "area_id", "area__code", "area__name", "user_id", "post", "area__system", "area__level")[:MOST_LACKING])
    held = held_by((row[4] for row in rows), {kind for kinds in asked.values() for kind in kinds})
    names = accounts.names_of(row[4] for row in rows)
    found = []
    for posting, area, code, name, user, post, system, level in rows:
        for kind in sorted(asked[system, level]):
            state = staffing.certified(held[user], user, kind, on)
            if state is not staffing.Validity.VALID:
                found.append(Lacking(posting, area, code, name, user, names.get(user, ""), post, kind, state.value))
    return found


def held_by(users: Iterable[UUID], kinds: Iterable[str]) -> defaultdict[UUID, list[staffing.Certificate]]:
    """Certificates of some kinds by person. One statement."""
    found: defaultdict[UUID, list[staffing.Certificate]] = defaultdict(list)
    for row in Certificate.objects.filter(user_id__in=set(users), kind__in=set(kinds)).values_list("user_id", "kind", "since", "until"):
        found[row[0]].append(staffing.Certificate(*row))
    return found


def _asked() -> dict[tuple[str, int], frozenset[str]]:
    found: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for system, rules in GridSystem.objects.values_list("code", "rules"):
        for rule in rules:
            if rule["asks"] == Asks.CERTIFICATE:
                found[system, rule["level"]].add(rule["value"])
    return {place: frozenset(kinds) for place, kinds in found.items()}


def certificate_kinds(actor: Actor) -> list[str]:
    """Kinds that some system asks for or that somebody holds, for choosing from."""
    asked = {kind for kinds in _asked().values() for kind in kinds}
    shipped = {rule.value for template in system_rules.templates().values() for rule in template.rules if rule.asks is Asks.CERTIFICATE}
    held = set(Certificate.objects.values_list("kind", flat=True).distinct()[:200]) if actor.holds(Right.STAFFING_MANAGE.value) else set()
    return sorted(asked | shipped | held)


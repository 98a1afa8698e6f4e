"""Who stands where, who is away, who may be posted: the lists of whoever arranges the staffing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right, Role, narrow, reach
from jingwei.grids import finding_places as finder
from jingwei.grids.models import Absence, Staffing
from jingwei.grids.placing import BASE
from jingwei.grids.queries.knowing import district_of
from jingwei.grids.queries.reading import readable
from jingwei.grids.staffing import CONTRACTS
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within
from jingwei.kernel.wording import Words

_ADMINISTRATORS = {Role.SYSTEM_ADMIN.code, Role.SECURITY_ADMIN.code, Role.AUDIT_ADMIN.code}
_ORDER = Case(When(post="main", then=Value(0)), When(post="deputy", then=Value(1)), default=Value(2),
              output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Posted:
    """`until`: the last day, None while open. `absent`: away at this moment. `contract`, `second_line`: in words."""

    id: int
    area_id: int
    area_code: str
    area_name: str
    user_id: UUID
    user_name: str
    post: str
    since: date
    until: date | None
    duties: list[str]
    employer: str
    contract: str
    second_line: str
    absent: bool


@dataclass(frozen=True, slots=True)
class Away:
    id: int
    user_id: UUID
    user_name: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Postable:
    id: UUID
    name: str
    unit_name: str


def postings(actor: Actor, area_id: int | None = None, *, on: date, after: str = "",
             limit: int = 100) -> tuple[list[Posted], str | None]:
    """Postings at and below an area that run on the day `on` or begin later, by area, main first; and where to go on.

    Refuses an area out of reach. Four statements at most.
    """
    rows = narrow(Staffing.objects.filter(Q(until=None) | Q(until__gte=on), void=False), actor, Right.AREA_READ,
                  area="area__path").annotate(order=_ORDER)
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        rows = rows.filter(area__path__gte=low, area__path__lt=high)
    found = list(_beyond(rows, after).order_by("area__code", "order", "id").values_list(
        "id", "area_id", "area__code", "area__name", "user_id", "post", "since", "until", "duties", "order",
        "employer", "contract", "second_line__name")[:limit + 1])
    following = None if len(found) <= limit else f"{found[limit - 1][2]}~{found[limit - 1][9]}~{found[limit - 1][0]}"
    found = found[:limit]
    users = {row[4] for row in found}
    names, away = accounts.names_of(users), _away_now(users)
    lines = [Posted(posting, area, code, name, user, names.get(user, ""), post, since, until, duties, employer,
                    CONTRACTS.get(contract, contract), second or "", user in away)
             for posting, area, code, name, user, post, since, until, duties, _, employer, contract, second in found]
    return lines, following


def _beyond(rows: QuerySet[Any], after: str) -> QuerySet[Any]:
    """Rows after a cursor that `postings` gave; any other text is no page of ours."""
    if not after:
        return rows
    code, _, rest = after.partition("~")
    order, _, last = rest.partition("~")
    if not (order in ("0", "1", "2") and last.isascii() and last.isdigit() and len(last) < 19):
        raise Refusal(KernelError.BAD_REQUEST, where=Words("续页位置", "after"), why=Words(
            "不是上一页给出的位置", "not a place that a page before named"))
    same = Q(area__code=code)
    return rows.filter(Q(area__code__gt=code) | same & Q(order__gt=int(order)) | same & Q(order=int(order), id__gt=int(last)))


def _away_now(users: Iterable[UUID]) -> set[UUID]:
    now = clock.now()
    return set(Absence.objects.filter(Q(until=None) | Q(until__gt=now), user_id__in=list(users), since__lte=now).values_list(
        "user_id", flat=True))


def absences(actor: Actor, area_id: int | None = None, *, after: int = 0, limit: int = 100) -> tuple[list[Away], int | None]:
    """Absences that run or are to come: one's own, and those of people posted where one arranges the staffing."""
    rows = Absence.objects.filter(Q(until=None) | Q(until__gt=clock.now()), id__gt=after)
    held = Staffing.objects.filter(user=OuterRef("user"), void=False)
    inside = reach(actor, Right.STAFFING_MANAGE, area="area__path")
    if inside is not None:
        rows = rows.filter(Q(Exists(held.filter(inside))) | Q(user_id=actor.user_id))
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        rows = rows.filter(Exists(held.filter(area__path__gte=low, area__path__lt=high)))
    found = list(rows.order_by("id").values_list("id", "user_id", "since", "until")[:limit + 1])
    following = found[limit - 1][0] if len(found) > limit else None
    names = accounts.names_of(row[1] for row in found)
    return [Away(row[0], row[1], names.get(row[1], ""), *row[2:]) for row in found[:limit]], following


def may_be_posted(actor: Actor, area_id: int, words: str = "", *, limit: int = 50) -> list[Postable]:
    """Active people with a role in the district of an area, as far as the actor may see people. For who may post them.

    On a grid of another system, whose tree lies in no district: whomever the actor may see. `words`: the beginning of a
    login or a part of a name.
    """
    area = readable(actor, area_id)
    if not actor.covers(Right.STAFFING_MANAGE.value, area.path):
        raise no_right(actor, Right.STAFFING_MANAGE)
    seeing = _in_district(actor, district_of(area.path, finder.ground())) if area.system == BASE else actor
    page = accounts.staff(seeing, find=words.strip()[:40], limit=limit)
    return [Postable(one.id, one.name, one.unit_name) for one in page.items if set(one.roles) - _ADMINISTRATORS]


def _in_district(actor: Actor, district: str) -> Actor:
    """The actor with what they reach outside a district taken away."""
    grants = (replace(grant, area_path=max(grant.area_path, district, key=len)) for grant in actor.grants
              if within(grant.area_path, district) or within(district, grant.area_path))
    return replace(actor, grants=tuple(grants))

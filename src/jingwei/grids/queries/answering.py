"""Who is posted on an area and above it today, the nearest first, and which of them answers there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from jingwei.grids.days import zone
from jingwei.grids.models import Absence, Boundary, Staffing
from jingwei.grids.queries.duty import _on, _on_duty, _postings
from jingwei.grids.queries.places import chain
from jingwei.kernel import clock


@dataclass(frozen=True, slots=True)
class Answering:
    """One posting of today. `on_duty`: answers for that area now, and `why` says by which rule (staffing.Why).

    `here`: on the area asked about or above it.
    """

    user_id: UUID
    post: str
    area_id: int
    area_code: str
    area_name: str
    on_duty: bool
    why: str
    here: bool = True


def posted(area_id: int, at: datetime | None = None, *, also: Collection[UUID] = ()) -> list[Answering]:
    """Whoever answers by the rota alone stands there as a member. Six statements: the way up, its postings, who is away.

    `also`: people whose postings elsewhere are told as well, after those of the place. One statement more.
    """
    at = at or clock.now()
    day = at.astimezone(zone()).date()
    above = {place.area_id: (place.code, place.name) for place in reversed(chain(area_id))}
    named = above | _elsewhere(also, above, at)
    duties = _on_duty(list(named), at, "")
    nearest = {one: steps for steps, one in enumerate(above)}
    today = [posting for posting in _postings(named) if posting.on(day)]
    order = ("main", "deputy", "member")
    today.sort(key=lambda one: (
        nearest.get(one.area, len(above)), one.user != duties[one.area].user, order.index(one.post.value), one.rank))
    posted_there = {(one.user, one.area) for one in today}
    standing = [(one.user, one.post.value, one.area) for one in today]
    standing += [(duty.user, "member", area) for area, duty in duties.items()
                 if duty.user is not None and (duty.user, area) not in posted_there]
    standing.sort(key=lambda one: (nearest.get(one[2], len(above)), one[0] != duties[one[2]].user))
    return [Answering(user, post, area, *named[area], duties[area].user == user, duties[area].why.value, area in above)
            for user, post, area in standing if area in above or user in also]


def _elsewhere(users: Collection[UUID], but: Iterable[int], at: datetime) -> dict[int, tuple[str, str]]:
    """Code and name of each area on which one of these people is posted that day."""
    if not users:
        return {}
    rows = Staffing.objects.filter(user_id__in=list(users), void=False).exclude(area_id__in=list(but))
    found = _on(rows, at.astimezone(zone()).date()).values_list("area_id", "area__code", "area__name")
    return {area: (code, name) for area, code, name in found.order_by("area__code").distinct()}


def away(users: Iterable[UUID], at: datetime | None = None) -> set[UUID]:
    """Who of these is absent now. One statement."""
    at = at or clock.now()
    return set(Absence.objects.filter(Q(until=None) | Q(until__gt=at), user_id__in=list(users), since__lte=at)
               .values_list("user_id", flat=True))


def middles(area_ids: Iterable[int]) -> dict[int, tuple[float, float]]:
    """The middle of each area's outline in force, in degrees; areas that are not drawn are left out. One statement."""
    rows = Boundary.objects.filter(area_id__in=list(area_ids), plan__state="published").order_by("plan__number")
    return {area: ((west + east) / 2, (south + north) / 2) for area, west, south, east, north in rows.values_list(
        "area_id", "west", "south", "east", "north")}

"""Who is posted on an area and above it today, the nearest first, and which of them answers there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.grids.days import zone
from jingwei.grids.queries.duty import _on_duty, _postings
from jingwei.grids.queries.places import chain
from jingwei.kernel import clock


@dataclass(frozen=True, slots=True)
class Answering:
    """One posting of today. `on_duty`: answers for that area now, and `why` says by which rule (staffing.Why)."""

    user_id: UUID
    post: str
    area_code: str
    area_name: str
    on_duty: bool
    why: str


def posted(area_id: int, at: datetime | None = None) -> list[Answering]:
    """Whoever answers by the rota alone stands there as a member. Six statements: the way up, its postings, who is away."""
    at = at or clock.now()
    above = {place.area_id: place for place in reversed(chain(area_id))}
    duties = _on_duty(list(above), at, "")
    day = at.astimezone(zone()).date()
    nearest = {one: steps for steps, one in enumerate(above)}
    today = [posting for posting in _postings(above) if posting.on(day)]
    order = ("main", "deputy", "member")
    today.sort(key=lambda one: (nearest[one.area], one.user != duties[one.area].user, order.index(one.post.value), one.rank))
    posted_there = {(one.user, one.area) for one in today}
    standing = [(one.user, one.post.value, one.area) for one in today]
    standing += [(duty.user, "member", area) for area, duty in duties.items()
                 if duty.user is not None and (duty.user, area) not in posted_there]
    standing.sort(key=lambda one: (nearest[one[2]], one[0] != duties[one[2]].user))
    return [Answering(user, post, above[area].code, above[area].name, duties[area].user == user, duties[area].why.value)
            for user, post, area in standing]

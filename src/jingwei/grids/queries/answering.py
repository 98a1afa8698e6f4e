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
    """Four statements: the way up, its postings, who is away."""
    at = at or clock.now()
    above = {place.area_id: place for place in reversed(chain(area_id))}
    duties = _on_duty(list(above), at, "")
    day = at.astimezone(zone()).date()
    nearest = {one: steps for steps, one in enumerate(above)}
    today = [posting for posting in _postings(above) if posting.on(day)]
    order = ("main", "deputy", "member")
    today.sort(key=lambda one: (nearest[one.area], one.user != duties[one.area].user, order.index(one.post.value), one.rank))
    return [Answering(one.user, one.post.value, above[one.area].code, above[one.area].name,
                   duties[one.area].user == one.user, duties[one.area].why.value) for one in today]

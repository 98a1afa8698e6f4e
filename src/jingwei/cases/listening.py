"""For whom something waits, and an instant as messages say it: what every telling of this room needs."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.accounts import queries as accounts
from jingwei.cases.timing import zone
from jingwei.worklist import queries as worklist


def waiting_for(subject: str) -> set[UUID]:
    """For whom something beside the flow waits now: the person it names, or else who holds one of its posts there."""
    row = worklist.of_subject(subject)
    if row is None:
        return set()
    return {row.person} if row.person is not None else accounts.holding(row.posts, row.area_path, row.unit_path)


def shown(at: datetime) -> str:
    local = at.astimezone(ZoneInfo(zone()))
    return f"{local.month}月{local.day}日 {local:%H:%M}"

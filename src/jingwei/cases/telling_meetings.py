"""Who is told of a task that a meeting gave: the person named, or the people of the unit. Never in words that people wrote."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import meetings, timing, told
from jingwei.cases.models import Decision
from jingwei.grids import queries as grids
from jingwei.journal.ports import Seen
from jingwei.notices.commands import LONGEST_BODY, LONGEST_TITLE, Telling, rendered

_LINK = "/meetings/decisions?show=mine"


def tellings(seen: Seen, data: dict[str, Any], rules: Iterable[told.Rule], known: dict[str, int]) -> list[tuple[Telling, list[UUID]]]:
    """Of a task that is still open, with those who hear of it. One statement."""
    one = Decision.objects.select_related("meeting").filter(id=data["decision"], way="task", state="open").first()
    if one is None:
        return []
    unit = accounts.unit_book(known).get(one.unit_id) if one.unit_id else None
    area = grids.names_of({one.meeting.area_id}, known).get(one.meeting.area_id, ("", ""))[1]
    day = meetings.day_of(one.due_at, timing.place()) if one.due_at else None
    values = {"number": one.meeting.number, "area": area, "unit": unit.name if unit else "由您办理",
              "due": f"{day.month}月{day.day}日前完成。" if day else ""}
    users = {one.person} if one.person else accounts.holding(["handler"], one.meeting.area_path, one.unit_path)
    return [(Telling(
        rule.kind, seen.subject, rendered(rule.title, values, LONGEST_TITLE), rendered(rule.body, values, LONGEST_BODY), _LINK, seen.at,
        f"{seen.position}:{rule.kind}", place=one.meeting.area_path, unit=one.unit_path, not_before=None),
        [user for user in users if user != seen.actor]) for rule in rules]

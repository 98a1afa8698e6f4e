"""What is due of a decision, on the list of everything due: of tasks alone, a case has a clock of its own."""

from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases.meeting_reach import ANSWERING
from jingwei.cases.models import Decision, Meeting
from jingwei.worklist import commands as worklist

KIND = "decision"


def put_due(decision: Decision, meeting: Meeting) -> None:
    """Say who has to do it, or that nobody has any more."""
    subject = f"decision:{decision.id}"
    if decision.way != "task" or decision.state != "open":
        worklist.drop(subject)
        return
    area_path, unit_path = meeting.area_path, decision.unit_path
    if decision.person is not None:
        area_path, unit_path = _within_reach(decision.person, area_path)
    worklist.put(subject, KIND, area_path=area_path, unit_path=unit_path, person=decision.person, due_at=decision.due_at,
                 since=decision.made_at, place=meeting.title, posts=ANSWERING)


def _within_reach(person: UUID, area_path: str) -> tuple[str, str]:
    """Where the person's list looks: at the meeting's place if a post of theirs covers it, else where a post begins."""
    grants = [grant for grant in accounts.grants_of(person) if Right.CASE_READ.value in grant.rights]
    found = next((grant for grant in grants if grant.covers(area_path, grant.unit_path)), grants[0] if grants else None)
    if found is None:
        return area_path, ""
    return area_path if found.covers(area_path, found.unit_path) else found.area_path, found.unit_path or ""

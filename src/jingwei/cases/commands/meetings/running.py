"""What every deed on a meeting begins with: its subject held, its words freed of numbers."""

from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import beside, meetings
from jingwei.cases.errors import CaseError
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.meeting_reach import runs, sees
from jingwei.cases.models import Meeting
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


def permit(actor: Actor, area_path: str, action: Words) -> None:
    """Nothing, or the refusal that names the posts."""
    if not runs(actor, area_path):
        raise Refusal(MeetingError.MEETING_NOT_YOURS, action=action, roles=Words(
            "、".join(beside.POST_NAMES[post] for post in meetings.HOLDING), ", ".join(meetings.HOLDING).replace("_", " ")))


def running(actor: Actor, meeting_id: UUID, action: Words) -> tuple[journal.Tail, Meeting]:
    """The subject and the row, locked, of a meeting whose minutes this person may still change."""
    tail = journal.hold(f"meeting:{meeting_id}")
    meeting = Meeting.objects.filter(id=meeting_id).first()
    if meeting is None or not sees(actor, meeting_id, accounts.unit_book()):
        raise Refusal(KernelError.NOT_FOUND)
    permit(actor, meeting.area_path, action)
    if meeting.state != "open":
        raise Refusal(MeetingError.MEETING_OVER, action=action, state=Words(meetings.STATES[meeting.state], meeting.state))
    return tail, meeting


def masked(text: str, what: str, most: int) -> str:
    """The words of a meeting. Numbers of people are not kept anywhere: minutes need none."""
    return without_numbers(checked(text, what, most), {})


def needed(text: str, action: Words, what: Words) -> None:
    """Refuses where nothing is said."""
    if blank(text):
        raise Refusal(CaseError.MISSING, action=action, what=what)

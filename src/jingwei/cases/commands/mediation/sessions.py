"""A meeting with the parties: when, where, who mediated, whether they came to terms, when they meet again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jingwei.cases import mediation as rules
from jingwei.cases.commands.mediation.step import Going, Mediated, chosen, go_on
from jingwei.cases.errors import CaseError
from jingwei.cases.events import MediationEvent
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import MediationSession
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """`people`: those of the mediators who were there; left out, whoever writes it down. `next_at`: when they meet again."""

    at: datetime
    result: str
    people: Sequence[UUID] = ()
    place: str = ""
    text: str = ""
    next_at: datetime | None = None
    files: Sequence[UUID] = ()


def hold_session(actor: Actor, mediation_id: UUID, held: SessionHeld) -> Mediated:
    """Write down one meeting. What was said is sealed; the entry says that there was one and what it came to."""
    for at in (held.at, held.next_at):
        if at is not None and at.tzinfo is None:
            raise Refusal(CaseError.NO_ZONE, value=at.isoformat())

    def change(going: Going) -> None:
        mediation = going.mediation
        result = chosen(Words("结果", "result"), held.result, rules.RESULTS)
        if mediation.sessions >= rules.MOST_SESSIONS:
            raise Refusal(MediationError.TOO_MANY, what=Words("调解次数", "meetings"), most=rules.MOST_SESSIONS)
        _in_time(going, held)
        people = list(dict.fromkeys(held.people)) or [user for user in going.people if user == actor.user_id]
        if not set(people) <= set(going.people):
            raise Refusal(MediationError.NOT_A_MEDIATOR)
        mediation.sessions += 1
        mediation.next_at = held.next_at
        MediationSession.objects.create(mediation=mediation, number=mediation.sessions, at=held.at, people=[str(user) for user in people],
                                        result=result, by=actor.user_id, recorded_at=going.now)
        going.values.setdefault("sessions", {})[str(mediation.sessions)] = {
            "place": going.say(Words("地点", "the place"), held.place, rules.PLACE_MOST),
            "text": going.say(Words("调解经过", "what was said"), held.text, needed=True)}
        going.moving.told |= {"number": mediation.sessions, "result": result,
                              "text": f"第 {mediation.sessions} 次，{rules.RESULTS[result]}"}

    return go_on(actor, mediation_id, "hold_session", MediationEvent.SESSION_HELD, change, files=held.files)


def _in_time(going: Going, held: SessionHeld) -> None:
    """It was held in the last years and not tomorrow; they meet again after today's beginning."""
    if not (held.at.year >= going.now.year - rules.YEARS_AHEAD and held.at <= going.now + _SLACK):
        raise Refusal(MediationError.BAD_DAY, what=Words("调解时间", "the time of the meeting"), value=held.at.isoformat(timespec="minutes"),
                      rule=Words(f"不晚于现在，也不早于 {rules.YEARS_AHEAD} 年前", f"up to now, from {rules.YEARS_AHEAD} years ago"))
    if held.next_at is not None and not (held.next_at > going.now and held.next_at.year <= going.now.year + rules.YEARS_AHEAD):
        raise Refusal(MediationError.BAD_DAY, what=Words("下次时间", "the next time"), value=held.next_at.isoformat(timespec="minutes"),
                      rule=Words(f"晚于现在，{rules.YEARS_AHEAD} 年以内", f"after now, within {rules.YEARS_AHEAD} years"))

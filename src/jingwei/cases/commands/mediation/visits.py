"""A visit after the agreement: is it kept; the last one ends the mediation."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from jingwei.cases import mediation as rules
from jingwei.cases.commands.mediation.conclude import add_visits, visit_day
from jingwei.cases.commands.mediation.due import drop_visit, open_visits
from jingwei.cases.commands.mediation.step import Going, Mediated, chosen, day_of, go_on
from jingwei.cases.events import MediationEvent
from jingwei.cases.mediation_errors import MediationError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class VisitMade:
    """`number`: which of the visits due. `made_on`: left out, today. `next_on`: another visit."""

    number: int
    result: str
    text: str = ""
    made_on: date | None = None
    next_on: date | None = None


def visit(actor: Actor, mediation_id: UUID, made: VisitMade) -> Mediated:
    """Record what a visit found. Where nobody was met, the next day is set."""

    def change(going: Going) -> None:
        result = chosen(Words("回访结果", "result"), made.result, rules.VISIT_RESULTS)
        one = next((visit for visit in open_visits(going.mediation) if visit.number == made.number), None)
        if one is None:
            raise Refusal(MediationError.NO_SUCH_VISIT)
        if result == "not_met" and made.next_on is None:
            raise Refusal(MediationError.NEXT_NEEDED)
        if made.next_on is not None:
            if one.number >= rules.MOST_VISITS * 2:
                raise Refusal(MediationError.TOO_MANY, what=Words("回访次数", "visits"), most=rules.MOST_VISITS * 2)
            add_visits(going, [visit_day(going, made.next_on)])
        one.made_on = day_of(
            Words("回访日期", "the day of the visit"), made.made_on or going.today, until=going.today,
            since=going.today - timedelta(days=365), rule=Words("不晚于今天，一年以内", "up to today, within a year"))
        one.result, one.by = result, actor.user_id
        one.save()
        drop_visit(one)
        text = going.say(Words("回访情况", "what was found"), made.text, rules.REASON_MOST, needed=result in ("partly", "broken"))
        going.values.setdefault("visits", {})[str(one.number)] = {"text": text}
        if not open_visits(going.mediation):
            going.enter("ended")
        going.moving.told |= {"number": one.number, "result": result, "text": rules.VISIT_RESULTS[result]}

    return go_on(actor, mediation_id, "visit", MediationEvent.VISITED, change)

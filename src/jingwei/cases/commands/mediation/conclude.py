"""How it ended: settled, partly, not, withdrawn, passed to court or arbitration; what was agreed, and when it is looked after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from jingwei.cases import mediation as rules
from jingwei.cases import timing
from jingwei.cases.commands.mediation.due import drop_visit, open_visits
from jingwei.cases.commands.mediation.step import Going, Mediated, chosen, day_of, go_on
from jingwei.cases.events import MediationEvent
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import MediationVisit
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class Concluding:
    """`text`: the terms, or why there are none. `agreed_on`: left out, today. `visits`: the days on which it is looked after."""

    outcome: str
    text: str
    form: str = "written"
    agreed_on: date | None = None
    visits: Sequence[date] = ()
    files: Sequence[UUID] = ()


def conclude_mediation(actor: Actor, mediation_id: UUID, new: Concluding) -> Mediated:
    """Record the result. Terms are sealed; visits become due on their days."""

    def change(going: Going) -> None:
        mediation = going.mediation
        outcome = rules.OUTCOMES[chosen(Words("调解结果", "outcome"), new.outcome, rules.OUTCOMES)]
        what = Words("协议内容", "the terms") if outcome.agreed else Words("原因或去向", "why, or where it went")
        kept: dict[str, Any] = {"at": going.now.isoformat(), "outcome": new.outcome, "by": str(actor.user_id),
                                "text": going.say(what, new.text, needed=True)}
        mediation.form, mediation.agreed_on, visits = "", None, 0
        if outcome.agreed:
            visits = _agree(going, new)
            kept |= {"form": mediation.form, "agreed_on": mediation.agreed_on}
        going.values.setdefault("conclusions", []).append(kept)
        mediation.outcome, mediation.concluded_at, mediation.due_at, mediation.next_at = new.outcome, going.now, None, None
        going.enter("visiting" if visits else "ended")
        told = [outcome.name, *([rules.FORMS[mediation.form]] if mediation.form else []), *([f"回访 {visits} 次"] if visits else [])]
        going.moving.told |= {"outcome": new.outcome, "visits": visits, "text": "，".join(told)}

    return go_on(actor, mediation_id, "conclude", MediationEvent.CONCLUDED, change, files=new.files)


def resume_mediation(actor: Actor, mediation_id: UUID, *, reason: str) -> Mediated:
    """Take it up again: the agreement is not kept, or they come back. Visits still due are dropped."""

    def change(going: Going) -> None:
        mediation = going.mediation
        told = going.say(Words("理由", "a reason"), reason, rules.REASON_MOST, needed=True)
        going.values.setdefault("changes", []).append({"at": going.now.isoformat(), "text": told})
        for visit in open_visits(mediation):
            visit.result = rules.DROPPED
            visit.save(update_fields=["result"])
            drop_visit(visit)
        within = rules.kinds()[mediation.kind].days
        mediation.due_at = rules.end_of(going.today + timedelta(days=within[0]), timing.zone()) if within else None
        going.moving.told["outcome_before"] = mediation.outcome
        mediation.outcome, mediation.form, mediation.agreed_on = "", "", None
        going.enter("mediating")

    return go_on(actor, mediation_id, "resume", MediationEvent.RESUMED, change)


def add_visits(going: Going, days: Sequence[date]) -> None:
    """Visits due on these days, numbered on."""
    last = MediationVisit.objects.filter(mediation=going.mediation).count()
    MediationVisit.objects.bulk_create(
        [MediationVisit(mediation=going.mediation, number=last + place, due_on=day) for place, day in enumerate(sorted(set(days)), 1)])


def visit_day(going: Going, day: date) -> date:
    return day_of(Words("回访日期", "the day of a visit"), day, since=going.today, until=going.today + timedelta(days=365 * rules.YEARS_AHEAD),
                  rule=Words(f"今天起 {rules.YEARS_AHEAD} 年以内", f"from today, within {rules.YEARS_AHEAD} years"))


def _agree(going: Going, new: Concluding) -> int:
    mediation = going.mediation
    if mediation.parties < 2:
        raise Refusal(MediationError.TWO_SIDES, count=mediation.parties)
    if len(set(new.visits)) > rules.MOST_VISITS:
        raise Refusal(MediationError.TOO_MANY, what=Words("回访次数", "visits"), most=rules.MOST_VISITS)
    mediation.form = chosen(Words("协议形式", "form"), new.form, rules.FORMS)
    mediation.agreed_on = day_of(
        Words("协议日期", "the day of the agreement"), new.agreed_on or going.today, until=going.today,
        since=going.today - timedelta(days=365 * rules.YEARS_AHEAD),
        rule=Words(f"不晚于今天，也不早于 {rules.YEARS_AHEAD} 年前", f"up to today, from {rules.YEARS_AHEAD} years ago"))
    days = {visit_day(going, day) for day in new.visits}
    add_visits(going, list(days))
    return len(days)


"""Who mediates, and where: three to five people of the place's team are proposed, others in a post there may be added."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jingwei.cases import mediation as rules
from jingwei.cases.commands.mediation.step import Going, Mediated, chosen, go_on
from jingwei.cases.events import MediationEvent
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.mediation_team import may_mediate
from jingwei.cases.models import Case, Mediator
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class TeamSet:
    """`lead`: who is in charge; left out, the first one. `kind`, `level`: '' leaves them."""

    people: Sequence[UUID]
    lead: UUID | None = None
    kind: str = ""
    level: str = ""
    reason: str = ""


def set_mediators(actor: Actor, mediation_id: UUID, new: TeamSet) -> Mediated:
    """Change who mediates, the kind or the level. Whoever comes in reads it, whoever leaves reads it no more."""

    def change(going: Going) -> None:
        mediation = going.mediation
        wanted = known_people(going.deed, going.moving.case, new.people, going.people)
        reason = going.say(Words("理由", "a reason"), new.reason, rules.REASON_MOST, needed=True)
        going.values.setdefault("changes", []).append({"at": going.now.isoformat(), "text": reason})
        if new.kind:
            mediation.kind = chosen(Words("调解类型", "kind"), new.kind, rules.kinds())
        if new.level:
            mediation.level = chosen(Words("调解层级", "level"), new.level, rules.levels())
        gone = [user for user in going.people if user not in wanted]
        Mediator.objects.filter(mediation=mediation, until=None, user__in=gone).update(until=going.now)
        write(going, [user for user in wanted if user not in going.people])
        mediation.lead = lead_of(new.lead, wanted)
        going.moving.told |= {"people": [str(user) for user in wanted], "lead": str(mediation.lead), "kind": mediation.kind,
                              "level": mediation.level, "text": f"{rules.levels()[mediation.level].name}，{len(wanted)} 名调解员"}

    return go_on(actor, mediation_id, "set_team", MediationEvent.TEAM_SET, change)


def known_people(deed: Words, case: Case, people: Sequence[UUID], before: Sequence[UUID] = ()) -> list[UUID]:
    """Those chosen, each once. Refuses nobody at all, too many, and who may not mediate here."""
    wanted = list(dict.fromkeys(people))
    if not wanted:
        raise Refusal(MediationError.MISSING, deed=deed, what=Words("调解员", "the mediators"))
    if len(wanted) > rules.MOST_PEOPLE:
        raise Refusal(MediationError.TOO_MANY, what=Words("调解员", "mediators"), most=rules.MOST_PEOPLE)
    new = set(wanted) - set(before)
    if new - may_mediate(case, new):
        raise Refusal(MediationError.NOT_A_MEDIATOR)
    return wanted


def lead_of(lead: UUID | None, people: Sequence[UUID]) -> UUID:
    if lead is not None and lead not in people:
        raise Refusal(MediationError.LEAD_OUTSIDE)
    return lead or people[0]


def write(going: Going, people: Sequence[UUID]) -> None:
    Mediator.objects.bulk_create([Mediator(mediation=going.mediation, user=user, since=going.now) for user in people])

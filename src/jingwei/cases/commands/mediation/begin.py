"""Begin (开始调解): a case becomes a dispute that is mediated: what about, where, by whom, between whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from jingwei.cases import beside, timing
from jingwei.cases import mediation as rules
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.mediation import due, sealed
from jingwei.cases.commands.mediation.parties import Party
from jingwei.cases.commands.mediation.parties import write as write_parties
from jingwei.cases.commands.mediation.step import Going, Mediated, chosen, mark
from jingwei.cases.commands.mediation.team import known_people, lead_of
from jingwei.cases.commands.mediation.team import write as write_people
from jingwei.cases.commands.step import Moving
from jingwei.cases.events import MediationEvent
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import Mediation
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is mediated. `lead`: who is in charge; left out, the first of `people`."""

    id: UUID
    matter: str
    people: Sequence[UUID]
    parties: Sequence[Party]
    kind: str = "people"
    level: str = "village"
    lead: UUID | None = None


def mediate(actor: Actor, case_id: UUID, new: Beginning) -> Mediated:
    """Begin; the case keeps its state and its clock."""
    client_id(new.id)
    made: list[Mediation] = []

    def change(moving: Moving) -> None:
        if Mediation.objects.filter(case_id=moving.case.id).exists():
            raise Refusal(MediationError.EXISTS)
        made.append(_begin(moving, new))

    aside(actor, case_id, "mediate", MediationEvent.OPENED, change)
    return Mediated(made[0].id, case_id, made[0].state, "")


def _begin(moving: Moving, new: Beginning) -> Mediation:
    case, now = moving.case, moving.now
    kind = chosen(Words("调解类型", "kind"), new.kind, rules.kinds())
    people = known_people(Words(beside.DEEDS["mediate"].name, "mediate"), case, new.people)
    within = rules.kinds()[kind].days
    last = now.astimezone(ZoneInfo(timing.zone())).date() + timedelta(days=within[0]) if within else None
    mediation = Mediation(
        id=new.id, case_id=case.id, county=case.county, kind=kind, level=chosen(Words("调解层级", "level"), new.level, rules.levels()),
        matter=chosen(Words("纠纷类别", "matter"), new.matter, rules.matters()), state="mediating", state_at=now,
        opened_by=moving.actor.user_id, opened_at=now, lead=lead_of(new.lead, people), parties=0,
        due_at=rules.end_of(last, timing.zone()) if last else None)
    moving.action = "set_parties"
    going = Going(moving, mediation, people, {})
    write_parties(going, new.parties)
    sealed.keep(mediation, going.values)
    try:
        mediation.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(MediationError.EXISTS) from error
    write_people(going, people)
    due.show_due(case, mediation, ())
    mark(moving, mediation.state)
    moving.told |= {"mediation": str(mediation.id), "kind": kind, "level": mediation.level, "matter": mediation.matter,
                    "people": [str(user) for user in people], "lead": str(mediation.lead), "text": rules.matters()[mediation.matter].name}
    return mediation

"""Who the parties are: sealed, shown to the mediators and whoever took it in, with a reason and an entry in the journal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from jingwei.cases import mediation as rules
from jingwei.cases.commands.mediation.step import Going, Mediated, chosen, go_on
from jingwei.cases.events import MediationEvent
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.words import blank, checked
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is in the dispute or speaks for somebody who is. `role`: a key of `mediation.ROLES`."""

    role: str
    name: str
    phone: str = ""
    note: str = ""


def set_parties(actor: Actor, mediation_id: UUID, parties: Sequence[Party]) -> Mediated:
    """All of them anew."""

    def change(going: Going) -> None:
        write(going, parties)
        going.moving.told["text"] = f"共 {len(parties)} 名当事人"

    return go_on(actor, mediation_id, "set_parties", MediationEvent.PARTIES_SET, change)


def reveal_parties(actor: Actor, mediation_id: UUID, *, reason: str) -> dict[str, Any]:
    """{"parties": […], "numbers": {token: value}} in clear. The reason is kept sealed beside them."""
    found: dict[str, Any] = {}

    def change(going: Going) -> None:
        told = going.say(Words("理由", "a reason"), reason, rules.REASON_MOST, needed=True)
        going.values.setdefault("revealed", []).append({"at": going.now.isoformat(), "by": str(actor.user_id), "text": told})
        found.update(parties=going.values.get("parties", []), numbers=going.values.get("numbers", {}))

    go_on(actor, mediation_id, "reveal", MediationEvent.REVEALED, change)
    return found


def write(going: Going, parties: Sequence[Party]) -> None:
    """Checked and sealed. Refuses nobody at all, too many, one without a name."""
    if not parties:
        raise Refusal(MediationError.MISSING, deed=going.deed, what=Words("当事人", "the parties"))
    if len(parties) > rules.MOST_PARTIES:
        raise Refusal(MediationError.TOO_MANY, what=Words("当事人", "parties"), most=rules.MOST_PARTIES)
    going.values["parties"] = [asdict(_checked(going, party)) for party in parties]
    going.mediation.parties = len(parties)


def _checked(going: Going, party: Party) -> Party:
    role = chosen(Words("当事人身份", "role"), party.role, rules.ROLES)
    if blank(party.name):
        raise Refusal(MediationError.MISSING, deed=going.deed, what=Words("当事人姓名", "the name of a party"))
    return Party(role, checked(party.name, "当事人姓名", rules.NAME_MOST), checked(party.phone, "电话", rules.PHONE_MOST),
                 checked(party.note, "备注", rules.PLACE_MOST))

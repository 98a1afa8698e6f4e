"""A person's own choice, with what there is to choose from."""

from dataclasses import dataclass
from datetime import time

from jingwei.journal.vault import unseal
from jingwei.kernel.actor import Actor
from jingwei.notices import ports
from jingwei.notices.models import Choice
from jingwei.notices.queries.settings import in_force


@dataclass(frozen=True, slots=True)
class Chosen:
    """`ready`: the ways that the installation has connected. `usual_from`, `usual_until`: its own quiet hours."""

    mail: str
    sms: str
    by_mail: bool
    by_sms: bool
    digest: str
    quiet_from: time | None
    quiet_until: time | None
    off: list[str]
    ready: list[str]
    usual_from: time
    usual_until: time
    kinds: list[ports.Kind]


def chosen(actor: Actor) -> Chosen:
    """How this person wants to be told. Three statements."""
    force = in_force()
    found = Choice.objects.filter(user=actor.user_id).first() if actor.user_id else None
    found = found or Choice()
    given = unseal(f"choice:{found.user}", bytes(found.sealed)) if found.sealed else {}
    return Chosen(
        str(given.get("mail", "")), str(given.get("sms", "")), found.mail, found.sms, found.digest, found.quiet_from,
        found.quiet_until, [kind for kind in found.off.split("|") if kind], sorted(force.ready), force.quiet_from,
        force.quiet_until, [kind for kind in force.kinds.values() if kind.active])

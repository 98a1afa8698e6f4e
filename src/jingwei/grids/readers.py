"""What follows the journal in this room."""

from uuid import UUID

from jingwei.accounts.events import UserEvent
from jingwei.accounts.queries import Right
from jingwei.grids.commands.contact import withdraw_contact
from jingwei.grids.events import LayerEvent
from jingwei.grids.models import PlanVersion
from jingwei.journal.ports import Seen, reader
from jingwei.kernel.actor import Actor, Grant

_FORGETTER = Actor(None, "grids.contacts", (Grant("job", "", frozenset({Right.STAFFING_MANAGE.value})),), via="job")


@reader("grids.contacts", [UserEvent.DISMISSED])
def contacts(seen: Seen) -> None:
    """Whoever has left is no longer told to the public: phone and photo are deleted."""
    withdraw_contact(_FORGETTER, UUID(seen.subject.removeprefix("user:")))


@reader("grids.weights", [LayerEvent.REPLACED])
def weights(seen: Seen) -> None:
    """New buildings: what stands in each unit of drafts and of the versions in force is counted again."""
    from jingwei.grids.jobs import weigh

    if seen.subject != "map_layer:buildings":
        return
    for plan in PlanVersion.objects.filter(state__in=["draft", "published"], valid_to=None).values_list("id", flat=True):
        weigh.enqueue(plan)

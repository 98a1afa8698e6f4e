"""What follows the journal in this room."""

from jingwei.grids.events import LayerEvent
from jingwei.grids.models import PlanVersion
from jingwei.journal.ports import Seen, reader


@reader("grids.weights", [LayerEvent.REPLACED])
def weights(seen: Seen) -> None:
    """New buildings: what stands in each unit of drafts and of the versions in force is counted again."""
    from jingwei.grids.jobs import weigh

    if seen.subject != "map_layer:buildings":
        return
    for plan in PlanVersion.objects.filter(state__in=["draft", "published"], valid_to=None).values_list("id", flat=True):
        weigh.enqueue(plan)

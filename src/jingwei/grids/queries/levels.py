"""An area with the areas right below it: where figures are broken down by place."""

from jingwei.grids.models import Area
from jingwei.grids.queries.places import PLACE, Place, place_by_code
from jingwei.grids.queries.tree import roots
from jingwei.kernel.actor import Actor


def level_below(actor: Actor, code: str = "") -> tuple[Place | None, list[Place]]:
    """The area with this code and what stands right below it, by code; None where no area has the code.

    Without a code, where the actor's part of the tree begins; None with several beginnings, which come as what is
    below. Three statements at the most.
    """
    top = None
    if code:
        top = place_by_code(code)
        if top is None:
            return None, []
    else:
        places = _standing(id__in=[line.id for line in roots(actor)])
        if len(places) != 1:
            return None, places
        top = places[0]
    return top, _standing(parent_id=top.area_id)


def _standing(**which: object) -> list[Place]:
    rows = Area.objects.filter(plan__state="published", status="active", **which).order_by("code")
    return [Place(*row) for row in rows.values_list(*PLACE)]

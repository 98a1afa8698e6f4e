"""An area that somebody may see, or not found."""

from jingwei.accounts.queries import Right, narrow
from jingwei.grids.models import Area
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal


def readable(actor: Actor, area_id: int) -> Area:
    """Published and within reach. One statement."""
    area = narrow(Area.objects.filter(pk=area_id, plan__state="published"), actor, Right.AREA_READ, area="path").first()
    if area is None:
        raise Refusal(KernelError.NOT_FOUND)
    return area

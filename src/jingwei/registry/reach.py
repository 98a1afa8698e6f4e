"""Who may see what stands at a place. A post tied to a unit sees all of its area: parts are held by no unit."""

from jingwei.accounts.queries import Right
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import within


def may_see_parts(actor: Actor, area_path: str) -> bool:
    rights = {Right.PART_READ.value, Right.PART_MANAGE.value}
    return any(rights & grant.rights and within(area_path, grant.area_path) for grant in actor.grants)

"""What every command asks first: does the area stand, may this person change it, who else is changing the tree."""

from datetime import datetime
from secrets import token_hex

from django.db.models import F

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.grids.errors import GridError
from jingwei.grids.models import Area, GridSystem, MapState, PlanVersion
from jingwei.grids.placing import BASE, Spot
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

GENERATION = "grids"
CHANGEABLE = ("published", "draft")
_STATES = {"staging": "正在导入", "draft": "草案", "published": "已发布", "dropping": "正在放弃", "dropped": "已放弃"}


def not_a_draft(plan: PlanVersion) -> Refusal:
    return Refusal(GridError.WRONG_STATE, title=plan.title, state=Words(_STATES.get(plan.state, plan.state), plan.state),
                   wanted=Words(_STATES["draft"], "draft"))


def lock_system(code: str) -> GridSystem:
    """One structural change at a time per system. The base system stands by itself, others are set up first."""
    rows = GridSystem.objects.select_for_update()
    system = rows.filter(pk=code).first()
    if system is None and code == BASE:
        GridSystem.objects.get_or_create(pk=BASE, defaults={"name": "基础网格体系"})
        system = rows.get(pk=BASE)
    if system is None:
        raise Refusal(GridError.UNKNOWN_SYSTEM, system=code[:20])
    return system


def known_system(code: str) -> None:
    """Refuse a system that was never set up, before anything is read for it."""
    if code != BASE and ("\0" in code or not GridSystem.objects.filter(pk=code).exists()):
        raise Refusal(GridError.UNKNOWN_SYSTEM, system=code[:20])


def paths_changed(system: GridSystem) -> None:
    """Imports that still stage rows by the old paths notice this and stop."""
    system.version += 1
    system.save(update_fields=["version"])


def changeable(actor: Actor, area_id: int, right: Right = Right.AREA_MANAGE) -> Area:
    """The area, locked. Not found where the actor cannot see it, refused where they see it without the right."""
    area = Area.objects.select_for_update(of=("self",)).filter(pk=area_id, plan__state__in=CHANGEABLE).first()
    if area is None or not (actor.covers(Right.AREA_READ.value, area.path) or actor.covers(right.value, area.path)):
        raise Refusal(KernelError.NOT_FOUND)
    permit(actor, right, area.path)
    return area


def permit(actor: Actor, right: Right, path: str) -> None:
    if not actor.covers(right.value, path):
        raise no_right(actor, right)


def active(area: Area) -> Area:
    if area.status != "active":
        raise Refusal(GridError.PARENT_GONE, code=area.code)
    return area


def visible_to(area: Area, plan_id: int | None) -> Area:
    """Nothing that is in force may depend on a draft, nor one draft on another. `plan_id`: of whoever depends."""
    if area.plan_id != plan_id and area.plan.state != "published":
        raise Refusal(GridError.IN_DRAFT, code=area.code, title=area.plan.title)
    return area


def spot(area: Area) -> Spot:
    return Spot(area.id, area.code, area.path, area.level, area.county)


def plan_for(actor: Actor, system: str, plan_id: int | None) -> PlanVersion:
    """The draft to work in, or the version in force; the first of a system is made on the way."""
    if plan_id is not None:
        plan = PlanVersion.objects.select_for_update().filter(pk=plan_id, system_id=system).first()
        if plan is None:
            raise Refusal(KernelError.NOT_FOUND)
        if plan.state != "draft":
            raise not_a_draft(plan)
        return plan
    plan = in_force(system)
    if plan is None:
        now = clock.now()
        plan = PlanVersion.objects.create(
            system_id=system, number=1, title="第 1 版", state="published", valid_from=now, created_at=now,
            created_by=actor.user_id, published_at=now, published_by=actor.user_id)
    return plan


def in_force(system: str, at: datetime | None = None) -> PlanVersion | None:
    """The newest published version that had begun by `at` (now by default)."""
    rows = PlanVersion.objects.filter(system_id=system, state="published", valid_from__lte=at or clock.now())
    return rows.order_by("-number").first()


def drawn_anew(plan: PlanVersion) -> None:
    """The outlines of a version changed: its index has another name from now on.

    Random, not counted: a database put back from yesterday must not find the index of a tomorrow it has lost.
    """
    plan.drawing = token_hex(8)
    plan.save(update_fields=["drawing"])


def changed(*, on_map: bool = True) -> None:
    """Every process drops what it cached of the ground; the map gets another version where it shows the change.

    Last in its transaction: the row of the map is held by one change at a time.
    """
    journal.bump(GENERATION)
    if on_map and not MapState.objects.filter(pk=1).update(number=F("number") + 1, token=token_hex(4)):
        # two first ones at once: the second finds the row and changes it
        MapState.objects.bulk_create([MapState(number=0, token=token_hex(4))], ignore_conflicts=True)
        MapState.objects.filter(pk=1).update(number=F("number") + 1, token=token_hex(4))

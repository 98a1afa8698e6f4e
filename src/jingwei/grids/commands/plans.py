"""Systems and plan versions: set up, open a draft, drop one in batches. `publishing` puts one into force."""

import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from jingwei.accounts.queries import Right
from jingwei.grids import tiles
from jingwei.grids.commands.standing import changed, in_force, lock_system, not_a_draft, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import PlanEvent, SystemEvent
from jingwei.grids.models import Area, Boundary, GridSystem, PlanChange, PlanEdit, PlanVersion
from jingwei.grids.placing import BASE
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

SYSTEM_CODE = re.compile(r"[a-z][a-z0-9_]{0,19}", re.ASCII)
_DROPPED_AT_ONCE = 5_000


def set_up_system(actor: Actor, code: str, name: str, levels: Sequence[str] = ()) -> None:
    """Set up another way to divide the ground (GRD-42), or rename its levels: ["大网格", "中网格", "小网格"]."""
    if not SYSTEM_CODE.fullmatch(code):
        raise Refusal(GridError.BAD_SYSTEM, system=code[:20])
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"grid_system:{code}")
        permit(actor, Right.AREA_MANAGE, "")
        names = [level.strip()[:20] for level in levels]
        GridSystem.objects.update_or_create(pk=code, defaults={"name": name.strip()[:60] or code, "levels": names})
        journal.record(actor, tail, SystemEvent.SET_UP, {"name": name.strip()[:60], "levels": names})
        changed(on_map=False)


def open_plan(actor: Actor, title: str, *, system: str = BASE) -> int:
    """Begin a draft: what is put into it stays invisible until it is published. Returns its id."""
    with transaction.atomic(savepoint=False):
        found = lock_system(system)
        permit(actor, Right.AREA_MANAGE, "")
        before = in_force(system)
        plan = PlanVersion.objects.create(
            system=found, title=title.strip()[:100] or "草案", state="draft", based_on=found.version,
            rules=before.rules if before else {}, created_at=clock.now(), created_by=actor.user_id)
        journal.record_new(actor, f"plan:{plan.id}", PlanEvent.OPENED, {"title": plan.title, "system": system})
    return plan.id


def drop_plan(actor: Actor, plan_id: int) -> None:
    """Give up a draft or an unfinished import. Its codes were never in force and are free again.

    Works in batches of less than a second; may be killed and repeated.
    """
    with transaction.atomic():
        tail = journal.hold(f"plan:{plan_id}")
        plan = PlanVersion.objects.select_for_update().filter(pk=plan_id).first()
        permit(actor, Right.AREA_MANAGE, "")
        if plan is None:
            raise Refusal(KernelError.NOT_FOUND)
        if plan.state not in ("staging", "draft", "dropping"):
            raise not_a_draft(plan)
        if plan.state != "dropping":
            plan.state = "dropping"
            plan.save(update_fields=["state"])
            journal.record(actor, tail, PlanEvent.DROPPED, {"title": plan.title})
            changed(on_map=False)
    while _drop_some(plan):
        pass
    PlanVersion.objects.filter(pk=plan_id).update(state="dropped")
    tiles.forget_plan(plan_id)


def _drop_some(plan: PlanVersion) -> bool:
    """Outlines first, then areas from the deepest level up, so that nothing is left without its parent."""
    with transaction.atomic():
        PlanChange.objects.filter(plan=plan).delete()
        PlanEdit.objects.filter(plan=plan).delete()
        areas_left = Area.objects.filter(plan=plan)
        deepest = areas_left.aggregate(level=Max("level"))["level"]
        for rows in (Boundary.objects.filter(plan=plan), areas_left.filter(level=deepest)):
            some = list(rows.values_list("id", flat=True)[:_DROPPED_AT_ONCE])
            if some:
                gone = rows.model.objects.filter(pk__in=some)
                gone._raw_delete(gone.db)  # delete() would first load what may hang on each of them: nothing does
                return True
    return False

"""Systems and plan versions: set up, open a draft, publish by one short transaction, drop in batches."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from jingwei.accounts.queries import Right
from jingwei.grids.commands import areas
from jingwei.grids.commands.standing import changed, lock_system, not_a_draft, paths_changed, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import PlanEvent, SystemEvent
from jingwei.grids.models import Area, Boundary, GridSystem, PlanChange, PlanVersion
from jingwei.grids.placing import BASE
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

_SYSTEM_CODE = re.compile(r"[a-z][a-z0-9_]{0,19}", re.ASCII)
_DROPPED_AT_ONCE = 5_000


def set_up_system(actor: Actor, code: str, name: str, levels: Sequence[str] = ()) -> None:
    """Set up another way to divide the ground (GRD-42), or rename its levels: ["大网格", "中网格", "小网格"]."""
    if not _SYSTEM_CODE.fullmatch(code):
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
        plan = PlanVersion.objects.create(
            system=found, title=title.strip()[:100] or "草案", state="draft", based_on=found.version,
            created_at=clock.now(), created_by=actor.user_id)
        journal.record_new(actor, f"plan:{plan.id}", PlanEvent.OPENED, {"title": plan.title, "system": system})
    return plan.id


def publish_plan(actor: Actor, plan_id: int, *, valid_from: datetime | None = None) -> int:
    """Put a draft into force: one short transaction, whatever its size. Returns its number in its system.

    `valid_from`: now, or an earlier moment after the version before (a history that is entered later).
    Renames, moves and retirements that the draft holds happen here, refused as a whole if a rule forbids one.
    """
    permit(actor, Right.PLAN_PUBLISH, "")
    plan = _plan(plan_id)
    if plan.drawing and plan.state == "draft":
        _build_index(plan)  # outside the transaction: it may take seconds
    with transaction.atomic():
        tail = journal.hold(f"plan:{plan_id}")
        system = lock_system(plan.system_id)
        plan = PlanVersion.objects.select_for_update().get(pk=plan_id)
        if plan.state != "draft":
            raise not_a_draft(plan)
        begins = valid_from or clock.now()
        number = _take_force(plan, begins, actor)
        if system.version != plan.based_on:
            _no_orphans(plan)
        told = _apply(plan, begins)
        if told["moves"] or told["retired"]:
            paths_changed(system)
        journal.record(actor, tail, PlanEvent.PUBLISHED,
                       {"number": number, "valid_from": begins.isoformat(), **told})
        changed()
    return number


def _take_force(plan: PlanVersion, begins: datetime, actor: Actor) -> int:
    now = clock.now()
    last = PlanVersion.objects.filter(system_id=plan.system_id, state="published").order_by("-number").first()
    before = last.valid_from if last else None
    if begins.tzinfo is None or begins > now or (before and begins <= before):
        raise Refusal(GridError.BAD_VALIDITY, last=before.isoformat() if before else "-")
    if last:
        last.valid_to = begins
        last.save(update_fields=["valid_to"])
    number = (last.number or 0) + 1 if last else 1
    plan.number, plan.state, plan.valid_from = number, "published", begins
    plan.published_at, plan.published_by = now, actor.user_id
    plan.save()
    return number


def _no_orphans(plan: PlanVersion) -> None:
    """Somebody changed the tree since the draft was begun: nothing of it may stand under what has ended."""
    orphans = Area.objects.filter(plan=plan).exclude(parent__status="active").exclude(parent=None)
    ended = orphans.values_list("parent__code", flat=True).first()
    if ended is not None:
        raise Refusal(GridError.PARENT_GONE, code=ended)


def _apply(plan: PlanVersion, begins: datetime) -> dict[str, Any]:
    changes = PlanChange.objects.filter(plan=plan).select_related("area")
    names = []
    moves: list[tuple[int, str, str]] = []
    retired = []
    for change in changes.filter(verb="rename"):
        change.area.name = change.name
        names.append(change.area)
    Area.objects.bulk_update(names, ["name"], batch_size=500)
    noted = [Area(pk=change.area_id, note=change.name) for change in changes.filter(verb="note")]
    Area.objects.bulk_update(noted, ["note"], batch_size=500)
    for change in changes.filter(verb="move").order_by("parent__level", "id"):
        # read anew: an earlier move of this plan may have changed either path
        area, parent = Area.objects.get(pk=change.area_id), Area.objects.get(pk=change.parent_id or 0)
        moves.append((area.id, *areas.shift(area, parent)))
    for change in changes.filter(verb="retire").order_by("-area__level", "id"):
        areas.end(Area.objects.get(pk=change.area_id), change.successors, begins)
        retired.append(change.area_id)
    return {"renamed": len(names), "moves": moves, "retired": retired, "counts": plan.counts}


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


def _drop_some(plan: PlanVersion) -> bool:
    """Outlines first, then areas from the deepest level up, so that nothing is left without its parent."""
    with transaction.atomic():
        PlanChange.objects.filter(plan=plan).delete()
        areas_left = Area.objects.filter(plan=plan)
        deepest = areas_left.aggregate(level=Max("level"))["level"]
        for rows in (Boundary.objects.filter(plan=plan), areas_left.filter(level=deepest)):
            some = list(rows.values_list("id", flat=True)[:_DROPPED_AT_ONCE])
            if some:
                gone = rows.model.objects.filter(pk__in=some)
                gone._raw_delete(gone.db)  # delete() would first load what may hang on each of them: nothing does
                return True
    return False


def _plan(plan_id: int) -> PlanVersion:
    plan = PlanVersion.objects.filter(pk=plan_id).first()
    if plan is None:
        raise Refusal(KernelError.NOT_FOUND)
    return plan


def _build_index(plan: PlanVersion) -> None:
    from jingwei.grids import finding_places

    finding_places.build(plan)

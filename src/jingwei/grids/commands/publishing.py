"""Put a draft into force, at once or on a day to come. One short transaction, whatever its size.

What takes long is done before it: the index of the new version, and the crosswalk (what became of each area that ends).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from jingwei.accounts.queries import Right
from jingwei.grids import base_shapes, plan_rows, ports, staging, tiles
from jingwei.grids.codes import Kind
from jingwei.grids.commands import areas
from jingwei.grids.commands.standing import changed, lock_system, not_a_draft, paths_changed, permit, spot
from jingwei.grids.crosswalk import Passage, crosswalk
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.events import PlanEvent
from jingwei.grids.lineage import lineage
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion, Staffing
from jingwei.grids.near import box_of, meeting
from jingwei.grids.placing import community_of, hindrance
from jingwei.journal import commands as journal
from jingwei.kernel import clock, paths
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

_AT_ONCE = 500
_HEIR = 0.01  # an area that took over less of the ground is no successor
_MARGIN = 1e-5  # degrees
_LONGEST_WHY = 400


def publish_plan(actor: Actor, plan_id: int, *, valid_from: datetime | None = None) -> int:
    """Put a draft into force. Returns its number in its system.

    `valid_from`: now, or an earlier moment after the version before (a history that is entered later).
    Renames, moves and retirements that the draft holds happen here, refused as a whole if a rule forbids one.
    """
    permit(actor, Right.PLAN_PUBLISH, "")
    plan = _plan(plan_id)
    drawing, passages = plan.drawing, _passages(plan) if plan.state == "draft" else {}
    if plan.drawing and plan.state == "draft":
        _build_index(plan)  # outside the transaction: it may take seconds
    with transaction.atomic():
        tail = journal.hold(f"plan:{plan_id}")
        system = lock_system(plan.system_id)
        plan = PlanVersion.objects.select_for_update().get(pk=plan_id)
        if plan.state != "draft":
            raise not_a_draft(plan)
        if plan.drawing != drawing:
            raise Refusal(GridError.CHANGED_BEFORE_PUBLISHING, title=plan.title)
        begins = valid_from or clock.now()
        number = _take_force(plan, begins, actor)
        if system.version != plan.based_on:
            _no_orphans(plan)
        told = _apply(plan, begins, passages)
        if told["moves"] or told["retired"]:
            paths_changed(system)
        journal.record(actor, tail, PlanEvent.PUBLISHED,
                       {"number": number, "valid_from": begins.isoformat(), **told})
        changed()
    tiles.forget_plan(plan_id)
    return number


def schedule_plan(actor: Actor, plan_id: int, at: datetime) -> None:
    """Have a draft published at a moment to come; until then nobody changes it. `unschedule_plan` takes that back."""
    if at.tzinfo is None or at <= clock.now():
        raise Refusal(GridError.NOT_TO_COME, at=at.isoformat())
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"plan:{plan_id}")
        plan = _held(actor, plan_id)
        plan.publish_at, plan.publish_by, plan.publish_why = at, actor.user_id, ""
        plan.save(update_fields=["publish_at", "publish_by", "publish_why"])
        journal.record(actor, tail, PlanEvent.SCHEDULED, {"at": at.isoformat()})


def unschedule_plan(actor: Actor, plan_id: int) -> None:
    """Take the day back. Nothing happens where there is none."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"plan:{plan_id}")
        plan = _held(actor, plan_id)
        if plan.publish_at is None:
            return
        plan.publish_at = plan.publish_by = None
        plan.save(update_fields=["publish_at", "publish_by"])
        journal.record(actor, tail, PlanEvent.UNSCHEDULED, {})


def publish_due(actor: Actor) -> dict[int, str]:
    """Publish every draft whose moment has come. Returns plan id → '' or why it was not: then it is a plain draft again."""
    told = {}
    for plan_id, at in PlanVersion.objects.filter(state="draft", publish_at__lte=clock.now()).values_list("id", "publish_at"):
        last = PlanVersion.objects.filter(system__planversion=plan_id, state="published", valid_from__gte=at)
        try:
            publish_plan(actor, plan_id, valid_from=None if last.exists() else at)
            told[plan_id] = ""
        except Refusal as refusal:
            told[plan_id] = refusal.text()[:_LONGEST_WHY]
            PlanVersion.objects.filter(pk=plan_id, state="draft").update(
                publish_at=None, publish_by=None, publish_why=told[plan_id])
    return told


def _held(actor: Actor, plan_id: int) -> PlanVersion:
    plan = PlanVersion.objects.select_for_update().filter(pk=plan_id).first()
    permit(actor, Right.PLAN_PUBLISH, "")
    if plan is None:
        raise Refusal(KernelError.NOT_FOUND)
    if plan.state != "draft":
        raise not_a_draft(plan)
    return plan


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
    plan.publish_at, plan.publish_why = None, ""
    plan.save()
    return number


def _no_orphans(plan: PlanVersion) -> None:
    """Somebody changed the tree since the draft was begun: nothing of it may stand under what has ended."""
    orphans = Area.objects.filter(plan=plan).exclude(parent__status="active").exclude(parent=None)
    ended = orphans.values_list("parent__code", flat=True).first()
    if ended is not None:
        raise Refusal(GridError.PARENT_GONE, code=ended)


def _apply(plan: PlanVersion, begins: datetime, passages: dict[int, list[tuple[int, Passage]]]) -> dict[str, Any]:
    changes = PlanChange.objects.filter(plan=plan)
    names = [Area(pk=area, name=name) for area, name in changes.filter(verb="rename").values_list("area_id", "name")]
    Area.objects.bulk_update(names, ["name"], batch_size=_AT_ONCE)
    notes = [Area(pk=area, note=note) for area, note in changes.filter(verb="note").values_list("area_id", "name")]
    Area.objects.bulk_update(notes, ["note"], batch_size=_AT_ONCE)
    moves = _move_all(changes.filter(verb="move"))
    retired = _end_all(plan, begins, passages)
    return {"renamed": len(names), "moves": moves, "retired": retired, "counts": plan.counts}


def _move_all(changes: Any) -> list[tuple[int, str, str]]:
    """Units, which have nothing below them, at once; whatever carries a part of the tree along one after the other."""
    moves: list[tuple[int, str, str]] = []
    for change in changes.exclude(area__kind=Kind.UNIT.value).order_by("parent__level", "id"):
        # read anew: an earlier move of this plan may have changed either path
        area, parent = Area.objects.get(pk=change.area_id), Area.objects.get(pk=change.parent_id or 0)
        moves.append((area.pk, *areas.shift(area, parent)))
    units = list(changes.filter(area__kind=Kind.UNIT.value).select_related("area", "parent").order_by("id"))
    places: dict[str, Any] = {}
    rows = []
    for change in units:
        area, parent = change.area, change.parent
        community = community_of(area.code)
        if community not in places:
            found = Area.objects.filter(system=area.system, code=community).first() if community else None
            places[community] = spot(found) if found else None
        refusal = hindrance(spot(area), spot(parent), area.system, places[community])
        if refusal:
            raise refusal
        old, area.path, area.parent = area.path, paths.child(parent.path, area.pk), parent
        moves.append((area.pk, old, area.path))
        rows.append(area)
    Area.objects.bulk_update(rows, ["path", "parent"], batch_size=_AT_ONCE)
    ports.tell_paths_changed([(old, new) for _, old, new in moves[len(moves) - len(rows):]])
    return moves


def _end_all(plan: PlanVersion, begins: datetime, passages: dict[int, list[tuple[int, Passage]]]) -> list[int]:
    """Retire what the draft ends. Nothing that goes on may hang below it."""
    ending = dict(PlanChange.objects.filter(plan=plan, verb="retire").order_by("area_id").values_list("area_id", "successors"))
    if not ending:
        return []
    over = PlanChange.objects.filter(plan=plan, verb="retire").values("area_id")
    left = Area.objects.filter(parent_id__in=over, status="active").exclude(pk__in=over)
    parent = left.order_by("parent_id").values_list("parent_id", "parent__code").first()
    if parent is not None:
        raise Refusal(GridError.HAS_CHILDREN, code=parent[1], count=left.filter(parent_id=parent[0]).count())
    Area.objects.filter(pk__in=over).update(status="retired", valid_to=begins)
    open_ended = Staffing.objects.filter(area_id__in=over, until=None)
    open_ended.filter(since__lte=today()).update(until=today())
    open_ended.filter(since__gt=today()).update(void=True)
    staging.insert("grids_succession", _SUCCESSION, [
        row for area, heirs in ending.items() for row in _successions(area, heirs, passages.get(area, []), begins)])
    return list(ending)


_SUCCESSION = ("predecessor_id", "successor_id", "at", "of_old", "of_new", "households", "of_households")


def _successions(area: int, heirs: Sequence[int], passages: Sequence[tuple[int, Passage]], begins: datetime) -> Iterable[tuple[Any, ...]]:
    """Who takes over from an area: those whose share was measured, and those that were named."""
    at = connection.ops.adapt_datetimefield_value(begins)
    measured = {heir: one for heir, one in passages if max(one.of_old, one.of_new) > _HEIR}
    for heir, one in measured.items():
        yield area, heir, at, one.of_old, one.of_new, one.households, one.of_households
    for heir in dict.fromkeys(heirs):
        if heir not in measured:
            yield area, heir, at, None, None, None, None


def _passages(plan: PlanVersion) -> dict[int, list[tuple[int, Passage]]]:
    """What will become of each area that the draft ends: id → (id of who takes over, with which shares)."""
    versions = lineage(plan)
    found: defaultdict[int, list[tuple[int, Passage]]] = defaultdict(list)
    ending = PlanChange.objects.filter(plan=plan, verb="retire")
    for kind in sorted(set(ending.values_list("area__kind", flat=True))):
        over = Boundary.objects.filter(area_id__in=ending.filter(area__kind=kind).values("area_id"))
        old = _shapes(plan_rows.newest(plan, over, versions))
        if not old:
            continue
        box = box_of(old.values())
        standing = plan_rows.drawn(plan, versions, kind=kind)
        new = _shapes(meeting(standing, box, _MARGIN))
        for passage in crosswalk(old, new, homes=base_shapes.homes(box)):
            found[int(passage.old)].append((int(passage.new), passage))
    return found


def _shapes(rows: Any) -> dict[str, Any]:
    import shapely

    return {str(area): shapely.from_wkb(bytes(wkb)) for area, wkb in rows.values_list("area_id", "wkb")}


def _plan(plan_id: int) -> PlanVersion:
    plan = PlanVersion.objects.filter(pk=plan_id).first()
    if plan is None:
        raise Refusal(KernelError.NOT_FOUND)
    return plan


def _build_index(plan: PlanVersion) -> None:
    from jingwei.grids import finding_places

    finding_places.build(plan)

"""Deeds on a draft: split, merge, draw a border anew, move between responsibility grids, undo, redo.

Each keeps the ground covered, is one transaction with one journal entry, and can be taken back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from jingwei.accounts.queries import Right
from jingwei.grids import base_shapes, redrawing, staging
from jingwei.grids.codes import Kind, Level
from jingwei.grids.commands.bench import Bench, Unit
from jingwei.grids.commands.draft_states import State, put_back, taken_down
from jingwei.grids.commands.free_codes import free_group_codes, free_unit_codes
from jingwei.grids.commands.standing import drawn_anew, not_a_draft, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import PlanEvent
from jingwei.grids.lineage import outlines
from jingwei.grids.models import Area, PlanEdit, PlanVersion
from jingwei.grids.near import box_of
from jingwei.grids.redrawing import Line
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

_LONGEST_NOTE = 100


@dataclass(slots=True)
class Deed:
    """What a deed is about to do. `states`: of the areas it changes, `groups`: whose outlines follow from their units."""

    verb: str
    about: list[str]
    community: int
    states: dict[int, State] = field(default_factory=dict)
    groups: set[int] = field(default_factory=set)
    fresh: dict[int, State] = field(default_factory=dict)  # areas that come to be, above before below
    beside: set[int] = field(default_factory=set)  # neighbours that only get points of a shared border


@dataclass(frozen=True, slots=True)
class Edited:
    """`edit`: the draft's counter now. `touched`: areas that the deed was about, those that are gone among them."""

    edit: int
    verb: str
    about: list[str]
    touched: list[int]
    box: tuple[float, float, float, float]


def split_unit(actor: Actor, plan_id: int, unit_id: int, line: Line | None = None, *, seen: int | None = None) -> Edited:
    """Split a unit along a line (places in degrees), or where it is best cut into two alike.

    One that stands outside the draft is retired and all pieces get codes; one made in this draft keeps its largest.
    """
    def make(bench: Bench) -> Deed:
        (unit,) = bench.units([unit_id])
        pieces = redrawing.split(unit.shape, line or redrawing.best_line(unit.shape, _buildings(unit.shape)))
        return _made_into(bench, "split", [unit], pieces)

    return _do(actor, plan_id, seen, make)


def merge_units(actor: Actor, plan_id: int, unit_ids: Sequence[int], *, seen: int | None = None) -> Edited:
    """Make one unit of two or more that touch. It goes where the largest of them was."""
    def make(bench: Bench) -> Deed:
        units = bench.units(_enough(unit_ids, 2))
        return _made_into(bench, "merge", units, [redrawing.joined([unit.shape for unit in units])])

    return _do(actor, plan_id, seen, make)


def draw_border(actor: Actor, plan_id: int, unit_ids: Sequence[int], line: Line, *, seen: int | None = None) -> Edited:
    """Give two touching units another border between them; each keeps its code."""
    def make(bench: Bench) -> Deed:
        one, other = bench.units(_enough(unit_ids, 2, exactly=True))
        shapes = redrawing.with_border(one.shape, other.shape, line)
        deed = Deed("border", [one.area.code, other.area.code], one.community.pk)
        changed = {one.area.pk: shapes[0], other.area.pk: shapes[1]}
        _redraw(bench, deed, changed)
        deed.groups |= {unit.group.pk for unit in (one, other) if unit.group}
        return deed

    return _do(actor, plan_id, seen, make)


def move_units(actor: Actor, plan_id: int, unit_ids: Sequence[int], group_id: int | None = None, *,
               seen: int | None = None) -> Edited:
    """Put units into another responsibility grid of their community, or (None) into a new one."""
    def make(bench: Bench) -> Deed:
        units = bench.units(_enough(unit_ids, 1))
        deed = Deed("move", [unit.area.code for unit in units], units[0].community.pk)
        target = _new_group(deed, units[0].community) if group_id is None else _group(bench, group_id, units[0])
        standing = taken_down(bench.plan, [unit.area.pk for unit in units])
        for unit in units:
            state = standing[unit.area.pk] or {}
            own = state["own"] and {**state["own"], "parent_id": target}
            elsewhere = None if own or unit.area.parent_id == target else target
            deed.states[unit.area.pk] = {**state, "own": own, "move": elsewhere}
        deed.groups |= {target, *(unit.group.pk for unit in units if unit.group)}
        return deed

    return _do(actor, plan_id, seen, make)


def note_unit(actor: Actor, plan_id: int, unit_id: int, note: str, *, seen: int | None = None) -> Edited:
    """Say why a unit has an odd size (AT-04 iii), in up to a hundred characters; '' takes the reason back."""
    def make(bench: Bench) -> Deed:
        (unit,) = bench.units([unit_id])
        state = taken_down(bench.plan, [unit_id])[unit_id] or {}
        text = note.strip()[:_LONGEST_NOTE]
        own = state["own"] and {**state["own"], "note": text}
        said = None if own or text == unit.area.note else text
        return Deed("note", [unit.area.code], unit.community.pk, {unit_id: {**state, "own": own, "said": said}})

    return _do(actor, plan_id, seen, make)


def undo(actor: Actor, plan_id: int, *, seen: int | None = None) -> Edited:
    """Take the last deed on a draft back."""
    return _again(actor, plan_id, seen, back=True)


def redo(actor: Actor, plan_id: int, *, seen: int | None = None) -> Edited:
    """Do again what was undone last, as long as nothing else was done since."""
    return _again(actor, plan_id, seen, back=False)


def _enough(ids: Sequence[int], wanted: int, *, exactly: bool = False) -> list[int]:
    given = list(dict.fromkeys(ids))
    if len(given) < wanted or (exactly and len(given) > wanted):
        raise Refusal(GridError.TOO_FEW_UNITS, wanted=wanted, given=len(given))
    return given


def _buildings(shape: Any) -> Any:
    return base_shapes.buildings(shape.bounds)[0]


def _made_into(bench: Bench, verb: str, units: list[Unit], pieces: list[Any]) -> Deed:
    """The units end or change, the pieces take their ground. Whoever was made in this draft lives on in a piece."""
    import shapely

    deed = Deed(verb, [unit.area.code for unit in units], units[0].community.pk)
    largest = max(units, key=lambda unit: (shapely.area(unit.shape), -unit.area.pk))
    own = sorted((unit for unit in units if unit.area.plan_id == bench.plan.pk), key=lambda unit: unit.area.code)
    living = own[0] if own else None
    pieces = sorted(pieces, key=shapely.area, reverse=True) if living else pieces
    standing = taken_down(bench.plan, [unit.area.pk for unit in units])
    for unit in units:
        state = standing[unit.area.pk] or {}
        deed.states[unit.area.pk] = None if state["own"] else {**state, "wkb": None, "retire": [], "move": None, "said": None}
    parent = largest.group or largest.community
    places = [living.area.pk] if living else []
    fresh = len(pieces) - len(places)
    ids = [*places, *staging.reserve_ids(fresh)] if fresh else places
    named = [*([living.area.code] if living else []), *free_unit_codes(largest.community, fresh)]
    for area_id, code in zip(ids, named, strict=True):
        state = _unit_state(code, parent.pk)
        if area_id in deed.states:
            deed.states[area_id] = state
        else:
            deed.fresh[area_id] = state
    _redraw(bench, deed, dict(zip(ids, pieces, strict=True)))
    deed.groups |= {unit.group.pk for unit in units if unit.group}
    return deed


def _unit_state(code: str, parent: int) -> dict[str, Any]:
    own = {"code": code, "name": code, "kind": Kind.UNIT.value, "level": int(Level.UNIT), "parent_id": parent, "note": ""}
    return {"wkb": None, "retire": None, "move": None, "said": None, "own": own}


def _redraw(bench: Bench, deed: Deed, shapes: dict[int, Any]) -> None:
    """Give these areas their outlines, and the neighbours the new points of borders they share."""
    import shapely

    without = {*shapes, *deed.states}
    beside = redrawing.stitched(shapes, bench.around(list(shapes.values()), without))
    deed.beside |= set(beside)
    everything = {**shapes, **beside}
    standing = taken_down(bench.plan, [area for area in everything if area not in deed.states and area not in deed.fresh])
    for area_id, shape in everything.items():
        where = deed.fresh if area_id in deed.fresh else deed.states
        state = where.get(area_id) or standing[area_id] or {}
        where[area_id] = {**state, "wkb": shapely.to_wkb(shape).hex()}


def _group(bench: Bench, group_id: int, unit: Unit) -> int:
    found = Area.objects.filter(pk=group_id, kind=Kind.RESPONSIBILITY.value, status="active", parent=unit.community)
    if not found.filter(plan_id__in=bench.versions).exists():
        raise Refusal(GridError.NOT_A_GROUP, id=group_id)
    return group_id


def _new_group(deed: Deed, community: Area) -> int:
    (code,) = free_group_codes(community, 1)
    (area_id,) = staging.reserve_ids(1)
    own = {"code": code, "name": f"{community.name}第{int(code[-2:])}网格", "kind": Kind.RESPONSIBILITY.value,
           "level": int(Level.RESPONSIBILITY), "parent_id": community.pk, "note": ""}
    deed.fresh[area_id] = {"wkb": None, "retire": None, "move": None, "said": None, "own": own}
    return area_id


def _do(actor: Actor, plan_id: int, seen: int | None, make: Callable[[Bench], Deed]) -> Edited:
    """Check, do, keep what was before and after, tell the journal."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"plan:{plan_id}")
        plan = editable(actor, plan_id, seen)
        bench = Bench(plan)
        deed = make(bench)
        ids = {*deed.states, *deed.fresh, *deed.groups}
        before = taken_down(plan, ids)
        drawn = _outlines(bench, ids)
        put_back(plan, {**deed.fresh, **deed.states})
        _outline_groups(plan, sorted(deed.groups))
        after = taken_down(plan, ids)
        PlanEdit.objects.filter(plan=plan, undone=True).update(number=None, before={}, after={})
        number = int(plan.edits_made.aggregate(last=Max("number"))["last"] or 0) + 1
        box = box_of([*drawn, *_outlines(bench, ids)])
        _raise_counter(plan)
        touched = sorted(ids - deed.beside)
        PlanEdit.objects.create(
            touched=touched, plan=plan, number=number, community=deed.community, verb=deed.verb, about=deed.about, touch=plan.edit, before=before, after=after,
            at=clock.now(), by=actor.user_id, **dict(zip(("west", "south", "east", "north"), box, strict=True)))
        journal.record(actor, tail, PlanEvent.EDITED, {"verb": deed.verb, "edit": plan.edit, "areas": touched})
    return Edited(plan.edit, deed.verb, deed.about, touched, box)


def _again(actor: Actor, plan_id: int, seen: int | None, *, back: bool) -> Edited:
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"plan:{plan_id}")
        plan = editable(actor, plan_id, seen)
        rows = PlanEdit.objects.filter(plan=plan, undone=not back, number__isnull=False).order_by("-number" if back else "number")
        edit = rows.first()
        if edit is None:
            raise Refusal(GridError.NOTHING_TO_UNDO if back else GridError.NOTHING_TO_REDO)
        states = edit.before if back else edit.after
        put_back(plan, {int(area): state for area, state in states.items()})
        _raise_counter(plan)
        edit.undone, edit.touch, edit.at = back, plan.edit, clock.now()
        edit.save(update_fields=["undone", "touch", "at"])
        verb = PlanEvent.UNDONE if back else PlanEvent.REDONE
        journal.record(actor, tail, verb, {"verb": edit.verb, "edit": plan.edit, "areas": edit.touched})
    box = edit.west, edit.south, edit.east, edit.north
    return Edited(plan.edit, "undo" if back else "redo", edit.about, edit.touched, box)


def editable(actor: Actor, plan_id: int, seen: int | None = None) -> PlanVersion:
    """The draft, locked. Refuses whoever may not manage areas, a plan that is none, and a counter that has gone on."""
    plan = PlanVersion.objects.select_for_update().filter(pk=plan_id).first()
    permit(actor, Right.AREA_MANAGE, "")
    if plan is None:
        raise Refusal(KernelError.NOT_FOUND)
    if plan.state != "draft":
        raise not_a_draft(plan)
    if plan.publish_at is not None:
        at = plan.publish_at.astimezone(ZoneInfo(settings.JINGWEI_ZONE)).strftime("%Y-%m-%d %H:%M")
        raise Refusal(GridError.PLAN_SCHEDULED, title=plan.title, at=at)
    if seen is not None and seen != plan.edit:
        raise Refusal(GridError.EDITED_MEANWHILE, seen=seen, now=plan.edit)
    return plan


def _raise_counter(plan: PlanVersion) -> None:
    plan.edit += 1
    plan.save(update_fields=["edit"])
    drawn_anew(plan)


def _outline_groups(plan: PlanVersion, groups: Iterable[int]) -> None:
    """Responsibility grids are drawn as their units together; one without any is taken away or will end."""
    import shapely

    bench = Bench(plan)
    states = taken_down(plan, groups)
    for group, state in states.items():
        if state is None:
            continue
        drawn = outlines(bench.versions, bench.members(group))
        if drawn:
            whole = shapely.union_all(shapely.from_wkb(list(drawn.values())))
            states[group] = {**state, "wkb": shapely.to_wkb(whole).hex(), "retire": None}
        else:
            states[group] = None if state["own"] else {**state, "wkb": None, "retire": []}
    put_back(plan, states)


def _outlines(bench: Bench, ids: Iterable[int]) -> list[Any]:
    import shapely

    return shapely.from_wkb(list(outlines(bench.versions, list(ids)).values())).tolist()  # type: ignore[no-any-return]

"""What an area is in a draft, taken down and put back: doing, undoing and redoing a deed are one and the same.

A state is a plain dictionary, kept as JSON; None: the area is not there. Areas that stand outside the draft have in
their state only what the draft does to them: an outline of its own, an end, another parent, another note.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from jingwei.grids import staging
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion
from jingwei.kernel import paths

State = dict[str, Any] | None

_OWN = ("code", "name", "kind", "level", "parent_id", "note")


def taken_down(plan: PlanVersion, ids: Iterable[int]) -> dict[int, State]:
    """The states of areas in a draft. Three statements."""
    wanted = sorted(set(ids))
    drawn = {row.area_id: bytes(row.wkb).hex() for row in Boundary.objects.filter(plan=plan, area_id__in=wanted)}
    changes: dict[int, dict[str, PlanChange]] = {}
    for change in PlanChange.objects.filter(plan=plan, area_id__in=wanted):
        changes.setdefault(change.area_id, {})[change.verb] = change
    states: dict[int, State] = dict.fromkeys(wanted)
    for area in Area.objects.filter(pk__in=wanted):
        own = area.plan_id == plan.pk
        told = changes.get(area.pk, {})
        states[area.pk] = {
            "wkb": drawn.get(area.pk), "retire": told["retire"].successors if "retire" in told else None,
            "move": told["move"].parent_id if "move" in told else None,
            "said": told["note"].name if "note" in told else None,
            "own": {name: getattr(area, name) for name in _OWN} if own else None}
    return states


def put_back(plan: PlanVersion, states: Mapping[int, State]) -> None:
    """Make the draft's areas what the states say, areas above before those below them."""
    gone = [area_id for area_id, state in states.items() if state is None]
    Boundary.objects.filter(plan=plan, area_id__in=gone).delete()
    PlanChange.objects.filter(plan=plan, area_id__in=list(states)).delete()
    there = {area_id: state for area_id, state in states.items() if state is not None}
    made = [(area_id, state["own"]) for area_id, state in there.items() if state["own"]]
    for area_id, own in sorted(made, key=lambda pair: (pair[1]["level"], pair[0])):
        _place(plan, area_id, own)
    Area.objects.filter(plan=plan, pk__in=gone).delete()
    PlanChange.objects.bulk_create(_changes(plan, there))
    _draw(plan, there)


def _place(plan: PlanVersion, area_id: int, own: Mapping[str, Any]) -> None:
    parent = Area.objects.get(pk=own["parent_id"])
    Area.objects.update_or_create(pk=area_id, defaults={
        **own, "system": plan.system_id, "plan": plan, "county": parent.county,
        "path": paths.child(parent.path, area_id), "status": "active"})


def _changes(plan: PlanVersion, states: Mapping[int, dict[str, Any]]) -> list[PlanChange]:
    rows = []
    for area_id, state in states.items():
        if state["retire"] is not None:
            rows.append(PlanChange(plan=plan, area_id=area_id, verb="retire", successors=state["retire"]))
        if state["move"] is not None:
            rows.append(PlanChange(plan=plan, area_id=area_id, verb="move", parent_id=state["move"]))
        if state["said"] is not None:
            rows.append(PlanChange(plan=plan, area_id=area_id, verb="note", name=state["said"]))
    return rows


def _draw(plan: PlanVersion, states: Mapping[int, dict[str, Any]]) -> None:
    Boundary.objects.filter(plan=plan, area_id__in=list(states)).delete()
    pairs = [(area_id, bytes.fromhex(state["wkb"])) for area_id, state in states.items() if state["wkb"]]
    if not pairs:
        return
    rows = staging.boxed(plan.pk, pairs, {area_id for area_id, _ in pairs})
    Boundary.objects.bulk_create([Boundary(**dict(zip(staging.BOUNDARY_COLUMNS, row, strict=True))) for row in rows])

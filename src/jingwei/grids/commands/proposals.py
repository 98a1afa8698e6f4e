"""The partition engine over an area's ground: asked for, run in the background, called off, left as a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import transaction

from jingwei.accounts.queries import Right
from jingwei.grids import base_shapes, numbering, plan_rows, ports
from jingwei.grids.codes import Kind, Level
from jingwei.grids.commands.free_codes import free_group_codes, used_unit_codes
from jingwei.grids.commands.importing import stage
from jingwei.grids.commands.standing import in_force, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import ProposalEvent
from jingwei.grids.ground_to_divide import GroundFound, ground_of
from jingwei.grids.layer_fields import Bounds
from jingwei.grids.lineage import lineage, outlines
from jingwei.grids.models import Area, Proposal
from jingwei.grids.near import box_of
from jingwei.grids.placing import BASE
from jingwei.grids.plan_rules import Rules, rules_of
from jingwei.grids.rows import AreaRow, Reading
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

_SELDOM = 1.0  # seconds between two words to the database
_LONGEST_SAID = 400
_LITTLE = 0.01  # work of a unit in which nothing stands and nothing happened: so that such ground has an order
_AS_IT_IS = "现有划分已经符合规则，没有需要改动的，所以没有新的草案。"
_TOLD = 200    # hindrances, oddities and remarks that are kept


def ask_proposal(actor: Actor, area_id: int, title: str, rules: Rules, *, keep: bool = False, seed: int = 1) -> int:
    """Have the ground of an area divided. Returns the proposal's id; a draft comes of it.

    `keep`: what stands and satisfies the rules stays with its code, its grid and so its people; left out, all of the
    area is divided anew. Refused while another one runs, and where streets or the outlines of communities are missing.
    """
    from jingwei.grids.jobs import propose

    with transaction.atomic():
        permit(actor, Right.AREA_MANAGE, "")
        area = Area.objects.filter(pk=area_id, system=BASE, status="active", plan__state="published").first()
        if area is None:
            raise Refusal(KernelError.NOT_FOUND)
        ground = ground_of(area)
        if ground.missing:
            raise Refusal(GridError.NOTHING_TO_DIVIDE, place=area.name, missing=Words(
                "、".join(words.zh for words in ground.missing), ", ".join(words.en for words in ground.missing)))
        running = Proposal.objects.select_for_update().filter(state__in=["waiting", "running"]).first()
        if running is not None:
            raise Refusal(GridError.PROPOSAL_RUNNING, title=running.title)
        made = Proposal.objects.create(
            area=area, keep=keep, title=title.strip()[:100] or f"{area.name}自动划分", rules={**rules.as_dict(), "seed": seed},
            created_at=clock.now(), created_by=actor.user_id)
        journal.record_new(actor, f"proposal:{made.pk}", ProposalEvent.ASKED, {"area": area.code, "keep": keep, "rules": made.rules},
                           area_path=area.path)
        propose.enqueue(made.pk)
    return int(made.pk)


def call_off(actor: Actor, proposal_id: int) -> None:
    """Stop a proposal; nothing comes of it."""
    with transaction.atomic():
        tail = journal.hold(f"proposal:{proposal_id}")
        permit(actor, Right.AREA_MANAGE, "")
        row = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
        if row is None:
            raise Refusal(KernelError.NOT_FOUND)
        if row.state not in ("waiting", "running"):
            raise Refusal(GridError.PROPOSAL_OVER)
        row.stopping = True
        if row.state == "waiting":
            row.state, row.ended_at = "cancelled", clock.now()
        row.save(update_fields=["stopping", "state", "ended_at"])
        journal.record(actor, tail, ProposalEvent.CALLED_OFF, {})


def run_proposal(actor: Actor, proposal_id: int) -> str:
    """Do what was asked for. Repeats go on: what was staged stays, the engine gives the same again. Returns the state."""
    from jingwei.grids.partition import CalledOff, PartitionError

    taken = Proposal.objects.filter(pk=proposal_id, state__in=["waiting", "running"])
    if not taken.update(state="running"):
        return str(Proposal.objects.filter(pk=proposal_id).values_list("state", flat=True).first() or "")
    row = Proposal.objects.select_related("area").get(pk=proposal_id)
    try:
        plan_id, report = _propose(actor, row)
    except CalledOff:
        return _end(actor, row, "cancelled")
    except PartitionError as error:
        return _end(actor, row, "failed", said=error.text)
    except Refusal as refusal:
        return _end(actor, row, "failed", said=refusal.text())
    return _end(actor, row, "done", plan=plan_id, report=report, said="" if plan_id else _AS_IT_IS)


def _end(actor: Actor, row: Proposal, state: str, *, said: str = "", plan: int | None = None,
         report: dict[str, Any] | None = None) -> str:
    with transaction.atomic():
        tail = journal.hold(f"proposal:{row.pk}")
        Proposal.objects.filter(pk=row.pk).update(
            state=state, said=said[:_LONGEST_SAID], plan_id=plan, report=report, done=1.0 if state == "done" else row.done,
            ended_at=clock.now())
        journal.record(actor, tail, ProposalEvent.ENDED, {"state": state, "plan": plan})
    return state


def _propose(actor: Actor, row: Proposal) -> tuple[int | None, dict[str, Any]]:
    from jingwei.grids.partition import propose_apart

    ground = ground_of(row.area)
    rules, last = rules_of(row.rules), [0.0]

    def tell(stage_code: str, done: float) -> None:
        if monotonic() - last[0] >= _SELDOM:
            last[0] = monotonic()
            Proposal.objects.filter(pk=row.pk).update(stage=stage_code, done=done)

    def stopping() -> bool:
        return bool(Proposal.objects.filter(pk=row.pk, stopping=True).exists())

    communities = [one for one in ground.communities if one.pk in ground.outlines]
    before = _standing(row.area)
    kept = before if row.keep else Standing([], [], {}, [])
    proposed = propose_apart(_layers(ground, communities, kept), _settings(rules, row.rules), tell, stopping)
    rows = _rows(proposed, communities, kept)
    codes = {one.code for one in rows}
    imported = stage(
        actor, Reading(rows, []), system=BASE, title=row.title, file_hash=f"proposal-{row.pk}", options={}, publish=False,
        valid_from=None, progress=None, bounds=Bounds((rules.unit_least, rules.unit_most), (1, 10_000)),
        ending=[area.pk for area in (*before.units, *before.groups) if area.code not in codes], rules=rules.as_dict())
    return imported.plan_id, _short(proposed.report)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands below an area. `shapes`: WKB of units and groups by id; `group_of`: of each unit its place among the
    groups, −1 for none.
    """

    units: list[Area]
    groups: list[Area]
    shapes: dict[int, bytes]
    group_of: list[int]


def _standing(area: Area) -> Standing:
    plan = in_force(BASE)
    if plan is None:
        return Standing([], [], {}, [])
    below = plan_rows.standing(plan).filter(path__range=span(area.path)).order_by("code")
    units, groups = (list(below.filter(kind=kind.value)) for kind in (Kind.UNIT, Kind.RESPONSIBILITY))
    places = {group.pk: place for place, group in enumerate(groups)}
    return Standing(units, groups, outlines(lineage(plan), [one.pk for one in (*units, *groups)]),
                    [places.get(unit.parent_id or 0, -1) for unit in units])


def _settings(rules: Rules, told: dict[str, Any]) -> Any:
    from jingwei.grids.partition import Settings

    by = rules.workload
    return Settings(
        unit_target=float(rules.unit_target), unit_least=float(rules.unit_least), unit_most=float(rules.unit_most),
        measure=rules.measure, group_least=float(rules.group_least), group_most=float(rules.group_most),
        per_unit=1.0 if by == "units" else _LITTLE, per_household=float(by == "households"),
        per_building=float(by == "buildings"), per_case=float(by == "cases"), seed=int(told.get("seed", 1)))


def _layers(ground: GroundFound, communities: Sequence[Area], kept: Standing) -> Any:
    import numpy as np
    import shapely

    from jingwei.grids.partition import Ground

    box = box_of(ground.outlines.values())
    buildings, households = base_shapes.buildings(box)
    outlines_of = np.array([ground.outlines[one.pk] for one in communities])
    inside = np.unique(shapely.STRtree(buildings).query(outlines_of, predicate="intersects")[1])
    buildings, households = buildings[inside], households[inside]
    water = base_shapes.lines("water", box)
    surfaces = np.isin(shapely.get_type_id(water), (3, 6)) if len(water) else np.empty(0, dtype=bool)
    cases = np.array(ports.case_places(box), dtype=np.float64).reshape(-1, 2)
    return Ground(
        streets=base_shapes.lines("streets", box), buildings=buildings,
        communities=outlines_of,
        names=tuple(one.name for one in communities), rivers=water[~surfaces], open_ground=water[surfaces],
        households=np.nan_to_num(households), cases=cases if len(cases) else None,
        units=np.atleast_1d(shapely.from_wkb([kept.shapes[unit.pk] for unit in _drawn(kept)])),
        groups_of_units=np.array([group for unit, group in zip(kept.units, kept.group_of, strict=True)
                                  if unit.pk in kept.shapes], dtype=np.int64))


def _drawn(kept: Standing) -> list[Area]:
    """The units as the engine is given them."""
    return [unit for unit in kept.units if unit.pk in kept.shapes]


def _rows(proposed: Any, communities: Sequence[Area], kept: Standing) -> list[AreaRow]:
    """Responsibility grids, then units. Who goes on keeps code and name, the others get codes that nobody has or had."""
    import numpy as np

    rows: list[AreaRow] = []
    reasons = {one["unit"]: one["text"] for one in proposed.report["oddities"] if one["reason"] == "open"}
    groups, standing = _groups_going_on(proposed, communities, kept), _drawn(kept)
    grids = {group.code: group for group in kept.groups}
    group_wkb = _as_before(proposed.groups, {group: grids[code].pk for group, (code, _) in groups.items()}, kept)
    unit_wkb = _as_before(proposed.units, {unit: standing[was].pk for unit, was in enumerate(proposed.unit_was.tolist()) if was >= 0}, kept)
    for number, community in enumerate(communities):
        mine = np.flatnonzero(proposed.group_community == number).tolist()
        fresh = [group for group in mine if group not in groups]
        for group, code in zip(_in_order(proposed.groups, fresh), free_group_codes(community, len(fresh)), strict=True):
            groups[group] = code, f"{community.name}第{int(code[-2:])}网格"
        rows += [AreaRow(0, *groups[group], community.code, int(Level.RESPONSIBILITY), Kind.RESPONSIBILITY, group_wkb[group])
                 for group in mine]
    for number, community in enumerate(communities):
        mine = np.flatnonzero(proposed.unit_community == number).tolist()
        was = {place: standing[int(proposed.unit_was[unit])] for place, unit in enumerate(mine) if proposed.unit_was[unit] >= 0}
        going_on = {place: unit for place, unit in was.items() if unit.code.startswith(community.code)}
        codes = _unit_codes(proposed.units[mine], community, {place: unit.code for place, unit in going_on.items()})
        for place, (unit, code) in enumerate(zip(mine, codes, strict=True)):
            before = going_on.get(place)
            name, note = (before.name, before.note) if before else (code, reasons.get(unit, "")[:200])
            rows.append(AreaRow(0, code, name, groups[int(proposed.unit_group[unit])][0], int(Level.UNIT), Kind.UNIT,
                                unit_wkb[unit], note))
    return rows


def _as_before(shapes: Any, before: Mapping[int, int], kept: Standing) -> list[bytes]:
    """WKB of shapes; of those that are what they were (`before`: place → id) the bytes that are kept already."""
    import shapely

    wkb = shapely.to_wkb(shapes).tolist()
    places = [place for place, area in before.items() if area in kept.shapes]
    if places:
        old = shapely.from_wkb([kept.shapes[before[place]] for place in places])
        same = shapely.equals_exact(shapely.normalize(shapes[places]), shapely.normalize(old), tolerance=0.0)
        for place, unchanged in zip(places, same.tolist(), strict=True):
            if unchanged:
                wkb[place] = kept.shapes[before[place]]
    return [bytes(one) for one in wkb]


def _groups_going_on(proposed: Any, communities: Sequence[Area], kept: Standing) -> dict[int, tuple[str, str]]:
    """Group → code and name of the grid that goes on in it, within one community."""
    found: dict[int, tuple[str, str]] = {}
    given: set[int] = set()
    for group, number in enumerate(proposed.group_number.tolist() if kept.groups else ()):
        if 0 <= number < len(kept.groups) and number not in given:
            grid = kept.groups[number]
            if grid.parent_id == communities[int(proposed.group_community[group])].pk:
                found[group] = grid.code, grid.name
                given.add(number)
    return found


def _in_order(shapes: Any, places: list[int]) -> list[int]:
    """Places of shapes from the north-west, row by row."""
    import numpy as np
    import shapely

    if not places:
        return []
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes[places])).tolist()
    side = float(np.sqrt(np.median(shapely.area(shapes[places]))))
    return [places[one] for one in numbering.reading_order(spots, side)]


def _unit_codes(shapes: Any, community: Area, kept: Mapping[int, str]) -> list[str]:
    import numpy as np
    import shapely

    spots = shapely.get_coordinates(shapely.point_on_surface(shapes)).tolist()
    side = float(np.sqrt(np.median(shapely.area(shapes)))) if len(shapes) else 0.0
    return numbering.numbered(community.code, spots, side, kept=kept, used=used_unit_codes(community))


def _short(report: dict[str, Any]) -> dict[str, Any]:
    """The report as it is kept: lists cut where they grow with the city."""
    return {name: list(value)[:_TOLD] if name in ("oddities", "hindrances", "remarks") else value
            for name, value in report.items()}

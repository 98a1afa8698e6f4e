"""The partition engine over an area's ground: asked for, run in the background, called off, left as a draft."""

from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db import transaction

from jingwei.accounts.queries import Right
from jingwei.grids import base_shapes, numbering, plan_rows, ports
from jingwei.grids.codes import Kind, Level
from jingwei.grids.commands.importing import stage
from jingwei.grids.commands.standing import in_force, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import ProposalEvent
from jingwei.grids.ground_to_divide import GroundFound, box_of, ground_of
from jingwei.grids.layer_fields import Bounds
from jingwei.grids.models import Area, PlanVersion, Proposal
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
_TOLD = 200    # hindrances, oddities and remarks that are kept


def ask_proposal(actor: Actor, area_id: int, title: str, rules: Rules, *, seed: int = 1) -> int:
    """Have the ground of an area divided anew, all of it. Returns the proposal's id; a draft comes of it.

    Refused while another one runs, and where streets or the outlines of communities are missing.
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
            area=area, title=title.strip()[:100] or f"{area.name}自动划分", rules={**rules.as_dict(), "seed": seed},
            created_at=clock.now(), created_by=actor.user_id)
        journal.record_new(actor, f"proposal:{made.pk}", ProposalEvent.ASKED, {"area": area.code, "rules": made.rules},
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
    return _end(actor, row, "done", plan=plan_id, report=report)


def _end(actor: Actor, row: Proposal, state: str, *, said: str = "", plan: int | None = None,
         report: dict[str, Any] | None = None) -> str:
    with transaction.atomic():
        tail = journal.hold(f"proposal:{row.pk}")
        Proposal.objects.filter(pk=row.pk).update(
            state=state, said=said[:_LONGEST_SAID], plan_id=plan, report=report, done=1.0 if state == "done" else row.done,
            ended_at=clock.now())
        journal.record(actor, tail, ProposalEvent.ENDED, {"state": state, "plan": plan})
    return state


def _propose(actor: Actor, row: Proposal) -> tuple[int, dict[str, Any]]:
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
    proposed = propose_apart(_layers(ground, communities), _settings(rules, row.rules), tell, stopping)
    reading = Reading(_rows(proposed, communities), [])
    imported = stage(
        actor, reading, system=BASE, title=row.title, file_hash=f"proposal-{row.pk}", options={}, publish=False,
        valid_from=None, progress=None, bounds=Bounds((rules.unit_least, rules.unit_most), (1, 10_000)),
        ending=_ending(row.area), rules=rules.as_dict())
    return _plan_of(imported.plan_id), _short(proposed.report)


def _plan_of(plan_id: int | None) -> int:
    if plan_id is None:
        raise Refusal(GridError.CHANGED_MEANWHILE)
    return plan_id


def _settings(rules: Rules, told: dict[str, Any]) -> Any:
    from jingwei.grids.partition import Settings

    by = rules.workload
    return Settings(
        unit_target=float(rules.unit_target), unit_least=float(rules.unit_least), unit_most=float(rules.unit_most),
        measure=rules.measure, group_least=float(rules.group_least), group_most=float(rules.group_most),
        per_unit=1.0 if by == "units" else _LITTLE, per_household=float(by == "households"),
        per_building=float(by == "buildings"), per_case=float(by == "cases"), seed=int(told.get("seed", 1)))


def _layers(ground: GroundFound, communities: Sequence[Area]) -> Any:
    import numpy as np
    import shapely

    from jingwei.grids.partition import Ground

    box = box_of(ground.outlines)
    buildings, households = base_shapes.buildings(box)
    water = base_shapes.lines("water", box)
    surfaces = np.isin(shapely.get_type_id(water), (3, 6)) if len(water) else np.empty(0, dtype=bool)
    cases = np.array(ports.case_places(box), dtype=np.float64).reshape(-1, 2)
    return Ground(
        streets=base_shapes.lines("streets", box), buildings=buildings,
        communities=shapely.from_wkb([ground.outlines[one.pk] for one in communities]),
        names=tuple(one.name for one in communities), rivers=water[~surfaces], open_ground=water[surfaces],
        households=np.nan_to_num(households), cases=cases if len(cases) else None)


def _rows(proposed: Any, communities: Sequence[Area]) -> list[AreaRow]:
    """Responsibility grids, then units, each with a code that nobody has or had."""
    import numpy as np
    import shapely

    rows: list[AreaRow] = []
    codes: dict[int, str] = {}
    reasons = {one["unit"]: one["text"] for one in proposed.report["oddities"] if one["reason"] == "open"}
    group_wkb, unit_wkb = shapely.to_wkb(proposed.groups), shapely.to_wkb(proposed.units)
    for number, community in enumerate(communities):
        mine = np.flatnonzero(proposed.group_community == number).tolist()
        for group, code in zip(_in_order(proposed.groups, mine), _free_groups(community, len(mine)), strict=True):
            codes[group] = code
            name = f"{community.name}第{int(code[-2:])}网格"
            rows.append(AreaRow(0, code, name, community.code, int(Level.RESPONSIBILITY), Kind.RESPONSIBILITY, group_wkb[group]))
    for number, community in enumerate(communities):
        mine = np.flatnonzero(proposed.unit_community == number).tolist()
        for unit, code in zip(mine, _unit_codes(proposed.units[mine], community), strict=True):
            rows.append(AreaRow(0, code, code, codes[int(proposed.unit_group[unit])], int(Level.UNIT), Kind.UNIT, unit_wkb[unit],
                                reasons.get(unit, "")[:200]))
    return rows


def _in_order(shapes: Any, places: list[int]) -> list[int]:
    """Places of shapes from the north-west, row by row."""
    import numpy as np
    import shapely

    if not places:
        return []
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes[places])).tolist()
    side = float(np.sqrt(np.median(shapely.area(shapes[places]))))
    return [places[one] for one in numbering.reading_order(spots, side)]


def _free_groups(community: Area, count: int) -> list[str]:
    codes = [f"{community.code}R{number:02d}" for number in range(1, 100)]
    used = _used(codes)
    free = [code for code in codes if code not in used]
    if len(free) < count:
        raise Refusal(GridError.CODES_OF_GROUPS_EXHAUSTED, community=community.name)
    return free[:count]


def _unit_codes(shapes: Any, community: Area) -> list[str]:
    import numpy as np
    import shapely

    form = numbering.NATIONAL
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes)).tolist()
    used = _used([form.code(community.code, number) for number in range(1, form.last + 1)])
    side = float(np.sqrt(np.median(shapely.area(shapes)))) if len(shapes) else 0.0
    return numbering.numbered(community.code, spots, side, used=used, form=form)


def _used(codes: list[str]) -> set[str]:
    return set(Area.objects.filter(system=BASE, code__in=codes).values_list("code", flat=True))


def _ending(area: Area) -> list[int]:
    """The units and responsibility grids that stand below an area now: others take their ground."""
    plan = in_force(BASE)
    if plan is None:
        return []
    standing = plan_rows.standing(PlanVersion.objects.get(pk=plan.pk)).filter(
        path__range=span(area.path), kind__in=[Kind.UNIT.value, Kind.RESPONSIBILITY.value])
    return list(standing.order_by("id").values_list("pk", flat=True))


def _short(report: dict[str, Any]) -> dict[str, Any]:
    """The report as it is kept: lists cut where they grow with the city."""
    return {name: list(value)[:_TOLD] if name in ("oddities", "hindrances", "remarks") else value
            for name, value in report.items()}

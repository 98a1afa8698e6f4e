"""Grid systems beside the base one: set up from what came with the product, and changed (GRD-42)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jingwei.accounts.queries import Right
from jingwei.grids import system_rules
from jingwei.grids.codes import Kind
from jingwei.grids.commands.areas import create_area, set_members
from jingwei.grids.commands.plans import SYSTEM_CODE, set_up_system
from jingwei.grids.commands.standing import changed, lock_system, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import SystemEvent
from jingwei.grids.models import Area, GridSystem
from jingwei.grids.placing import BASE
from jingwei.grids.system_rules import BadRule
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

BASE_LEVELS = 7
MOST_LEVELS = 12


def set_up(actor: Actor, *, template: str = "", code: str = "", name: str = "", levels: Sequence[str] = ()) -> str:
    """By a template, or with levels of one's own. Returns the system's code. Refuses one that stands already."""
    if template:
        return set_up_from(actor, template, code=code, name=name)
    permit(actor, Right.AREA_MANAGE, "")
    if code == BASE or GridSystem.objects.filter(pk=code[:20]).exists():
        raise Refusal(GridError.SYSTEM_STANDS, system=code[:20])
    set_up_system(actor, code, name, _levels(code, levels))
    return code


def add_grid(actor: Actor, system: str, code: str, name: str, *, parent_id: int | None = None, members: Sequence[int] = ()) -> int:
    """A grid without an outline: a room, or one that holds base areas. Returns its id."""
    if system == BASE:
        raise Refusal(GridError.BASE_SYSTEM)
    with transaction.atomic():
        area_id = create_area(actor, code, name, Kind.GRID.value, parent_id=parent_id, system=system)
        if members:
            set_members(actor, area_id, members)
    return area_id


def set_up_from(actor: Actor, template: str, *, code: str = "", name: str = "") -> str:
    """Set a system up with the levels and rules of a template. Returns its code, the template's unless another is given."""
    chosen = system_rules.templates().get(template)
    if chosen is None:
        raise Refusal(GridError.UNKNOWN_TEMPLATE, template=template[:20], known="、".join(system_rules.templates()))
    code = code or chosen.code
    if not SYSTEM_CODE.fullmatch(code):
        raise Refusal(GridError.BAD_SYSTEM, system=code[:20])
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"grid_system:{code}")
        permit(actor, Right.AREA_MANAGE, "")
        if code == BASE or GridSystem.objects.filter(pk=code).exists():
            raise Refusal(GridError.SYSTEM_STANDS, system=code)
        named = " ".join(name.split())[:60] or chosen.name
        GridSystem.objects.create(pk=code, name=named, levels=list(chosen.levels), rules=system_rules.stored(chosen.rules))
        journal.record(actor, tail, SystemEvent.SET_UP, {
            "name": named, "levels": list(chosen.levels), "template": chosen.code, "rules": len(chosen.rules)})
        changed(on_map=False)
    return code


def change_system(actor: Actor, code: str, *, name: str = "", levels: Sequence[str] = (),
                  rules: Sequence[Mapping[str, Any]] | None = None) -> None:
    """Another name, other names of levels, other rules; what is left out stays. The base system keeps its levels."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"grid_system:{code[:20]}")
        permit(actor, Right.AREA_MANAGE, "")
        system = lock_system(code)
        if code == BASE and (name or levels):
            raise Refusal(GridError.BASE_SYSTEM)
        if name:
            system.name = " ".join(name.split())[:60] or system.name
        if levels:
            system.levels = _levels(code, levels)
        if rules is not None:
            system.rules = system_rules.stored(_rules(rules, BASE_LEVELS if code == BASE else len(system.levels)))
        system.save(update_fields=["name", "levels", "rules"])
        journal.record(actor, tail, SystemEvent.CHANGED, {
            "name": system.name, "levels": system.levels, "rules": system.rules})
        changed(on_map=False)


def _levels(code: str, given: Sequence[str]) -> list[str]:
    names = [" ".join(level.split())[:20] for level in given]
    if not all(names) or len(names) > MOST_LEVELS:
        raise Refusal(GridError.BAD_RULE, number=0, why=Words(
            f"级别须为 1 至 {MOST_LEVELS} 个，各有名称", f"there are 1 to {MOST_LEVELS} levels, each with a name"))
    deeper = Area.objects.filter(system=code, level__gt=len(names), status="active")
    if count := deeper.count():
        raise Refusal(GridError.LEVELS_IN_USE, level=len(names) + 1, count=count)
    return names


def _rules(given: Sequence[Mapping[str, Any]], levels: int) -> list[system_rules.Rule]:
    taken: list[system_rules.Rule] = []
    for number in range(1, len(given) + 1):  # one more each time, so that the first wrong one can be named
        read = system_rules.read(given[:number], levels)
        if isinstance(read, BadRule):
            raise Refusal(GridError.BAD_RULE, number=number, why=Words(*read))
        taken = read
    return taken

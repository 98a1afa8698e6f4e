"""Single changes of the tree: make, name, describe, move, retire."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.db.models.functions import Length

from jingwei.accounts.queries import Right
from jingwei.grids import codes, ports, staging
from jingwei.grids.codes import Kind, Scheme
from jingwei.grids.commands import drawing
from jingwei.grids.commands.standing import (
    active,
    changeable,
    changed,
    drawn_anew,
    lock_system,
    paths_changed,
    permit,
    plan_for,
    spot,
    visible_to,
)
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.events import AreaEvent
from jingwei.grids.models import Area, Membership, PlanChange, PlanVersion, Staffing, Succession
from jingwei.grids.placing import (
    BASE,
    LONGEST_PATH,
    Spot,
    community_of,
    hindrance,
    leaving,
    spot_under,
    too_long,
)
from jingwei.grids.rows import LONGEST_NAME, clean_name
from jingwei.journal import commands as journal
from jingwei.kernel import clock, paths
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_LEVEL_OF = {
    Kind.PROVINCE: 1, Kind.CITY: 2, Kind.COUNTY: 3, Kind.STREET: 4, Kind.TOWN: 4, Kind.TOWNSHIP: 4, Kind.JOINT: 4,
    Kind.COMMUNITY: 5, Kind.VILLAGE: 5, Kind.QUASI_VILLAGE: 5, Kind.RESPONSIBILITY: 6, Kind.UNIT: 7,
}


def create_area(actor: Actor, code: str, name: str, kind: str, *, parent_id: int | None = None, system: str = BASE,
                wkb: bytes | None = None, four_bounds: str = "", note: str = "", plan_id: int | None = None) -> int:
    """Make an area in the version in force, or in a draft. `wkb`: boundary in degrees, longitude first.

    Returns its id. The level follows from the kind in the base system, elsewhere from the parent.
    """
    code, name, chosen = codes.clean_code(code), _name(name), _kind(kind)
    with transaction.atomic(savepoint=False):
        lock_system(system)
        parent = active(changeable(actor, parent_id)) if parent_id is not None else None
        if parent is None:
            permit(actor, Right.AREA_MANAGE, "")
        elif parent.system != system:
            raise Refusal(GridError.PARENT_GONE, code=parent.code)
        if Area.objects.filter(system=system, code=code).exists():
            raise Refusal(GridError.CODE_TAKEN, code=code)
        plan = plan_for(actor, system, plan_id)
        above = spot(visible_to(parent, plan.id)) if parent else None
        level = _level(code, chosen, above, system)
        refusal = leaving(code, above, system, _community(code))
        if refusal:
            raise refusal
        place = spot_under(above, staging.reserve_ids(1)[0], code, level)
        refusal = too_long(place, above)
        if refusal:
            raise refusal
        area = _insert(Area(
            id=place.id, system=system, code=code, name=name, kind=chosen.value, level=level, parent=parent,
            path=place.path, county=place.county, plan=plan, four_bounds=four_bounds.strip()[:300],
            note=note.strip()[:200], valid_from=clock.now() if plan.state == "published" else None))
        if wkb is not None:
            drawing.draw(area, plan, wkb)
        journal.record_new(actor, f"area:{area.id}", AreaEvent.CREATED,
                           {"code": code, "kind": area.kind, "parent": parent_id, "plan": plan.id, "system": system},
                           area_path=area.path)
        changed()
    return area.id


def _insert(area: Area) -> Area:
    try:
        with transaction.atomic():
            area.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(GridError.CODE_TAKEN, code=area.code) from error
    return area


def rename(actor: Actor, area_id: int, name: str) -> None:
    """Give an area another name; its code and its history stay."""
    name = _name(name)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        area = active(changeable(actor, area_id))
        if area.name == name:
            return
        old, area.name = area.name, name
        area.save(update_fields=["name"])
        journal.record(actor, tail, AreaEvent.RENAMED, {"from": old, "to": name}, area_path=area.path)
        changed()


def describe(actor: Actor, area_id: int, *, four_bounds: str | None = None, note: str | None = None) -> None:
    """Write down the four bounds (四至, GRD-01) or the note of an area. None leaves a text as it is."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        area = changeable(actor, area_id)
        if four_bounds is not None:
            area.four_bounds = four_bounds.strip()[:300]
        if note is not None:
            area.note = note.strip()[:200]
        area.save(update_fields=["four_bounds", "note"])
        journal.record(actor, tail, AreaEvent.DESCRIBED, {"four_bounds": area.four_bounds, "note": area.note},
                       area_path=area.path)
        changed()


def move(actor: Actor, area_id: int, parent_id: int) -> None:
    """Give an area another parent in the same county; all below it goes along. Needs the right on both sides."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        system = lock_system(_system_of(area_id))
        area = active(changeable(actor, area_id))
        parent = visible_to(active(changeable(actor, parent_id)), area.plan_id if area.plan.state == "draft" else None)
        if area.parent_id == parent.id:
            return
        old, new = shift(area, parent)
        paths_changed(system)
        journal.record(actor, tail, AreaEvent.MOVED, {"from": old, "to": new, "parent": parent.code}, area_path=new)
        changed()


def shift(area: Area, parent: Area) -> tuple[str, str]:
    """Hang `area` below `parent`, by all rules. Returns the paths before and after."""
    if parent.system != area.system:
        raise Refusal(GridError.PARENT_GONE, code=parent.code)
    above = spot(parent)
    refusal = hindrance(spot(area), above, area.system, _community(area.code))
    if refusal:
        raise refusal
    level = area.level if area.system == BASE else above.level + 1
    old, new = area.path, paths.child(above.path, area.id)
    low, high = paths.span(old)
    deepest = Area.objects.filter(path__gte=low, path__lt=high).aggregate(most=Max(Length("path")))["most"]
    if deepest - len(old) + len(new) > LONGEST_PATH:
        raise Refusal(GridError.TOO_DEEP, code=area.code, longest=LONGEST_PATH)
    staging.rewrite_paths(old, new, level - area.level)
    Area.objects.filter(pk=area.id).update(parent=parent)
    if level != area.level:  # an index keeps levels: the deepest wins
        for plan in PlanVersion.objects.filter(system_id=area.system).exclude(drawing=""):
            drawn_anew(plan)
    ports.tell_paths_changed([(old, new)])
    return old, new


def retire(actor: Actor, area_id: int, *, successors: Sequence[int] = (), void: bool = False,
           plan_id: int | None = None) -> None:
    """End an area now, or when a draft is published. Its code is never used again. `successors`: who takes over.

    `void` (作废) marks one that was made by mistake. Postings on it end today.
    """
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{area_id}")
        system = lock_system(_system_of(area_id))
        area = active(changeable(actor, area_id))
        heirs = _heirs(area, successors, plan_id)
        if plan_id is not None:
            plan = plan_for(actor, area.system, plan_id)
            PlanChange.objects.update_or_create(plan=plan, area=area, verb="retire", defaults={"successors": heirs})
        else:
            end(area, heirs, clock.now(), void=void)
            paths_changed(system)
        journal.record(actor, tail, AreaEvent.RETIRED, {"successors": heirs, "void": void, "plan": plan_id},
                       area_path=area.path)
        changed()


def end(area: Area, heirs: Sequence[int], at: datetime, *, void: bool = False) -> None:
    """Retire an area that has nobody below it, by all rules."""
    below = Area.objects.filter(parent=area, status="active").count()
    if below:
        raise Refusal(GridError.HAS_CHILDREN, code=area.code, count=below)
    Area.objects.filter(pk=area.id).update(status="void" if void else "retired", valid_to=at)
    Succession.objects.bulk_create([Succession(predecessor=area, successor_id=heir, at=at) for heir in heirs],
                                   ignore_conflicts=True)
    Staffing.objects.filter(area=area, until=None, since__lte=today()).update(until=today())
    Staffing.objects.filter(area=area, until=None).update(void=True)


def _heirs(area: Area, successors: Sequence[int], plan_id: int | None) -> list[int]:
    standing = set(Area.objects.filter(
        Q(plan__state="published") | Q(plan_id=plan_id), pk__in=list(successors), status="active", system=area.system,
    ).values_list("pk", flat=True)) - {area.id}
    for heir in successors:
        if heir not in standing:
            raise Refusal(GridError.BAD_SUCCESSOR, id=heir)
    return sorted(standing)


def set_members(actor: Actor, grid_id: int, members: Sequence[int]) -> None:
    """Say which areas of the base tree a grid of another system holds (GRD-21: 2-3 communities), all at once."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"area:{grid_id}")
        grid = visible_to(active(changeable(actor, grid_id)), None)
        known = set(Area.objects.filter(pk__in=list(members), status="active", plan__state="published").exclude(
            system=grid.system).values_list("pk", flat=True))
        for member in members:
            if member not in known:
                raise Refusal(GridError.BAD_MEMBER, id=member)
        Membership.objects.filter(grid=grid).exclude(member_id__in=known).delete()
        Membership.objects.bulk_create([Membership(grid=grid, member_id=member) for member in sorted(known)],
                                       ignore_conflicts=True)
        journal.record(actor, tail, AreaEvent.MEMBERS_SET, {"members": sorted(known)}, area_path=grid.path)
        changed()


def _system_of(area_id: int) -> str:
    return Area.objects.filter(pk=area_id).values_list("system", flat=True).first() or BASE


def _name(text: str) -> str:
    name = clean_name(text, 0, [])
    if name is None:
        raise Refusal(GridError.NO_NAME, longest=LONGEST_NAME)
    return re.sub(r"\s+", " ", name)


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise Refusal(GridError.UNKNOWN_KIND, kind=text[:20]) from None


def _level(code: str, kind: Kind, above: Spot | None, system: str) -> int:
    beneath = above.level if above else 0
    level = beneath + 1
    if system == BASE:
        if codes.scheme_of(code) is Scheme.DIVISION:
            level = int(codes.division(code).level)
        else:
            level = _LEVEL_OF.get(kind, level)
    if level <= beneath:
        raise Refusal(GridError.BAD_LEVEL, code=code, level=level, above=beneath)
    return level


def _community(code: str) -> Spot | None:
    wanted = community_of(code)
    area = Area.objects.filter(system=BASE, code=wanted).first() if wanted else None
    return spot(area) if area else None





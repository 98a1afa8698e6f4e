"""The tree of organisations (ORG-01): created, renamed, moved with all below, taken out of use and put back."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Length, Substr

from jingwei.accounts import ports, words
from jingwei.accounts.errors import AccountError, no_right
from jingwei.accounts.events import UnitEvent
from jingwei.accounts.models import RoleGrant, Unit, User
from jingwei.accounts.reachable import manages_unit, not_ended, require, unit_in_use
from jingwei.accounts.rights import Right
from jingwei.journal import commands as journal
from jingwei.kernel import paths
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

_LONGEST_PATH = 200
MOST_PASSED_ON = 200  # cases in one transaction


def create(actor: Actor, code: str, name: str, *, kind: str = "department", parent_code: str = "") -> int:
    """A new unit below the parent, or at the top. Returns its id."""
    code, name, kind = words.code(code), words.name(name, longest=words.LONGEST_UNIT_NAME), words.kind(kind)
    with transaction.atomic(savepoint=False):
        require(actor, Right.UNIT_MANAGE)
        _lock_tree()
        parent = unit_in_use(parent_code) if parent_code else None
        above = (parent.path or "") if parent else ""
        _permit(actor, above)
        if Unit.objects.filter(code=code).exists():
            raise Refusal(AccountError.UNIT_CODE_TAKEN)
        try:
            unit = Unit.objects.create(code=code, name=name, kind=kind, parent=parent)
        except IntegrityError as error:
            raise Refusal(AccountError.UNIT_CODE_TAKEN) from error
        path = paths.child(above, unit.pk)
        if len(path) > _LONGEST_PATH:
            raise Refusal(AccountError.UNIT_TOO_DEEP)
        Unit.objects.filter(pk=unit.pk).update(path=path)
        journal.record_new(actor, f"unit:{unit.pk}", UnitEvent.CREATED,
                           {"code": code, "kind": kind, "parent": parent.pk if parent else None})
        journal.bump("accounts")
    return unit.pk


def change(actor: Actor, unit_id: int, *, name: str | None = None, kind: str | None = None,
           parent_code: str | None = None, active: bool | None = None, heir: str = "") -> None:
    """Any of rename, move ('' is the top), deactivate and activate, all or nothing. `heir`: see `deactivate`."""
    with transaction.atomic(savepoint=False):
        _held(actor, unit_id)
        if active:
            activate(actor, unit_id)
        if name is not None or kind is not None:
            rename(actor, unit_id, name, kind)
        if parent_code is not None:
            move(actor, unit_id, parent_code)
        if active is False:
            deactivate(actor, unit_id, heir)


def rename(actor: Actor, unit_id: int, name: str | None, kind: str | None = None) -> None:
    """A new name or kind; None keeps the present one. The code stays for ever."""
    with transaction.atomic(savepoint=False):
        unit, tail = _held(actor, unit_id)
        name = unit.name if name is None else words.name(name, longest=words.LONGEST_UNIT_NAME)
        kind = unit.kind if kind is None else words.kind(kind)
        if (name, kind) == (unit.name, unit.kind):
            return
        Unit.objects.filter(pk=unit_id).update(name=name, kind=kind)
        journal.record(actor, tail, UnitEvent.RENAMED, {"kind": kind})
        journal.bump("accounts")


def move(actor: Actor, unit_id: int, parent_code: str) -> None:
    """Put the unit with all below it under another parent, '' for the top; every path below is rewritten.

    Rooms that keep unit paths follow by the entry `unit.moved`, whose data holds both.
    """
    with transaction.atomic(savepoint=False):
        require(actor, Right.UNIT_MANAGE)
        _lock_tree()
        unit, tail = _held(actor, unit_id)
        parent = unit_in_use(parent_code) if parent_code else None
        old, above = unit.path or "", (parent.path or "") if parent else ""
        _permit(actor, above)
        if paths.within(above, old):
            raise Refusal(AccountError.UNIT_CYCLE)
        new = paths.child(above, unit_id)
        if new == old:
            return
        _rewrite(old, new)
        Unit.objects.filter(pk=unit_id).update(parent=parent)
        low, high = paths.span(new)
        User.objects.filter(grants__unit__path__gte=low, grants__unit__path__lt=high).update(stamp=F("stamp") + 1)
        journal.record(actor, tail, UnitEvent.MOVED,
                       {"parent": parent.pk if parent else None, "old_path": old, "path": new})
        journal.bump("accounts")


def deactivate(actor: Actor, unit_id: int, heir: str = "") -> None:
    """Out of use: no new people, roles or units below. Refused while any of these are there.

    `heir`: code of the unit that takes over open cases, orders and rules; without one it is refused while there are any.
    """
    with transaction.atomic(savepoint=False):
        require(actor, Right.UNIT_MANAGE)
        _lock_tree()
        unit, tail = _held(actor, unit_id)
        if not unit.active:
            return
        held = {
            "children": Unit.objects.filter(parent=unit_id, active=True).count(),
            "people": User.objects.filter(unit=unit_id, active=True).count(),
            "roles": RoleGrant.objects.filter(not_ended(), unit=unit_id).count(),
        }
        if any(held.values()):
            raise Refusal(AccountError.UNIT_IN_USE, **held)
        _pass_on(actor, unit, heir)
        Unit.objects.filter(pk=unit_id).update(active=False)
        journal.record(actor, tail, UnitEvent.DEACTIVATED, {})
        journal.bump("accounts")


def _pass_on(actor: Actor, unit: Unit, heir: str) -> None:
    work = ports.held_by_unit(unit.pk)
    if not work:
        return
    counts = {kind: work.get(kind, 0) for kind in ("cases", "orders", "tasks", "rules")}
    if not heir:
        raise Refusal(AccountError.UNIT_HOLDS_WORK, **counts)
    if counts["cases"] > MOST_PASSED_ON:
        raise Refusal(AccountError.UNIT_HOLDS_MUCH, cases=counts["cases"], most=MOST_PASSED_ON)
    taker = unit_in_use(heir)
    if taker.pk == unit.pk:
        raise Refusal(AccountError.UNIT_HOLDS_WORK, **counts)
    ports.pass_unit_on(actor, unit.pk, taker.pk)


def activate(actor: Actor, unit_id: int) -> None:
    """Back in use, below a parent that is in use."""
    with transaction.atomic(savepoint=False):
        require(actor, Right.UNIT_MANAGE)
        _lock_tree()
        unit, tail = _held(actor, unit_id)
        if unit.active:
            return
        if unit.parent_id and not Unit.objects.filter(pk=unit.parent_id, active=True).exists():
            raise Refusal(AccountError.UNIT_INACTIVE)
        Unit.objects.filter(pk=unit_id).update(active=True)
        journal.record(actor, tail, UnitEvent.ACTIVATED, {})
        journal.bump("accounts")


def _lock_tree() -> None:
    """One change of the tree at a time: two moves at once could make a circle, a new child keep an old path."""
    list(Unit.objects.select_for_update().filter(parent=None).order_by("id").values_list("id"))


def _held(actor: Actor, unit_id: int) -> tuple[Unit, journal.Tail]:
    require(actor, Right.UNIT_MANAGE)
    tail = journal.hold(f"unit:{unit_id}")
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Refusal(KernelError.NOT_FOUND)
    _permit(actor, unit.path or "")
    return unit, tail


def _permit(actor: Actor, path: str) -> None:
    if not manages_unit(actor, path):
        raise no_right(actor, Right.UNIT_MANAGE)


def _rewrite(old: str, new: str) -> None:
    low, high = paths.span(old)
    below = Unit.objects.filter(path__gte=low, path__lt=high)
    longest = below.aggregate(longest=Max(Length("path")))["longest"] or 0
    if longest - len(old) + len(new) > _LONGEST_PATH:
        raise Refusal(AccountError.UNIT_TOO_DEEP)
    below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))

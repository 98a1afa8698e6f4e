"""Units from a table: code, name, parent, kind; parents may stand below their children in the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from jingwei.accounts import words
from jingwei.accounts.commands import units
from jingwei.accounts.commands.imports import Cells, Outcome, Row, cells, finish, in_batches
from jingwei.accounts.errors import AccountError, RowError, no_right
from jingwei.accounts.events import ImportEvent
from jingwei.accounts.models import Unit
from jingwei.accounts.reachable import manages_unit, require
from jingwei.accounts.rights import Right
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

COLUMNS = {
    "code": ("单位编码", "编码", "code"),
    "name": ("单位名称", "名称", "name"),
    "parent": ("上级编码", "上级单位编码", "上级", "parent"),
    "kind": ("类别", "单位类别", "kind"),
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """`kind`, `parent` None: the file does not say, so what is there stays."""

    row: int
    code: str
    name: str
    kind: str | None
    parent: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    name: str
    kind: str
    parent: str
    path: str
    active: bool


def import_units(actor: Actor, rows: Iterable[Row], *, dry_run: bool = False) -> Outcome:
    """Create the units that are not there, rename and move those that differ; none is taken out of use."""
    require(actor, Right.UNIT_MANAGE)
    outcome = Outcome(dry_run)
    known = _known()
    drafts = _drafts(cells(rows, COLUMNS, ("code", "name")), outcome)
    ordered = _permitted(actor, _arranged(drafts, known, outcome), known, outcome)
    changed = [draft for draft in ordered if _differs(draft, known.get(draft.code))]
    outcome.unchanged = len(ordered) - len(changed)

    def take(draft: _Draft) -> None:
        there = known.get(draft.code)
        if there is None:
            if not dry_run:
                units.create(actor, draft.code, draft.name, kind=draft.kind or "department",
                             parent_code=draft.parent or "")
            outcome.created += 1
        else:
            if not dry_run:
                units.change(actor, there.id, name=draft.name, kind=draft.kind, parent_code=draft.parent)
            outcome.updated += 1

    if dry_run:
        for draft in changed:
            take(draft)
    else:
        in_batches(changed, take, lambda draft: draft.row, outcome)
    return finish(actor, ImportEvent.UNITS, outcome)


def _known() -> dict[str, _Known]:
    rows = Unit.objects.values_list("code", "id", "name", "kind", "parent__code", "path", "active")
    return {code: _Known(pk, name, kind, parent or "", path or "", active)
            for code, pk, name, kind, parent, path, active in rows}


def _drafts(rows: list[Cells], outcome: Outcome) -> dict[str, _Draft]:
    drafts: dict[str, _Draft] = {}
    for row in rows:
        try:
            draft = _Draft(
                row.number, words.code(row["code"]), words.name(row["name"], longest=words.LONGEST_UNIT_NAME),
                words.kind(row["kind"]) if row["kind"] else None,
                (words.code(row["parent"]) if row["parent"] else "") if row.has("parent") else None)
        except Refusal as refusal:
            outcome.reject(row.number, refusal.reason, **refusal.details)
            continue
        first = drafts.setdefault(draft.code, draft)
        if first is not draft:
            outcome.reject(row.number, RowError.REPEATED, first=first.row)
    return drafts


def _arranged(drafts: dict[str, _Draft], known: dict[str, _Known], outcome: Outcome) -> list[_Draft]:
    """Every parent before its children, in the tree as it will be; rows without a way to the top are rejected."""
    parents = {code: there.parent for code, there in known.items()}
    parents |= {code: draft.parent for code, draft in drafts.items() if draft.parent is not None}
    parents |= {code: "" for code in drafts if code not in parents}
    depths: dict[str, int | None] = {"": 0}
    for code in drafts:
        trail: list[str] = []
        at = code
        while at not in depths and at in parents and at not in trail:
            trail.append(at)
            at = parents[at]
        depth = None if at in trail else depths.get(at)
        for step in reversed(trail):
            depth = depths[step] = None if depth is None else depth + 1
        if depths[code] is None:
            circle = at in trail
            outcome.reject(drafts[code].row, RowError.PARENT_CIRCLE if circle else RowError.PARENT_UNKNOWN)
    placed = [draft for code, draft in drafts.items() if depths[code] is not None]
    return sorted(placed, key=lambda draft: depths[draft.code] or 0)


def _permitted(actor: Actor, ordered: list[_Draft], known: dict[str, _Known], outcome: Outcome) -> list[_Draft]:
    """The drafts that the actor may carry out, parents first."""
    taken: dict[str, _Draft] = {}
    for draft in ordered:
        try:
            _permit(actor, draft, known, taken)
        except Refusal as refusal:
            outcome.reject(draft.row, refusal.reason, **refusal.details)
        else:
            taken[draft.code] = draft
    return list(taken.values())


def _permit(actor: Actor, draft: _Draft, known: dict[str, _Known], taken: dict[str, _Draft]) -> None:
    """A unit that the file adds lies below one that may be managed, or at the top."""
    there = known.get(draft.code)
    parent = draft.parent if draft.parent is not None else (there.parent if there else "")
    if parent and parent not in known and parent not in taken:
        raise Refusal(RowError.PARENT_UNKNOWN)
    touched = [there.path] if there else []
    if there is None or there.parent != parent:
        touched += [known[parent].path] if parent in known else [] if parent else [""]
        if parent in known and not known[parent].active:
            raise Refusal(AccountError.UNIT_INACTIVE)
    if not all(manages_unit(actor, path) for path in touched):
        raise no_right(actor, Right.UNIT_MANAGE)


def _differs(draft: _Draft, there: _Known | None) -> bool:
    return there is None or (draft.name, draft.kind or there.kind,
                             there.parent if draft.parent is None else draft.parent) != (
        there.name, there.kind, there.parent)

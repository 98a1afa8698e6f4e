"""A city's filing standard: conditions, limits and closing conditions of each class, and the classes it adds."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from jingwei.accounts.queries import Right
from jingwei.catalogue.commands.outcome import Outcome, Remark, Row, listed, require, writing
from jingwei.catalogue.errors import CatalogueError, RowError
from jingwei.catalogue.events import SchemeEvent
from jingwei.catalogue.limits import READINGS, Reading
from jingwei.catalogue.models import ClassEntry, Condition, Scheme
from jingwei.catalogue.queries import setting_now
from jingwei.catalogue.standard_sheet import StandardRow, StandardSheet, lacking, plain_words, read_standard
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_SOURCE = "本地立案标准"
_LACKS = {
    "kind": ("表里没有写明是部件还是事件", "加一列“类别”，或指明整张表是部件还是事件"),
    "fill_down": ("分类格有空着的，像是合并单元格留下的", "指明空着的分类格沿用上一行"),
}
_COMPARED = ("limit_value", "limit_unit", "season", "limit_text", "closing", "responsible", "supervising",
             "legal_basis", "collection", "text")


@dataclass
class _Plan:
    """What an import will do, worked out before anything is written."""

    majors: list[ClassEntry] = field(default_factory=list)
    minors: list[ClassEntry] = field(default_factory=list)
    revived: list[int] = field(default_factory=list)
    new: list[Condition] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    renumbered: list[Condition] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.majors or self.minors or self.revived or self.new or self.gone or self.renumbered)


def import_standard(
    actor: Actor,
    scheme_code: str,
    rows: Iterable[Row],
    *,
    kind: str | None = None,
    fill_down: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Make the sheet the filing standard in force for the kinds it holds.

    A row that reads otherwise than before is retired and followed by a new one; rows that the sheet no longer
    has are retired. Classes that the scheme does not have are added as the city's own. Rows in doubt are told,
    not guessed; the reading of bare hours and days is the setting `limit_reading`.
    `kind`, `fill_down`: see `standard_sheet.read_standard`.
    """
    require(actor, Right.CATALOGUE_MANAGE)
    read = listed(rows)
    with writing():
        tail = journal.hold(f"scheme:{scheme_code}")
        scheme = Scheme.objects.filter(code=scheme_code).first()
        if scheme is None:
            raise Refusal(CatalogueError.SCHEME_UNKNOWN, scheme=scheme_code[:40])
        reading: Reading = READINGS[setting_now("limit_reading")]
        sheet = read_standard(read, kind=kind, minor_digits=scheme.minor_digits, reading=reading, fill_down=fill_down)
        outcome = _outcome(sheet, dry_run)
        if missing := lacking(read, kind=kind, minor_digits=scheme.minor_digits, fill_down=fill_down):
            raise _lacks(missing, outcome)
        if not sheet.rows:
            raise Refusal(CatalogueError.NOTHING_READ, rejected=len(outcome.rejected), findings=outcome.rejected)
        plan = _compare(scheme, sheet.rows, outcome, clock.now())
        if dry_run or plan.empty:
            return outcome
        _carry_out(plan, clock.now())
        journal.record(actor, tail, SchemeEvent.STANDARD_IMPORTED, {
            **outcome.counts(), "classes": len(plan.minors), "reading": reading.name, "sha256": _digest(sheet.rows)})
        journal.bump("catalogue")
    return outcome


def _lacks(missing: tuple[str, ...], outcome: Outcome) -> Refusal:
    """Half a standard in force would retire the other half: the whole table waits for what it lacks."""
    return Refusal(
        CatalogueError.STANDARD_LACKS, rejected=len({each.row for each in outcome.rejected}), options=", ".join(missing),
        why="，".join(_LACKS[name][0] for name in missing), do="，并".join(_LACKS[name][1] for name in missing),
        lacks=list(missing), findings=outcome.rejected)


def _outcome(sheet: StandardSheet, dry_run: bool) -> Outcome:
    outcome = Outcome(dry_run)
    for doubt in sheet.doubts:
        if not doubt.kept:
            outcome.reject(doubt.number, RowError.ODD, why=doubt.text, code=doubt.code)
        elif doubt.code.startswith("limit."):
            outcome.note(doubt.number, RowError.LIMIT_IN_DOUBT, why=doubt.text, code=doubt.code)
        else:
            outcome.note(doubt.number, RowError.NAMED_OTHERWISE, why=doubt.text, code=doubt.code)
    return outcome


def _compare(scheme: Scheme, rows: Iterable[StandardRow], outcome: Outcome, now: datetime) -> _Plan:
    plan = _Plan()
    entries = {(entry.kind, entry.code): entry for entry in scheme.entries.all()}
    kinds = {row.kind for row in rows}
    standing = {
        (condition.entry_id, condition.text_key): condition
        for condition in Condition.objects.filter(entry__scheme=scheme, entry__kind__in=kinds, active=True)}
    for order, row in enumerate(rows, start=1):
        entry = _entry(scheme, row, entries, plan, outcome)
        wanted = _condition(entry, row, order, now)
        before = standing.pop((entry.pk, wanted.text_key), None) if entry.pk else None
        if before is None:
            outcome.created += 1
        elif _differs(before, wanted):
            outcome.updated += 1
            plan.gone.append(before.pk)
        else:
            outcome.unchanged += 1
            if before.number != order:
                before.number = order
                plan.renumbered.append(before)
            continue
        plan.new.append(wanted)
    plan.gone += [condition.pk for condition in standing.values()]
    outcome.retired = len(standing)
    outcome.remarks.sort(key=lambda remark: remark.row)
    return plan


def _entry(
    scheme: Scheme, row: StandardRow, entries: dict[tuple[str, str], ClassEntry], plan: _Plan, outcome: Outcome
) -> ClassEntry:
    """The class of a row; one that the scheme does not have is planned as the city's own."""
    entry = entries.get((row.kind, row.code))
    if entry is None:
        major = entries.get((row.kind, row.major))
        if major is None:
            major = entries[row.kind, row.major] = _own(scheme, row.kind, row.major, row.major_name or row.major, None)
            plan.majors.append(major)
        entry = entries[row.kind, row.code] = _own(scheme, row.kind, row.code, row.minor_name or row.code, major)
        plan.minors.append(entry)
    elif not entry.active and entry.pk not in plan.revived:
        plan.revived.append(entry.pk)
    elif row.minor_name and plain_words(row.minor_name) != plain_words(entry.name_zh):
        _tell_name(row, entry, outcome)
    return entry


def _tell_name(row: StandardRow, entry: ClassEntry, outcome: Outcome) -> None:
    """Once for each class: the scheme's name stays."""
    why = f"表中为“{row.minor_name}”，方案中 {entry.code} 为“{entry.name_zh}”"
    if not any(remark.details.get("why") == why for remark in outcome.remarks):
        outcome.remarks.append(Remark(row.number, RowError.NAMED_OTHERWISE, {"why": why, "code": "class.named_otherwise"},
                                      kept=True))


def _own(scheme: Scheme, kind: str, code: str, name: str, parent: ClassEntry | None) -> ClassEntry:
    return ClassEntry(scheme=scheme, kind=kind, code=code, parent=parent, name_zh=name[:100], source=_SOURCE,
                      confidence="local", local=True)


def _condition(entry: ClassEntry, row: StandardRow, order: int, now: datetime) -> Condition:
    """A planting season has no clock: its value stays in the text."""
    limit = row.limit if row.limit is not None and not row.limit.season else None
    return Condition(
        entry=entry, number=order, text=row.condition,
        text_key=hashlib.sha256(plain_words(row.condition).encode()).hexdigest(),
        limit_value=limit.value if limit else None, limit_unit=limit.unit if limit else "",
        season=bool(row.limit and row.limit.season), limit_text=row.limit_text[:60], closing=row.closing,
        responsible=row.responsible, supervising=row.supervising, legal_basis=row.legal_basis,
        collection=row.collection, since=now)


def _differs(before: Condition, wanted: Condition) -> bool:
    return any(_same(getattr(before, name)) != _same(getattr(wanted, name)) for name in _COMPARED)


def _same(value: object) -> object:
    return value.normalize() if isinstance(value, Decimal) else value


def _carry_out(plan: _Plan, now: datetime) -> None:
    ClassEntry.objects.bulk_create(plan.majors)
    for entry in plan.minors:
        entry.parent = entry.parent  # takes up the id that the major class was just given
    ClassEntry.objects.bulk_create(plan.minors, batch_size=500)
    ClassEntry.objects.filter(pk__in=plan.revived).update(active=True)
    Condition.objects.filter(pk__in=plan.gone).update(active=False, until=now)
    for condition in plan.new:
        condition.entry = condition.entry  # likewise
    Condition.objects.bulk_create(plan.new, batch_size=200)
    Condition.objects.bulk_update(plan.renumbered, ["number"], batch_size=500)


def _digest(rows: Iterable[StandardRow]) -> str:
    return hashlib.sha256("\n".join(repr(row) for row in rows).encode()).hexdigest()

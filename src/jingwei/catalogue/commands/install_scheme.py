"""Classification schemes: the national ones that come with the product, and a city's own from a table."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jingwei.accounts.queries import Right
from jingwei.catalogue import shipped
from jingwei.catalogue.commands.outcome import Outcome, Row, cell, kind_in, listed, repeated, require, writing
from jingwei.catalogue.errors import CatalogueError, RowError
from jingwei.catalogue.events import SchemeEvent
from jingwei.catalogue.models import ClassEntry, Scheme
from jingwei.catalogue.shipped import ShippedClass, ShippedScheme
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import ascii_digits

LONGEST_NAME = 100
_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}", re.ASCII)
_HEADERS = {
    "kind": ("类别", "kind"),
    "code": ("代码", "编码", "code"),
    "name_zh": ("名称", "name_zh", "name"),
    "name_en": ("英文名称", "name_en"),
    "source": ("来源", "source"),
    "confidence": ("可信度", "confidence"),
}
_TOLD = ("name_zh", "name_en", "source", "confidence")


@dataclass(frozen=True, slots=True)
class OwnScheme:
    """A city's own scheme: `minor_digits` after the two of the major class."""

    code: str
    title_zh: str
    minor_digits: int = 2
    matter_word: str = "事件"
    title_en: str = ""


def install_scheme(actor: Actor, code: str, *, dry_run: bool = False) -> Outcome:
    """Install a national scheme, or bring it up to what this release holds. Classes the city added stay."""
    require(actor, Right.CATALOGUE_MANAGE)
    scheme = shipped.schemes().get(code)
    if scheme is None:
        raise Refusal(CatalogueError.SCHEME_UNKNOWN, scheme=code[:40])
    return _put(actor, scheme, list(shipped.classes(code)), Outcome(dry_run))


def import_scheme(actor: Actor, own: OwnScheme, rows: Iterable[Row], *, dry_run: bool = False) -> Outcome:
    """Take a scheme from a table: kind, code (major or major + minor), name. Repeating it changes nothing."""
    require(actor, Right.CATALOGUE_MANAGE)
    if not _CODE.fullmatch(own.code) or not own.title_zh.strip() or not 1 <= own.minor_digits <= 6:
        raise Refusal(CatalogueError.SCHEME_CODE_WRONG, scheme=own.code[:40])
    if own.code in shipped.schemes():
        raise Refusal(CatalogueError.SCHEME_SHIPPED, scheme=own.code)
    outcome = Outcome(dry_run)
    classes = _read(listed(rows), own.minor_digits, outcome)
    if not classes:
        raise Refusal(CatalogueError.NOTHING_READ, rejected=len(outcome.rejected), findings=outcome.rejected)
    scheme = ShippedScheme(own.code, own.title_zh.strip(), own.title_en, own.minor_digits, "部件", own.matter_word,
                           "", "", "本地", "local")
    return _put(actor, scheme, classes, outcome)


def _read(rows: list[Row], digits: int, outcome: Outcome) -> list[ShippedClass]:
    """The rows as classes, major before minor."""
    seen: dict[tuple[str, str], int] = {}
    found: list[tuple[int, ShippedClass]] = []
    for row in rows:
        kind_text, code, name = (cell(row, _HEADERS[column], required=True) for column in ("kind", "code", "name_zh"))
        kind = kind_in(kind_text)
        if kind is None:
            outcome.reject(row.number, RowError.KIND, kind=kind_text[:20])
        elif not ascii_digits(code) or len(code) not in (2, 2 + digits) or not code[:2].strip("0"):
            outcome.reject(row.number, RowError.CODE, code=code[:20], digits=digits)
        elif not name or len(name) > LONGEST_NAME:
            outcome.reject(row.number, RowError.NAME, limit=LONGEST_NAME)
        elif not repeated(outcome, seen, (kind, code), row.number):
            found.append((row.number, ShippedClass(
                kind, code, name, cell(row, _HEADERS["name_en"])[:150], cell(row, _HEADERS["source"])[:200],
                cell(row, _HEADERS["confidence"])[:10])))
    majors = {(each.kind, each.code) for _, each in found if len(each.code) == 2}
    kept = []
    for number, each in sorted(found, key=lambda pair: (len(pair[1].code), pair[1].kind, pair[1].code)):
        if len(each.code) > 2 and (each.kind, each.code[:2]) not in majors:
            outcome.reject(number, RowError.NO_MAJOR, major=each.code[:2])
        else:
            kept.append(each)
    outcome.remarks.sort(key=lambda remark: remark.row)
    return kept


def _put(actor: Actor, scheme: ShippedScheme, classes: list[ShippedClass], outcome: Outcome) -> Outcome:
    with writing():
        tail = journal.hold(f"scheme:{scheme.code}")
        row = Scheme.objects.filter(code=scheme.code).first()
        if row is not None and row.minor_digits != scheme.minor_digits:
            raise Refusal(CatalogueError.DIGITS_DIFFER, before=row.minor_digits, after=scheme.minor_digits)
        there = {(entry.kind, entry.code): entry for entry in row.entries.all()} if row else {}
        new, changed, gone = _compare(there, classes, outcome)
        fresh = row is None or _titles(row) != _titles(_scheme_row(scheme))
        if outcome.dry_run or not (outcome.changed or fresh):
            return outcome
        row = _save_scheme(scheme, row)
        _save_classes(row, new, changed, gone)
        journal.record(actor, tail, SchemeEvent.INSTALLED, {**outcome.counts(), "sha256": _digest(classes)})
        journal.bump("catalogue")
    return outcome


def _compare(
    there: dict[tuple[str, str], ClassEntry], classes: list[ShippedClass], outcome: Outcome
) -> tuple[list[ShippedClass], list[ClassEntry], list[ClassEntry]]:
    """What is new, what reads otherwise than before (already changed in memory), what left the list."""
    new, changed = [], []
    for each in classes:
        entry = there.get((each.kind, each.code))
        if entry is None:
            new.append(each)
        elif entry.local or not entry.active or any(getattr(entry, name) != getattr(each, name) for name in _TOLD):
            for name in _TOLD:
                setattr(entry, name, getattr(each, name))
            entry.local, entry.active = False, True
            changed.append(entry)
    listed_now = {(each.kind, each.code) for each in classes}
    gone = [entry for key, entry in there.items() if key not in listed_now and entry.active and not entry.local]
    outcome.created, outcome.updated, outcome.retired = len(new), len(changed), len(gone)
    outcome.unchanged = len(classes) - len(new) - len(changed)
    return new, changed, gone


def _scheme_row(scheme: ShippedScheme) -> Scheme:
    return Scheme(
        code=scheme.code, title_zh=scheme.title_zh, title_en=scheme.title_en, minor_digits=scheme.minor_digits,
        component_word=scheme.component_word, matter_word=scheme.matter_word, source=scheme.source,
        confidence=scheme.confidence, valid_from=_date(scheme.valid_from), replaced_on=_date(scheme.replaced_on))


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _titles(row: Scheme) -> tuple[object, ...]:
    return (row.title_zh, row.title_en, row.component_word, row.matter_word, row.valid_from, row.replaced_on,
            row.source, row.confidence)


def _save_scheme(scheme: ShippedScheme, row: Scheme | None) -> Scheme:
    saved = _scheme_row(scheme)
    if row is not None:
        saved.pk, saved.active = row.pk, row.active
    saved.save()
    return saved


def _save_classes(
    scheme: Scheme, new: list[ShippedClass], changed: list[ClassEntry], gone: list[ClassEntry]
) -> None:
    for is_major in (True, False):
        wanted = [each for each in new if (len(each.code) == 2) is is_major]
        majors = {} if is_major else {
            (entry.kind, entry.code): entry.pk for entry in scheme.entries.filter(parent=None)}
        ClassEntry.objects.bulk_create([
            ClassEntry(scheme=scheme, parent_id=majors.get((each.kind, each.code[:2])), **each._asdict())
            for each in wanted], batch_size=500)
    ClassEntry.objects.bulk_update(changed, [*_TOLD, "local", "active"], batch_size=200)
    ClassEntry.objects.filter(pk__in=[entry.pk for entry in gone]).update(active=False)


def _digest(classes: list[ShippedClass]) -> str:
    return hashlib.sha256("\n".join("\t".join(each) for each in classes).encode()).hexdigest()


def retire_scheme(actor: Actor, code: str, *, active: bool = False) -> None:
    """Take a scheme out of use for new cases, or (`active`) put it back. Old cases keep their classes."""
    require(actor, Right.CATALOGUE_MANAGE)
    with writing():
        tail = journal.hold(f"scheme:{code}")
        changed = Scheme.objects.filter(code=code).exclude(active=active).update(active=active)
        if not changed:
            if not Scheme.objects.filter(code=code).exists():
                raise Refusal(CatalogueError.SCHEME_UNKNOWN, scheme=code[:40])
            return
        journal.record(actor, tail, SchemeEvent.RESTORED if active else SchemeEvent.RETIRED, {})
        journal.bump("catalogue")

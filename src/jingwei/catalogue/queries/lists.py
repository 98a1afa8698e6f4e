"""Lists and single answers for people, for whoever holds `catalogue.read`; areas outside their scope do not exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue import shipped
from jingwei.catalogue.book import Book, CalendarDays, ClassRow, Condition
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.models import Scheme
from jingwei.catalogue.queries.answering import Answerable, explained
from jingwei.catalogue.queries.memory import book, moment_at, work_calendar
from jingwei.catalogue.shipped import Crossing, crossing
from jingwei.grids import queries as grids
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """An installed scheme and how many minor classes it holds."""

    code: str
    title_zh: str
    title_en: str
    minor_digits: int
    component_word: str
    matter_word: str
    active: bool
    components: int
    matters: int


@dataclass(frozen=True, slots=True)
class ClassDetail:
    """A class, its filing standard in force, and where it stands in the scheme that followed."""

    row: ClassRow
    conditions: tuple[Condition, ...]
    crossing: Crossing | None


def schemes(actor: Actor) -> list[SchemeRow]:
    """The schemes installed, by code."""
    generations = _allowed(actor)
    counts: dict[tuple[str, str], int] = {}
    for row in book(generations).classes.values():
        counts[row.scheme, row.kind] = counts.get((row.scheme, row.kind), 0) + 1
    return [
        SchemeRow(
            code=row.code, title_zh=row.title_zh, title_en=row.title_en, minor_digits=row.minor_digits,
            component_word=row.component_word, matter_word=row.matter_word, active=row.active,
            components=counts.get((row.code, "component"), 0), matters=counts.get((row.code, "matter"), 0))
        for row in Scheme.objects.order_by("code")]


def classes(
    actor: Actor, *, scheme: str = "", kind: str = "", words: str = "", active: bool = True, offered: bool = False,
    after: str = "", limit: int = 500,
) -> list[ClassRow]:
    """Classes by full code, after `after`. `words`: part of the code or of the Chinese name, of either class.

    `offered`: only of the schemes by which new cases are classified (setting `offered_schemes`).
    """
    known = book(_allowed(actor))
    rows, of = known.by_code, _offered(known) if offered else None
    found = []
    for code in sorted(rows):
        row = rows[code]
        if of is not None and row.scheme not in of:
            continue
        if code <= after or (scheme and row.scheme != scheme) or (kind and row.kind != kind):
            continue
        if (active and not row.active) or (words and not _speaks_of(row, words)):
            continue
        found.append(row)
        if len(found) == limit:
            break
    return found


def _offered(known: Book) -> set[str]:
    return {code.strip() for code in known.setting("offered_schemes").split(",")}


def _speaks_of(row: ClassRow, words: str) -> bool:
    return words in row.name or words in row.major_name or row.code.startswith(words)


def class_detail(actor: Actor, scheme: str, kind: str, code: str) -> ClassDetail:
    """One class. Refuses one that does not exist."""
    found = book(_allowed(actor))
    row = _class(found, f"{scheme}/{kind}/{code}")
    return ClassDetail(row, tuple(found.conditions_of(row.id)), crossing(scheme, kind, code))


def answerable(actor: Actor, class_code: str, area_code: str, owner: str = "", at: datetime | None = None) -> Answerable:
    """Which unit the rules name for a class ("scheme/kind/code") at an area, for a part of this owner, at this instant (now)."""
    generations = _allowed(actor)
    found = book(generations)
    row = _class(found, class_code)
    path = _path(actor, area_code, generations)
    if at is not None and not 1970 <= at.year <= 2200:
        raise Refusal(KernelError.BAD_REQUEST, where=Words("时刻", "at"), why=Words("年份应在 1970 至 2200 之间", "a year from 1970 to 2200"))
    moment = moment_at(at or clock.now(), generations, path)
    return explained(found, row.id, path, moment, (owner.strip(),) if owner.strip() else (), generations)


def calendar_at(actor: Actor, area_code: str = "") -> CalendarDays:
    """The work calendar in force at an area ('': everywhere)."""
    generations = _allowed(actor)
    return work_calendar(generations, _path(actor, area_code, generations))


def stage_limits_at(actor: Actor, area_code: str = "") -> list[dict[str, Any]]:
    """Every stage with the limit in force at an area; value None: no clock."""
    generations = _allowed(actor)
    found, path = book(generations), _path(actor, area_code, generations)
    lines = []
    for stage in shipped.stage_limits():
        limit = found.stage_limit(stage, path)
        default = shipped.defaults()[f"stage.{stage}"]
        lines.append({
            "stage": stage, "value": str(limit[0]) if limit else None, "unit": limit[1] if limit else "",
            "default": f"{default.value} {default.unit}".strip(), "source": default.source,
            "confidence": default.confidence, "note": default.note})
    return lines


def settings_at(actor: Actor, area_code: str = "") -> list[dict[str, Any]]:
    """Every setting with the value in force at an area."""
    generations = _allowed(actor)
    found, path = book(generations), _path(actor, area_code, generations)
    return [{"name": name, "setting": found.setting(name, path), **_told(default)}
            for name, default in shipped.settings().items()]


def _told(default: shipped.Default) -> dict[str, Any]:
    """A default for a reader: what it is, what else is possible, where it comes from."""
    return {"default": default.value, "allowed": list(default.allowed), "source": default.source,
            "confidence": default.confidence, "note": default.note}


def _allowed(actor: Actor) -> dict[str, int]:
    """The generations, for whoever may read the catalogue."""
    if not actor.holds(Right.CATALOGUE_READ.value):
        raise no_right(actor, Right.CATALOGUE_READ)
    return journal.generations()


def _class(found: Book, code: str) -> ClassRow:
    row = found.by_code.get(code)
    if row is None:
        raise Refusal(CatalogueError.CLASS_UNKNOWN, code=code[:80])
    return row


def _path(actor: Actor, area_code: str, generations: Mapping[str, int]) -> str:
    if not area_code:
        return ""
    place = grids.place_by_code(area_code, dict(generations))
    if place is None or not actor.covers(Right.CATALOGUE_READ.value, place.path):
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=area_code[:40])
    return place.path

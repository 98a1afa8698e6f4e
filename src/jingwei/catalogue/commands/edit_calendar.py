"""The work calendar: every change makes a new version, so that a past deadline can still be explained."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Max

from jingwei.accounts.queries import Right
from jingwei.catalogue.book import CalendarDays
from jingwei.catalogue.commands.outcome import writing
from jingwei.catalogue.commands.places import Place, place_of_code
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.events import CalendarEvent
from jingwei.catalogue.holidays import (
    Finding,
    Holiday,
    YearList,
    check_calendar,
    merged,
    read_table,
    read_year,
    unknown_years,
)
from jingwei.catalogue.hours import Day, Week, stored_day, stored_week, to_store
from jingwei.catalogue.models import CalendarDay, WorkCalendar
from jingwei.catalogue.queries import shipped_calendar, standing_calendar
from jingwei.catalogue.shipped import holidays
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

MOST_DAYS = 5_000
DRAFT = "draft"  # the version of a calendar that is not saved
_BY_HAND = 0  # the year of a day that stands in no list
_TOLD = 60    # dates named one by one in the journal


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change; None leaves it as it is.

    slots: seven weekdays as [["08:00", "12:00"], …]. makeup: a make-up day's slots, [] for those of the first
    weekday that works. days: date → ('off' | 'work' | '' for an ordinary day again, name).
    """

    zone: str | None = None
    slots: object = None
    makeup: object = None
    days: Mapping[date, tuple[str, str]] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """The version in force afterwards, whether it is a new one, what looks odd in it, and how many special days are
    added, altered (or gone) and kept. `was`, `will`: the calendar as it stood, and as it is or would be afterwards.
    """

    version: str
    changed: bool
    findings: tuple[Finding, ...]
    added: int = 0
    altered: int = 0
    kept: int = 0
    was: CalendarDays | None = None
    will: CalendarDays | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    zone: str
    slots: Week
    makeup: Day | None
    days: Mapping[date, Holiday]
    years: frozenset[int]


def edit_calendar(actor: Actor, edit: Edit, *, area_code: str = "", dry_run: bool = False) -> Edited:
    """Change hours, zone or single dates. An area without a calendar of its own begins with that above it."""
    return _renew(actor, area_code, lambda draft: _edited(draft, edit), edit.note, dry_run)


def import_holidays(
    actor: Actor, sources: Iterable[bytes], *, area_code: str = "", dry_run: bool = False
) -> Edited:
    """Take year lists: holiday-cn files, or a table with the columns of `holidays.COLUMNS`.

    A list replaces the earlier list of its year, also the days it has in the December before. A list that cannot be
    read whole is refused whole, with `source`, its place among them, and `findings`, the rows in doubt.
    """
    lists = []
    for number, source in enumerate(sources):
        try:
            lists += _lists(source)
        except Refusal as refusal:
            raise Refusal(refusal.reason, **{**refusal.details, "source": number}) from refusal
    found = merged(lists)
    if len(found.days) > MOST_DAYS:
        raise Refusal(CatalogueError.TOO_MANY_DAYS, limit=MOST_DAYS)
    touched = frozenset({day.on.year for each in lists for day in each.days} | {each.year for each in lists})
    edited = _renew(actor, area_code, lambda draft: _with_lists(draft, lists), "", dry_run, touched)
    return replace(edited, findings=(*found.findings, *edited.findings))


def _lists(source: bytes) -> list[YearList]:
    plain = source.removeprefix(b"\xef\xbb\xbf")
    return [read_year(plain)] if plain.lstrip().startswith((b"{", b"[")) else list(read_table(source))


def _renew(actor: Actor, area_code: str, change: Callable[[_Draft], _Draft], note: str, dry_run: bool,
           imported: frozenset[int] | None = None) -> Edited:
    """`imported`: the years of the lists that came in; the others are as they were and need no remark."""
    place = place_of_code(actor, area_code, Right.CALENDAR_MANAGE)
    with writing():
        tail = journal.hold("calendar:all")  # one at a time: versions are numbered over all areas
        row = standing_calendar(place.path)
        before = _draft_of(row)
        after = change(before)
        findings = check_calendar({on: day.word for on, day in after.days.items()},
                                  [bool(day) for day in after.slots], after.years, only=imported)
        if imported is not None:
            findings += unknown_years(after.years, clock.now().astimezone(ZoneInfo(after.zone)).date())
        version = shipped_calendar().version if row is None else f"v{row.number}"
        if after == before or dry_run:
            return Edited(version, after != before, findings, *_days(before, after), _plain(before, version),
                          _plain(after, version if after == before else DRAFT))
        calendar = _save(actor, place, after, note)
        journal.record(actor, tail, CalendarEvent.EDITED, {
            "version": calendar.number, "area": place.id, **_told(before, after)}, area_path=place.path)
        journal.bump("catalogue")
    return Edited(f"v{calendar.number}", True, findings, *_days(before, after), _plain(before, version),
                  _plain(after, f"v{calendar.number}"))


def _plain(draft: _Draft, version: str) -> CalendarDays:
    return CalendarDays(
        version=version, zone=draft.zone, slots=draft.slots, exceptions={on: day.word for on, day in draft.days.items()},
        names={on: day.name for on, day in draft.days.items() if day.name}, known_years=draft.years, makeup_slots=draft.makeup)


def _days(before: _Draft, after: _Draft) -> tuple[int, int, int]:
    """How many special days are added, altered or gone, kept."""
    both = before.days.keys() & after.days.keys()
    kept = sum(before.days[on] == after.days[on] for on in both)
    return len(after.days.keys() - both), len(before.days) - kept, kept


def _draft_of(row: WorkCalendar | None) -> _Draft:
    if row is None:
        own, lists = shipped_calendar(), holidays()
        return _Draft(own.zone, own.slots, own.makeup_slots, _unsourced(lists.days), lists.known_years)
    days = {
        on: Holiday(on, word, name, year, "")
        for on, word, name, year in CalendarDay.objects.filter(calendar=row).values_list("on", "word", "name", "year")}
    makeup = None if row.makeup is None else stored_day(row.makeup)
    return _Draft(row.zone, stored_week(row.slots), makeup, days, frozenset(row.years))


def _edited(draft: _Draft, edit: Edit) -> _Draft:
    days = dict(draft.days)
    for on, (word, name) in edit.days.items():
        if word not in ("off", "work", ""):
            raise Refusal(CatalogueError.DAY_WRONG, on=on.isoformat(), word=str(word)[:20])
        if not word:
            days.pop(on, None)
        elif on not in days or (days[on].word, days[on].name) != (word, name.strip()[:40]):
            days[on] = Holiday(on, word, name.strip()[:40], _BY_HAND, "")
    if len(days) > MOST_DAYS:
        raise Refusal(CatalogueError.TOO_MANY_DAYS, limit=MOST_DAYS)
    return _Draft(
        zone=draft.zone if edit.zone is None else _zone(edit.zone),
        slots=draft.slots if edit.slots is None else stored_week(edit.slots),
        makeup=draft.makeup if edit.makeup is None else stored_day(edit.makeup) or None,
        days=days, years=draft.years)


def _with_lists(draft: _Draft, lists: list[YearList]) -> _Draft:
    """The days of the lists in place of those of earlier lists of the same years; days set by hand stay."""
    replaced = {each.year for each in lists}
    kept: dict[int, list[Holiday]] = {}
    for day in draft.days.values():
        if day.year != _BY_HAND and day.year not in replaced:
            kept.setdefault(day.year, []).append(day)
    earlier = [YearList(year, tuple(days)) for year, days in kept.items()]
    days = _unsourced(merged([*earlier, *lists]).days)
    by_hand = {on: day for on, day in draft.days.items() if day.year == _BY_HAND}
    return replace(draft, days=days | by_hand, years=draft.years | replaced)


def _unsourced(days: Mapping[date, Holiday]) -> dict[date, Holiday]:
    return {on: day._replace(source="", name=day.name[:40]) for on, day in days.items()}


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise Refusal(CatalogueError.ZONE_UNKNOWN, zone=name[:60]) from error


def _save(actor: Actor, place: Place, draft: _Draft, note: str) -> WorkCalendar:
    last = WorkCalendar.objects.aggregate(last=Max("number"))["last"] or 0
    calendar = WorkCalendar.objects.create(
        number=last + 1, area_id=place.id, zone=draft.zone, slots=[to_store(day) for day in draft.slots],
        makeup=None if draft.makeup is None else to_store(draft.makeup), years=sorted(draft.years),
        created_at=clock.now(), created_by=actor.user_id, note=note[:200])
    CalendarDay.objects.bulk_create([
        CalendarDay(calendar=calendar, on=day.on, word=day.word, name=day.name, year=day.year)
        for day in draft.days.values()], batch_size=500)
    return calendar


def _told(before: _Draft, after: _Draft) -> dict[str, object]:
    """What the journal keeps of a change: single dates as long as they are few."""
    dates = sorted(on for on in before.days.keys() | after.days.keys() if before.days.get(on) != after.days.get(on))
    words = [[on.isoformat(), after.days[on].word if on in after.days else ""] for on in dates[:_TOLD]]
    return {
        "zone": after.zone, "hours": before.slots != after.slots or before.makeup != after.makeup,
        "days": len(dates), "dates": words, "years": sorted(after.years - before.years)}

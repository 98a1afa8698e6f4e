"""What requests need again and again, held in memory until the catalogue or the ground changes."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from jingwei.catalogue import shipped
from jingwei.catalogue.book import Book, CalendarDays, ClassRow, Condition, Rule, RuleKey, upwards
from jingwei.catalogue.hours import read_day, stored_day, stored_week
from jingwei.catalogue.models import (
    CalendarDay,
    ClassEntry,
    ResponsibilityRule,
    RuleHelper,
    Setting,
    StageLimit,
    WorkCalendar,
)
from jingwei.catalogue.models import Condition as ConditionRow
from jingwei.catalogue.when import Moment, moment, read_when

Generations = Mapping[str, int]
_Key = tuple[int, int]

_books: dict[_Key, Book] = {}
_calendars: dict[_Key, dict[str, CalendarDays]] = {}


def _key(generations: Generations) -> _Key:
    """Paths of areas stand in the book, so a new plan of the grids makes a new book."""
    return generations.get("catalogue", 1), generations.get("grids", 1)


def forget() -> None:
    """Drop what is held in memory: after a database was put back to an earlier state."""
    _books.clear()
    _calendars.clear()


def book(generations: Generations) -> Book:
    """The catalogue in force. No statement while nothing changed, else six."""
    key = _key(generations)
    found = _books.get(key)
    if found is None:
        found = _read_book()
        _books.clear()
        _books[key] = found
    return found


def _read_book() -> Book:
    return Book(classes=_classes(), conditions=_conditions(), rules=_rules(), limits=_limits(), settings=_settings())


def _classes() -> dict[int, ClassRow]:
    rows = ClassEntry.objects.filter(parent__isnull=False).order_by("scheme__code", "kind", "code").values_list(
        "id", "scheme__code", "kind", "code", "name_zh", "parent__name_zh", "active", "scheme__active", "name_en",
        "source", "confidence", "local")
    return {
        pk: ClassRow(pk, scheme, kind, code, name, major, active and scheme_active, name_en, source, confidence, local)
        for pk, scheme, kind, code, name, major, active, scheme_active, name_en, source, confidence, local in rows}


def _conditions() -> dict[int, Condition]:
    rows = ConditionRow.objects.order_by("entry_id", "number", "id").values_list(
        "id", "entry_id", "text", "limit_value", "limit_unit", "closing", "season", "limit_text", "collection", "active")
    return {
        row[0]: Condition(row[0], row[1], row[2], None if row[3] is None else _short(row[3]), row[4] or None, *row[5:]) for row in rows}


def _rules() -> dict[RuleKey, list[Rule]]:
    helpers: dict[int, list[int]] = {}
    for rule_id, unit_id in RuleHelper.objects.order_by("id").values_list("rule_id", "unit_id"):
        helpers.setdefault(rule_id, []).append(unit_id)
    rows = ResponsibilityRule.objects.order_by("id").values_list(
        "id", "scheme__code", "kind", "prefix", "area__path", "unit_id", "owner", "at_times", "hint_value", "hint_unit",
        "automatic", "note")
    found: dict[RuleKey, list[Rule]] = {}
    for pk, scheme, kind, prefix, path, unit, owner, times, value, limit, automatic, note in rows:
        hint = None if value is None else (_short(value), limit)
        found.setdefault((scheme, kind, prefix, path or ""), []).append(
            Rule(unit, owner, read_when(times), tuple(helpers.get(pk, ())), hint, automatic, note))
    return found


def _limits() -> dict[tuple[str, str], tuple[Decimal, str] | None]:
    limits = {(stage, ""): limit for stage, limit in shipped.stage_limits().items()}
    for stage, path, value, unit in StageLimit.objects.values_list("stage", "area__path", "value", "unit"):
        limits[stage, path or ""] = None if value is None else (_short(value), unit)
    return limits


def _settings() -> dict[tuple[str, str], str]:
    settings = {(name, ""): default.value for name, default in shipped.settings().items()}
    settings |= {(name, path or ""): value for name, path, value in Setting.objects.values_list("name", "area__path", "value")}
    return settings


def setting_now(name: str, area_path: str = "") -> str:
    """A setting read anew, for use inside a command."""
    settings = _settings()
    return next(settings[name, above] for above in upwards(area_path) if (name, above) in settings)


def _short(value: Decimal) -> Decimal:
    """2 rather than 2.00: a limit is shown as it was written."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def work_calendar(generations: Generations, area_path: str = "") -> CalendarDays:
    """The work calendar in force at a place: the newest version of the nearest area that has one.

    Until somebody edits it, the ordinary week with the holidays that came with the product.
    """
    key = _key(generations)
    found = _calendars.get(key)
    if found is None:
        found = _read_calendars()
        _calendars.clear()
        _calendars[key] = found
    return next(found[above] for above in upwards(area_path) if above in found)


def moment_at(at: datetime, generations: Generations, area_path: str = "") -> Moment:
    """An instant as the rules see it, by the work calendar of a place."""
    days = work_calendar(generations, area_path)
    return moment(at, days.zone, days.slots, days.exceptions)


def _read_calendars() -> dict[str, CalendarDays]:
    newest: dict[str, WorkCalendar] = {}
    for calendar in WorkCalendar.objects.select_related("area").order_by("number"):
        newest[calendar.area.path if calendar.area else ""] = calendar
    found = {"": shipped_calendar()}
    return found | {path: _days(calendar) for path, calendar in newest.items()}


def standing_calendar(area_path: str) -> WorkCalendar | None:
    """The row behind `work_calendar`, read anew; None while nobody has edited any."""
    newest = {calendar.area.path if calendar.area else "": calendar
              for calendar in WorkCalendar.objects.select_related("area").order_by("number")}
    return next((newest[above] for above in upwards(area_path) if above in newest), None)


def calendar_of_version(version: str) -> CalendarDays | None:
    """The calendar that a past deadline names, whether still in force or not."""
    own = shipped_calendar()
    if version == own.version:
        return own
    calendar = WorkCalendar.objects.filter(number=_number(version)).first()
    return _days(calendar) if calendar else None


def calendar_then(at: datetime, area_id: int | None = None) -> CalendarDays:
    """The calendar that was in force at an instant, for an area itself (None: everywhere)."""
    own = WorkCalendar.objects.filter(area=None) if area_id is None else WorkCalendar.objects.filter(area_id=area_id)
    calendar = own.filter(created_at__lte=at).order_by("-number").first()
    return _days(calendar) if calendar else shipped_calendar()


def calendars_since(at: datetime) -> list[CalendarDays]:
    """The versions of work calendars that were in force somewhere after an instant, the shipped one too."""
    rows = list(WorkCalendar.objects.order_by("number"))
    later = {row.number for row in rows if row.created_at >= at}
    before: dict[int | None, int] = {row.area_id: row.number for row in rows if row.created_at < at}
    return [shipped_calendar(), *(_days(row) for row in rows if row.number in later or row.number in before.values())]


def shipped_calendar() -> CalendarDays:
    """The ordinary week with the official holidays of the years that came with the product."""
    defaults, lists = shipped.defaults(), shipped.holidays()
    day = read_day(defaults["calendar.slots"].value)
    return CalendarDays(
        version=f"v0-{max(lists.known_years)}", zone=defaults["calendar.zone"].value, slots=(day,) * 5 + ((), ()),
        exceptions=lists.exceptions, names=lists.names, known_years=lists.known_years)


def _days(calendar: WorkCalendar) -> CalendarDays:
    days = list(CalendarDay.objects.filter(calendar=calendar).values_list("on", "word", "name"))
    return CalendarDays(
        version=f"v{calendar.number}", zone=calendar.zone, slots=stored_week(calendar.slots),
        exceptions={on: word for on, word, _ in days}, names={on: name for on, _, name in days if name},
        known_years=frozenset(calendar.years),
        makeup_slots=None if calendar.makeup is None else stored_day(calendar.makeup))


def _number(version: str) -> int:
    text = version.removeprefix("v")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

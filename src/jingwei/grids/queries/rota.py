"""The rota of an area over some days: shifts, what they leave uncovered, who would have to be in two places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from jingwei.accounts import queries as accounts
from jingwei.grids import models, ports, shifts, system_rules
from jingwei.grids.days import zone
from jingwei.grids.models import Absence, Area
from jingwei.grids.queries.places import chain, names_of
from jingwei.grids.queries.reading import readable
from jingwei.grids.system_rules import Asks
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

MOST_DAYS = 62


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """`end`: by the clock; on the day after `day` where `over_midnight`. `away`: absent for some of it."""

    id: int
    user_id: UUID
    user_name: str
    day: date
    start: str
    end: str
    over_midnight: bool
    away: bool


@dataclass(frozen=True, slots=True)
class CoverLine:
    """What must be covered, and which area or rule says so ('' for the system's own)."""

    start: str
    end: str
    weekdays: list[int]
    on_holidays: bool
    area_id: int | None
    area_name: str


@dataclass(frozen=True, slots=True)
class HoleLine:
    """Nobody is there from `start` to `end`; `day` is the day on which that duty began."""

    day: date
    begins_on: date
    start: str
    end: str
    minutes: int


@dataclass(frozen=True, slots=True)
class DoubleLine:
    """One person on two shifts at a time, the other here or on another area."""

    user_id: UUID
    user_name: str
    begins_on: date
    start: str
    end: str
    minutes: int
    area_names: list[str]


@dataclass(frozen=True, slots=True)
class Rota:
    """`holidays`: official days off among the days. `on_shift`: names of those on duty now."""

    area_id: int
    area_name: str
    days: list[date]
    cover: CoverLine | None
    shifts: list[ShiftLine]
    holes: list[HoleLine]
    doubles: list[DoubleLine]
    holidays: list[date]
    on_shift: list[str]


def rota(actor: Actor, area_id: int, first: date, days: int = 7) -> Rota:
    """Refuses an area out of reach. Nine statements at most, whatever the number of shifts, and those of the calendar."""
    area = readable(actor, area_id)
    span = [first + timedelta(days=number) for number in range(max(1, min(days, MOST_DAYS)))]
    own = _shifts(Q(area_id=area_id), span)
    users = {one.user for one in own}
    away = _away(users, span)
    cover = cover_of(area)
    names = accounts.names_of(users)
    holidays = ports.days_off(span[0], span[-1], area.path)
    holes = shifts.holes(own, cover[0], span, free=holidays, away=away) if cover else []
    now = shifts.moment_of(clock.now(), zone())
    return Rota(
        area.id, area.name, span, cover[1] if cover else None,
        [_line(one, names, away) for one in own if span[0] <= one.day <= span[-1]], [_hole(one) for one in holes],
        _doubles(own, users, span, names), sorted(holidays), [names.get(one.user, "") for one in shifts.on_shift(own, now)])


def _shifts(which: Q, span: Sequence[date]) -> list[shifts.Shift]:
    rows = models.Shift.objects.filter(which, day__gte=span[0] - timedelta(days=1), day__lte=span[-1] + timedelta(days=1), void=False)
    return [shifts.Shift(*row) for row in rows.order_by("day", "start", "id").values_list(
        "user_id", "day", "start", "minutes", "area_id", "id")]


def _away(users: set[UUID], span: Sequence[date]) -> list[shifts.Away]:
    begin = datetime.combine(span[0], datetime.min.time(), zone())
    end = datetime.combine(span[-1] + timedelta(days=2), datetime.min.time(), zone())
    rows = Absence.objects.filter(Q(until=None) | Q(until__gt=begin), user_id__in=users, since__lt=end)
    return [shifts.Away(user, shifts.moment_of(since, zone()), shifts.moment_of(until, zone()) if until else None)
            for user, since, until in rows.values_list("user_id", "since", "until")]


def cover_of(area: Area) -> tuple[shifts.Cover, CoverLine] | None:
    """What must be covered here: as the area or the nearest one above says, else as the system asks of the level."""
    above = [place.area_id for place in reversed(chain(area.id))]
    own = {row.area_id: row for row in models.Cover.objects.select_related("area").filter(area_id__in=above)}
    row = next((own[area_id] for area_id in above if area_id in own), None)
    if row is not None:
        found = shifts.Cover(row.start, row.minutes, frozenset(row.weekdays), row.on_holidays)
        return found, _cover(found, row.area_id, row.area.name)
    for rule in models.GridSystem.objects.filter(pk=area.system).values_list("rules", flat=True).first() or ():
        if rule["asks"] == Asks.COVER and rule["level"] == area.level and (asked := system_rules.cover(rule["value"])):
            return asked, _cover(asked, None, "")
    return None


def _cover(cover: shifts.Cover, area_id: int | None, name: str) -> CoverLine:
    return CoverLine(shifts.clock_words(cover.start), _end(cover.start + cover.minutes), sorted(cover.weekdays),
                     cover.on_holidays, area_id, name)


def _end(minute: int) -> str:
    return shifts.clock_words(shifts.DAY if minute == shifts.DAY else minute % shifts.DAY)


def _line(one: shifts.Shift, names: dict[UUID, str], away: Sequence[shifts.Away]) -> ShiftLine:
    absent = any(each.user == one.user and each.since < one.ends and (each.until is None or each.until > one.begins)
                 for each in away)
    return ShiftLine(one.id, one.user, names.get(one.user, ""), one.day, shifts.clock_words(one.start),
                     _end(one.start + one.minutes), one.start + one.minutes > shifts.DAY, absent)


def _hole(one: shifts.Hole) -> HoleLine:
    day, start = shifts.day_and_minute(one.begins)
    return HoleLine(one.day, day, shifts.clock_words(start), _end(start + one.minutes), one.minutes)


def _doubles(own: Sequence[shifts.Shift], users: set[UUID], span: Sequence[date], names: dict[UUID, str]) -> list[DoubleLine]:
    here = {one.id for one in own}
    elsewhere = [one for one in _shifts(Q(user_id__in=users), span) if one.id not in here] if users else []
    first, last = shifts.moment(span[0], 0), shifts.moment(span[-1] + timedelta(days=1), 0)
    pairs = [pair for pair in shifts.doubles([*own, *elsewhere])
             if {pair.one.id, pair.other.id} & here and pair.begins < last and pair.ends > first]
    areas = names_of({area for pair in pairs for area in (pair.one.area, pair.other.area)}) if pairs else {}
    found = []
    for pair in pairs:
        day, start = shifts.day_and_minute(pair.begins)
        minutes = pair.ends - pair.begins
        found.append(DoubleLine(pair.user, names.get(pair.user, ""), day, shifts.clock_words(start), _end(start + minutes),
                                minutes, list(dict.fromkeys(areas[each][1] for each in (pair.one.area, pair.other.area)))))
    return found

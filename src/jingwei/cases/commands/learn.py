"""Learn class, filing condition and unit from the closed cases of this installation, and put what was learned in force.

It is judged on later cases than it learned from; what is put in force then learned from all of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import learned, timing
from jingwei.cases.errors import CaseError
from jingwei.cases.events import SuggestionEvent
from jingwei.cases.models import Case
from jingwei.cases.suggestion import SUREST_FROM, Handled, Judged, Linear, Told, TooFew, Whose, judge, learn, worth
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

MOST = 200_000     # of the newest closed cases
_JUDGED = 0.2      # of them, where no day is named
_FEWEST_EACH = 20  # cases to learn from, and to judge by
_RIGHT_ENOUGH = 0.95


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned: its name ('' where it was only judged), from how many cases, and how good it was on later ones.

    `until`: the first day it was judged on. `bounds`: from what sureness on a kind of proposal is filled in.
    """

    name: str
    cases: int
    until: date
    learned_from: int
    classes: Judged
    conditions: Judged | None
    units: Judged | None
    bounds: dict[str, float]
    label_names: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Closed:
    text: str
    place: str
    day: int
    class_code: str
    condition: str
    several: bool
    unit: str
    area_path: str


def learn_suggestions(actor: Actor, *, until: date | None = None, keep: bool = True) -> Lesson:
    """Learn anew. `until`: learn for judging from cases reported before this day. `keep` False: judge only."""
    if not actor.covers(Right.CATALOGUE_MANAGE.value, ""):
        raise no_right(actor, Right.CATALOGUE_MANAGE)
    book = catalogue.book(generations())
    closed = _closed(book)
    least = int(book.setting("suggest_least_cases"))
    if len(closed) < least:
        raise Refusal(CaseError.TOO_FEW_TO_LEARN, count=len(closed), least=least)
    border = until.toordinal() if until else closed[int(len(closed) * (1 - _JUDGED))].day
    earlier, later = [one for one in closed if one.day < border], [one for one in closed if one.day >= border]
    if min(len(earlier), len(later)) < _FEWEST_EACH:
        raise Refusal(CaseError.NOTHING_TO_JUDGE_BY, until=date.fromordinal(border).isoformat(), before=len(earlier), after=len(later))
    names = _names(book)
    judged, bounds = _judged(earlier, later, names)
    name = _kept(actor, closed, names, judged, bounds, border) if keep else ""
    return Lesson(name, len(closed), date.fromordinal(border), len(earlier), judged["class"], judged.get("condition"),
                  judged.get("unit"), bounds, {row.full_code: row.name for row in book.classes.values()})


def _closed(book: Any) -> list[_Closed]:
    """The closed cases that have a class in use, the earliest first."""
    zone = ZoneInfo(timing.zone())
    rows = Case.objects.filter(state="closed", class_entry_id__isnull=False).order_by("-reported_at").values_list(
        "text", "place", "reported_at", "class_entry_id", "condition_id", "unit_id", "area_path")[:MOST]
    found = []
    for text, place, at, class_id, condition, unit, path in rows.iterator(chunk_size=5000):
        row = book.classes.get(class_id)
        if row is not None and row.active:
            found.append(_Closed(text, place, _day(at, zone), row.full_code, str(condition or ""),
                                 len(book.conditions_of(class_id)) > 1, str(unit or ""), path))
    return found[::-1]


def _day(at: datetime, zone: ZoneInfo) -> int:
    return at.astimezone(zone).toordinal()


def _names(book: Any) -> dict[str, list[str]]:
    """What classes and conditions are called: a class by its name and its conditions, a condition by its text."""
    names: dict[str, list[str]] = {}
    for row in book.classes.values():
        if row.active:
            conditions = book.conditions_of(row.id)
            names[row.full_code] = [row.name, *(condition.text for condition in conditions)]
            names |= {str(condition.id): [condition.text] for condition in conditions}
    return names


def _models(closed: Sequence[_Closed], names: dict[str, list[str]]) -> tuple[Linear, Linear | None, Whose]:
    try:
        classes = learn([Told(one.text, one.place, one.class_code, one.day) for one in closed], names)
    except TooFew as nothing:
        raise Refusal(CaseError.NOTHING_TO_TELL_APART) from nothing
    conditions = None
    told = _told_conditions(closed)
    if len(told) >= _FEWEST_EACH:
        try:
            conditions = learn(told, names)
        except TooFew:
            conditions = None
    whose = Whose.counted(Handled(one.class_code, one.area_path, one.unit) for one in closed if one.unit)
    return classes, conditions, whose


def _told_conditions(closed: Sequence[_Closed]) -> list[Told]:
    """Of classes with several conditions: where there is one there is nothing to choose."""
    return [Told(one.text, one.place, one.condition, one.day) for one in closed if one.condition and one.several]


def _judged(earlier: Sequence[_Closed], later: Sequence[_Closed], names: dict[str, list[str]]) -> tuple[dict[str, Judged], dict[str, float]]:
    classes, conditions, whose = _models(earlier, names)
    told = [Told(one.text, one.place, one.class_code, one.day) for one in later]
    commonest = Counter(one.class_code for one in earlier).most_common(1)[0][0]
    judged, bounds = {"class": judge(classes, told, commonest)}, {"class": worth(classes, told, _RIGHT_ENOUGH)}
    if conditions is not None and (told := _told_conditions(later)):
        judged["condition"], bounds["condition"] = judge(conditions, told), worth(conditions, told, _RIGHT_ENOUGH)
    if found := _judged_units(whose, later):
        judged["unit"], bounds["unit"] = found
    return judged, bounds


def _judged_units(whose: Whose, later: Sequence[_Closed]) -> tuple[Judged, float] | None:
    """Where the counts name a unit at all."""
    named = [(one, proposed) for one in later if one.unit and (proposed := whose.propose(one.class_code, one.area_path))]
    if not named:
        return None
    hits = [one.unit == proposed[0][0] for one, proposed in named]
    three = [any(one.unit == unit for unit, _, _ in proposed) for one, proposed in named]
    sure = [proposed[0][1] for _, proposed in named]
    bound = next((at / 100 for at in range(round(100 * SUREST_FROM), 100) if _right_above(sure, hits, at / 100)), 1.01)
    share = sum(hits) / len(hits)
    return Judged(len(named), share, sum(three) / len(three), abs(sum(sure) / len(sure) - share), 0.0, 0.0, sum(sure) / len(sure)), bound


def _right_above(sure: Sequence[float], hits: Sequence[bool], bound: float) -> bool:
    above = [hit for value, hit in zip(sure, hits, strict=True) if value >= bound]
    return len(above) >= _FEWEST_EACH and sum(above) >= _RIGHT_ENOUGH * len(above)


def _kept(actor: Actor, closed: Sequence[_Closed], names: dict[str, list[str]], judged: dict[str, Judged],
          bounds: dict[str, float], border: int) -> str:
    """Learn from all cases, write the model, tell the journal, put it in force."""
    told = {kind: {key: value for key, value in one.told().items() if key != "labels"} for kind, one in judged.items()}
    facts = {"learned_at": clock.now().isoformat(), "cases": len(closed), "judged_from": date.fromordinal(border).isoformat(),
             "until": date.fromordinal(closed[-1].day).isoformat(), "judged": told, "bounds": bounds}
    folder = settings.HOME.suggestions
    name = learned.write(folder, learned.pack(*_models(closed, names), facts))
    with transaction.atomic():
        journal.record(actor, journal.hold("home:suggestions"), SuggestionEvent.LEARNED,
                       {"model": name, "cases": len(closed), "first": round(judged["class"].first, 4)})
    learned.put_in_force(folder, name)
    return name

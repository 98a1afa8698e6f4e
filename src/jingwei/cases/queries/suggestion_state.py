"""How the model in force does: what it promised, what came of it month by month, and whether to learn anew."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Avg, Count, F, Q
from django.db.models.functions import TruncMonth

from jingwei.accounts.queries import Right, require
from jingwei.cases import learned, timing
from jingwei.cases.models import Suggested
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

_FEWEST = 100     # choices before a difference means something
_TOLERATED = 0.03
_LONGEST = timedelta(days=180)  # then learn anew, whatever it still gets right


@dataclass(frozen=True, slots=True)
class Month:
    """`taken`: share of choices that were what was proposed first. `promised`: how sure the model was of them."""

    month: str
    kind: str
    choices: int
    taken: float
    three: float
    promised: float


@dataclass(frozen=True, slots=True)
class SuggestionState:
    """`advice`: '' | none | old | drifted: why to learn now. `judged`: on later cases than were learned from."""

    model: str
    learned_at: str
    cases: int
    judged: dict[str, Any]
    bounds: dict[str, float]
    months: Sequence[Month]
    advice: str


def suggestion_state(actor: Actor) -> SuggestionState:
    """The model in force and its months. One statement beside signing in."""
    require(actor, Right.CATALOGUE_READ)
    model = learned.in_force(settings.HOME.suggestions)
    if model is None:
        return SuggestionState("", "", 0, {}, {}, (), "none")
    months = _months(model.name)
    facts = model.facts
    old = clock.now() - datetime.fromisoformat(facts["learned_at"]) > _LONGEST
    advice = "drifted" if drifted(months) else "old" if old else ""
    return SuggestionState(model.name, facts["learned_at"], facts["cases"], facts["judged"], facts["bounds"], months, advice)


def drifted(months: Sequence[Month]) -> bool:
    """Whether the newest months together fall short of what was promised by more than chance and a little."""
    for kind in {month.kind for month in months}:
        newest = [month for month in months if month.kind == kind][:2]
        choices = sum(month.choices for month in newest)
        if choices < _FEWEST:
            continue
        taken = sum(month.taken * month.choices for month in newest) / choices
        promised = sum(month.promised * month.choices for month in newest) / choices
        chance = 2 * math.sqrt(promised * (1 - promised) / choices)
        if taken < promised - _TOLERATED - chance:
            return True
    return False


def _months(model: str) -> list[Month]:
    """The newest first."""
    rows = Suggested.objects.filter(model=model).annotate(month=TruncMonth("at", tzinfo=ZoneInfo(timing.zone()))).values(
        "month", "kind").annotate(
        choices=Count("id"), taken=Count("id", filter=Q(proposed=F("chosen"))), three=Count("id", filter=Q(rank__gt=0)),
        promised=Avg("confidence")).order_by("-month", "kind")
    return [Month(row["month"].strftime("%Y-%m"), row["kind"], row["choices"], row["taken"] / row["choices"],
                  row["three"] / row["choices"], row["promised"]) for row in rows]

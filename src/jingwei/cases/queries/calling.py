"""Earlier cases of one caller, and calls back: of one case, those that wait, and how satisfied people are."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import calling_back, timing, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.models import CallBack, Caller, Case
from jingwei.cases.queries.detail import seen_case
from jingwei.catalogue import queries as catalogue
from jingwei.journal import queries as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import ascii_digits
from jingwei.kernel.wording import Words
from jingwei.worklist import queries as worklist

SHOWN = 10
WAITING_MOST = 200
_TAIL, _LEAST = 4, 7
_MOBILE = 11


@dataclass(frozen=True, slots=True)
class CallerCase:
    """An earlier case of the same caller. Nothing of the caller is shown."""

    id: UUID
    number: str
    state: str
    state_name: str
    class_name: str
    text: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class CallerHistory:
    """`by`: whole (the same number), tail (numbers that end alike, perhaps of others), or '' where too little was typed."""

    by: str
    all: int
    open: int
    items: list[CallerCase]


@dataclass(frozen=True, slots=True)
class Called:
    id: UUID
    outcome: str
    outcome_name: str
    text: str
    by: str
    at: datetime
    earlier: bool


@dataclass(frozen=True, slots=True)
class CallWaiting:
    id: UUID
    number: str
    text: str
    class_name: str
    ended_at: datetime | None
    tries: int


@dataclass(frozen=True, slots=True)
class CallFigures:
    """Of the calls of one month. `rate`: satisfied of those who answered, in percent."""

    month: str
    satisfied: int
    dissatisfied: int
    unreached: int
    rate: int | None


@dataclass(frozen=True, slots=True)
class CallPage:
    waiting: list[CallWaiting]
    more: bool
    figures: CallFigures


def caller_history(actor: Actor, phone: str) -> CallerHistory:
    """What was reported from this number, or from numbers with these last four digits, where the actor may open contacts.

    Found by keyed hashes; nothing typed is kept. Three statements beside signing in, none where too little was typed.
    """
    require(actor, Right.CASE_REVEAL)
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", phone[:80]) if ascii_digits(sign))
    if len(digits) == _TAIL:
        by, rows = "tail", Caller.objects.filter(tail_hash=journal.keyed_hash("phone_tail", digits))
    elif len(digits) >= _LEAST:
        by, rows = "whole", Caller.objects.filter(phone_hash__in=[journal.keyed_hash("phone", each) for each in _written(digits)])
    else:
        return CallerHistory("", 0, 0, [])
    found = narrow(rows, actor, Right.CASE_REVEAL, area="case__area_path", unit="case__unit_path")
    counts = dict(found.order_by().values_list("case__state").annotate(many=Count("case_id")))
    book = catalogue.book(generations())
    items = found.order_by("-reported_at", "-case_id").values(
        "case_id", "case__number", "case__state", "case__class_entry_id", "case__text", "reported_at")[:SHOWN]
    return CallerHistory(
        by, sum(counts.values()), sum(many for state, many in counts.items() if workflow.STATES[state][1] != "ended"),
        [CallerCase(row["case_id"], row["case__number"], row["case__state"], workflow.STATES[row["case__state"]][0],
                    _class(book, row["case__class_entry_id"]), row["case__text"][:120], row["reported_at"]) for row in items])


def calls_of(actor: Actor, case_id: UUID) -> list[Called]:
    """Calls about one case, the last first. `earlier`: about a closing before it was opened again. Three statements beside signing in."""
    case = seen_case(actor, case_id)
    found = list(CallBack.objects.filter(case_id=case_id).order_by("-at", "-id"))
    names = accounts.names_of({row.by for row in found if row.by}, generations())
    return [Called(row.id, row.outcome, calling_back.OUTCOMES[row.outcome], row.text, names.get(row.by, "") if row.by else "", row.at,
                   case.state != "closed" or row.closed_at != case.ended_at) for row in found]


def call_page(actor: Actor, month: str = "") -> CallPage:
    """Closed cases whose reporters are to be called, the longest closed first, and the figures of a month (YYYY-MM).

    Five statements beside signing in.
    """
    require(actor, Right.CASE_READ)
    from_, until, name = month_of(month)
    waiting = _waiting(actor)
    calls: QuerySet[Any] = narrow(CallBack.objects.filter(at__gte=from_, at__lt=until), actor, Right.CASE_READ,
                                  area="case__area_path", unit="case__unit_path")
    counts = dict(calls.order_by().values_list("outcome").annotate(many=Count("id")))
    satisfied, dissatisfied = counts.get("satisfied", 0), counts.get("not", 0)
    return CallPage(waiting[:WAITING_MOST], len(waiting) > WAITING_MOST, CallFigures(
        name, satisfied, dissatisfied, counts.get("unreached", 0), calling_back.rate(satisfied, dissatisfied)))


def _waiting(actor: Actor) -> list[CallWaiting]:
    due = worklist.waiting(actor, kinds=[calling_back.KIND], limit=WAITING_MOST + 1)
    ids = [UUID(each.subject.partition(":")[2]) for each in due]
    rows = Case.objects.filter(id__in=ids).order_by("ended_at", "id").values("id", "number", "text", "class_entry_id", "ended_at")
    tries: dict[tuple[UUID, datetime | None], int] = {}
    for case_id, closed_at in CallBack.objects.filter(case_id__in=ids).values_list("case_id", "closed_at"):
        tries[case_id, closed_at] = tries.get((case_id, closed_at), 0) + 1
    book = catalogue.book(generations())
    return [CallWaiting(row["id"], row["number"], row["text"][:120], _class(book, row["class_entry_id"]), row["ended_at"],
                        tries.get((row["id"], row["ended_at"]), 0)) for row in rows]


def _written(digits: str) -> set[str]:
    """The ways in which one number may have been written: with the country's code before it, or without."""
    bare = digits[2:] if len(digits) == _MOBILE + 2 and digits.startswith("861") else digits
    return {digits, bare, f"86{bare}"} if len(bare) == _MOBILE and bare.startswith("1") else {digits}


def month_of(month: str) -> tuple[datetime, datetime, str]:
    """From when until when, and its name; the present month for ''. Refuses what is no month."""
    zone = ZoneInfo(timing.zone())
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=zone) if month else clock.now().astimezone(zone).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0)
        until = (first + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("月份", "month"), value=month[:40]) from error
    return first, until, f"{first.year:04d}-{first.month:02d}"


def _class(book: Any, entry_id: Any) -> str:
    entry = book.classes.get(entry_id)
    return entry.name if entry else ""

"""Referrals: lists by sending, one with its history, what somebody may choose when they send."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, F, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import referral as rules
from jingwei.cases.commands.referral.step import unsealed
from jingwei.cases.commands.step import may_see
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ReferralEvent
from jingwei.cases.models import Case, Referral, ReferralFile, Sending
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.queries.referral_month import bounds
from jingwei.cases.referral_reach import any_of, known_to, reached, receiving, sending
from jingwei.catalogue import queries as catalogue
from jingwei.files import queries as files
from jingwei.grids import queries as grids
from jingwei.journal import queries as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within
from jingwei.kernel.wording import Words

MOST = 200
TABS = {"sign": "待我签收", "answer": "待我答复", "back": "待我办结", "sent": "我报送的", "received": "送到本单位的", "": "全部"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SAID = {ReferralEvent.SENT.value: "报送", ReferralEvent.REVEALED.value: "查看了联系方式", ReferralEvent.OVERDUE.value: "到期无人签收",
         **{f"referral.{verb}": rules.DEEDS[deed].said for deed, verb in (
             ("sign", "signed"), ("refuse", "refused"), ("answer", "answered"), ("pass_on", "passed_on"), ("end", "ended"))}}
_COLUMNS = ("id", "referral_id", "number", "current", "category", "unit_id", "sent_at", "due_at", "signed_at", "refused_at",
            "withdrawn_at", "answer_due_at", "answered_at")
_WITH = ("referral__number", "referral__state", "referral__urgency", "referral__text", "referral__place",
         "referral__from_name", "referral__area_now_id", "referral__due_at", "referral__ended_at", "referral__sent_by",
         "referral__handled_by", "referral__from_unit_id", "referral__from_unit_path", "referral__from_post",
         "referral__unit_id", "referral__unit_path", "referral__area_path", "referral__case_id")


@dataclass(frozen=True, slots=True)
class ReferralFilter:
    """`tab`: one of TABS. `outcome`: of a sending; `area`, `unit`: codes, an area with all below, or itself alone
    (`here`). `month`: 2026-11.

    Without `outcome` and `month` each referral stands once, with its last sending.
    """

    tab: str = ""
    state: str = ""
    category: str = ""
    urgency: str = ""
    outcome: Sequence[str] = ()
    area: str = ""
    unit: str = ""
    month: str = ""
    late: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One sending of a referral. `reads`: whether this person reads its words; `text` and `place` are empty otherwise.

    `late`: its clock has run out now. `red`: signed late, or not at all in time, for ever. `sides`: sender, receiver.
    """

    id: UUID
    number: str
    sending: int
    current: bool
    category: str
    category_name: str
    urgency: str
    state: str
    state_name: str
    text: str
    place: str
    area: str
    area_name: str
    from_name: str
    unit: str
    unit_name: str
    sent_at: datetime
    due_at: datetime | None
    late: bool
    outcome: str
    outcome_name: str
    red: bool
    signed_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    from_case: bool
    reads: bool
    sides: list[str]


@dataclass(frozen=True, slots=True)
class ReferralPage:
    rows: list[ReferralLine]
    next: str | None = None


@dataclass(slots=True)
class _Stand:
    """A row as `referral.Sides` wants it."""

    sent_by: UUID | None
    handled_by: UUID | None
    from_unit_id: int | None
    from_unit_path: str
    from_post: str
    unit_id: int
    unit_path: str
    area_path: str


def list_referrals(actor: Actor, wanted: ReferralFilter, *, after: str = "", limit: int = 50) -> ReferralPage:
    """One page, newest sending first. Two statements beside signing in, one more for an area that is asked for."""
    known, limit = generations(), max(1, min(limit, MOST))
    rows = filtered(actor, wanted, known)
    if after:
        at, last = _opened(after)
        rows = rows.filter(Q(sent_at__lt=at) | Q(sent_at=at, id__lt=last))
    found = list(rows.order_by("-sent_at", "-id").values(*_COLUMNS, *_WITH)[:limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return ReferralPage(_lines(actor, found, known), _cursor(found[-1]) if more else None)


def referral_counts(actor: Actor) -> dict[str, dict[str, int]]:
    """Per tab how many stand in it and how many of those are late. One statement beside signing in."""
    now, asked = clock.now(), dict[str, Any]()
    for tab in TABS:
        fits = _tab(actor, tab)
        asked[f"every_{tab}"] = Count("pk", filter=fits)
        asked[f"late_{tab}"] = Count("pk", filter=fits & _late(now))
    found = Sending.objects.filter(reached(actor), current=True).exclude(referral__state="ended").aggregate(**asked)
    return {tab or "all": {"count": found[f"every_{tab}"], "late": found[f"late_{tab}"]} for tab in TABS}


def referral_due(actor: Actor) -> list[dict[str, Any]]:
    """What of it waits for this person, for the list of what else is due. Their own and their unit's alone: the list of
    everything due knows posts and areas, not in which unit somebody works. One statement; none without a part in it.
    """
    if not actor.holds(rules.SEND) and not actor.holds(rules.SIGN):
        return []
    now, names = clock.now(), {"sign": "报送待签收", "answer": "报送待答复", "back": "报送待办结"}
    asked = {f"every_{tab}": Count("pk", filter=_tab(actor, tab)) for tab in names}
    asked |= {f"late_{tab}": Count("pk", filter=_tab(actor, tab) & _late(now)) for tab in names}
    own = receiving(actor) | sending(actor)
    found = Sending.objects.filter(own, current=True).exclude(referral__state="ended").aggregate(**asked)
    return [{"kind": f"referral_{tab}", "name": name, "to": f"/referrals?tab={tab}", "count": found[f"every_{tab}"],
             "late": found[f"late_{tab}"]} for tab, name in names.items() if found[f"every_{tab}"]]


def filtered(actor: Actor, wanted: ReferralFilter, known: dict[str, int]) -> QuerySet[Sending]:
    """Every sending within reach that fits."""
    now = clock.now()
    rows = Sending.objects.filter(reached(actor), _tab(actor, wanted.tab))
    if not wanted.outcome and not wanted.month:
        rows = rows.filter(current=True)
    for value, options, name, column in (
            (wanted.state, rules.STATES, "state", "referral__state"), (wanted.category, rules.categories(), "category", "category"),
            (wanted.urgency, rules.URGENCIES, "urgency", "referral__urgency")):
        if value:
            _known(value, options, name)
            rows = rows.filter(**{column: value})
    for outcome in wanted.outcome:
        _known(outcome, rules.OUTCOMES, "outcome")
    if wanted.outcome:
        rows = rows.filter(any_of(list(wanted.outcome), now))
    if wanted.month:
        since, until = bounds(wanted.month)
        rows = rows.filter(sent_at__gte=since, sent_at__lt=until)
    if wanted.late:
        rows = rows.filter(_late(now), current=True)
    if wanted.unit:
        unit = next((row for row in accounts.unit_book(known).values() if row.code == wanted.unit), None)
        if unit is None:
            raise _unknown("unit", wanted.unit)
        rows = rows.filter(unit_id=unit.id)
    if not wanted.area:
        return rows
    path = asked_area(actor, wanted.area).path
    return rows.filter(area_path=path) if wanted.here else rows.filter(area_path__range=span(path))


def asked_area(actor: Actor, code: str) -> grids.Place:
    """The area asked for. One in which nothing can be seen is not told from one that is not there."""
    place = grids.place_by_code(code) if "\0" not in code else None
    seen = [grant.area_path for grant in actor.grants if {rules.READ, rules.SEND, rules.SIGN} & grant.rights]
    if place is None or not any(within(place.path, area) or within(area, place.path) for area in seen):
        raise _unknown("area", code)
    return place


def _tab(actor: Actor, tab: str) -> Q:
    if tab not in TABS:
        raise _unknown("tab", tab)
    came, own = receiving(actor), sending(actor)
    mine = came & (~Q(referral__sent_by=actor.user_id) | Q(referral__sent_by=None))
    return {
        "sign": mine & Q(current=True, referral__state="sent"), "answer": mine & Q(current=True, referral__state="signed"),
        "back": own & Q(current=True, referral__state__in=("refused", "answered")), "sent": own, "received": came, "": Q(),
    }[tab]


def _late(now: datetime) -> Q:
    return Q(referral__state__in=("sent", "signed"), referral__due_at__lt=now)


_NAMES = {"state": "状态", "category": "类别", "urgency": "缓急", "outcome": "签收情况", "unit": "单位", "area": "区域", "tab": "页签"}


def _unknown(what: str, value: str) -> Refusal:
    return Refusal(CaseError.UNKNOWN_FILTER, what=Words(_NAMES[what], what), value=value[:40])


def _known(value: str, options: Any, what: str) -> None:
    if value not in options:
        raise _unknown(what, value)


def _lines(actor: Actor, rows: Sequence[dict[str, Any]], known: dict[str, int]) -> list[ReferralLine]:
    units, now = accounts.unit_book(known), clock.now()
    names = grids.names_of({row["referral__area_now_id"] for row in rows}, known)
    return [_line(actor, row, units, names, now) for row in rows]


def _line(actor: Actor, row: dict[str, Any], units: Any, names: dict[int, tuple[str, str]], now: datetime) -> ReferralLine:
    stand = _Stand(**{name: row[f"referral__{name}"] for name in _Stand.__dataclass_fields__})
    reads, unit = rules.sees(stand, actor) == "all", units.get(row["unit_id"])
    outcome = rules.outcome(_Came(row["due_at"], row["signed_at"], row["refused_at"], row["withdrawn_at"]), now)
    state, running = row["referral__state"], row["referral__due_at"]
    area = names.get(row["referral__area_now_id"], ("", ""))
    return ReferralLine(
        id=row["referral_id"], number=row["referral__number"], sending=row["number"], current=row["current"],
        category=row["category"], category_name=category_name(row["category"]), urgency=row["referral__urgency"],
        state=state, state_name=rules.STATES[state], text=row["referral__text"][:120] if reads else "",
        place=row["referral__place"] if reads else "", area=area[0], area_name=area[1],
        from_name=row["referral__from_name"], unit=unit.code if unit else "", unit_name=unit.name if unit else "",
        sent_at=row["sent_at"], due_at=running if row["current"] else None,
        late=row["current"] and running is not None and running < now, outcome=outcome,
        outcome_name=rules.OUTCOMES[outcome], red=outcome in rules.RED, signed_at=row["signed_at"],
        answered_at=row["answered_at"], ended_at=row["referral__ended_at"] if row["current"] else None,
        from_case=row["referral__case_id"] is not None, reads=reads, sides=sorted(rules.sides_of(stand, actor)))


@dataclass(slots=True)
class _Came:
    due_at: datetime | None
    signed_at: datetime | None
    refused_at: datetime | None
    withdrawn_at: datetime | None


def category_name(code: str) -> str:
    found = rules.categories().get(code)
    return found.name if found else code


# --- one


@dataclass(frozen=True, slots=True)
class ReferralDetail:
    """`referral`: as in a list, with more. Who only knows that it exists gets no words, names, files or contact."""

    referral: dict[str, Any]
    deeds: list[dict[str, Any]]
    sendings: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    files: list[dict[str, Any]]


def referral_detail(actor: Actor, referral_id: UUID) -> ReferralDetail:
    """Six statements at most beside signing in; the key of its sealed words is one more."""
    known = generations()
    entries = journal.history(f"referral:{referral_id}")
    referral = seen_referral(actor, referral_id)
    rows = list(Sending.objects.filter(referral=referral_id).order_by("number").values(*_COLUMNS, *_WITH))
    lines = _lines(actor, rows, known)
    reads = lines[-1].reads
    sides = rules.sides_of(referral, actor)
    case = Case.objects.filter(id=referral.case_id).first() if referral.case_id else None
    names = accounts.names_of({entry.actor for entry in entries if entry.actor}, known) if reads else {}
    place = {"text": referral.text, "place": referral.place, "lon": referral.lon, "lat": referral.lat,
             "found_at": referral.found_at, "has_contact": referral.private is not None} if reads else {
             "text": "", "place": "", "lon": None, "lat": None, "found_at": None, "has_contact": False}
    visible = case is not None and may_see(case, actor)
    told: dict[str, Any] = {name: getattr(lines[-1], name) for name in ReferralLine.__dataclass_fields__} | place | {
        "first_sent_at": referral.sent_at, "sent_by": names.get(referral.sent_by, "") if referral.sent_by else "",
        "case": {"id": case.id, "number": case.number} if case is not None and visible else None}
    return ReferralDetail(
        referral=told,
        deeds=[{"deed": deed, "name": rules.DEEDS[deed].name, "asks": referral.state in rules.DEEDS[deed].reasoned}
               for deed in rules.possible(referral.state, sides)],
        sendings=[_came(line, row) for line, row in zip(lines, rows, strict=True)],
        timeline=_timeline(referral, entries, names, accounts.unit_book(known), reads=reads),
        files=_files(referral_id) if reads else [])


def seen_referral(actor: Actor, referral_id: UUID) -> Referral:
    """The referral, or the same refusal whether it does not exist or lies outside what the actor may know of."""
    referral = Referral.objects.filter(id=referral_id).first()
    if referral is None or not known_to(actor, referral):
        raise Refusal(KernelError.NOT_FOUND)
    return referral


def _files(referral_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in ReferralFile.objects.filter(referral=referral_id).order_by("id").values(
        "file_id", "deed", name=F("file__name"), kind=F("file__kind"), media_type=F("file__media_type"))]


def _came(line: ReferralLine, row: dict[str, Any]) -> dict[str, Any]:
    return {"sending": line.sending, "unit": line.unit, "unit_name": line.unit_name, "outcome": line.outcome,
            "outcome_name": line.outcome_name, "red": line.red, **{
                name: row[name] for name in ("sent_at", "due_at", "signed_at", "refused_at", "withdrawn_at",
                                             "answer_due_at", "answered_at")}}


def _timeline(referral: Referral, entries: list[journal.Seen], names: dict[UUID, str], units: dict[Any, Any], *,
              reads: bool) -> list[dict[str, Any]]:
    found = []
    for entry in entries:
        data = orjson.loads(entry.data)
        unit = units.get(data.get("unit"))
        text = unsealed(referral.id, data["sealed"]).get("text", "") if reads and "sealed" in data else ""
        found.append({
            "number": entry.number, "verb": entry.verb, "said": _SAID.get(entry.verb, entry.verb), "at": entry.at,
            "by": names.get(entry.actor, "") if entry.actor else "", "unit_name": unit.name if unit else "", "text": text,
            "late": bool(data.get("late")), "files": data.get("files", []) if reads else []})
    return found


def referrals_of_case(actor: Actor, case_id: UUID) -> list[ReferralLine]:
    """What was referred from a case that the actor may see: that it was, to everybody; its words to the two sides."""
    seen_case(actor, case_id)
    known = generations()
    rows = Sending.objects.filter(referral__case_id=case_id, current=True).order_by("sent_at", "id")
    return _lines(actor, list(rows.values(*_COLUMNS, *_WITH)), known)


def open_referral_file(actor: Actor, referral_id: UUID, file_id: UUID, variant: str = "shown") -> Any:
    """The shown copy or the thumbnail, for the two sides."""
    referral = seen_referral(actor, referral_id)
    if rules.sees(referral, actor) != "all" or variant not in ("shown", "thumb") or not ReferralFile.objects.filter(
            referral=referral_id, file_id=file_id).exists():
        raise Refusal(KernelError.NOT_FOUND)
    return files.open_shown(file_id, variant)


# --- what can be chosen


def referral_choices(actor: Actor, area: str = "") -> dict[str, Any]:
    """Categories with their limits at a place, urgencies, and units with whether somebody there can sign."""
    accounts.require(actor, Right.REFERRAL_SEND)
    known = generations()
    book, path = catalogue.book(known), asked_area(actor, area).path if area else ""
    offered = rules.offered(book.setting("referral_categories", path)).values()
    signing = accounts.units_with(Right.REFERRAL_SIGN)
    return {
        "categories": [{"code": row.code, "name": row.name, "receivers": row.receivers,
                        "sign": _limit(book, rules.stage_of("sign", row.code, ""), path),
                        "answer": _limit(book, rules.stage_of("answer", row.code, ""), path)} for row in offered],
        "urgencies": [{"code": code, "name": name} for code, name in rules.URGENCIES.items()],
        "urgent_sign": _limit(book, rules.stage_of("sign", "", "urgent"), path),
        "units": [{"code": row.code, "name": row.name, "kind": row.kind, "signs": row.id in signing,
                   "own": row.id == actor.unit_id} for row in accounts.unit_book(known).values() if row.active]}


def _limit(book: Any, stage: str, path: str) -> str:
    found = book.stage_limit(stage, path)
    return f"{found[0]} {catalogue.UNIT_NAMES[found[1]]}" if found else ""


def _cursor(row: dict[str, Any]) -> str:
    micros = (row["sent_at"] - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}.{row['id']}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, int]:
    try:
        micros, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        if not (last.isascii() and last.isdigit() and len(last) < 19):
            raise ValueError(last)
        return _EPOCH + timedelta(microseconds=int(micros)), int(last)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Refusal(CaseError.UNKNOWN_PAGE, value=cursor[:40]) from error

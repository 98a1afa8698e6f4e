"""Supervision orders: the list with what each unit did, newest first; one; how many wait, are late or unsigned."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, reach
from jingwei.cases import orders, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Order, Served, Urging
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.queries.standing import sees_order, stands_towards, unit_of
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

MOST = 100
STATES = {"open": "办理中", "closed": "已办结", "withdrawn": "已撤销"}
SHOWN = ("", "mine", "open", "late", "unsigned", "closed", "withdrawn")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ServedLine:
    """An order at one unit. `late`: past the limit without an answer, or answered after it. `deeds`: what I may do."""

    unit: str
    unit_name: str
    state: str
    state_name: str
    late: bool
    signed_by: str
    signed_at: datetime | None
    reply: str
    replied_by: str
    replied_at: datetime | None
    judged_by: str
    judged_at: datetime | None
    reason: str
    returns: int
    deeds: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A numbered order with the case it is about. `by_ladder`: issued by a rung of the escalation ladder."""

    id: UUID
    number: str
    level: str
    level_name: str
    demand: str
    limit_value: str
    limit_unit: str
    issued_by: str
    by_ladder: bool
    issued_at: datetime
    due_at: datetime
    state: str
    state_name: str
    ended_at: datetime | None
    late: bool
    case_id: UUID
    case_number: str
    case_text: str
    case_place: str
    case_state: str
    class_name: str
    served: list[ServedLine]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Some orders and where the next page begins; `next` is None on the last."""

    rows: list[OrderLine] = field(default_factory=list)
    next: str | None = None


@dataclass(frozen=True, slots=True)
class UrgingLine:
    """Somebody's words to the holder; `by` '' for a rung of the ladder."""

    by: str
    at: datetime
    text: str
    present: bool  # in the stay in which the case is now


def list_orders(actor: Actor, *, show: str = "", unit: str = "", number: str = "", case_id: UUID | None = None,
                after: str = "", limit: int = 50) -> OrderPage:
    """One page, newest first. Three statements beside signing in."""
    known = generations()
    limit = max(1, min(limit, MOST))
    rows = _shown(actor, _reached(actor, known), show, known)
    if unit:
        found = next((one.id for one in accounts.unit_book(known).values() if one.code == unit), None)
        if found is None:
            raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("单位", "unit"), value=unit[:40])
        rows = rows.filter(Exists(Served.objects.filter(order=OuterRef("pk"), unit_id=found)))
    if number:
        rows = rows.filter(Q(number=number) | Q(case__number=number))
    if case_id is not None:
        rows = rows.filter(case_id=case_id)
    if after:
        at, last = _opened(after)
        rows = rows.filter(Q(issued_at__lt=at) | Q(issued_at=at, id__lt=last))
    page = list(rows.select_related("case").order_by("-issued_at", "-id")[:limit + 1])
    lines = _lines(actor, page[:limit], known)
    return OrderPage(lines, _cursor(lines[-1]) if len(page) > limit else None)


def one_order(actor: Actor, order_id: UUID) -> OrderLine:
    """One order, for whoever sees its case or works for a unit on which it was served."""
    known = generations()
    found = Order.objects.select_related("case").filter(id=order_id).first()
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    units = accounts.unit_book(known)
    if not sees_order(actor, found.case, list(Served.objects.filter(order=found).values_list("unit_id", flat=True)), units):
        raise Refusal(KernelError.NOT_FOUND)
    return _lines(actor, [found], known)[0]


def order_counts(actor: Actor) -> dict[str, int]:
    """What the tabs of the list say: waiting for me, open, late, not signed for."""
    known = generations()
    rows = _reached(actor, known)
    return {show: _shown(actor, rows, show, known).count() for show in ("mine", "open", "late", "unsigned")}


def urgings(actor: Actor, case_id: UUID) -> list[UrgingLine]:
    """Every urging of a case, the newest first."""
    case = seen_case(actor, case_id)
    found = list(Urging.objects.filter(case_id=case_id).order_by("-id").values_list("by", "at", "text", "step"))
    names = accounts.names_of(by for by, _, _, _ in found)
    return [UrgingLine(names.get(by, "") if by else "", at, text, step == case.step) for by, at, text, step in found]


def _reached(actor: Actor, known: dict[str, int]) -> QuerySet[Order]:
    """Orders on cases within reach, and those served on a unit to which a post of theirs is tied or in which they work."""
    case = reach(actor, Right.CASE_READ, area="case__area_path", unit="case__unit_path")
    if case is None:
        return Order.objects.all()
    return Order.objects.filter(case | Exists(Served.objects.filter(_of_my_units(actor, known), order=OuterRef("pk"))))


def _of_my_units(actor: Actor, known: dict[str, int], roles: Sequence[str] = ()) -> Q:
    """What was served on units for which somebody stands, in one of these posts if any are named."""
    found, units = Q(pk__in=[]), accounts.unit_book(known)
    for grant in actor.grants:
        path = unit_of(actor, grant, units)
        if Right.CASE_READ.value in grant.rights and path and (not roles or grant.role in roles):
            found |= Q(unit__path__range=span(path))
    return found


def _to_judge(actor: Actor) -> Q:
    """Orders in whose place somebody holds a post that issues them, tied to no unit."""
    found = Q(pk__in=[])
    for grant in actor.grants:
        if grant.role in orders.ISSUING and grant.unit_path is None:
            found |= Q(case__area_path__range=span(grant.area_path)) if grant.area_path else Q()
    return found


def _shown(actor: Actor, rows: QuerySet[Order], show: str, known: dict[str, int]) -> QuerySet[Order]:
    if show not in SHOWN:
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("状态", "state"), value=show[:40])
    served = Served.objects.filter(order=OuterRef("pk"))
    if show == "mine":
        with_unit = Exists(served.filter(_of_my_units(actor, known, orders.SERVED), state__in=orders.WITH_UNIT))
        return rows.filter(with_unit | _to_judge(actor) & Exists(served.filter(state="replied")))
    if show == "late":
        return rows.filter(Exists(served.filter(state__in=orders.WITH_UNIT)), state="open", due_at__lt=clock.now())
    if show == "unsigned":
        return rows.filter(Exists(served.filter(state="issued")), state="open")
    return rows.filter(state=show) if show else rows


def _lines(actor: Actor, page: Sequence[Order], known: dict[str, int]) -> list[OrderLine]:
    every: dict[UUID, list[Served]] = {}
    for one in Served.objects.filter(order__in=page).order_by("id"):
        every.setdefault(one.order_id, []).append(one)
    people = {order.issued_by for order in page} | {
        person for served in every.values() for one in served for person in (one.signed_by, one.replied_by, one.judged_by)}
    names, units, now = accounts.names_of(people, known), accounts.unit_book(known), clock.now()
    book = catalogue.book(known)
    lines = []
    for order in page:
        served = [_served(actor, order, one, units, names, now) for one in every[order.id]]
        found = book.classes.get(order.case.class_entry_id or 0)
        lines.append(OrderLine(
            id=order.id, number=order.number, level=order.level, level_name=orders.LEVELS[order.level], demand=order.demand,
            limit_value=f"{order.limit_value.normalize():f}", limit_unit=order.limit_unit, issued_by=_name(names, order.issued_by),
            by_ladder=order.issued_by is None, issued_at=order.issued_at, due_at=order.due_at, state=order.state,
            state_name=STATES[order.state], ended_at=order.ended_at, late=any(one.late for one in served),
            case_id=order.case.id, case_number=order.case.number, case_text=order.case.text[:120],
            case_place=order.case.place, case_state=workflow.STATES[order.case.state][0],
            class_name=found.name if found else "", served=served))
    return lines


def _served(actor: Actor, order: Order, one: Served, units: Mapping[int, Any], names: Mapping[UUID, str], now: datetime) -> ServedLine:
    unit = units[one.unit_id]
    answered = one.replied_at if one.state in ("replied", "accepted") else None
    late = one.state != "withdrawn" and (answered or now) > order.due_at
    deeds = orders.possible(one.state, stands_towards(actor, order.case, unit, units))
    return ServedLine(
        unit=unit.code, unit_name=unit.name, state=one.state, state_name=orders.STATES[one.state][0], late=late,
        signed_by=_name(names, one.signed_by), signed_at=one.signed_at, reply=one.reply,
        replied_by=_name(names, one.replied_by), replied_at=one.replied_at, judged_by=_name(names, one.judged_by),
        judged_at=one.judged_at, reason=one.reason, returns=one.returns,
        deeds=[{"deed": deed, "name": orders.DEEDS[deed]} for deed in deeds])


def _name(names: Mapping[UUID, str], person: UUID | None) -> str:
    return names.get(person, "") if person else ""


def _cursor(line: OrderLine) -> str:
    micros = (line.issued_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}.{line.id.hex}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, UUID]:
    try:
        micros, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        return _EPOCH + timedelta(microseconds=int(micros)), UUID(hex=last)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Refusal(CaseError.UNKNOWN_PAGE, value=cursor[:40]) from error

"""Send: a worker passes a matter to a unit, with or without a case behind it. Whatever the network does, once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import referral as rules
from jingwei.cases import timing
from jingwei.cases.commands import private
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.attach import known_files
from jingwei.cases.commands.numbers import next_number
from jingwei.cases.commands.referral.due import show_due
from jingwei.cases.commands.referral.sendings import begin
from jingwei.cases.commands.referral.step import Referred, subject_of, tie
from jingwei.cases.commands.referral.units import receiving_unit
from jingwei.cases.commands.step import Moving
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ReferralEvent
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Case, Referral
from jingwei.cases.referral_errors import ReferralError
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.paths import within
from jingwei.kernel.wording import Words

_EARLIEST = 2000
_SLACK = timedelta(minutes=10)
_DEED = "报送"


@dataclass(frozen=True, slots=True)
class Referring:
    """What is referred. The place: of the `case`, or a point, or the code of an `area`. `anyway`: also to a unit where
    nobody could sign now.
    """

    id: UUID
    category: str
    unit_code: str
    text: str
    urgency: str = "ordinary"
    case_id: UUID | None = None
    lon: float | None = None
    lat: float | None = None
    area: str = ""
    place: str = ""
    files: Sequence[UUID] = ()
    contact_name: str = ""
    contact_phone: str = ""
    found_at: datetime | None = None
    anyway: bool = False


def refer(actor: Actor, new: Referring) -> Referred:
    """Send it: numbered, with a clock for the signature; from a case, that case says so."""
    accounts.require(actor, Right.REFERRAL_SEND)
    _check(new)
    with transaction.atomic(savepoint=False):
        if new.case_id is None:
            return _send(actor, new, _located(actor, new), None)
        sent: list[Referred] = []

        def change(moving: Moving) -> None:
            place = grids.place_of(moving.case.area_now_id, moving.generations)
            sent.append(_send(actor, new, place, moving.case))
            moving.set(marks=with_mark(moving.case.marks, "referred"))
            row = Referral.objects.values_list("unit_id", flat=True).get(id=new.id)
            moving.told |= {"unit": row, "referral": str(new.id), "category": new.category}

        aside(actor, new.case_id, "refer", ReferralEvent.FROM_CASE, change)
        return sent[0]


def _check(new: Referring) -> None:
    client_id(new.id)
    if blank(new.text):
        raise Refusal(ReferralError.MISSING, deed=Words(_DEED, "refer"), what=Words("情况说明", "what it is about"))
    if new.urgency not in rules.URGENCIES:
        possible = Words("、".join(f"{code}（{name}）" for code, name in rules.URGENCIES.items()), ", ".join(rules.URGENCIES))
        raise Refusal(ReferralError.UNKNOWN_URGENCY, urgency=new.urgency[:20], possible=possible)
    if new.found_at is not None and new.found_at.tzinfo is None:
        raise Refusal(CaseError.NO_ZONE, value=new.found_at.isoformat())
    if new.found_at is not None and not (new.found_at.year >= _EARLIEST and new.found_at <= clock.now() + _SLACK):
        raise Refusal(CaseError.BAD_TIME, value=new.found_at.isoformat())


def _located(actor: Actor, new: Referring) -> grids.Place:
    known = generations()
    within_reach = [grant.area_path for grant in actor.grants if Right.REFERRAL_SEND.value in grant.rights]
    if new.lon is not None and new.lat is not None:
        if not (math.isfinite(new.lon) and math.isfinite(new.lat)) or abs(new.lon) > 180 or abs(new.lat) > 90:
            raise Refusal(CaseError.BAD_PLACE, lon=new.lon, lat=new.lat)
        place = grids.locate(new.lon, new.lat, known)
        if place is None:
            raise Refusal(CaseError.NO_AREA, lon=new.lon, lat=new.lat)
        if not any(within(place.path, area) for area in within_reach):
            raise Refusal(ReferralError.OUTSIDE, area=place.name)
        return place
    if not new.area:
        raise Refusal(ReferralError.NO_PLACE)
    found = grids.place_by_code(new.area, known) if "\0" not in new.area else None
    if found is None or not any(within(found.path, area) for area in within_reach):
        raise Refusal(ReferralError.UNKNOWN_AREA, area=new.area[:40])
    return found


def _send(actor: Actor, new: Referring, place: grids.Place | None, case: Case | None) -> Referred:
    assert place is not None
    known = generations()
    offered = rules.offered(catalogue.book(known).setting("referral_categories", place.path))
    if new.category not in offered:
        possible = Words("、".join(row.name for row in offered.values()), ", ".join(offered))
        raise Refusal(ReferralError.UNKNOWN_CATEGORY, category=new.category[:40], possible=possible)
    unit = receiving_unit(actor, new.unit_code, known, deed=_DEED, anyway=new.anyway)
    referral = _row(actor, new, place, case, unit, known)
    sending = begin(referral, referral.sent_at, known)
    files = known_files(actor, new.files)
    try:
        referral.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(ReferralError.EXISTS if "pkey" in str(error) or "cases_referral.id" in str(error)
                      else KernelError.BUSY) from error
    sending.save(force_insert=True)
    told: dict[str, Any] = {"to": "sent", "sending": 1, "number": referral.number, "category": referral.category,
                            "urgency": referral.urgency, "unit": unit.id, "area": referral.area_then_id}
    if case is not None:
        told["case"] = str(case.id)
    tie(referral, "send", files, told)
    show_due(referral)
    journal.record(actor, journal.hold(subject_of(referral.id)), ReferralEvent.SENT, told, area_path=referral.area_path)
    return Referred(referral.id, referral.number, referral.state, referral.due_at)


def _row(actor: Actor, new: Referring, place: grids.Place, case: Case | None, unit: Any, known: dict[str, int]) -> Referral:
    at, values = clock.now(), dict[str, Any]()
    post, own = _post(actor, place), accounts.unit_book(known).get(actor.unit_id or 0)
    referral = Referral(
        id=new.id, number=next_number(f"B{place.county}", at.astimezone(ZoneInfo(timing.zone()))), county=place.county,
        case_id=case.id if case else None, category=new.category, urgency=new.urgency, state="sent", state_at=at,
        text=without_numbers(checked(new.text, "情况说明", rules.TEXT_MOST), values),
        place=without_numbers(checked(new.place, "位置描述", rules.PLACE_MOST), values)[:rules.PLACE_MOST],
        lon=case.lon if case else new.lon, lat=case.lat if case else new.lat, area_then_id=place.area_id,
        area_now_id=place.area_id, area_path=place.path, sent_by=actor.user_id, from_unit_id=own.id if own else None,
        from_unit_path=own.path if own else "", from_post=post, from_name=_from_name(post, own), unit_id=unit.id,
        unit_path=unit.path, sent_at=at, found_at=new.found_at)
    contact = {"name": checked(new.contact_name, "联系人", 60), "phone": checked(new.contact_phone, "电话", 40)}
    if any(contact.values()):
        values["contact"] = contact
    private.contact_columns(referral, values, subject_of(referral.id))
    return referral


def _post(actor: Actor, place: grids.Place) -> str:
    """The narrowest grid post of the sender's that holds the place: whoever shares it goes on in their absence."""
    posts = [grant.area_path for grant in actor.grants if grant.role == rules.GRID_POST and within(place.path, grant.area_path)]
    return max(posts, key=len, default="")


def _from_name(post: str, own: Any) -> str:
    if post:
        return f"{grids.names_at([post]).get(post, '')}网格员"[:160]
    return own.name if own else "值守人员"

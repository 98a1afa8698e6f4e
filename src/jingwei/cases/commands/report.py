"""Report (上报): somebody found a problem, here. One case, one number, one entry, whatever the network does."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from jingwei.accounts.queries import Right
from jingwei.cases import timing, workflow
from jingwei.cases.commands import private, rows
from jingwei.cases.commands.attach import known_files, tie
from jingwei.cases.commands.numbers import next_number
from jingwei.cases.commands.part import known_part
from jingwei.cases.commands.step import Taken, show_due
from jingwei.cases.errors import CaseError
from jingwei.cases.events import CaseEvent
from jingwei.cases.kind_choice import flow_for
from jingwei.cases.models import Caller, Case
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

EARLIEST = 2000


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported. `found_at`: when it was seen, if that was before the report (offline phones). `kind`: see kinds.py."""

    id: UUID
    text: str
    lon: float
    lat: float
    place: str = ""
    channel: str = "supervisor"
    class_code: str = ""
    files: Sequence[UUID] = ()
    contact_name: str = ""
    contact_phone: str = ""
    found_at: datetime | None = None
    part: UUID | None = None
    kind: str = ""


def report(actor: Actor, new: Report) -> Taken:
    """Take in a report: located, numbered, waiting to be accepted.

    Whoever works anywhere in a district may report anywhere in it (PB-19).
    """
    with transaction.atomic(savepoint=False):
        at, known = clock.now(), generations()
        place = examine(actor, new, at, known)
        book = catalogue.book(known)
        case = _case(actor, new, place, at, known)
        files = known_files(actor, new.files)
        running = timing.clock_for(case, "reported", at, known, book)
        case.due_at, case.limit_value = running.due_at, running.value
        case.limit_unit, case.calendar = running.unit, running.calendar
        try:
            rows.insert(case)
        except IntegrityError as error:
            # Anything but the case's own id (a number that a restored database gives out again) is tried anew.
            raise Refusal(CaseError.EXISTS if _is_same_case(error) else KernelError.BUSY) from error
        tie(case, "report", files) if files else None
        if case.phone_hash:
            rows.insert(Caller(case_id=case.id, phone_hash=case.phone_hash, tail_hash=case.phone_tail_hash, reported_at=at))
        show_due(case)
        told: dict[str, Any] = {"to": "reported", "step": 1, "channel": case.channel, "number": case.number,
                                "area": case.area_then_id}
        if new.found_at is not None:
            told["found_at"] = new.found_at
        if case.part_id is not None:
            told["part"] = str(case.part_id)
        if files:
            told["files"] = [str(file_id) for file_id in files]
        journal.record(actor, journal.Tail(f"case:{case.id}"), CaseEvent.REPORTED, told, area_path=case.area_path)
        return Taken(case.id, case.number, case.state, case.due_at)


def examine(actor: Actor, new: Report, at: datetime, known: dict[str, int]) -> Any:
    """Whether it may be reported at all, and where that is. No statement once warm."""
    _check(new, at)
    return _located(actor, new, known)


def _is_same_case(error: IntegrityError) -> bool:
    told = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
    return "cases_case_pkey" in told or "cases_case.id" in told


def _check(new: Report, at: datetime) -> None:
    client_id(new.id)
    if blank(new.text):
        raise Refusal(CaseError.MISSING, action=Words("上报", "report"), what=Words("情况说明", "text"))
    if new.channel not in workflow.CHANNELS or new.channel == "import":
        offered = {name: zh for name, zh in workflow.CHANNEL_NAMES.items() if name != "import"}
        possible = Words("、".join(f"{name}（{zh}）" for name, zh in offered.items()), ", ".join(offered))
        raise Refusal(CaseError.UNKNOWN_CHANNEL, channel=new.channel[:30], possible=possible)
    numbers = (new.lon, new.lat)
    if not all(math.isfinite(value) for value in numbers) or abs(new.lon) > 180 or abs(new.lat) > 90:
        raise Refusal(CaseError.BAD_PLACE, lon=new.lon, lat=new.lat)
    if new.found_at is not None and new.found_at.tzinfo is None:
        raise Refusal(CaseError.NO_ZONE, value=new.found_at.isoformat())
    if new.found_at is not None and not (new.found_at.year >= EARLIEST and new.found_at <= at + timedelta(minutes=10)):
        raise Refusal(CaseError.BAD_TIME, value=new.found_at.isoformat())


def _located(actor: Actor, new: Report, known: dict[str, int]) -> Any:
    place = grids.locate(new.lon, new.lat, known)
    if place is None:
        raise Refusal(CaseError.NO_AREA, lon=new.lon, lat=new.lat)
    reporting = [grant.area_path for grant in actor.grants if Right.CASE_REPORT.value in grant.rights]
    if any(within(place.path, area) for area in reporting):
        return place
    district = _district_path(place, known)
    if district and any(within(area, district) for area in reporting):
        return place
    raise Refusal(CaseError.OUTSIDE, area=place.name)


_districts: dict[str, str] = {}


def _district_path(place: Any, known: dict[str, int]) -> str:
    """The path of the district a place lies in, '' if there is none. What is kept proves itself: it must hold the place."""
    kept = _districts.get(place.county, "")
    if not kept or not within(place.path, kept):
        district = grids.place_by_code(place.county, known)
        kept = _districts[place.county] = district.path if district else ""
    return kept


def _case(actor: Actor, new: Report, place: Any, at: datetime, known: dict[str, int]) -> Case:
    book = catalogue.book(known)
    found = book.by_code.get(new.class_code) if new.class_code else None
    if new.class_code and (found is None or not found.active):
        raise Refusal(CaseError.UNKNOWN_CLASS, code=new.class_code[:80])
    values: dict[str, Any] = {}
    flow = flow_for(new.kind, book, place.path, known)
    local = at.astimezone(ZoneInfo(timing.zone()))
    case = Case(
        id=new.id, number=next_number(place.county, local), county=place.county,
        profile=flow.code, profile_version=flow.version, state="reported", channel=new.channel,
        text=without_numbers(checked(new.text, "情况说明", 4000), values),
        place=without_numbers(checked(new.place, "位置描述", 256), values)[:256],
        lon=new.lon, lat=new.lat, cell=grids.cell(new.lon, new.lat), area_then_id=place.area_id,
        area_now_id=place.area_id, area_path=place.path, class_entry_id=found.id if found else None,
        part_id=known_part(actor, new.part), reported_by=actor.user_id, reported_at=at, state_at=at,
        duties={"report": [str(actor.user_id)]} if actor.user_id else {})
    contact = {"name": checked(new.contact_name, "联系人", 60), "phone": checked(new.contact_phone, "电话", 40)}
    if any(contact.values()):
        values["contact"] = contact
    private.contact_columns(case, values)
    return case

"""The matters of a meeting's minutes become cases, all of them or none, and each says where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from jingwei.accounts.queries import Right, require
from jingwei.cases import timing
from jingwei.cases.batch_errors import MinutesError
from jingwei.cases.commands.report import Report, report
from jingwei.cases.commands.step import Taken
from jingwei.cases.errors import CaseError
from jingwei.cases.events import MinutesEvent
from jingwei.cases.minutes import MOST_ITEMS, TEXT_MOST
from jingwei.cases.models import Case, Minutes, MinutesItem
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words

_TITLE_MOST = 120


@dataclass(frozen=True, slots=True)
class FromMinutes:
    """Which minutes: the day is that on which the meeting was held."""

    id: UUID
    title: str
    held_on: date


def file_minutes(actor: Actor, of: FromMinutes, matters: Sequence[Report]) -> list[Taken]:
    """File these matters as cases of the channel `meeting`. A matter that is refused is named, and none is filed."""
    require(actor, Right.CASE_REPORT)
    client_id(of.id)
    title = without_numbers(checked(of.title, "会议名称", _TITLE_MOST), {})[:_TITLE_MOST]
    if blank(title) or not date(2000, 1, 1) <= of.held_on <= clock.now().astimezone(ZoneInfo(timing.zone())).date():
        raise Refusal(MinutesError.NO_TITLE)
    if not matters:
        raise Refusal(MinutesError.NO_ITEMS)
    if len(matters) > MOST_ITEMS:
        raise Refusal(MinutesError.TOO_MUCH, most=TEXT_MOST, items=MOST_ITEMS)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"minutes:{of.id}")
        try:
            Minutes.objects.create(id=of.id, title=title, held_on=of.held_on, by=actor.user_id, at=clock.now())
        except IntegrityError as error:
            raise Refusal(CaseError.EXISTS) from error
        taken = [_one(actor, of, title, place, matter) for place, matter in enumerate(matters, 1)]
        MinutesItem.objects.bulk_create([MinutesItem(minutes_id=of.id, place=place, case_id=one.id) for place, one in enumerate(taken, 1)])
        journal.record(actor, tail, MinutesEvent.FILED, {
            "held_on": of.held_on, "cases": [str(one.id) for one in taken], "numbers": [one.number for one in taken]})
        return taken


def _one(actor: Actor, of: FromMinutes, title: str, place: int, matter: Report) -> Taken:
    try:
        taken = report(actor, replace(matter, channel="meeting"))
    except Refusal as refusal:
        if refusal.reason is KernelError.BUSY:
            raise
        raise Refusal(MinutesError.WRONG_ITEM, item=place, why=Words(refusal.text(), refusal.text("en"))) from refusal
    path = str(Case.objects.values_list("area_path", flat=True).get(id=taken.id))
    journal.record_new(actor, f"case:{taken.id}", MinutesEvent.FROM, {
        "minutes": str(of.id), "text": f"《{title}》{of.held_on.isoformat()} 第 {place} 项"}, area_path=path)
    return taken

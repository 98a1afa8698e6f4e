"""Ask that the deadlines of an area be recounted by the calendar in force."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.errors import CaseError
from jingwei.cases.events import RecountEvent
from jingwei.cases.models import Recount
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id

_GIVEN_UP = timedelta(days=1)  # a run that is not done by then never will be


def ask_recount(actor: Actor, recount_id: UUID, *, area_code: str = "") -> UUID:
    """Begin a run in the background, for everywhere or for an area. One at a time. `recount_id`: made by the client."""
    from jingwei.cases.jobs import recount

    client_id(recount_id)
    path, name = ground_of(actor, area_code)
    with transaction.atomic():
        tail = journal.hold("recount:all")
        now = clock.now()
        if Recount.objects.exclude(phase="done").filter(asked_at__gt=now - _GIVEN_UP).exists():
            raise Refusal(ClockError.RECOUNT_RUNNING)
        version = catalogue.work_calendar(generations(), path).version
        Recount.objects.create(id=recount_id, area_path=path, area_name=name, version=version, asked_by=actor.user_id,
                               asked_at=now, phase="open")
        journal.record(actor, tail, RecountEvent.ASKED, {"recount": str(recount_id), "area": area_code, "calendar": version},
                       area_path=path)
        recount.enqueue(str(recount_id))
    return recount_id


def ground_of(actor: Actor, area_code: str) -> tuple[str, str]:
    """Path and name of the area, if the actor keeps the calendar of all of it. Who may not see it hears that it is unknown."""
    place = grids.place_by_code(area_code, generations()) if area_code and "\0" not in area_code else None
    if area_code and (place is None or not actor.covers(Right.AREA_READ.value, place.path)):
        raise Refusal(CaseError.UNKNOWN_AREA, area=area_code[:40])
    path = place.path if place else ""
    if not actor.covers(Right.CALENDAR_MANAGE.value, path):
        raise no_right(actor, Right.CALENDAR_MANAGE)
    return path, place.name if place else ""

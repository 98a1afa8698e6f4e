"""Set the ladder of one stage for an area, or take the shipped one again."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import flow_book, ladder, shipped
from jingwei.cases.events import LadderEvent
from jingwei.cases.ladder import Rung
from jingwei.cases.models import Case, Climb, Ladder
from jingwei.cases.order_errors import OrderError
from jingwei.catalogue.errors import CatalogueError
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words


def set_ladder(actor: Actor, profile: str, state: str, level: str, rungs: Sequence[Rung] | None, *, area: str = "") -> bool:
    """`rungs` None: as it was shipped (or as the area above has it). `area`: a code, '' for everywhere.

    Refuses a rung that points nowhere. Returns whether anything changed.
    """
    area_id, path = _place(actor, area)
    known = generations()
    if profile not in shipped.flows():
        raise Refusal(OrderError.BAD_LADDER, rung=0, why=Words(*ladder.FAULTS["no_state"]))
    found = ladder.faults(flow_book.in_force(profile, path, known), state, level, rungs or ())
    if found:
        raise Refusal(OrderError.BAD_LADDER, rung=found[0].rung, why=Words(*ladder.FAULTS[found[0].code]))
    told: list[dict[str, Any]] | None = None if rungs is None else [_stored(rung) for rung in rungs]
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"ladder:{profile}/{state}/{level}/{area_id or 'everywhere'}")
        place: dict[str, Any] = {"area_id": area_id}
        mine = Ladder.objects.filter(profile=profile, state=state, level=level, **place)
        before = mine.values_list("rungs", flat=True).first()
        if before == told:
            return False
        mine.delete()
        if told is not None:
            Ladder.objects.create(profile=profile, state=state, level=level, rungs=told, **place)
        _reckon_anew(profile, state, path)
        journal.record(actor, tail, LadderEvent.SET, {"rungs": told}, area_path=path)
    return True


def forget_reckoned(area_path: str) -> None:
    """The calendar of a place was corrected: when the next rungs are due is reckoned anew."""
    _forget(Case.objects.filter(area_path__range=span(area_path)) if area_path else Case.objects.all())


def _reckon_anew(profile: str, state: str, path: str) -> None:
    cases = Case.objects.filter(profile=profile, state=state)
    _forget(cases.filter(area_path__range=span(path)) if path else cases)


def _forget(cases: Any) -> None:
    present = Exists(cases.filter(id=OuterRef("case_id"), step=OuterRef("step")))
    Climb.objects.filter(present, due_at__isnull=False).update(due_at=None)


def _place(actor: Actor, code: str) -> tuple[int | None, str]:
    place = grids.place_by_code(code, generations()) if code else None
    path = place.path if place else ""
    if (code and place is None) or (code and not actor.covers(Right.AREA_READ.value, path)):
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=code[:40])
    if not actor.covers(Right.CATALOGUE_MANAGE.value, path):
        raise no_right(actor, Right.CATALOGUE_MANAGE)
    return (place.area_id if place else None), path


def _stored(rung: Rung) -> dict[str, Any]:
    return {"when": rung.when, "where": rung.where, "post": rung.post, "does": rung.does, "gives": rung.gives}

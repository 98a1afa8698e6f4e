"""Flows of a place's own: drafted from a version, edited step by step, published for cases that begin from then on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, QuerySet

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import flow_book, shipped
from jingwei.cases.errors import CaseError
from jingwei.cases.events import FlowEvent
from jingwei.cases.flow import Flow
from jingwei.cases.flow_check import faults
from jingwei.cases.flow_document import Unreadable, parse, to_document
from jingwei.cases.flow_edit import NO_STATE, NoSuchRow, apply, differences
from jingwei.cases.models import LocalFlow
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.cases.workflow import ACTIONS, STATES
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

PAST_MOST = 60
REASON_MOST = 400


@dataclass(frozen=True, slots=True)
class Drafted:
    """Where a draft stands: `edits` is what the next edit must have seen."""

    code: str
    edits: int
    faults: int


@dataclass(frozen=True, slots=True)
class Published:
    """`version` is in force in the area from now on, for cases that begin."""

    code: str
    version: int


class Place(NamedTuple):
    """The area that a flow is for; None and '' mean everywhere."""

    id: int | None
    path: str


def draft_flow(actor: Actor, code: str, *, area_code: str = "", version: int | None = None,
               document: Mapping[str, Any] | None = None) -> Drafted:
    """Begin a draft for an area: from a version, from a document, or from what is in force there."""
    place, known = place_of(actor, area_code), generations()
    name = _known(code).name
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"flow:{code}")
        based_on = flow_book.in_force(code, place.path, known)
        if version is not None:
            based_on = _version(code, version)
        flow = based_on if document is None else _read(code, document)
        if here(code, place).filter(state="draft").exists():
            raise Refusal(CaseError.FLOW_DRAFT_THERE, flow=name)
        LocalFlow.objects.create(code=code, area_id=place.id, state="draft", document=to_document(flow), based_on=based_on.version,
                                 made_by=actor.user_id, made_at=clock.now())
        journal.record(actor, tail, FlowEvent.DRAFTED, {
            "area": place.id, "based_on": based_on.version, "from_document": document is not None}, area_path=place.path)
        return _standing(code, 0, flow)


def edit_flow(actor: Actor, code: str, edit: Mapping[str, Any], *, seen: int, area_code: str = "") -> Drafted:
    """One edit of the draft, told as data (`flow_edit.apply`). `seen`: how many edits the draft had when it was looked at."""
    place = place_of(actor, area_code)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"flow:{code}")
        draft = _draft(code, place, seen)
        before = parse(draft.document)
        after = _applied(before, edit)
        changed = differences(before, after)
        if not changed:
            return _standing(code, draft.edits, after)
        draft.past = [*draft.past, draft.document][-PAST_MOST:]
        draft.document, draft.edits = to_document(after), draft.edits + 1
        draft.save(update_fields=["past", "document", "edits"])
        journal.record(actor, tail, FlowEvent.EDITED, {"area": place.id, "changed": changed[:20]}, area_path=place.path)
        return _standing(code, draft.edits, after)


def undo_flow_edit(actor: Actor, code: str, *, seen: int, area_code: str = "") -> Drafted:
    """Take the last edit of the draft back; then the one before it, and so on."""
    place = place_of(actor, area_code)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"flow:{code}")
        draft = _draft(code, place, seen)
        if not draft.past:
            raise Refusal(CaseError.FLOW_NO_EDIT)
        draft.document, draft.past, draft.edits = draft.past[-1], draft.past[:-1], draft.edits + 1
        draft.save(update_fields=["past", "document", "edits"])
        journal.record(actor, tail, FlowEvent.EDIT_UNDONE, {"area": place.id}, area_path=place.path)
        return _standing(code, draft.edits, parse(draft.document))


def drop_flow_draft(actor: Actor, code: str, *, area_code: str = "") -> None:
    """Give the draft up. Nothing of what is in force changes."""
    place = place_of(actor, area_code)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"flow:{code}")
        _draft(code, place).delete()
        journal.record(actor, tail, FlowEvent.DRAFT_DROPPED, {"area": place.id}, area_path=place.path)


def publish_flow(actor: Actor, code: str, *, seen: int, reason: str, area_code: str = "") -> Published:
    """From now on cases that begin in the area run by the draft. Those that run already keep their version."""
    place, why = place_of(actor, area_code), _reason(reason, Words("发布流程", "publish"))
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"flow:{code}")
        draft, known = _draft(code, place, seen), generations()
        flow, before = parse(draft.document), flow_book.in_force(code, place.path, known)
        found = faults(flow, stages_of(known))
        if found:
            raise Refusal(CaseError.FLOW_FAULTS, count=len(found), first=Words(found[0].zh, found[0].en))
        if not differences(before, flow):
            raise Refusal(CaseError.FLOW_SAME)
        last = LocalFlow.objects.filter(code=code).aggregate(last=Max("version"))["last"]
        now, number = clock.now(), (last or flow_book.LOCAL_FROM - 1) + 1
        _end(code, place)
        LocalFlow.objects.filter(id=draft.id).update(
            state="published", version=number, document=to_document(replace(flow, version=number)), past=[], reason=why,
            published_by=actor.user_id, published_at=now)
        journal.record(actor, tail, FlowEvent.PUBLISHED, {
            "area": place.id, "version": number, "instead_of": before.version, "reason": why}, area_path=place.path)
        journal.bump("flows")
        return Published(code, number)


def retire_flow(actor: Actor, code: str, *, reason: str, area_code: str = "") -> Published:
    """Back to the flow of the area above, or to the shipped one, for cases that begin from now on."""
    place, why = place_of(actor, area_code), _reason(reason, Words("停用流程", "retire"))
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"flow:{code}")
        found = here(code, place).filter(state="published").values_list("version", flat=True).first()
        if found is None:
            raise Refusal(CaseError.FLOW_NOT_LOCAL, flow=_known(code).name)
        _end(code, place)
        journal.record(actor, tail, FlowEvent.RETIRED, {"area": place.id, "version": found, "reason": why}, area_path=place.path)
        journal.bump("flows")
        return Published(code, flow_book.in_force_now(code, place.path).version)


def place_of(actor: Actor, area_code: str) -> Place:
    """The area with this code ('': everywhere), if flows may be managed over all of it."""
    place = Place(None, "")
    if area_code:
        found = grids.place_by_code(area_code, generations()) if area_code.isprintable() else None
        if found is None or not (actor.covers(Right.AREA_READ.value, found.path) or actor.covers(Right.FLOW_MANAGE.value, found.path)):
            raise no_right(actor, Right.FLOW_MANAGE) if not actor.holds(Right.FLOW_MANAGE.value) else Refusal(
                CaseError.FLOW_AREA, area=area_code[:40])
        place = Place(found.area_id, found.path)
    if not actor.covers(Right.FLOW_MANAGE.value, place.path):
        raise no_right(actor, Right.FLOW_MANAGE)
    return place


def here(code: str, place: Place) -> QuerySet[LocalFlow]:
    """The flows of a place itself."""
    of_place: dict[str, Any] = {"area_id": place.id}
    return LocalFlow.objects.filter(code=code, **of_place)


def stages_of(known: Mapping[str, int]) -> set[str]:
    """The names of the stage limits that the catalogue knows."""
    return {stage for stage, _ in catalogue.book(known).limits}


def _known(code: str) -> Flow:
    flow = shipped.flows().get(code)
    if flow is None:
        raise Refusal(KernelError.NOT_FOUND)
    return flow


def _version(code: str, number: int) -> Flow:
    try:
        return flow_book.version(code, number)
    except KeyError as error:
        raise Refusal(CaseError.FLOW_VERSION, flow=_known(code).name, version=number) from error


def _read(code: str, document: Mapping[str, Any]) -> Flow:
    try:
        flow = parse(document)
    except Unreadable as error:
        raise unreadable(error) from error
    if flow.code != code:
        raise Refusal(CaseError.FLOW_UNREADABLE, where="code", what=flow.code)
    return flow


def _applied(flow: Flow, edit: Mapping[str, Any]) -> Flow:
    try:
        return apply(flow, edit)
    except Unreadable as error:
        raise unreadable(error) from error
    except NoSuchRow as error:
        state = Words(STATES[error.state][0] if error.state else NO_STATE, error.state or "start")
        raise Refusal(CaseError.FLOW_ROW_THERE if error.there else CaseError.FLOW_ROW, state=state,
                      action=Words(ACTIONS[error.action][0], error.action)) from error


def unreadable(error: Unreadable) -> Refusal:
    return Refusal(CaseError.FLOW_UNREADABLE, where=error.where or "—", what=error.what or Words("（空）", "nothing"))


def _draft(code: str, place: Place, seen: int | None = None) -> LocalFlow:
    found = here(code, place).filter(state="draft").first()
    if found is None:
        raise Refusal(CaseError.FLOW_NO_DRAFT, flow=_known(code).name)
    if seen is not None and seen != found.edits:
        raise Refusal(CaseError.FLOW_EDITED)
    return found


def _end(code: str, place: Place) -> None:
    here(code, place).filter(state="published").update(state="retired", retired_at=clock.now())


def _reason(reason: str, action: Words) -> str:
    if blank(reason):
        raise Refusal(CaseError.MISSING, action=action, what=Words("理由", "reason"))
    return without_numbers(checked(reason, "理由", REASON_MOST), {})


def _standing(code: str, edits: int, flow: Flow) -> Drafted:
    return Drafted(code, edits, len(faults(flow, stages_of(generations()))))

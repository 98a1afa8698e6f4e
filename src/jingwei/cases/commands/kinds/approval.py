"""Approval (审批类, CAS-20): the community accepts, the town reviews, both publish, and what nobody objects to is granted."""

from uuid import UUID

from jingwei.cases import timing
from jingwei.cases.commands.private import opened
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.kind_errors import KindError
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Case, Publicity
from jingwei.cases.publicity import levels_above, personal
from jingwei.grids import queries as grids
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

_MARK = "publicity"


def submit(actor: Actor, case_id: UUID, *, text: str) -> Taken:
    """The community accepts the matter, says what it found and submits it to the town."""
    return take(actor, case_id, "submit", text=text)


def approve(actor: Actor, case_id: UUID, *, text: str) -> Taken:
    """The town agrees; `text`, which names nobody, is shown in the community and in the town from now on."""

    def change(moving: Moving) -> None:
        case = moving.case
        _refuse_personal(case, text)
        moving.clock = timing.clock_for(case, "publicising", moving.now, moving.generations, moving.book)
        _publish(moving, moving.told["text"])
        moving.told["until"] = moving.clock.due_at
        moving.set(filed_at=case.filed_at or moving.now, marks=with_mark(case.marks, _MARK))

    return take(actor, case_id, "approve", text=text, change=change)


def object_to(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """Somebody objected: it is no longer shown, and the town reviews again."""
    return take(actor, case_id, "object", reason=reason)


def grant(actor: Actor, case_id: UUID, *, text: str = "") -> Taken:
    """Shown to the end without objection."""

    def change(moving: Moving) -> None:
        moving.set(ended_at=moving.now, person=None)

    return take(actor, case_id, "grant", text=text, change=change)


def _refuse_personal(case: Case, text: str) -> None:
    name = str(opened(case).get("contact", {}).get("name", ""))
    what = personal(text, name)
    if what:
        raise Refusal(KindError.PERSONAL, what=Words(*what))


def _publish(moving: Moving, words: str) -> None:
    case, clock = moving.case, moving.clock
    above = levels_above(grids.above_all([case.area_now_id])[case.area_now_id])
    if len(above) < 2:
        raise Refusal(KindError.NOWHERE)
    if f"|{_MARK}|" in case.marks:
        Publicity.objects.filter(case_id=case.id, current=True).update(current=False)
    Publicity.objects.bulk_create([
        Publicity(case_id=case.id, level=level, area_id=area.area_id, words=words, began_at=moving.now,
                  until=clock.due_at if clock else None, by=moving.actor.user_id) for level, area in above.items()])

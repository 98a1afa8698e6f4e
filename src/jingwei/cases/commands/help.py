"""Help (协办): other units do a part of what one unit answers for. One case, one clock, one unit that leads.

The dispatcher asks and lets go; the unit asked signs, says what it did, or declines with the reason. The leading unit
cannot feed back while a unit still helps; whoever helped has handled the case and may neither check nor close it.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.cases import flow_book, helping, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.attach import attach
from jingwei.cases.commands.holder import active_unit
from jingwei.cases.commands.step import REASON_MOST, TEXT_MOST, Moving, duties_of, held
from jingwei.cases.errors import CaseError
from jingwei.cases.events import HelpEvent
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Case, Helping
from jingwei.cases.words import blank
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id, new_id
from jingwei.kernel.wording import Words

MOST = 20
TASK_BY_RULE = "按责任规则协同办理"


def ask_help(actor: Actor, case_id: UUID, help_id: UUID, *, unit_code: str, task: str) -> UUID:
    """Ask a unit to do a part of a case that another unit holds. `help_id`: made by the client."""
    client_id(help_id)

    def change(moving: Moving) -> None:
        _need(task, "请协办", "ask for help", "协办事项", "task")
        _ask(moving, help_id, active_unit(moving, code=unit_code), task)

    aside(actor, case_id, "ask_help", HelpEvent.ASKED, change)
    return help_id


def ask_by_rule(actor: Actor, case_id: UUID, units: Sequence[Any]) -> None:
    """Ask the units that a rule has help, for whoever dispatches by it. In the transaction of the dispatch."""
    for unit in units:
        tail, case = held(actor, case_id)
        moving = Moving(actor, case, "ask_help", clock.now(), generations())
        _ask(moving, new_id(), unit, TASK_BY_RULE)
        rows.update(case, moving.changed)
        journal.record(actor, tail, HelpEvent.ASKED, moving.told | {"by_rule": True}, area_path=case.area_path)


def _ask(moving: Moving, help_id: UUID, unit: Any, task: str) -> None:
    case = moving.case
    if case.state not in helping.OPEN_IN or case.unit_id is None:
        raise Refusal(CaseError.NOT_NOW, action=Words("请协办", "ask for help"), state=_state(case))
    asked = helping.asked_of(case.id) if helping.is_helped(case) else []
    if unit.id == case.unit_id or any(other.unit_id == unit.id for other in asked):
        raise Refusal(CaseError.HELPS_ALREADY, unit=unit.name)
    if len(asked) >= MOST:
        raise Refusal(CaseError.TOO_MANY_HELPERS, most=MOST)
    moving.tell("text", task, TEXT_MOST)
    moving.told |= {"unit": unit.id, "help": str(help_id)}
    moving.set(marks=with_mark(case.marks, helping.MARK))
    new = Helping.objects.create(
        id=help_id, case_id=case.id, unit_id=unit.id, unit_path=unit.path, state="asked", task=moving.told["text"],
        asked_by=moving.actor.user_id, asked_at=moving.now)
    helping.show_due(case, [new])


def sign_help(actor: Actor, help_id: UUID) -> None:
    """Signing twice keeps the first time."""

    def change(moving: Moving, found: Helping) -> None:
        found.signed_at = found.signed_at or moving.now
        found.save(update_fields=["signed_at"])

    _by_helper(actor, help_id, "签收协办", "sign", HelpEvent.SIGNED, change)


def finish_help(actor: Actor, help_id: UUID, *, text: str, files: Sequence[UUID] = ()) -> None:
    """The unit says what it did, with photos where it has them."""

    def change(moving: Moving, found: Helping) -> None:
        _need(text, "完成协办", "finish", "完成情况", "text")
        moving.tell("text", text, TEXT_MOST)
        attach(moving, files)
        found.signed_at = found.signed_at or moving.now
        helping.end(found, "done", moving.told["text"], actor.user_id, moving.now)

    _by_helper(actor, help_id, "完成协办", "finish", HelpEvent.DONE, change)


def decline_help(actor: Actor, help_id: UUID, *, reason: str) -> None:
    """The unit cannot; the dispatcher asks another, or nobody."""

    def change(moving: Moving, found: Helping) -> None:
        _need(reason, "退回协办", "decline", "理由", "reason")
        moving.tell("reason", reason, REASON_MOST)
        helping.end(found, "declined", moving.told["reason"], actor.user_id, moving.now)

    _by_helper(actor, help_id, "退回协办", "decline", HelpEvent.DECLINED, change)


def release_help(actor: Actor, help_id: UUID, *, reason: str) -> None:
    """Whoever may ask for help says that it is no longer needed."""
    with transaction.atomic(savepoint=False):
        case_id = _case_of(help_id)

        def change(moving: Moving) -> None:
            found = _open(help_id, "不再协办", "release")
            _need(reason, "不再协办", "release", "理由", "reason")
            moving.tell("reason", reason, REASON_MOST)
            moving.told |= {"unit": found.unit_id, "help": str(help_id)}
            helping.end(found, "released", moving.told["reason"], actor.user_id, moving.now)

        aside(actor, case_id, "release_help", HelpEvent.RELEASED, change)


def _case_of(help_id: UUID) -> UUID:
    found = Helping.objects.filter(id=help_id).values_list("case_id", flat=True).first()
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return found


def _by_helper(actor: Actor, help_id: UUID, zh: str, en: str, event: HelpEvent,
               change: Callable[[Moving, Helping], None]) -> None:
    with transaction.atomic(savepoint=False):
        case_id = _case_of(help_id)
        tail, case = held(actor, case_id)
        _permit(actor, case, Helping.objects.get(id=help_id), Words(zh, en))
        found = _open(help_id, zh, en)
        moving = Moving(actor, case, "feed_back" if event is HelpEvent.DONE else "sign", clock.now(), generations())
        moving.told |= {"unit": found.unit_id, "help": str(help_id)}
        change(moving, found)
        moving.exercise("handle")
        if moving.changed:
            rows.update(case, moving.changed)
        journal.record(actor, tail, event, moving.told, area_path=case.area_path)


def _permit(actor: Actor, case: Case, found: Helping, action: Words) -> None:
    if "handler" not in actor.roles_at(case.area_path, found.unit_path):
        raise Refusal(CaseError.WRONG_ROLE, action=action, roles=Words(workflow.ROLE_NAMES["handler"], "handler"))
    done = duties_of(case, actor)
    for earlier, later in flow_book.of(case).apart:
        if "handle" in (earlier, later) and (other := later if earlier == "handle" else earlier) in done:
            raise Refusal(CaseError.APART, action=action, earlier=Words(workflow.DUTIES[other], other))


def _open(help_id: UUID, zh: str, en: str) -> Helping:
    found = Helping.objects.get(id=help_id)
    if found.state != "asked":
        raise Refusal(CaseError.HELP_ENDED, action=Words(zh, en))
    return found


def _need(given: str, action: str, action_en: str, what: str, what_en: str) -> None:
    if blank(given):
        raise Refusal(CaseError.MISSING, action=Words(action, action_en), what=Words(what, what_en))


def _state(case: Case) -> Words:
    return Words(workflow.STATES[case.state][0], case.state.replace("_", " "))

"""Undo (撤销): who took the last step takes it back within a minute, as if it had not been; both stay told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import calling, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.step import Taken, may_see, permitted, show_due
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ACTION_OF, CaseEvent
from jingwei.cases.models import Adjustment, Case, CaseFile, Step
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


def undo(actor: Actor, case_id: UUID) -> Taken:
    """Put the case back where it stood before this person's last step. It no longer counts as a duty exercised."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"case:{case_id}")
        case = rows.read(case_id, to_change=True)
        entries = journaled.history(f"case:{case_id}")
        if case is None or not (may_see(case, actor) or _is_own(entries[-1:], actor)):
            raise Refusal(KernelError.NOT_FOUND)
        action = _may_be_undone(entries, actor)
        told, moved_at, came_from = orjson.loads(entries[-1].data), case.state_at, case.state
        _put_back(case, told["before"])
        permitted(case, actor, action)  # who has lost the post since may not take it back either
        _put_back_adjustments(case, entries, came_from, moved_at)
        files = _detach_files(case, entries)
        show_due(case)
        if case.phone_hash and "closed" in (came_from, case.state):
            calling.show_due(case)
        journal.record(actor, tail, CaseEvent.UNDONE, {
            "undoes": entries[-1].number, "action": action, "at": entries[-1].at, "from": came_from, "to": case.state,
            "step": case.step, "files": files}, area_path=case.area_path)
        return Taken(case.id, case.number, case.state, case.due_at)


def until(entry: journaled.Seen) -> datetime:
    """The end of the time in which an entry's step can be undone."""
    return entry.at + timedelta(seconds=workflow.UNDO_SECONDS)


def undoable(entries: Sequence[journaled.Seen], actor: Actor) -> str:
    """The action of the last entry if this person may still undo it, else ''."""
    try:
        return _may_be_undone(entries, actor)
    except Refusal:
        return ""


def _may_be_undone(entries: Sequence[journaled.Seen], actor: Actor) -> str:
    if not _is_own(entries[-1:], actor):
        raise Refusal(CaseError.UNDO_NOT_YOURS)
    action = ACTION_OF.get(entries[-1].verb, "")
    if action not in workflow.UNDOABLE or "before" not in orjson.loads(entries[-1].data):
        raise Refusal(CaseError.UNDO_NEVER, action=Words(
            *((workflow.ACTIONS[action][0], action.replace("_", " ")) if action else ("撤销、查看或导入", "undo, show or import"))))
    if clock.now() > until(entries[-1]):
        raise Refusal(CaseError.UNDO_TOO_LATE, seconds=workflow.UNDO_SECONDS)
    return action


def _is_own(last: Sequence[journaled.Seen], actor: Actor) -> bool:
    return bool(last) and actor.user_id is not None and last[0].actor == actor.user_id


def _put_back(case: Case, before: dict[str, Any]) -> None:
    values = rows.from_told(before)
    if "unit_id" in values:
        unit = accounts.unit_book(generations()).get(values["unit_id"])
        values["unit_path"] = unit.path if unit else ""
    for name, value in values.items():
        setattr(case, name, value)
    if values:
        rows.update(case, values)
    if "step" in values:
        Step.objects.filter(case_id=case.id, number=values["step"]).delete()


def _put_back_adjustments(case: Case, entries: Sequence[journaled.Seen], left: str, moved_at: datetime) -> None:
    """What lapsed or ended with the step waits or runs again."""
    if case.asked and case.state_at != moved_at:
        asked_at = next(orjson.loads(entry.data)["asked_at"] for entry in reversed(entries)
                        if entry.verb in (CaseEvent.EXTENSION_ASKED.value, CaseEvent.SUSPENSION_ASKED.value))
        Adjustment.objects.filter(case_id=case.id, state="lapsed", at=moved_at).update(
            state="asked", at=datetime.fromisoformat(asked_at))
    if case.state == "suspended" != left:
        Adjustment.objects.filter(case_id=case.id, kind="suspension", state="granted", ended_at=moved_at).update(
            ended_at=None)


def _detach_files(case: Case, entries: Sequence[journaled.Seen]) -> list[str]:
    """Take away the files that came with the step; one that an earlier step had brought stays."""
    there: set[str] = set()
    for entry in entries[:-1]:
        files = orjson.loads(entry.data).get("files", [])
        there = there - set(files) if entry.verb == CaseEvent.UNDONE.value else there | set(files)
    own = [file_id for file_id in orjson.loads(entries[-1].data).get("files", []) if file_id not in there]
    if own:
        CaseFile.objects.filter(case_id=case.id, file_id__in=own).delete()
    return own

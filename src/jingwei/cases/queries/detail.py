"""One case with what happened to it and what this person may do now."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import F

from jingwei.accounts import queries as accounts
from jingwei.cases import beside, flow_book, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.step import duties_of, facts_of, may_see, roles_towards, signs_of
from jingwei.cases.commands.undo import undoable, until
from jingwei.cases.events import EVENT_OF, SAID, CaseEvent, MeetingEvent, MergeEvent, StandstillEvent
from jingwei.cases.marks import marks_of
from jingwei.cases.models import Adjustment, Case, CaseFile
from jingwei.cases.queries import proof
from jingwei.cases.queries.waiting import waits_for
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.registry import queries as registry

_SAID = {event.value: said for event, said in SAID.items()}
_SAID |= {event.value: workflow.ACTIONS[action][1] for action, event in EVENT_OF.items()}
_SAID |= {CaseEvent.IMPORTED.value: "从原系统导入", CaseEvent.REVEALED.value: "查看了联系方式",
          CaseEvent.UNDONE.value: "撤销了上一步", CaseEvent.TASK_PASSED.value: "因人员交接转交了任务"}
_SAID |= {MergeEvent.MERGED.value: "并入 {number}，随其办理", MergeEvent.TOOK_IN.value: "{number} 并入本案",
          MergeEvent.UNMERGED.value: "从 {number} 拆出，恢复单独办理", MergeEvent.LET_GO.value: "{number} 从本案拆出",
          MergeEvent.FOLLOWED.value: "主办案件 {number} 有了结果：{state}"}
_SAID |= {StandstillEvent.RENEWAL_ASKED.value: "申请延长挂账", StandstillEvent.RENEWED.value: "延长了挂账",
          StandstillEvent.ENDS_SOON.value: "提醒：挂账将到期", MeetingEvent.ON_CASE.value: "会议 {number} 决定"}


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """Everything the page of one case shows; times aware in UTC, names beside ids."""

    case: dict[str, Any]
    actions: list[dict[str, Any]]
    beside: list[dict[str, str]]
    timeline: list[dict[str, Any]]
    files: list[dict[str, Any]]
    adjustments: list[dict[str, Any]]
    undo: dict[str, Any] | None


def seen_case(actor: Actor, case_id: UUID) -> Case:
    """The case, or the same refusal whether it does not exist or lies outside what the actor may see."""
    case = rows.read(case_id)
    if case is None or not may_see(case, actor):
        raise Refusal(KernelError.NOT_FOUND)
    return case


def detail(actor: Actor, case_id: UUID) -> CaseDetail:
    """Five statements beside signing in: generations, case, entries, files, adjustments; one more for a part it names."""
    known = journal.generations()
    entries = journal.history(f"case:{case_id}")  # before the case: what comes between is seen later, never left out
    case = seen_case(actor, case_id)
    names = accounts.names_of({entry.actor for entry in entries if entry.actor}, known)
    units, book = accounts.unit_book(known), catalogue.book(known)
    return CaseDetail(
        case=_columns(case, book, units, grids.place_of(case.area_now_id, known)),
        actions=_buttons(case, actor, book),
        beside=[{"deed": deed, "name": beside.DEEDS[deed].name}
                for deed in beside.possible(case.state, roles_towards(case, actor), marks_of(case.marks))],
        timeline=proof.beside(_timeline(entries, names, units), entries, case, actor),
        files=[dict(row) for row in CaseFile.objects.filter(case_id=case_id).order_by("id").values(
            "file_id", "action", "shot", name=F("file__name"), kind=F("file__kind"), media_type=F("file__media_type"),
            added_at=F("file__added_at"))],
        adjustments=[dict(row) for row in Adjustment.objects.filter(case_id=case_id).order_by("id").values(
            "kind", "state", "value", "unit", "began_at", "ended_at", "reason", "at", "until", "season", "resume_at", "renew_until",
            "renew_reason")],
        undo=_undo(entries, actor),
    )


def _columns(case: Case, book: Any, units: dict[Any, Any], area: Any) -> dict[str, Any]:
    found = book.classes.get(case.class_entry_id)
    condition = book.conditions.get(case.condition_id)
    unit = units.get(case.unit_id)
    shown = {name: getattr(case, name) for name in (
        "id", "number", "county", "profile", "state", "level", "channel", "text", "place", "lon", "lat", "reported_at",
        "filed_at", "dispatched_at", "fed_back_at", "ended_at", "state_at", "due_at", "limit_value", "limit_unit",
        "verified", "checked", "signed_at", "asked", "returns", "reworks")}
    return shown | {
        "part": _part(case),
        "state_name": workflow.STATES[case.state][0],
        "area": area.code if area else "", "area_name": area.name if area else "",
        "class_code": found.full_code if found else "",
        "class_name": found.name if found else "",
        "condition": condition.text if condition else "", "closing": condition.closing if condition else "",
        "unit": unit.code if unit else "", "unit_name": unit.name if unit else "",
        "late": case.due_at is not None and case.due_at < clock.now(),
        "has_contact": case.private is not None, "marks": marks_of(case.marks),
        "waits_for": waits_for(case.state, case.class_entry_id, case.area_path, book),
    }


def _part(case: Case) -> dict[str, Any] | None:
    """The part that it is about, in the words of the register. No statement where it names none."""
    if case.part_id is None:
        return None
    part = registry.called({case.part_id}).get(case.part_id)
    return {"id": case.part_id, "number": part.number, "name": part.name, "state_name": part.state_name} if part else None


def _buttons(case: Case, actor: Actor, book: Any) -> list[dict[str, Any]]:
    """Exactly what this person may do now; `usual` marks the one step that ordinarily comes next, if it is theirs.

    `photos`: which the class asks for with it, none for most.
    """
    flow = flow_book.of(case)
    possible = flow.possible(case.state, roles_towards(case, actor), duties=duties_of(case, actor), facts=facts_of(case, actor))
    usual = flow.usual_step(case.state, [row.action for row in possible], signs_of(case))
    return [{"action": row.action, "name": workflow.ACTIONS[row.action][0], "to": row.to, "asks": list(row.asks),
             "usual": row.action == usual, "photos": proof.photos_asked(case, row.action, book)} for row in possible]


def _undo(entries: list[journal.Seen], actor: Actor) -> dict[str, Any] | None:
    """What this person may take back now, and until when."""
    action = undoable(entries, actor)
    return {"action": action, "name": workflow.ACTIONS[action][0], "until": until(entries[-1])} if action else None


def _timeline(entries: list[journal.Seen], names: dict[UUID, str], units: dict[Any, Any]) -> list[dict[str, Any]]:
    """Every entry; `undone` where it was taken back later."""
    lines = [_told(entry, names, units) for entry in entries]
    undone = {orjson.loads(entry.data)["undoes"] for entry in entries if entry.verb == CaseEvent.UNDONE.value}
    return [{**line, "undone": line["number"] in undone} for line in lines]


def _told(entry: journal.Seen, names: dict[UUID, str], units: dict[Any, Any]) -> dict[str, Any]:
    data = orjson.loads(entry.data)
    unit = units.get(data.get("unit"))
    return {
        "number": entry.number, "verb": entry.verb, "said": _said(entry.verb, data), "at": entry.at,
        "by": names.get(entry.actor, "") if entry.actor else "", "via": entry.via,
        "from": data.get("from", ""), "to": data.get("to", ""), "reason": data.get("reason", ""),
        "text": data.get("text", ""), "unit_name": unit.name if unit else "", "files": data.get("files", []),
        "was_due": data.get("was_due", ""), "until": data.get("until", ""), "by_itself": data.get("by_itself", False),
    }


def _said(verb: str, data: dict[str, Any]) -> str:
    """What happened in words; what concerns another case names it."""
    state = data.get("state", "")
    return _SAID.get(verb, verb).format(number=data.get("number", ""), state=workflow.STATES[state][0] if state else "")

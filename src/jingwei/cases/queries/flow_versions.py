"""The versions of flows, the draft of one, and the words that the editor of flows offers."""

from typing import Any
from uuid import UUID

from django.db.models import Count

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow
from jingwei.cases import flow_book, shipped, workflow
from jingwei.cases.commands.flow import here, place_of, stages_of, unreadable
from jingwei.cases.errors import CaseError
from jingwei.cases.flow import Flow
from jingwei.cases.flow_check import Finding, check
from jingwei.cases.flow_deeds import BEARS, duty_of, must_need, targets
from jingwei.cases.flow_document import Unreadable, parse, to_document
from jingwei.cases.flow_edit import NO_STATE, differences
from jingwei.cases.models import Case, LocalFlow
from jingwei.cases.queries.filters import OPEN
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal


def flow_list() -> list[dict[str, str]]:
    """The flows there are."""
    return [{"code": code, "name": flow.name} for code, flow in shipped.flows().items()]


def flow_sheet(code: str, *, area_code: str = "", version: int | None = None) -> dict[str, Any]:
    """A version, or what is in force in an area, with the names that people read."""
    return sheet_of(_asked(code, area_code, version))


def flow_document(code: str, *, area_code: str = "", version: int | None = None) -> dict[str, Any]:
    """The same as the document that can be taken in again."""
    return to_document(_asked(code, area_code, version))


def flow_versions(actor: Actor, code: str, area_code: str = "") -> list[dict[str, Any]]:
    """Every version, newest first, with how many open cases within reach run by it. For who may manage flows there."""
    place = place_of(actor, area_code)
    if code not in shipped.flows():
        raise Refusal(KernelError.NOT_FOUND)
    in_force = flow_book.in_force(code, place.path, generations()).version
    running = narrow(Case.objects.filter(state__in=OPEN, profile=code), actor, Right.CASE_READ, area="area_path", unit="unit_path")
    counts = dict(running.order_by().values_list("profile_version").annotate(Count("id")))
    rows = list(LocalFlow.objects.filter(code=code, version__isnull=False).order_by("-version").select_related("area"))
    names = accounts.names_of({row.published_by for row in rows})
    local = [_version_told(row, names) for row in rows]
    own = [{
        "version": flow.version, "version_name": version_name(flow.version), "name": flow.name, "state": "shipped", "area": "",
        "area_name": "", "based_on": "", "reason": "", "by": "", "published_at": None, "retired_at": None}
        for flow in sorted(shipped.versions().values(), key=lambda flow: -flow.version) if flow.code == code]
    return [{**one, "running": counts.get(one["version"], 0), "in_force": one["version"] == in_force} for one in (*local, *own)]


def _version_told(row: LocalFlow, names: dict[UUID, str]) -> dict[str, Any]:
    number = row.version or 0
    return {
        "version": number, "version_name": version_name(number), "name": row.document["name"], "state": row.state,
        "area": row.area.code if row.area else "", "area_name": row.area.name if row.area else "", "based_on": version_name(row.based_on),
        "reason": row.reason, "by": names.get(row.published_by, "") if row.published_by else "", "published_at": row.published_at,
        "retired_at": row.retired_at}


def flow_draft(actor: Actor, code: str, area_code: str = "") -> dict[str, Any] | None:
    """The draft of an area, if there is one: what it says, what is found in it, and what is different from what is in force."""
    place = place_of(actor, area_code)
    draft = here(code, place).filter(state="draft").first()
    if draft is None:
        if code not in shipped.flows():
            raise Refusal(KernelError.NOT_FOUND)
        return None
    known = generations()
    flow, in_force = parse(draft.document), flow_book.in_force(code, place.path, known)
    names = accounts.names_of({draft.made_by}, known)
    found = check(flow, stages_of(known))
    return {
        "sheet": sheet_of(flow), "edits": draft.edits, "undoable": len(draft.past), "based_on": version_name(draft.based_on),
        "in_force": version_name(in_force.version), "by": names.get(draft.made_by, "") if draft.made_by else "", "made_at": draft.made_at,
        "findings": [{"code": each.code, "grade": each.grade, "state": each.state, "action": each.action, "text": each.zh} for each in found],
        "differences": differences(in_force, flow)}


def flow_findings(document: Any) -> list[Finding]:
    """What the check finds in a document. Refuses one that cannot be read."""
    try:
        return check(parse(document), stages_of(generations()))
    except Unreadable as error:
        raise unreadable(error) from error


def editor_words() -> dict[str, Any]:
    """What the editor offers: what each action can do and must have, needs, what can be asked, limits, duties."""
    return {
        "posts": workflow.ROLE_NAMES, "needs": workflow.NEEDS, "asks": workflow.ASKS, "signs": workflow.SIGNS, "duties": workflow.DUTIES,
        "channels": workflow.CHANNEL_NAMES, "states": {code: name for code, (name, _) in workflow.STATES.items()},
        "state_kinds": {code: kind for code, (_, kind) in workflow.STATES.items()}, "start": NO_STATE,
        "stages": sorted(stages_of(generations())),
        "actions": {action: {
            "name": workflow.ACTIONS[action][0], "must": list(bears.must), "may": list(bears.may),
            "ways": {state: {
                "duty": duty_of(state, action), "needs": list(must_need(state, action)), "to": list(targets(state, action, levels=False)),
                "to_with_levels": list(targets(state, action, levels=True))} for state in bears.ways},
        } for action, bears in BEARS.items()}}


def sheet_of(flow: Flow) -> dict[str, Any]:
    """Everything that a flow says, codes and names."""
    rows = [{
        "state": row.state, "state_name": workflow.STATES[row.state][0] if row.state else NO_STATE, "action": row.action,
        "action_name": workflow.ACTIONS[row.action][0], "posts": list(row.posts), "roles": [workflow.ROLE_NAMES[post] for post in row.posts],
        "to": row.to, "to_name": workflow.STATES[row.to][0], "duty": row.duty, "duty_name": workflow.DUTIES[row.duty],
        "needs": list(row.needs), "asks": list(row.asks)} for row in flow.rows]
    return {
        "code": flow.code, "name": flow.name, "version": flow.version, "version_name": version_name(flow.version), "levels": flow.levels,
        "rows": rows, "apart": [list(pair) for pair in flow.apart], "clocks": dict(flow.clocks),
        "usual": [{"state": step.state, "action": step.action, "signs": list(step.signs)} for step in flow.usual],
        "verify_first": list(flow.verify_first)}


def version_name(number: int) -> str:
    """As people call a version."""
    return f"本地第 {number - flow_book.LOCAL_FROM + 1} 版" if number >= flow_book.LOCAL_FROM else f"随产品第 {number} 版"


def _asked(code: str, area_code: str, version: int | None) -> Flow:
    if code not in shipped.flows():
        raise Refusal(KernelError.NOT_FOUND)
    if version is not None:
        try:
            return flow_book.version(code, version)
        except KeyError as error:
            raise Refusal(CaseError.FLOW_VERSION, flow=shipped.flows()[code].name, version=version) from error
    found = grids.place_by_code(area_code) if area_code and area_code.isprintable() else None
    if area_code and found is None:
        raise Refusal(CaseError.FLOW_AREA, area=area_code[:40])
    return flow_book.in_force(code, found.path if found else "", generations())



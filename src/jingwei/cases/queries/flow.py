"""A flow as rows, for screens and pages that draw it."""

from typing import Any

from jingwei.cases import marks, shipped, workflow
from jingwei.cases.flow import Flow
from jingwei.kernel.errors import KernelError, Refusal


def flow_table(profile: str) -> list[dict[str, Any]]:
    """Every row of the flow in force with the names that people read."""
    if profile not in shipped.flows():
        raise Refusal(KernelError.NOT_FOUND)
    return table_of(shipped.flows()[profile])


def table_of(flow: Flow) -> list[dict[str, Any]]:
    """Every row of a flow with the names that people read."""
    return [
        {"state": row.state, "state_name": workflow.STATES.get(row.state, ("", ""))[0], "action": row.action,
         "action_name": workflow.ACTIONS[row.action][0], "roles": [workflow.ROLE_NAMES[role] for role in row.posts],
         "to": row.to, "to_name": workflow.STATES[row.to][0], "needs": list(row.needs), "asks": list(row.asks)}
        for row in flow.rows]


def flow_names() -> dict[str, str]:
    """Flows by code with the names that people read."""
    return {code: flow.name for code, flow in shipped.flows().items()}


def words() -> dict[str, dict[str, str]]:
    """What states, their kinds, actions, channels and marks are called on screens, by code."""
    return {
        "states": {code: name for code, (name, _) in workflow.STATES.items()},
        "state_kinds": {code: kind for code, (_, kind) in workflow.STATES.items()},
        "actions": {code: name for code, (name, _) in workflow.ACTIONS.items()},
        "channels": dict(workflow.CHANNEL_NAMES), "marks": {code: name for code, name in marks.NAMES.items() if name}}

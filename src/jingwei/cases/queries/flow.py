"""The flow profile as rows, for screens that draw it."""

from typing import Any

from jingwei.cases import marks, workflow
from jingwei.kernel.errors import KernelError, Refusal


def flow_table(profile: str) -> list[dict[str, Any]]:
    """Every row of the profile with the names that people read."""
    if profile not in workflow.PROFILES:
        raise Refusal(KernelError.NOT_FOUND)
    return [
        {"state": row[0], "state_name": workflow.STATES.get(row[0], ("", ""))[0], "action": row[1],
         "action_name": workflow.ACTIONS[row[1]][0], "roles": [workflow.ROLE_NAMES[role] for role in row[2]],
         "to": row[3], "to_name": workflow.STATES[row[3]][0], "needs": list(row[5]), "asks": list(row[6])}
        for row in workflow.rows_of(profile)]


def flow_names() -> dict[str, str]:
    """Profiles by code with the names that people read."""
    return {code: str(profile["name"]) for code, profile in workflow.PROFILES.items()}


def words() -> dict[str, dict[str, str]]:
    """What states, their kinds, actions, channels and marks are called on screens, by code."""
    return {
        "states": {code: name for code, (name, _) in workflow.STATES.items()},
        "state_kinds": {code: kind for code, (_, kind) in workflow.STATES.items()},
        "actions": {code: name for code, (name, _) in workflow.ACTIONS.items()},
        "channels": dict(workflow.CHANNEL_NAMES), "marks": dict(marks.NAMES)}

"""How many cases wait at which stage."""

from typing import Any

from jingwei.cases import workflow
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.worklist import queries as worklist


def stages(actor: Actor | None) -> list[dict[str, Any]]:
    """Open cases by stage in the order of the flow: within the actor's reach, or all of them for nobody in particular."""
    counts = worklist.counts(actor, clock.now())
    return [{"state": state, "name": name, "count": counts[state][0], "late": counts[state][1]}
            for state, (name, _) in workflow.STATES.items() if state in counts]

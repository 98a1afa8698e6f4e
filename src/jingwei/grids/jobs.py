"""What grids does by itself."""

from django_tasks import task

from jingwei.accounts.queries import Right
from jingwei.grids import commands
from jingwei.journal.ports import every
from jingwei.kernel.actor import Actor, Grant

_PUBLISHER = Actor(None, "grids.plans", (Grant("job", "", frozenset({Right.PLAN_PUBLISH.value})),), via="job")
_PROPOSER = Actor(None, "grids.proposals", (Grant("job", "", frozenset({Right.AREA_MANAGE.value})),), via="job")


@every(minutes=1)
@task(outside=True)
def publish_due() -> dict[str, str]:
    """Publish the drafts whose day has come; why one was not is told with the plan."""
    return {str(plan): why for plan, why in commands.publish_due(_PUBLISHER).items()}


@task(outside=True, tries=3)
def propose(proposal_id: int) -> str:
    """Run the partition engine for a proposal. Returns what state it ended in."""
    return commands.run_proposal(_PROPOSER, proposal_id)


@task(outside=True, tries=3)
def weigh(plan_id: int) -> int:
    """Count again what stands in the units of a plan. Returns how many there are."""
    return commands.weigh_plan(plan_id)


@task
def move_work(sheet_id: int) -> int:
    """Move open work when the day of a hand-over begins; enqueued by those that were arranged beforehand."""
    return commands.move_work(Actor(None, "grids.hand_over", via="job"), sheet_id)

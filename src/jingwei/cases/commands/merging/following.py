"""What becomes of the leading case is told to everybody whose report is part of it."""

from uuid import UUID

from jingwei.cases.events import MergeEvent
from jingwei.cases.models import Case, Merged
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor

_FOLLOWER = Actor(None, "cases.merged", via="job")


def follow(leader_id: UUID, verb: str) -> int:
    """One entry for each case that is part of `leader_id`, saying what happened to it. Returns how many. Called by a
    reader of the journal, inside its transaction.
    """
    members = list(Merged.objects.filter(leader_id=leader_id).order_by("case_id").values_list("case_id", "case__area_path"))
    if not members:
        return 0
    leader = Case.objects.only("number", "state").get(id=leader_id)
    for case_id, area_path in members:
        journal.record_new(_FOLLOWER, f"case:{case_id}", MergeEvent.FOLLOWED, {
            "leader": str(leader_id), "number": leader.number, "state": leader.state, "verb": verb}, area_path=area_path)
    return len(members)

"""The change feed: what happened to the cases one may see, by position, for desks and phones that poll."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.accounts.queries import Right, narrow
from jingwei.cases.models import Case
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor
from jingwei.notices.queries import counting_unread

BATCH = 200
AGAIN_SECONDS = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One entry about a visible case; ask for the case itself to see how it stands."""

    position: int
    case_id: UUID
    verb: str
    at: datetime


def changes(actor: Actor, after: int) -> dict[str, Any]:
    """Entries after a position. `position`: where to go on, also when nothing of it was visible.

    A position smaller than the one asked with is the true last one: the other came from another home, or this home was
    restored from a backup; who kept anything by it reads it anew. One statement when nothing is new; `again_in`:
    seconds until the next question (0: more is waiting); `unread`: one's own messages, for the bell.
    """
    seen, last, unread = journal.after(after, BATCH, beside=counting_unread(actor))
    if not seen:
        return {"position": min(after, last), "again_in": AGAIN_SECONDS, "unread": unread, "changes": []}
    cases = {entry.position: UUID(entry.subject[5:]) for entry in seen if entry.subject.startswith("case:")}
    visible = narrow(Case.objects.filter(id__in=set(cases.values())), actor, Right.CASE_READ,
                     area="area_path", unit="unit_path")
    ids = set(visible.values_list("id", flat=True))
    told = [Change(entry.position, cases[entry.position], entry.verb, entry.at)
            for entry in seen if cases.get(entry.position) in ids]
    return {"position": seen[-1].position, "again_in": 0 if len(seen) == BATCH else AGAIN_SECONDS, "unread": unread, "changes": told}

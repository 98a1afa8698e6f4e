"""What waits for somebody: the open cases whose usual next step is theirs, urged ones first, then soonest due."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from jingwei.cases import due_kinds, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.cases.queries.filters import known_states
from jingwei.cases.queries.listing import MOST, Page, lines_of
from jingwei.cases.queries.newest import COLUMNS
from jingwei.cases.queries.referral import referral_due
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.worklist import queries as worklist

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def todo(actor: Actor, *, states: Sequence[str] = (), after: str = "", limit: int = 50) -> Page:
    """One page. Three statements beside signing in: what waits, its cases, generations."""
    limit = max(1, min(limit, MOST))
    kinds = known_states(states) or list(workflow.STATES)  # what is due beside cases has lists of its own
    waiting = worklist.waiting(actor, kinds=kinds, limit=limit + 1, after=_opened(after) if after else None)
    more = len(waiting) > limit
    waiting = waiting[:limit]
    ids = [UUID(due.subject.removeprefix("case:")) for due in waiting]
    found = {row["id"]: row for row in Case.objects.filter(id__in=ids).values(*COLUMNS)}
    lines = lines_of([found[case_id] for case_id in ids if case_id in found], generations())
    return Page(lines, _cursor(waiting[-1]) if more else None)


def todo_counts(actor: Actor) -> list[dict[str, Any]]:
    """The same set by state, in the order of the flow. One statement beside signing in."""
    counts = worklist.waiting_counts(actor, clock.now())
    return [{"state": state, "name": name, "count": counts[state][0], "late": counts[state][1]}
            for state, (name, _) in workflow.STATES.items() if state in counts]


def other_due(actor: Actor) -> list[dict[str, Any]]:
    """What else waits for this person, by kind, with where the desk lists it. Two statements beside signing in."""
    counts = worklist.waiting_counts(actor, clock.now())
    found = [{"kind": kind, "name": name, "to": to, "count": counts[kind][0], "late": counts[kind][1]}
             for kind, (name, to) in due_kinds.KINDS.items() if kind in counts]
    return found + referral_due(actor)


def _cursor(due: worklist.Due) -> str:
    micros = "" if due.due_at is None else (due.due_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{int(due.urged)}.{micros}.{due.subject.removeprefix('case:')}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[bool, datetime | None, str]:
    try:
        urged, micros, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        at = _EPOCH + timedelta(microseconds=int(micros)) if micros else None
        return bool(int(urged)), at, f"case:{UUID(last)}"
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Refusal(CaseError.UNKNOWN_PAGE, value=cursor[:40]) from error

"""Who may be given a task on the spot: the grid workers of the place, the one who answers for it today first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import nearest
from jingwei.cases.commands import second
from jingwei.cases.commands.step import permitted
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.cases.nearest import Worker
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.similar import metres_between
from jingwei.grids import queries as grids
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.worklist import queries as worklist

# action that gives the task -> duty of who does it
TASKS = {"ask_verify": "verify", "confirm": "check"}
MOST = 100
_ON_THE_SPOT = ("verifying", "checking")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`post`: main, deputy, member, or '' for one who is not posted. `on_duty`: answers for the place now.

    `why`: by which rule, in words; `said`: all that speaks for and against them. `proposed`: whom the service would ask.
    """

    id: UUID
    name: str
    post: str
    post_name: str
    area_name: str
    on_duty: bool
    why: str
    said: str
    proposed: bool


def candidates(actor: Actor, case_id: UUID, action: str) -> list[Candidate]:
    """For whoever may give the task now. Left out: who may not do it because of what they did on this case before."""
    case = seen_case(actor, case_id)
    if action not in TASKS:
        raise Refusal(CaseError.UNKNOWN_ACTION, action=action[:40])
    permitted(case, actor, action)
    workers = nearest.arranged(_workers(case, TASKS[action]))[:MOST]
    first = nearest.proposed(workers)
    return [Candidate(one.id, one.name, one.post, nearest.POSTS[one.post], one.area_name, one.answers, nearest.why(one),
                      nearest.said(one), one.id == first) for one in workers]


def _workers(case: Case, duty: str) -> Iterable[Worker]:
    kept_off = second.kept_off(case, duty)
    names = {user: name for user, name in accounts.holders("supervisor", case.area_path).items() if str(user) not in kept_off}
    best: dict[UUID, grids.Answering] = {}
    for posting in grids.posted(case.area_now_id, also=set(names)):
        known = best.setdefault(posting.user_id, posting)
        if not known.here and posting.on_duty and not known.on_duty:
            best[posting.user_id] = posting
    middles = grids.middles({one.area_id for one in best.values() if not one.here})
    away, held = grids.away(names), worklist.held_by(names, _ON_THE_SPOT)
    # a main of the street does not answer where the grid has its own
    answering = next((user for user, one in best.items() if one.here and one.on_duty and user in names), None)
    reported = case.duties.get("report", [])
    for user, name in names.items():
        about: dict[str, Any] = {"held": held.get(user, 0), "away": user in away, "reported": str(user) in reported}
        if user not in best:
            yield Worker(user, name, **about)
            continue
        one = best[user]
        middle = middles.get(one.area_id)
        metres = 0.0 if one.here else metres_between(case.lon, case.lat, *middle) if middle else None
        yield Worker(user, name, one.post, one.area_name, one.here, user == answering, one.on_duty, one.why, metres, **about)

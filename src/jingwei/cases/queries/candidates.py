"""Who may be given a task on the spot: the grid workers of the place, the one who answers for it today first."""

from dataclasses import dataclass
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import flow_book
from jingwei.cases.commands.step import permitted
from jingwei.cases.errors import CaseError
from jingwei.cases.queries.detail import seen_case
from jingwei.grids import queries as grids
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

# action that gives the task -> duty of who does it
TASKS = {"ask_verify": "verify", "confirm": "check"}
MOST = 100

POSTS = {"main": "A岗", "deputy": "B岗", "member": "组员", "": "网格员"}
_WHY = {"shift": "按值班表此刻在班", "main": "今天负责这里", "stands_in": "A岗今天不在，由其顶岗", "no_main": "这里没有A岗，由其负责"}
_NOT_ON_DUTY = "在这里有岗位，今天不由其负责"
_IN_REACH = "责任范围包括这里"


@dataclass(frozen=True, slots=True)
class Candidate:
    """`post`: main, deputy, member, or '' for one who is not posted here. `why`: in words."""

    id: UUID
    name: str
    post: str
    post_name: str
    area_name: str
    on_duty: bool
    why: str


def candidates(actor: Actor, case_id: UUID, action: str) -> list[Candidate]:
    """For whoever may give the task now. Left out: who may not do it because of what they did on this case before."""
    case = seen_case(actor, case_id)
    if action not in TASKS:
        raise Refusal(CaseError.UNKNOWN_ACTION, action=action[:40])
    permitted(case, actor, action)
    kept_off = {person for duty in flow_book.of(case).keeps_off(TASKS[action]) for person in case.duties.get(duty, [])}
    names = {user: name for user, name in accounts.holders("supervisor", case.area_path).items() if str(user) not in kept_off}
    found: dict[UUID, Candidate] = {}
    answered = False
    for one in grids.posted(case.area_now_id):
        if one.user_id in names and one.user_id not in found:
            first = one.on_duty and not answered  # a main of the street does not answer where the grid has its own
            answered = answered or first
            found[one.user_id] = Candidate(
                one.user_id, names[one.user_id], one.post, POSTS[one.post], one.area_name, first,
                _WHY.get(one.why, _NOT_ON_DUTY) if first else _NOT_ON_DUTY)
    rest = [Candidate(user, name, "", POSTS[""], "", False, _IN_REACH) for user, name in names.items() if user not in found]
    return [*sorted(found.values(), key=lambda one: not one.on_duty), *rest][:MOST]

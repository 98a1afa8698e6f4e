"""The second person: what is said where somebody's earlier deed on a case keeps them off its task on the spot."""

from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import flow_book, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.cases.task_errors import TaskError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

DUTY_OF = {"verify_true": "verify", "verify_false": "verify", "check_pass": "check", "check_fail": "check"}
_NAMED = 3


def kept_off(case: Case, duty: str) -> dict[str, str]:
    """Whose earlier deed keeps them off a duty on this case: id as text → that deed."""
    keeping = flow_book.of(case).keeps_off(duty)
    return {person: earlier for earlier in keeping for person in case.duties.get(earlier, [])}


def refusal(case: Case, action: str, shown: str, earlier: str) -> Refusal:
    """Why the flow keeps a person off an action. A task on the spot goes to another, who is named; one statement then."""
    named = duty_named(earlier)
    if action not in DUTY_OF:
        return Refusal(CaseError.APART, action=shown, earlier=named)
    return Refusal(TaskError.SECOND_PERSON, action=shown, earlier=named, who=who_may(case, DUTY_OF[action]))


def refusal_to_give(case: Case, person: UUID, duty: str, earlier: str) -> Refusal:
    name = accounts.names_of({person}).get(person, "")
    return Refusal(TaskError.KEPT_OFF, name=name, earlier=duty_named(earlier), task=duty_named(duty), who=who_may(case, duty))


def who_may(case: Case, duty: str) -> Words:
    """The grid workers of the place whom nothing keeps off, a few of them by name."""
    off = kept_off(case, duty)
    names = [name for user, name in accounts.holders("supervisor", case.area_path).items() if str(user) not in off]
    if not names:
        return Words("这里没有别的网格员可以去。请联系网格管理员增派人员，或请邻近网格支援。",
                     "No other grid worker answers for this place. Ask the area administrator to send one.")
    some = "、".join(names[:_NAMED])
    return Words(f"可以由{some}{f'等 {len(names)} 人' if len(names) > _NAMED else ''}去做。",
                 f"{', '.join(names[:_NAMED])}{f' and {len(names) - _NAMED} more' if len(names) > _NAMED else ''} may do it.")


def duty_named(duty: str) -> Words:
    zh = workflow.DUTIES[duty]
    return Words(zh, duty.replace("_", " "), zh)

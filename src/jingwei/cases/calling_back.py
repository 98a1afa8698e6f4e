"""Calls back (回访): which closed cases ask for one, what may come of it, when it is over. Pure."""

from collections.abc import Collection, Iterable

from jingwei.cases.marks import with_mark, without_mark

MARK, DONE = "callback", "called"
KIND = "callback"
POSTS = ("acceptor", "shift_leader")
TRIES = 3
OUTCOMES: dict[str, str] = {"satisfied": "满意", "not": "不满意", "unreached": "没有联系上"}


def wanted(channel: str, has_phone: bool, channels: Collection[str]) -> bool:
    """Whether the reporter of a case closed now is called. `channels`: those of which that is asked."""
    return has_phone and channel in channels


def is_over(outcome: str, earlier: Iterable[str]) -> bool:
    """Whether nobody has to call any more: the reporter answered, or was not reached for the third time."""
    return outcome != "unreached" or sum(each == "unreached" for each in earlier) + 1 >= TRIES


def ended(marks: str) -> str:
    """The column once nobody has to call any more."""
    return with_mark(without_mark(marks, MARK), DONE)


def forgotten(marks: str) -> str:
    """The column of a case that is at work again: it is called about anew when it is closed anew."""
    return without_mark(without_mark(marks, MARK), DONE)


def rate(satisfied: int, dissatisfied: int) -> int | None:
    """Satisfied of those who answered, in percent; nothing where nobody answered."""
    answered = satisfied + dissatisfied
    return (satisfied * 200 + answered) // (2 * answered) if answered else None

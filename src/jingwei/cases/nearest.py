"""Who is proposed for a task on the spot, and the words that say why. Pure.

What counts is where somebody is posted and whether they answer there now, never where they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

POSTS = {"main": "A岗", "deputy": "B岗", "member": "组员", "": "网格员"}
_ORDER = ("main", "deputy", "member", "")

_WHY = {"shift": "按值班表此刻在班", "main": "今天负责这里", "stands_in": "A岗今天不在，由其顶岗", "no_main": "这里没有A岗，由其负责"}
_NOT_ON_DUTY = "在这里有岗位，今天不由其负责"
_ELSEWHERE_ON, _ELSEWHERE_OFF = "在岗，负责{area}", "岗位在{area}"
_IN_REACH = "责任范围包括这里"
_AWAY = "今天不在岗"


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who may do the task. `post`: main, deputy, member, or '' for one who is not posted anywhere near.

    `answers`: for the place, now; `at_work`: for the grid they are posted on, now. `rule`: by which rule (staffing.Why).
    `metres`: from the middle of their grid, 0 on the grids of the place itself, None where it is not known.
    `held`: tasks on the spot that name them now. `reported`: the case, themselves.
    """

    id: UUID
    name: str
    post: str = ""
    area_name: str = ""
    here: bool = False
    answers: bool = False
    at_work: bool = False
    rule: str = ""
    metres: float | None = None
    held: int = 0
    away: bool = False
    reported: bool = False


def arranged(workers: Iterable[Worker]) -> list[Worker]:
    """Who answers for the place first, then who is at work, A before B, the nearest grid, the fewest tasks.

    Who reported the case comes after all others: a second pair of eyes is worth a walk. Who is away comes last.
    """
    far = float("inf")
    return sorted(workers, key=lambda one: (
        one.away, one.reported, not one.answers, not one.at_work, _ORDER.index(one.post),
        far if one.metres is None else one.metres, one.held, one.name, one.id))


def proposed(workers: Iterable[Worker]) -> UUID | None:
    """The first of those arranged, if they are at work; nobody otherwise: whoever of the place comes first."""
    first = next(iter(workers), None)
    return first.id if first is not None and first.at_work and not first.away and not first.reported else None


def why(one: Worker) -> str:
    """By which rule somebody may be asked, in words."""
    if one.away:
        return _AWAY
    if one.answers:
        return _WHY.get(one.rule, _NOT_ON_DUTY)
    if one.here:
        return _NOT_ON_DUTY
    if one.post:
        return (_ELSEWHERE_ON if one.at_work else _ELSEWHERE_OFF).format(area=one.area_name)
    return _IN_REACH


def said(one: Worker) -> str:
    """All that speaks for and against somebody: "A岗，今天负责这里，手上 2 件"."""
    parts = [POSTS[one.post], why(one)]
    if one.metres:
        parts.append(f"网格中心距此约 {distance(one.metres)}")
    if one.reported:
        parts.append("本案由其上报")
    parts.append(f"手上 {one.held} 件" if one.held else "手上没有任务")
    return "，".join(parts)


def distance(metres: float) -> str:
    """80 米, 640 米, 1.2 公里, 15 公里: no finer than anybody walks."""
    if metres < 995:
        return f"{max(10, round(metres / 10) * 10)} 米"
    return f"{metres / 1000:.1f} 公里" if metres < 9950 else f"{round(metres / 1000)} 公里"

"""Whether cases can run by a flow, before anybody publishes it: each finding by code, in words, with the row it means. Pure.

A fault keeps the flow from being published; a note is shown to whoever publishes it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from jingwei.cases.flow import Flow, Row
from jingwei.cases.flow_course import Where, courses, leads_to_end, signs_at
from jingwei.cases.flow_deeds import BEARS, duty_of, must_need, targets
from jingwei.cases.workflow import ACTIONS, ASKS, DUTIES, NEEDS, ROLE_NAMES, START, STATES
from jingwei.kernel.wording import Words

# What no flow may let one person do on the same case (STF-14, AT-09).
LEAST_APART = (("handle", "check"), ("handle", "close"))
# Posts of the handling and of the directing side: they neither check nor close.
NOT_SUPERVISING = frozenset({"handler", "community_officer", "county_officer", "dispatcher"})
# Ways out, for which nobody waits.
WAYS_OUT = frozenset({"void", "solve", "hand_on", "return", "ask_extension", "ask_suspension"})
# Steps that lead back: what comes after is not "later" for their sake.
_BACK = frozenset({"return", "rework", "reopen"})
LEVELS = ("community", "town", "county")

WORDS: dict[str, tuple[str, str, str]] = {
    "no_report": ("fault", "没有“上报”这一步，案件无从开始", "There is no “report”: no case can begin"),
    "twice": ("fault", "“{state}”里有两个“{action}”，只能留一个", "“{action}” stands twice in “{state}”; keep one"),
    "move": ("fault", "“{action}”不能从“{state}”到“{to}”", "“{action}” cannot lead from “{state}” to “{to}”"),
    "duty": ("fault", "“{state}”里的“{action}”应记为“{duty}”职责，不能改记", "“{action}” in “{state}” counts as {duty}; that cannot be changed"),
    "need_dropped": ("fault", "“{action}”必须以“{need}”为条件", "“{action}” must need: {need}"),
    "ask_dropped": ("fault", "“{action}”必须填写{ask}", "“{action}” must ask for: {ask}"),
    "ask_idle": ("fault", "办理“{action}”时填不了{ask}，不能要求", "{ask} cannot be given with “{action}”"),
    "post_side": ("fault", "“{action}”属于{duty}，不能由{post}来做：监督、指挥和处置要分开",
                  "“{action}” belongs to {duty} and is not for {post}: supervision, direction and handling are apart"),
    "apart_weak": ("fault", "“{duty}”和“{other}”必须由不同的人做，这一条不能去掉", "{duty} and {other} must stay apart"),
    "forced": ("fault", "“{duty}”和“{other}”要由不同的人做，但两边都只有{post}能做，同岗位人少时没人能办",
               "{duty} and {other} are apart, but only {post} may do either"),
    "unreachable": ("fault", "没有一步能到“{state}”，那里的操作都用不上", "Nothing leads to “{state}”; what stands there is never possible"),
    "never": ("note", "“{state}”里的“{action}”条件永远不会满足", "The needs of “{action}” in “{state}” never hold"),
    "no_end": ("fault", "案件到了“{state}”可能再也办不完{when}", "A case in “{state}” may never come to an end{when}"),
    "nobody_told": ("fault", "案件到了“{state}”可能没有人收到待办{when}", "A case in “{state}” may wait for nobody{when}"),
    "no_holder": ("fault", "“{action}”把案件带到“{to}”，但这时可能没有承办单位", "“{action}” leads to “{to}”, though no unit may hold the case"),
    "usual_nowhere": ("fault", "“{state}”里没有“{action}”，不能作为待办", "There is no “{action}” in “{state}” to be the usual step"),
    "usual_way_out": ("fault", "“{action}”是例外的出口，不能作为待办", "“{action}” is a way out and never the usual step"),
    "clock_unknown": ("fault", "“{state}”的时限“{limit}”不存在", "The limit {limit} of “{state}” does not exist"),
    "clock_nowhere": ("fault", "“{state}”不计时，不能设时限", "No clock runs in “{state}”"),
    "no_clock": ("note", "“{state}”没有时限，停在这里不会超期", "“{state}” has no limit: a case that stays there is never late"),
    "return_forward": ("fault", "“{state}”的退回到不了先前的环节“{to}”", "The return from “{state}” does not lead back to an earlier “{to}”"),
}
"""Code → whether it is a fault or a note, and what is said, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`state`, `action`: the row it means ('' where it means none, or the whole state)."""

    code: str
    grade: str
    state: str
    action: str
    zh: str
    en: str


def check(flow: Flow, stages: Collection[str]) -> list[Finding]:
    """Everything found, faults first. `stages`: the names of stage limits that the catalogue knows. Never raises."""
    found = [*_rows(flow), *_apart(flow), *_usual(flow), *_clocks(flow, stages), *_courses(flow)]
    distinct = list(dict.fromkeys(found))
    return sorted(distinct, key=lambda each: each.grade != "fault")


def faults(flow: Flow, stages: Collection[str]) -> list[Finding]:
    """What keeps it from being published."""
    return [each for each in check(flow, stages) if each.grade == "fault"]


_NAMES: dict[str, Callable[[str], str]] = {
    "to": lambda code: STATES[code][0], "duty": DUTIES.__getitem__, "other": DUTIES.__getitem__, "need": NEEDS.__getitem__,
    "ask": ASKS.__getitem__, "post": ROLE_NAMES.__getitem__,
}


def _said(code: str, state: str = "", action: str = "", **more: str) -> Finding:
    """`more`: codes of the vocabulary, or words of their own."""
    grade, zh, en = WORDS[code]
    at = {"state": Words(STATES[state][0] if state else "开始", state or "start"), "action": Words(ACTIONS[action][0] if action else "", action)}
    said = at | {name: value if isinstance(value, Words) else Words(_NAMES[name](value) if name in _NAMES else value, value)
                 for name, value in more.items()}
    return Finding(code, grade, state, action, zh.format(**{name: words.zh for name, words in said.items()}),
                   en.format(**{name: words.en.replace("_", " ") for name, words in said.items()}))


def _rows(flow: Flow) -> Iterator[Finding]:
    if flow.find(START, "report") is None:
        yield _said("no_report")
    seen: set[tuple[str, str]] = set()
    for row in flow.rows:
        at = row.state, row.action
        if at in seen:
            yield _said("twice", *at)
        seen.add(at)
        yield from _one(flow, row)
        if row.action == "return" and row.state != START and row.state not in _later(flow, row.to):
            yield _said("return_forward", *at, to=row.to)


def _one(flow: Flow, row: Row) -> Iterator[Finding]:
    at, bears = (row.state, row.action), BEARS[row.action]
    if row.to not in targets(*at, levels=flow.levels):
        yield _said("move", *at, to=row.to)
        return
    if row.duty != duty_of(*at):
        yield _said("duty", *at, duty=duty_of(*at))
    for need in must_need(*at):
        if need not in row.needs:
            yield _said("need_dropped", *at, need=need)
    for ask in bears.must:
        if ask not in row.asks:
            yield _said("ask_dropped", *at, ask=ask)
    for ask in row.asks:
        if ask not in bears.must + bears.may:
            yield _said("ask_idle", *at, ask=ask)
    for post in row.posts:
        if duty_of(*at) in ("check", "close") and post in NOT_SUPERVISING:
            yield _said("post_side", *at, duty=duty_of(*at), post=post)


def _later(flow: Flow, state: str) -> set[str]:
    """The states that can come after this one without going back."""
    found, ahead = {state}, [state]
    while ahead:
        for row in flow.rows_in(ahead.pop()):
            if row.action not in _BACK and row.to not in found:
                found.add(row.to)
                ahead.append(row.to)
    return found - {state}


def _apart(flow: Flow) -> Iterator[Finding]:
    there = {row.duty for row in flow.rows}
    pairs = {frozenset(pair) for pair in flow.apart}
    for duty, other in LEAST_APART:
        if {duty, other} <= there and frozenset((duty, other)) not in pairs:
            yield _said("apart_weak", duty=duty, other=other)
    for duty, other in flow.apart:
        posts = {post for row in flow.rows if row.duty in (duty, other) for post in row.posts}
        if {duty, other} <= there and len(posts) == 1:
            yield _said("forced", duty=duty, other=other, post=posts.pop())


def _usual(flow: Flow) -> Iterator[Finding]:
    for step in flow.usual:
        if flow.find(step.state, step.action) is None:
            yield _said("usual_nowhere", step.state, step.action)
        elif step.action in WAYS_OUT:
            yield _said("usual_way_out", step.state, step.action)


def _clocks(flow: Flow, stages: Collection[str]) -> Iterator[Finding]:
    for state, limit in flow.clocks.items():
        kind, _, name = limit.partition(":")
        wanted = {"stage": [name], "level": [f"{name}_{level}" for level in LEVELS]}.get(kind, [])
        if not set(wanted) <= set(stages) or (kind == "level" and not flow.levels):
            yield _said("clock_unknown", state, limit=limit)
        if STATES[state][1] != "open":
            yield _said("clock_nowhere", state)
    for state in STATES:
        if state in flow.states and STATES[state][1] == "open" and state not in flow.clocks:
            yield _said("no_clock", state)


def _courses(flow: Flow) -> Iterator[Finding]:
    found = courses(flow)
    possible = {(row.state, row.action) for steps in found.values() for row, _ in steps}
    there = {where.state for where in found}
    for row in flow.rows:
        if (row.state, row.action) not in possible:
            yield _said("never", row.state, row.action) if row.state in there else _said("unreachable", row.state)
    for steps in found.values():
        for row, then in steps:
            if then.state in ("handling", "suspended") and not then.held:
                yield _said("no_holder", row.state, row.action, to=row.to)
    good = leads_to_end(found)
    for where, steps in found.items():
        if where.ended or where.state == START:
            continue
        if where not in good:
            yield _said("no_end", where.state, when=_when(where))
        if not _told(flow, where, [row for row, _ in steps]):
            yield _said("nobody_told", where.state, when=_when(where))


def _told(flow: Flow, where: Where, rows: list[Row]) -> bool:
    signs = signs_at(where)
    step = flow.usual_step(where.state, [row.action for row in rows], signs)
    return bool(step) and bool(flow.waits_for_posts(where.state, signs, in_community=where.level == "community"))


_WHEN: tuple[tuple[Callable[[Where], bool], str, str], ...] = (
    (lambda where: where.checked is False, "核查不通过时", "when the check was not passed"),
    (lambda where: where.public and where.verified is False, "核实不属实时", "when it was not found on the spot"),
    (lambda where: where.public and where.verified is None and where.state == "reported", "公众反映、还没有核实时", "when the public reported it"),
    (lambda where: bool(where.asked), "有申请待批时", "while something is asked"),
    (lambda where: where.state in ("handling", "checked") and where.level == "town", "由镇街派遣的单位承办时", "while a unit of the town has it"),
)


def _when(where: Where) -> Words:
    zh, en = next(((zh, en) for holds, zh, en in _WHEN if holds(where)), ("", ""))
    return Words(f"（{zh}）" if zh else "", f" {en}" if en else "")

"""A flow as a document (JSON) and back. Pure: what a document says is checked here word by word, not as a whole.

Whether cases could run by it is another question (`flow_check.py`).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jingwei.cases import workflow
from jingwei.cases.flow import Flow, Row, Usual
from jingwei.cases.flow_deeds import duty_of

ROWS_MOST = 400
NAME_MOST = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{0,19}", re.ASCII)
_LIMIT = re.compile(r"class|(stage|level):[a-z][a-z0-9_]{0,39}", re.ASCII)


class Unreadable(Exception):
    """The document says something that no flow can mean. `where`: like `rows[3].posts`; `what`: the offending value."""

    def __init__(self, where: str, what: Any) -> None:
        super().__init__(where, what)
        self.where, self.what = where, str(what)[:80]


def parse(document: Any) -> Flow:
    """The flow that a document describes. Raises Unreadable, never anything else."""
    told = fields_of(document, "", {"code", "name", "version", "rows", "apart", "clocks", "usual"}, {"verify_first", "levels"})
    code, version = told["code"], told["version"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise Unreadable("code", code)
    if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version < 2 ** 15:
        raise Unreadable("version", version)
    if not isinstance(told.get("levels", False), bool):
        raise Unreadable("levels", told["levels"])
    return Flow(
        code=code, name=name_of(told["name"]), version=version, levels=told.get("levels", False),
        rows=tuple(row_of(each, f"rows[{number}]") for number, each in enumerate(items_of(told["rows"], "rows"))),
        apart=tuple(pair_of(each, f"apart[{number}]") for number, each in enumerate(items_of(told["apart"], "apart"))),
        clocks=_clocks(told["clocks"]),
        usual=tuple(usual_of(each, f"usual[{number}]") for number, each in enumerate(items_of(told["usual"], "usual"))),
        verify_first=words_of(told.get("verify_first", []), "verify_first", workflow.CHANNEL_NAMES))


def name_of(told: Any) -> str:
    """What a flow is called: one line that can be seen."""
    if not isinstance(told, str) or not told.strip() or len(told) > NAME_MOST or not told.isprintable():
        raise Unreadable("name", told)
    return told.strip()


def to_document(flow: Flow) -> dict[str, Any]:
    """What `parse` reads back as the same flow."""
    return {
        "code": flow.code, "name": flow.name, "version": flow.version, "levels": flow.levels,
        "verify_first": list(flow.verify_first),
        "rows": [{"state": row.state, "action": row.action, "posts": list(row.posts), "to": row.to, "duty": row.duty,
                  "needs": list(row.needs), "asks": list(row.asks)} for row in flow.rows],
        "apart": [list(pair) for pair in flow.apart], "clocks": dict(flow.clocks),
        "usual": [{"state": step.state, "action": step.action, "signs": list(step.signs)} for step in flow.usual]}


def row_of(told: Any, where: str) -> Row:
    """A row; what it counts as may be left out, since it follows from the step."""
    row = fields_of(told, where, {"state", "action", "posts", "to"}, {"duty", "needs", "asks"})
    state = word(row["state"], f"{where}.state", (workflow.START, *workflow.STATES))
    action = word(row["action"], f"{where}.action", workflow.ACTIONS)
    posts = words_of(row["posts"], f"{where}.posts", workflow.ROLE_NAMES)
    if not posts:
        raise Unreadable(f"{where}.posts", "")
    return Row(
        state, action, posts, word(row["to"], f"{where}.to", workflow.STATES),
        word(row["duty"], f"{where}.duty", workflow.DUTIES) if "duty" in row else duty_of(state, action),
        words_of(row.get("needs", []), f"{where}.needs", workflow.NEEDS),
        words_of(row.get("asks", []), f"{where}.asks", workflow.ASKS))


def usual_of(told: Any, where: str) -> Usual:
    step = fields_of(told, where, {"state", "action"}, {"signs"})
    return Usual(word(step["state"], f"{where}.state", workflow.STATES), word(step["action"], f"{where}.action", workflow.ACTIONS),
                 words_of(step.get("signs", []), f"{where}.signs", workflow.SIGNS))


def pair_of(told: Any, where: str) -> tuple[str, str]:
    duties = words_of(told, where, workflow.DUTIES)
    if len(duties) != 2:
        raise Unreadable(where, told)
    return duties[0], duties[1]


def _clocks(told: Any) -> dict[str, str]:
    if not isinstance(told, dict):
        raise Unreadable("clocks", told)
    return {word(state, f"clocks.{state}"[:60], workflow.STATES): limit_of(limit, f"clocks.{state}"[:60]) for state, limit in told.items()}


def limit_of(told: Any, where: str) -> str:
    """`class`, `stage:…` or `level:…`."""
    if not isinstance(told, str) or not _LIMIT.fullmatch(told):
        raise Unreadable(where, told)
    return told


def fields_of(told: Any, where: str, must: set[str], may: set[str]) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise Unreadable(where, told)
    for name in sorted(must - set(told)):
        raise Unreadable(f"{where}.{name}".lstrip("."), "")
    for name in sorted((each for each in told if each not in must | may), key=str):
        raise Unreadable(f"{where}.{name}".lstrip(".")[:60], name)
    return told


def items_of(told: Any, where: str) -> list[Any]:
    if not isinstance(told, list) or len(told) > ROWS_MOST:
        raise Unreadable(where, "" if isinstance(told, list) else told)
    return told


def word(told: Any, where: str, known: Iterable[str]) -> str:
    if not isinstance(told, str) or told not in known:
        raise Unreadable(where, told)
    return told


def words_of(told: Any, where: str, known: Iterable[str]) -> tuple[str, ...]:
    words = tuple(word(each, where, known) for each in items_of(told, where))
    if len(set(words)) != len(words):
        raise Unreadable(where, "、".join(words))
    return words

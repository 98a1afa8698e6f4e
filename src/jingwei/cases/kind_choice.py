"""Which flow a case of a kind takes at a place."""

from typing import Any

from jingwei.cases import flow_book
from jingwei.cases.flow import Flow
from jingwei.cases.kind_errors import KindError
from jingwei.cases.kinds import KINDS
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def flow_for(kind: str, book: Any, area_path: str, known: dict[str, int]) -> Flow:
    """The area's own flow for '', else that of the kind. Refuses kinds where the area's flow has no levels."""
    own = flow_book.in_force(book.setting("flow_profile", area_path), area_path, known)
    if not kind:
        return own
    if kind not in KINDS:
        possible = Words("、".join(f"{code}（{name}）" for code, (name, _) in KINDS.items()), ", ".join(KINDS))
        raise Refusal(KindError.UNKNOWN_KIND, kind=kind[:30], possible=possible)
    if not own.levels:
        raise Refusal(KindError.NO_KINDS, flow=own.name)
    return flow_book.in_force(kind, area_path, known)

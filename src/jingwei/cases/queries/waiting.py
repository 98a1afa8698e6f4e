"""Why a case does not move by itself."""

from typing import Any

from jingwei.cases.errors import CaseError


def waits_for(state: str, class_id: int | None, area_path: str, book: Any) -> str:
    """An error code where a rule is missing, '' where somebody's next deed is clear."""
    if state == "filed" and (class_id is None or not book.may_answer(class_id, area_path)):
        return CaseError.NO_RULE.code
    return ""

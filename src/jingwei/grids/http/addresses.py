"""The router that the parts register with, and what their lists have in common."""

from dataclasses import asdict
from typing import Any

from ninja import Router

from jingwei.grids.queries import AreaLine
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

router = Router(tags=["grids"])
PAGE, LARGEST_PAGE = 100, 500


def at_most(asked: int, largest: int = LARGEST_PAGE) -> int:
    return max(1, min(asked, largest))


def page_by_code(found: list[AreaLine], limit: int) -> dict[str, Any]:
    """`found` holds one more than the page where there is a next one."""
    following = found[limit - 1].code if len(found) > limit else None
    return {"items": [asdict(line) for line in found[:limit]], "next": following}


_FIELDS = {"title": "名称", "after": "续页位置", "system": "网格体系", "words": "查找文字"}


def plain(**texts: str) -> None:
    """PostgreSQL takes no NUL in a text."""
    for where, text in texts.items():
        if "\0" in text:
            raise Refusal(KernelError.BAD_REQUEST, where=Words(_FIELDS[where], where), why=Words("不能含空字符（NUL）", "it may hold no NUL character"))

"""A table of postings into drafts: which columns, which words for the posts, which days. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from jingwei.formats.rows import Row
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Remark, found
from jingwei.grids.staffing import Post
from jingwei.kernel.errors import Refusal

_COLUMNS = {
    "area": ("网格编码", "区域编码", "编码", "area_code", "code"),
    "login": ("登录名", "账号", "login"),
    "post": ("岗位", "AB岗", "post"),
    "since": ("开始", "开始日期", "任职日期", "since"),
    "until": ("结束", "结束日期", "离任日期", "until"),
    "duties": ("职责", "duties"),
}
_POSTS = {
    "主责": Post.MAIN, "主": Post.MAIN, "正": Post.MAIN, "A": Post.MAIN, "A岗": Post.MAIN, "网格长": Post.MAIN,
    "网格员": Post.MAIN, "副": Post.DEPUTY, "副责": Post.DEPUTY, "B": Post.DEPUTY, "B岗": Post.DEPUTY,
    "副网格长": Post.DEPUTY, "成员": Post.MEMBER, "组员": Post.MEMBER, **{post.value: post for post in Post},
}
_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[ T]00:00(?::00)?)?", re.ASCII)


class Draft(NamedTuple):
    row: int
    area_code: str
    login: str
    post: Post
    since: date
    until: date | None
    duties: tuple[str, ...]
    rank: int


def read(table: Iterable[Row], today: date) -> tuple[list[Draft], list[Found]]:
    """Drafts in the order of the file; deputies of an area are ranked in that order. No first day means today."""
    drafts: list[Draft] = []
    findings: list[Found] = []
    columns: dict[str, str] | None = None
    ranks: dict[str, int] = {}
    for row in table:
        if columns is None:
            columns = _columns(row.values)
        cell = {wanted: row.values[name].strip() for wanted, name in columns.items()}
        post = _POSTS.get(cell.get("post", "") or "主责")
        since = day_of(cell.get("since", "")) if cell.get("since") else today
        until = day_of(cell.get("until", "")) if cell.get("until") else None
        wrong = _wrong(cell, post, since, until)
        if wrong or post is None or since is None:
            findings.append(found(row.number, Remark.BAD_POSTING, what=wrong))
            continue
        rank = ranks.get(cell["area"], 0) + 1 if post is Post.DEPUTY else 0
        ranks[cell["area"]] = max(rank, ranks.get(cell["area"], 0))
        duties = tuple(part for part in re.split(r"[、,，;；]", cell.get("duties", "")) if part.strip())
        drafts.append(Draft(row.number, cell["area"], cell["login"].lower(), post, since, until, duties, rank))
    return drafts, findings


def _columns(record: dict[str, str]) -> dict[str, str]:
    columns = {wanted: name for wanted, names in _COLUMNS.items() for name in names[::-1] if name in record}
    missing = [_COLUMNS[wanted][0] for wanted in ("area", "login") if wanted not in columns]
    if missing:
        raise Refusal(GridError.COLUMNS_MISSING, missing="、".join(missing), seen="、".join(record))
    return columns


def _wrong(cell: dict[str, str], post: Post | None, since: date | None, until: date | None) -> str:
    if not cell["area"] or not cell["login"]:
        return "网格编码或登录名为空"
    if post is None:
        return f"岗位“{cell['post'][:20]}”"
    if since is None:
        return f"开始日期“{cell['since'][:20]}”"
    if cell.get("until") and until is None:
        return f"结束日期“{cell['until'][:20]}”"
    return "结束早于开始" if until and until < since else ""


def day_of(text: str) -> date | None:
    """2024-9-1, 2024/09/01, 20240901, 2024年9月1日; also a workbook's date with midnight behind it."""
    match = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None

"""A row of a table of new reports, as people in offices keep them: which columns there are, and what a row tells. Pure."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from jingwei.cases import workflow
from jingwei.cases.batch_errors import BatchError
from jingwei.cases.errors import CaseError
from jingwei.cases.words import blank, checked
from jingwei.formats.rows import normalise_header
from jingwei.formats.times import parse_local
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

MOST_ROWS = 10_000
TEXT_MOST, PLACE_MOST, NAME_MOST, PHONE_MOST = 4000, 256, 60, 40

# column → other names under which the same stands in tables of hotlines
COLUMNS: dict[str, tuple[str, ...]] = {
    "情况说明": ("问题描述", "诉求内容", "反映内容", "内容", "text"),
    "位置描述": ("地址", "事发地址", "地点", "位置", "place"),
    "经度": ("lon", "X坐标"),
    "纬度": ("lat", "Y坐标"),
    "网格编码": ("网格", "区域编码", "grid"),
    "分类": ("问题分类", "类别", "class"),
    "来源": ("渠道", "来电渠道", "channel"),
    "联系人": ("姓名", "来电人", "反映人", "name"),
    "联系电话": ("电话", "来电号码", "手机号", "phone"),
    "发现时间": ("时间", "反映时间", "来电时间", "found_at"),
}
TEXT = "情况说明"
_CHANNEL_OF = {**{name: name for name in workflow.CHANNELS}, **{zh: name for name, zh in workflow.CHANNEL_NAMES.items()}}
OFFERED = tuple(name for name in workflow.CHANNELS if name != "import")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """What one row tells. Without `lon` the place is meant by `grid`, the code of an area. `class_word`: a code or a name."""

    text: str
    place: str
    lon: float | None
    lat: float | None
    grid: str
    class_word: str
    channel: str
    name: str
    phone: str
    found_at: datetime | None


def known(columns: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Our column → the table's, of those it has; and the table's columns that mean nothing here."""
    there = [column for column in columns if column]
    found: dict[str, str] = {}
    for name, others in COLUMNS.items():
        for said in (name, *others):
            column = next((each for each in there if normalise_header(each).lower() == said.lower()), None)
            if column is not None and column not in found.values():
                found[name] = column
                break
    return found, [column for column in there if column not in found.values()]


def read_row(values: Mapping[str, str], columns: Mapping[str, str], zone: str, channel: str) -> tuple[Told | None, list[Refusal]]:
    """What the row tells, or all that is wrong with it. `channel`: of rows that name none."""
    wrong: list[Refusal] = []

    def cell(name: str) -> str:
        return values.get(columns.get(name, ""), "").strip()

    def take(read: Callable[[], T], instead: T) -> T:
        try:
            return read()
        except Refusal as refusal:
            wrong.append(refusal)
            return instead

    def words() -> str:
        text = checked(cell(TEXT), TEXT, TEXT_MOST)
        if blank(text):
            raise Refusal(CaseError.MISSING, action=Words("登记", "file"), what=Words(TEXT, "text"))
        return text

    def point() -> tuple[float | None, float | None]:
        lon, lat = cell("经度"), cell("纬度")
        if not lon and not lat:
            if not cell("网格编码"):
                raise Refusal(BatchError.NO_POINT)
            return None, None
        return _degrees(lon, lat)

    nowhere: tuple[float | None, float | None] = (None, None)
    lon, lat = take(point, nowhere)
    told = Told(
        text=take(words, ""), place=take(lambda: checked(cell("位置描述"), "位置描述", PLACE_MOST), ""), lon=lon, lat=lat,
        grid=cell("网格编码")[:40], class_word=cell("分类")[:120], channel=take(lambda: _channel(cell("来源"), channel), channel),
        name=take(lambda: checked(cell("联系人"), "联系人", NAME_MOST), ""),
        phone=take(lambda: checked(cell("联系电话"), "联系电话", PHONE_MOST), ""),
        found_at=take(lambda: parse_local(cell("发现时间"), zone) if cell("发现时间") else None, None))
    return (None if wrong else told), wrong


def same(told: Told, lon: float, lat: float, class_code: str) -> str:
    """The text by which two rows that tell the very same are known as one."""
    found = told.found_at.isoformat() if told.found_at else ""
    return "\x1f".join((told.text, told.place, f"{lon:.7f}", f"{lat:.7f}", class_code, told.channel, told.name, told.phone, found))


def _channel(word: str, usual: str) -> str:
    if not word:
        return usual
    found = _CHANNEL_OF.get(word, "")
    if found not in OFFERED:
        names = Words("、".join(workflow.CHANNEL_NAMES[name] for name in OFFERED), ", ".join(OFFERED))
        raise Refusal(CaseError.UNKNOWN_CHANNEL, channel=word[:30], possible=names)
    return found


def _degrees(lon: str, lat: str) -> tuple[float, float]:
    values = []
    for text, most in ((lon, 180), (lat, 90)):
        try:
            value = float(text) if text.isascii() else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or abs(value) > most:
            raise Refusal(CaseError.BAD_PLACE, lon=lon[:20] or "空", lat=lat[:20] or "空")
        values.append(value)
    return values[0], values[1]

"""What reading a file of areas may find, row by row. A refused row is left out; the others are taken."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jingwei.formats.findings import Finding
from jingwei.kernel.errors import ErrorCode, Kind, Refusal


class Grade(StrEnum):
    REFUSED = "refused"  # the row is not taken
    WARNING = "warning"  # taken; somebody should look
    NOTE = "note"        # taken; said for the record


class Remark(ErrorCode):
    """`NAME = (code, grade, Chinese, English)`. Codes are never reused. Texts may hold {placeholders}."""

    def __init__(self, code: str, grade: Grade, zh: str, en: str) -> None:
        super().__init__(code, Kind.REFUSED, zh, en)
        self.grade = grade

    BAD_CODE = (
        "grids.row.bad_code", Grade.REFUSED,
        "没有采用：编码“{code}”不是 1 至 32 个 ASCII 字母、数字或 . _ -。请改正编码。",
        "Not taken: the code {code} is not 1 to 32 ASCII letters, digits or . _ -. Correct it.",
    )
    NO_NAME = (
        "grids.row.no_name", Grade.REFUSED,
        "没有采用：没有名称。请补上名称。",
        "Not taken: there is no name. Add one.",
    )
    LONG_NAME = (
        "grids.row.long_name", Grade.REFUSED,
        "没有采用：名称长 {length} 字，超过 {longest} 字。请缩短。",
        "Not taken: the name has {length} characters, more than {longest}. Shorten it.",
    )
    REPEATED = (
        "grids.row.repeated", Grade.REFUSED,
        "没有采用：编码 {code} 与第 {first} 行重复。请删去其中一行。",
        "Not taken: the code {code} repeats row {first}. Remove one of them.",
    )
    TWO_NAMES = (
        "grids.row.two_names", Grade.REFUSED,
        "没有采用：编码 {code} 在第 {first} 行叫“{there}”，此处叫“{here}”。请核对。",
        "Not taken: {code} is called {there} in row {first}, here {here}. Check which is right.",
    )
    TWO_PARENTS = (
        "grids.row.two_parents", Grade.REFUSED,
        "没有采用：编码 {code} 在第 {first} 行属于 {there}，此处属于 {here}。请核对。",
        "Not taken: {code} belongs to {there} in row {first}, here to {here}. Check it.",
    )
    NO_PARENT = (
        "grids.row.no_parent", Grade.REFUSED,
        "没有采用：上级 {parent} 既不在文件中，也不在系统中。请先导入上级。",
        "Not taken: the parent {parent} is neither in the file nor known. Import it first.",
    )
    PARENT_REFUSED = (
        "grids.row.parent_refused", Grade.REFUSED,
        "没有采用：上级 {parent} 的行没有采用。请先改正上级。",
        "Not taken: the row of its parent {parent} was not taken. Correct that one first.",
    )
    CIRCLE = (
        "grids.row.circle", Grade.REFUSED,
        "没有采用：上下级绕成一圈，经过 {parent}。请改正上级编码。",
        "Not taken: parents run in a circle through {parent}. Correct the parent codes.",
    )
    BAD_LEVEL = (
        "grids.row.bad_level", Grade.WARNING,
        "级别“{given}”与编码或上级不符，已按 {level} 级采用。请核对。",
        "The level {given} does not fit the code or the parent: taken as {level}. Check it.",
    )
    OTHER_PARENT = (
        "grids.row.other_parent", Grade.WARNING,
        "所给上级 {parent} 不是编码所示的 {expected}，已按所给采用。请核对。",
        "The given parent {parent} is not {expected} of the code; taken as given. Check it.",
    )
    SKIPS_LEVEL = (
        "grids.row.skips_level", Grade.NOTE,
        "直接属于 {parent}，中间缺少一级；已照此采用，无需处理。",
        "Stands right under {parent} with a level missing between: taken so, nothing needs doing.",
    )
    SAME_AS_PARENT = (
        "grids.row.same_as_parent", Grade.NOTE,
        "补足 12 位后与上级 {parent} 相同，视为同一个，无需处理。",
        "Filled up to 12 digits it is its parent {parent}: taken as one, nothing needs doing.",
    )
    OLD_CODE = (
        "grids.row.old_code", Grade.NOTE,
        "14 位旧编码 {old} 已转为 {code}，无需处理。",
        "The old 14-digit code {old} became {code}; nothing needs doing.",
    )
    TRIMMED = (
        "grids.row.trimmed", Grade.NOTE,
        "名称首尾的空白已去掉，无需处理。",
        "Blanks around the name were taken off; nothing needs doing.",
    )
    HIDDEN_SIGN = (
        "grids.row.hidden_sign", Grade.WARNING,
        "名称含看不见的字符 {signs}，已去掉。请核对名称。",
        "The name held invisible characters {signs}, now taken out. Check the name.",
    )
    PRIVATE_SIGN = (
        "grids.row.private_sign", Grade.WARNING,
        "名称含私用区字符 {signs}，显示时可能是空框。请改用标准字。",
        "The name holds private-use characters {signs} that may show as boxes. Use standard ones.",
    )
    LOST_SIGN = (
        "grids.row.lost_sign", Grade.WARNING,
        "名称“{name}”含问号或替代符，原字可能已丢失。请补正。",
        "The name {name} holds a question mark where a character may be lost. Correct it.",
    )
    NO_KIND = (
        "grids.row.no_kind", Grade.NOTE,
        "编码 {code} 的后几位不在 GB/T 10114 的号段内，已照此采用。请核对。",
        "GB/T 10114 has no kind for the digits of {code}: taken all the same. Check it.",
    )
    NO_CODE = (
        "grids.row.no_code", Grade.REFUSED,
        "没有采用：字段 {field} 里没有编码。请补上编码。",
        "Not taken: the field {field} holds no code. Add one.",
    )
    BAD_SHAPE = (
        "grids.row.bad_shape", Grade.REFUSED,
        "没有采用：图形不能用（{why}）。请在制图软件里改正。",
        "Not taken: the polygon cannot be used ({why}). Correct it in a GIS program.",
    )
    OUTSIDE_GROUND = (
        "grids.row.outside_ground", Grade.WARNING,
        "按坐标系 {crs}，整个图层在已划定的范围以外约 {km} 公里，已照此采用。请在地图上核对位置和坐标系。",
        "By {crs} the whole layer lies some {km} km outside the ground that is drawn: taken so. Check its place and the system.",
    )
    NOT_IN_CHINA = (
        "grids.row.not_in_china", Grade.WARNING,
        "按坐标系 {crs}，图层在 {place} 一带，不在中国。请核对坐标系，以及经纬度是否写反。",
        "By {crs} the layer lies around {place}, which is not in China. Check the system, and whether the axes are exchanged.",
    )
    BAD_HOUSEHOLDS = (
        "grids.row.bad_households", Grade.REFUSED,
        "没有采用：字段 {field} 里的户数“{given}”不是 0 至 {most} 的整数。请改正，不知道就空着。",
        "Not taken: the households {given} in the field {field} are no whole number from 0 to {most}. Correct it, or leave it empty.",
    )
    ABOVE_TWO_NAMES = (
        "grids.row.above_two_names", Grade.WARNING,
        "上级 {code} 在第 {first} 行叫“{there}”，此处叫“{here}”；已按前者采用。请核对。",
        "The parent {code} is called {there} in row {first}, here {here}; the former was taken. Check it.",
    )
    ABOVE_TWO_PARENTS = (
        "grids.row.above_two_parents", Grade.WARNING,
        "上级 {code} 在第 {first} 行属于 {there}，此处属于 {here}；已按前者采用。请核对。",
        "The parent {code} belongs to {there} in row {first}, here to {here}; the former was taken. Check it.",
    )
    NO_GROUND = (
        "grids.row.no_ground", Grade.REFUSED,
        "没有采用：图形不在任何上级的范围内。请核对位置或坐标系。",
        "Not taken: the polygon lies in no parent's area. Check its place or the coordinate system.",
    )
    CROSSES = (
        "grids.row.crosses", Grade.REFUSED,
        "没有采用：单元网格越过 {parent} 的边界，{percent} % 在界外（{others}）。请沿边界分开。",
        "Not taken: a unit grid crosses the border of {parent}, {percent} % lie outside ({others}). Split it there.",
    )
    MOSTLY_IN = (
        "grids.row.mostly_in", Grade.WARNING,
        "图形有 {percent} % 不在上级 {parent} 的范围内（{others}），已按最大部分归属。请核对。",
        "{percent} % of the polygon lie outside its parent {parent} ({others}); the largest part decided. Check it.",
    )
    OVERLAPS = (
        "grids.row.overlaps", Grade.WARNING,
        "与 {other} 重叠 {area_m2} 平方米，已照此采用。请在制图软件里改正。",
        "Overlaps {other} by {area_m2} square metres: taken all the same. Correct it in a GIS program.",
    )
    SLIVERS = (
        "grids.row.slivers", Grade.NOTE,
        "相邻图形有 {count} 处重叠，共 {area_m2} 平方米，已照此采用；边界上的点归编码小的一方。",
        "{count} pairs of neighbours overlap by {area_m2} square metres in all; the lower code holds such points.",
    )
    HOLES = (
        "grids.row.holes", Grade.NOTE,
        "图形之间有 {count} 处空隙，共 {area_m2} 平方米，已照此采用。请核对是否漏划。",
        "{count} gaps between the polygons, {area_m2} square metres in all: taken so. Check for missing areas.",
    )
    UNCOVERED = (
        "grids.row.uncovered", Grade.WARNING,
        "{parent} 有 {area_m2} 平方米没有划入任何网格（{count} 处）。请补划。",
        "{area_m2} square metres of {parent} lie in no grid ({count} places). Draw the missing ones.",
    )
    ODD_SIZE = (
        "grids.row.odd_size", Grade.WARNING,
        "单元网格面积 {area_m2} 平方米，不在 {low} 至 {high} 之间，且没有说明理由。请写明理由。",
        "A unit grid of {area_m2} square metres is not within {low} to {high} and gives no reason. State one.",
    )
    UNIT_COUNT = (
        "grids.row.unit_count", Grade.WARNING,
        "责任网格 {code} 有 {count} 个单元网格，不在 {low} 至 {high} 之间。请调整或说明。",
        "The responsibility grid {code} has {count} unit grids, not {low} to {high}. Adjust it or say why.",
    )
    CODE_RETIRED = (
        "grids.row.code_retired", Grade.REFUSED,
        "没有采用：编码 {code} 已作废，不再启用。请另取编码。",
        "Not taken: the code {code} is retired and never comes back. Choose another.",
    )
    CODE_IN_DRAFT = (
        "grids.row.code_in_draft", Grade.REFUSED,
        "没有采用：编码 {code} 已在未发布的方案“{title}”中。请先发布或放弃那个方案。",
        "Not taken: the code {code} stands in the unpublished plan {title}. Publish or drop that one first.",
    )
    BAD_SHIFT = (
        "grids.row.bad_shift", Grade.REFUSED,
        "没有采用：{what} 不对。请改正（日期如 2026-01-31，时刻如 06:30）。",
        "Not taken: {what} is wrong. Correct it (days like 2026-01-31, times like 06:30).",
    )
    BAD_POSTING = (
        "grids.row.bad_posting", Grade.REFUSED,
        "没有采用：{what} 不对。请改正（岗位为主责、副或成员，日期如 2026-01-31）。",
        "Not taken: {what} is wrong. Correct it (post main, deputy or member; days like 2026-01-31).",
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One remark at one row of the file, counted as its reader counts. Row 0: the file as a whole."""

    row: int
    reason: ErrorCode
    details: Mapping[str, Any] = field(default_factory=dict)
    grade: Grade = Grade.WARNING

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, **self.details).text(language)


def found(row: int, remark: Remark, **details: Any) -> Found:
    """`found(7, Remark.TRIMMED)`: the grade is the remark's own."""
    return Found(row, remark, details, remark.grade)


def taken_over(row: int, finding: Finding, grade: Grade = Grade.WARNING) -> Found:
    """What the reader of the file itself noticed about a row."""
    return Found(row, finding.reason, finding.details, grade)


def refused(findings: Iterable[Found]) -> list[Found]:
    return [one for one in findings if one.grade is Grade.REFUSED]


def counts(findings: Iterable[Found]) -> dict[str, int]:
    """How often each remark occurs, by its code."""
    return dict(sorted(Counter(one.reason.code for one in findings).items()))

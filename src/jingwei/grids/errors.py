"""Refusals of the grids room."""

from jingwei.kernel.errors import ErrorCode, Kind


class GridError(ErrorCode):
    BAD_CODE = (
        "grids.bad_code", Kind.REFUSED,
        "没有采用：编码“{code}”须为 1 至 32 个 ASCII 字母、数字或 . _ -（全角数字不算）。请改正编码后再试。",
        "Not taken: {code} is not 1 to 32 ASCII letters, digits or . _ - (no full-width digits). Correct it.",
    )
    BAD_DIVISION_CODE = (
        "grids.bad_division_code", Kind.REFUSED,
        "没有采用：“{code}”不是行政区划代码（应为 12 位 ASCII 数字，不以 00 开头）。请按官方代码改正。",
        "Not taken: {code} is no division code (12 ASCII digits, not 00 in front). Use the official list.",
    )
    BAD_UNIT_CODE = (
        "grids.bad_unit_code", Kind.REFUSED,
        "没有采用：“{code}”不是单元网格编码（15 位：12 位社区或村代码加 001 至 999）。请改正编码。",
        "Not taken: {code} is no unit-grid code (12 digits of a community, then 001 to 999). Correct it.",
    )
    CODES_EXHAUSTED = (
        "grids.codes_exhausted", Kind.CONFLICT,
        "没有编码：社区 {community} 的 999 个单元网格编码已用完（作废的编码不再使用）。请先调整社区划分。",
        "No code was given: the 999 of {community} are used up, void ones never come back. Divide it first.",
    )
    COLUMNS_MISSING = (
        "grids.columns_missing", Kind.REFUSED,
        "没有导入：文件缺少必需的列（{missing}），现有的列是：{seen}。请补上这些列后重试。",
        "Nothing was imported: the file lacks columns ({missing}); it has: {seen}. Add them and try again.",
    )

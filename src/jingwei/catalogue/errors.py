"""Refusals of the catalogue."""

from jingwei.kernel.errors import ErrorCode, Kind


class CatalogueError(ErrorCode):
    HOLIDAYS_UNREADABLE = (
        "catalogue.holidays_unreadable", Kind.INVALID,
        "没有导入：放假安排文件不符合格式（{why}）。请使用 holiday-cn 的年度文件。",
        "Nothing was imported: the holiday list is malformed ({why}). Use a holiday-cn year file.",
    )

"""Tables in and out: one door for CSV (any of the usual encodings, gzip too) and XLSX, by what the bytes say.

Row numbers are those a person sees. Nothing here knows what a column means.
"""

from collections.abc import Sequence

from jingwei.formats.errors import FormatError
from jingwei.formats.rows import Row, Table, normalise_header
from jingwei.formats.source import Source, beginning
from jingwei.formats.table_writing import CsvWriter, RejectsWriter, guard_cell, unguard_cell
from jingwei.formats.text_tables import read_text_table
from jingwei.formats.workbooks import read_workbook, sheet_names
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

__all__ = [
    "CsvWriter", "RejectsWriter", "Row", "Source", "Table",
    "guard_cell", "normalise_header", "read_table", "sheet_names", "unguard_cell",
]

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\xff\xd8\xff", Words("JPEG 图片", "a JPEG picture")),
    (b"\x89PNG", Words("PNG 图片", "a PNG picture")),
    (b"GIF8", Words("GIF 图片", "a GIF picture")),
    (b"\x7fELF", Words("程序", "a program")),
    (b"MZ", Words("程序", "a program")),
    (b"SQLite format 3", Words("数据库", "a database")),
    (b"Rar!", Words("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Words("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", "gzip"),
    (b"\x00\x00\x27\x0a", "Shapefile"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"{\\rtf")


def read_table(
    source: Source, *, required: Sequence[str] = (), sheet: str | None = None,
    fill_merged: bool = False, delimiter: str | None = None,
) -> Table:
    """Open a table; its name does not matter, its bytes do.

    `required`: columns that must be there; they also find the header below a title row.
    `sheet`, `fill_merged`: for workbooks. `delimiter`: for text whose delimiter cannot be guessed.
    Refusals about the file come now, those about a place in it while iterating.
    """
    head = beginning(source, 4096)
    if head.startswith(b"PK\x03\x04"):
        return read_workbook(source, required=required, sheet=sheet, fill_merged=fill_merged)
    _refuse_other_kinds(source, head)
    return read_text_table(source, required=required, delimiter=delimiter)


def _refuse_other_kinds(source: Source, head: bytes) -> None:
    if not head:
        raise Refusal(FormatError.FILE_EMPTY)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in beginning(source, 64 * 1024):
            raise Refusal(FormatError.ARCHIVE_LOCKED)
        raise Refusal(FormatError.TABLE_KIND, found=Words("旧版 Office 文件（.xls、.doc 等）", "a legacy Office file (.xls, .doc …)"))
    for magic, name in _OTHER_KINDS:
        # "MZ" also begins a text; a program has binary after it
        if head.startswith(magic) and (magic != b"MZ" or b"\x00" in head):
            raise Refusal(FormatError.TABLE_KIND, found=name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith(_MARKUP):
        raise Refusal(FormatError.TABLE_KIND, found=Words("网页或标记文本", "markup such as HTML"))
    if start.startswith((b"{", b"[")) and (b'"' in start or b"{" in start[1:]):
        raise Refusal(FormatError.TABLE_KIND, found="JSON")

"""Workbooks in: sheets, merged cells, numbers as people see them, and the traps of a zip full of XML (R2, DAT-13)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from jingwei.formats.errors import FormatError
from jingwei.formats.tables import read_table, sheet_names
from jingwei.kernel.errors import Refusal


def saved(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, **changes: bytes) -> bytes:
    """The same archive with the first sheet's XML (`sheet`) or other members replaced or left out (b'')."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml"}
    new = {names[key]: content for key, content in changes.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            content = new.get(name, old.read(name))
            if content:
                archive.writestr(name, content)
    return out.getvalue()


def refused(data: bytes, **options: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(read_table(data, **options))  # type: ignore[arg-type]
    assert "?" not in caught.value.text()
    return caught.value


def small(book: Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称", "代码"])
    sheet.append(["井盖", "01"])


def test_cells_come_as_texts_a_person_would_type() -> None:
    given: list[tuple[object, str]] = [
        (1, "1"), (12.5, "12.5"), (1e-7, "0.0000001"), (123456789012345, "123456789012345"), (-3.0, "-3"),
        (True, "TRUE"), (date(2024, 1, 2), "2024-01-02"), (datetime(2024, 1, 2, 3, 4, 5), "2024-01-02 03:04:05"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"), (timedelta(hours=30, minutes=5), "30:05:00"), ("０１ ", "０１ "), (None, ""),
    ]

    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append([f"列{index}" for index, _ in enumerate(given)])
        sheet.append([value for value, _ in given])

    [row] = read_table(saved(fill))
    assert list(row.values.values()) == [text for _, text in given]
    assert row.findings == ()


def test_an_identity_number_kept_as_a_number_is_reported_as_spoiled() -> None:
    """Spreadsheets keep 15 digits: the tail of an 18-digit number typed into a number cell is gone."""
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append(["姓名", "证件号码"])
        sheet.append(["王示例", 110105194912310020])
        sheet.append(["李演示", "11010519491231002X"])

    first, second = read_table(saved(fill))
    assert [(remark.reason, remark.details["column"]) for remark in first.findings] == [
        (FormatError.NUMBER_SPOILED, "证件号码"),
    ]
    assert second.findings == ()


def test_row_numbers_are_the_spreadsheets_own_even_with_margins() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["C3"], sheet["D3"] = "名称", "代码"
        sheet["C5"], sheet["D5"] = "井盖", "01"
        sheet["C9"] = "路灯"

    table = read_table(saved(fill), required=["代码"])
    assert table.header_number == 3
    assert [(row.number, row.line, row.values["名称"]) for row in table] == [(5, 5, "井盖"), (9, 9, "路灯")]


def merged(book: Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "立案标准"
    sheet.merge_cells("A1:C1")
    for column, name in enumerate(["大类", "小类", "条件"], 1):
        sheet.cell(2, column, name)
    sheet["A3"], sheet["B3"] = "公用设施", "井盖"
    for row, text in enumerate(["缺失", "破损", "弹跳", "倾斜"], 3):
        sheet.cell(row, 3, text)
    sheet["B5"] = "路灯"
    sheet.merge_cells("A3:A6")
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("B5:B6")


def test_merged_cells_are_carried_through_their_range_when_asked() -> None:
    rows = list(read_table(saved(merged), required=["小类"], fill_merged=True))
    assert [tuple(row.values.values()) for row in rows] == [
        ("公用设施", "井盖", "缺失"), ("公用设施", "井盖", "破损"),
        ("公用设施", "路灯", "弹跳"), ("公用设施", "路灯", "倾斜"),
    ]
    plain = list(read_table(saved(merged), required=["小类"]))
    assert [row.values["大类"] for row in plain] == ["公用设施", "", "", ""]


def several(book: Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.title = "说明"
    sheet.append(["填表说明"])
    for title in ("部件", "事件"):
        other = book.create_sheet(title)
        other.append(["名称", "代码"])
        other.append([f"{title}一", "1"])


def test_the_first_sheet_with_the_required_columns_is_taken_or_the_named_one() -> None:
    data = saved(several)
    assert sheet_names(data) == ["说明", "部件", "事件"]
    assert read_table(data, required=["名称"]).sheet == "部件"
    assert next(iter(read_table(data, sheet="事件"))).values["名称"] == "事件一"
    refusal = refused(data, sheet="人员")
    assert refusal.reason is FormatError.SHEET_MISSING
    assert "部件" in refusal.text()
    assert refused(data, required=["面积"]).reason is FormatError.COLUMNS_MISSING
    assert refused(data, required=["名称"], sheet="说明").reason is FormatError.COLUMNS_MISSING


def test_an_empty_workbook_is_refused() -> None:
    assert refused(saved(lambda book: None)).reason is FormatError.FILE_EMPTY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 and then nothing of the kind", FormatError.ARCHIVE_BROKEN),
        (saved(small)[:-100], FormatError.ARCHIVE_BROKEN),
        (rewritten(saved(small), workbook=b""), FormatError.WORKBOOK_BROKEN),
        (rewritten(saved(small), workbook=b"<workbook"), FormatError.WORKBOOK_BROKEN),
        (rewritten(saved(small), sheet=b"<worksheet><sheetData><row r='1'><c r='A1'"), FormatError.WORKBOOK_BROKEN),
        (rewritten(saved(small), sheet=b"\x00\xff\xfe"), FormatError.WORKBOOK_BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
         FormatError.ARCHIVE_LOCKED),
    ],
    ids=["not a zip", "cut", "no workbook", "bad workbook", "bad sheet", "no sheet data", "password"],
)
def test_a_damaged_workbook_is_refused_in_words(data: bytes, reason: FormatError) -> None:
    assert refused(data).reason is reason


def sheet_xml(rows: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows + b"</sheetData></worksheet>"
    )


HEADER_XML = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


@pytest.mark.parametrize(
    "rows",
    [
        HEADER_XML + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        HEADER_XML + b"<row r='1048576'><c s='1' r = 'xfd1048576' ><v>1</v></c></row>",
        HEADER_XML + b'<row r="1048576"><c foo=">" r="XFD1048576"><v>1</v></c></row>',
        b"<row><c><v>1</v></c>" + b"<c><v>1</v></c>" * 100 + b'</row><row r="1048576"><c><v>1</v></c></row>',
    ],
    ids=["plain", "other quotes", "angle in quotes", "cells without references"],
)
def test_one_cell_far_out_does_not_take_the_memory(rows: bytes) -> None:
    data = rewritten(saved(small), sheet=sheet_xml(rows))
    assert refused(data).reason is FormatError.SHEET_TOO_WIDE


@pytest.mark.parametrize(
    "rows",
    [b"<c " * 300_000, b'<row><c r="' + b">" * 900_000, b"<c " + b'r="A1" ' * 120_000 + b"/>", b"<c r" + b" " * 900_000],
)
def test_hostile_xml_is_looked_through_without_delay(rows: bytes) -> None:
    """The guard's patterns must not try every way of reading a megabyte."""
    refused(rewritten(saved(small), sheet=sheet_xml(rows)))


def test_formatted_but_empty_rows_to_the_end_of_the_sheet_do_no_harm() -> None:
    styled = b'<row r="1048576">' + b"".join(b'<c r="%c1048576" s="1"/>' % c for c in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    data = rewritten(saved(small), sheet=sheet_xml(
        HEADER_XML + b'<row r="2"><c r="A2"><v>7</v></c></row>' + styled + b"</row>"
    ))
    assert [row.values for row in read_table(data)] == [{"a": "7"}]


def test_cells_without_references_are_read() -> None:
    data = rewritten(saved(small), sheet=sheet_xml(
        b'<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>7</v></c></row>'
    ))
    assert [row.values for row in read_table(data)] == [{"a": "7"}]


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    bomb = sheet_xml(HEADER_XML + b"<!--" + bytes([32]) * 60_000_000 + b"-->")
    assert refused(rewritten(saved(small), sheet=bomb)).reason is FormatError.ARCHIVE_BOMB


def test_no_byte_flipped_brings_anything_but_rows_or_a_coded_refusal() -> None:
    whole = saved(small)
    for at in range(0, len(whole), 97):
        data = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        try:
            rows = list(read_table(data))
        except Refusal:
            continue
        assert len(rows) <= 1

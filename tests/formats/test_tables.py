"""Tables in: which encoding, which delimiter, where the header stands, which row a person sees (C2, R2, DAT-13)."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.formats.errors import FormatError
from jingwei.formats.tables import Row, Source, normalise_header, read_table
from jingwei.kernel.errors import Refusal

CITY = "名称,代码\n南山,440305\n福田,440304\n"


def refused(source: Source, **options: object) -> Refusal:
    """The refusal of opening and reading to the end."""
    with pytest.raises(Refusal) as caught:
        list(read_table(source, **options))  # type: ignore[arg-type]
    assert "?" not in caught.value.text("zh"), "every placeholder of the text is filled"
    assert "?" not in caught.value.text("en")
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),  # as spreadsheets save "CSV UTF-8"
        ("gbk", "gb18030"),  # as Chinese spreadsheets save plain CSV
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),  # as spreadsheets save "Unicode text"
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_it_reads_every_usual_encoding(encoding: str, named: str, packed: bool, tmp_path: Path) -> None:
    data = CITY.encode(encoding)
    data = gzip.compress(data) if packed else data
    path = tmp_path / "城市.csv"
    path.write_bytes(data)
    for source in (data, path, str(path)):
        table = read_table(source, required=["名称", "代码"])
        assert table.encoding == named
        assert list(table) == [
            Row(2, 2, {"名称": "南山", "代码": "440305"}), Row(3, 3, {"名称": "福田", "代码": "440304"}),
        ]


def test_a_byte_beyond_gbk_deep_in_the_file_still_tells_the_encoding() -> None:
    rows = "".join(f"{n},plain\n" for n in range(200_000))
    table = read_table(("编号,name\n" + rows + "1,㐀\n").encode("gb18030"))
    assert table.encoding == "gb18030"
    assert list(table)[-1].values == {"编号": "1", "name": "㐀"}


@pytest.mark.parametrize(
    "data",
    [
        "名稱,說明\n噪音舉發,臺南市南區文南路妨礙安寧\n場所連續噪音,永福路一段\n".encode("big5"),
        "名前,説明\nこれはテスト,カタカナとひらがな\n".encode("shift_jis"),
        "name,text\nÉcole,déjà vu à Genève\n".encode("latin-1"),
        bytes([0xFF, 0xFE]) + "a".encode("utf-16-le") + b"\x00\xd8",  # half a surrogate pair
    ],
    ids=["big5", "shift-jis", "latin-1", "broken utf-16"],
)
def test_it_refuses_an_encoding_it_would_only_guess(data: bytes) -> None:
    assert refused(data).reason is FormatError.ENCODING_UNKNOWN


def test_it_names_the_line_of_a_bad_byte_in_utf8() -> None:
    good = "名称,说明\n" + "南山街道,一切正常的说明文字\n" * 50
    refusal = refused(good.encode() + b"\xe5\x8d,x\n" + good.encode())
    assert refusal.reason is FormatError.ENCODING_DAMAGED
    assert refusal.details["line"] == 52


def test_it_refuses_utf8_cut_off_inside_a_sign() -> None:
    assert refused(CITY.encode() + "区".encode()[:2]).reason is FormatError.ENCODING_DAMAGED


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("甲,乙\n1,2\n", ","),
        ("甲\t乙\n1,5\t2,5\n", "\t"),
        ("甲;乙\n1,5;2,5\n", ";"),
        ("甲,乙\n\"一;二;三\",2\n", ","),
        ("标题,,\n甲;乙\n1;2\n", ";"),  # the title's commas do not outweigh the columns asked for
    ],
)
def test_it_finds_the_delimiter(text: str, delimiter: str) -> None:
    table = read_table(text.encode(), required=["甲", "乙"])
    assert table.delimiter == delimiter
    assert table.columns == ("甲", "乙")


def test_a_single_column_may_hold_commas_in_every_row() -> None:
    rows = list(read_table("内容\n井盖,破损\n路灯,不亮,三天\n".encode()))
    assert [row.values["内容"] for row in rows] == ["井盖,破损", "路灯,不亮,三天"]


def test_a_named_delimiter_is_obeyed() -> None:
    assert read_table("甲|乙\n1|2\n".encode(), delimiter="|").columns == ("甲", "乙")


def test_row_numbers_are_those_a_person_sees() -> None:
    """A cell with line breaks is one row of a spreadsheet and several lines of a text editor."""
    text = '甲,乙\r\n1,"第一行\r\n第二行\r\n第三行"\r\n\r\n , \r\n2,平\r\n'
    rows = list(read_table(text.encode(), required=["甲"]))
    assert [(row.number, row.line) for row in rows] == [(2, 2), (5, 7)]
    assert rows[0].values["乙"] == "第一行\r\n第二行\r\n第三行"


def test_a_title_above_the_header_is_skipped_when_a_column_is_required() -> None:
    text = "某市立案标准,,\n,,\n大类代码,小类代码,小类名称\n01,02,井盖\n"
    table = read_table(text.encode(), required=["小类名称"])
    assert table.header_number == 3
    assert [row.number for row in table] == [4]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (" 名称 ", "名称"), ("　名称　", "名称"), ("姓　名", "姓名"), ("\ufeff名\u200b称", "名称"),
        ("处置\n时限", "处置时限"), ("Street  name", "Street name"), ("面积 (m²)", "面积 (m²)"),
        ("单位\xa0ID", "单位 ID"),
    ],
)
def test_headers_are_normalised(written: str, name: str) -> None:
    assert normalise_header(written) == name


@given(st.text(max_size=30))
def test_normalising_a_header_twice_changes_nothing_more(text: str) -> None:
    assert normalise_header(normalise_header(text)) == normalise_header(text)


def test_cells_stay_as_written() -> None:
    assert next(iter(read_table("甲,乙\n　 x ,０１\n".encode()))).values == {"甲": "　 x ", "乙": "０１"}


def test_a_short_row_is_filled_and_a_long_one_is_remarked() -> None:
    rows = list(read_table("甲,乙,丙\n1\n1,2,3,,\n1,2,3,x,,y\n".encode()))
    assert rows[0].values == {"甲": "1", "乙": "", "丙": ""}
    assert rows[1].findings == ()
    assert [remark.reason for remark in rows[2].findings] == [FormatError.CELLS_BEYOND_HEADER]
    assert rows[2].findings[0].details["columns"] == "4、6"


def test_a_column_without_a_name_is_remarked_only_where_it_is_filled() -> None:
    rows = list(read_table("甲,,丙\n1,,3\n1,2,3\n".encode()))
    assert rows[0] == Row(2, 2, {"甲": "1", "丙": "3"})
    assert [remark.reason for remark in rows[1].findings] == [FormatError.CELLS_BEYOND_HEADER]


def test_missing_columns_are_named() -> None:
    refusal = refused(CITY.encode(), required=["名称", "面积", "负责人"])
    assert refusal.reason is FormatError.COLUMNS_MISSING
    assert refusal.details["columns"] == "面积、负责人"
    assert "名称、代码" in refusal.text()


def test_doubled_columns_are_named() -> None:
    refusal = refused("名称,代码, 名称\n1,2,3\n".encode())
    assert (refusal.reason, refusal.details["columns"]) == (FormatError.COLUMNS_DUPLICATE, "名称")


@pytest.mark.parametrize("data", [b"", b"\n\n", b" , \n\t\n", "\ufeff".encode(), gzip.compress(b"")])
def test_it_refuses_an_empty_file(data: bytes) -> None:
    assert refused(data).reason is FormatError.FILE_EMPTY


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert list(read_table("甲,乙".encode())) == []


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_it_refuses_nul_bytes_and_names_the_line(encoding: str) -> None:
    refusal = refused("甲,乙\n一,2\n二,\x00\n".encode(encoding))
    assert (refusal.reason, refusal.details["line"]) == (FormatError.NUL_BYTES, 3)


@pytest.mark.parametrize(
    ("text", "reason", "number", "line"),
    [
        ('甲,乙\n"a\nb",1\n2,"开口\n3,4\n', FormatError.QUOTE_UNCLOSED, 3, 4),
        ('甲,乙\n1,2\n"大"号井盖,2\n', FormatError.QUOTE_STRAY, 3, 3),
        ("甲,乙\n1,2\n1," + "长" * 140_000 + "\n", FormatError.CELL_TOO_LONG, 3, 3),
        ("甲,乙\n1,2\n" + "1," * 2_200_000, FormatError.CELL_TOO_LONG, 3, 3),
    ],
)
def test_it_names_the_row_where_a_text_breaks(text: str, reason: FormatError, number: int, line: int) -> None:
    refusal = refused(text.encode(), required=["甲"])
    assert refusal.reason is reason
    assert (refusal.details["number"], refusal.details["line"]) == (number, line)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (b"MZ\x90\x00\x03\x00", "program"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        (b"SQLite format 3\x00", "database"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "HTML"),
        (b'\xef\xbb\xbf{"type": "FeatureCollection"}', "JSON"),
        (b'[{"a": 1}]', "JSON"),
        (gzip.compress(gzip.compress(b"a,b\n")), "gzip"),
    ],
)
def test_it_refuses_another_kind_of_file_under_a_tables_name(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "表格.csv"
    path.write_bytes(data)
    refusal = refused(path)
    assert refusal.reason is FormatError.TABLE_KIND
    assert told in refusal.details["found"]


def test_a_text_that_begins_like_a_program_is_still_a_text() -> None:
    assert read_table(b"MZ,b\n1,2\n").columns == ("MZ", "b")


@pytest.mark.parametrize("spoil", ["missing", "folder", "cut", "garbled"])
def test_it_refuses_what_cannot_be_read_without_showing_where_it_lies(spoil: str, tmp_path: Path) -> None:
    path = tmp_path / "表.csv.gz"
    packed = gzip.compress(CITY.encode() * 1000)
    if spoil == "folder":
        path.mkdir()
    elif spoil != "missing":
        path.write_bytes(packed[:-20] if spoil == "cut" else packed[:12] + bytes(40) + packed[52:])
    refusal = refused(path)
    assert refusal.reason is FormatError.FILE_UNREADABLE
    assert str(tmp_path) not in refusal.text()


def test_it_stops_unpacking_at_the_limit() -> None:
    from jingwei.formats.text_tables import read_text_table

    with pytest.raises(Refusal) as caught:
        read_text_table(gzip.compress(b"a,b\n" + b"1,2\n" * 1_000_000), max_bytes=1 << 20)
    assert caught.value.reason is FormatError.FILE_TOO_LARGE


def test_rows_are_read_only_while_they_are_asked_for() -> None:
    table = read_table(b"a,b\n1,2\n3,\"open\n")
    assert next(iter(table)).values == {"a": "1", "b": "2"}
    with pytest.raises(Refusal):
        next(iter(table))


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=2)))
def test_whatever_a_csv_writer_wrote_comes_back(cells: list[list[str]]) -> None:
    import csv

    from jingwei.formats.tables import guard_cell

    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["甲", "乙"])
    writer.writerows([guard_cell(cell) for cell in row] for row in cells)
    rows = list(read_table(text.getvalue().encode(), required=["甲", "乙"], delimiter=","))
    assert [list(row.values.values()) for row in rows] == [row for row in cells if "".join(map(guard_cell, row)).strip()]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_bring_anything_but_rows_or_a_coded_refusal(data: bytes) -> None:
    try:
        rows = list(read_table(data))
    except Refusal:
        return
    assert all(row.values for row in rows)

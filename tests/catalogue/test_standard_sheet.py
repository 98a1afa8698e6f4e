"""A city's own standard, as the city writes it (C2; real sheets of one city)."""

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

import pytest

from jingwei.catalogue.limits import STRICT, StatedLimit
from jingwei.catalogue.standard_sheet import REQUIRED, compare, kind_of, plain_words, read_standard
from jingwei.formats.tables import read_table

HEADERS = ("类别", "大类代码", "大类名称", "小类代码", "小类名称", "立案条件", "处置时限", "结案条件", "责任主体")


class Row(NamedTuple):
    number: int
    values: dict[str, str]


def sheet(*lines: str, **options: object):
    """Rows written as cells parted by '|', in the order of HEADERS."""
    rows = [
        Row(number, dict(zip(HEADERS, (cell.strip() for cell in line.split("|")), strict=False)))
        for number, line in enumerate(lines, start=2)]
    return read_standard(rows, **options)  # type: ignore[arg-type]


def test_it_reads_a_rule():
    found = sheet("部件 | 01 | 公用设施 | 01 | 上水井盖 | 井盖缺失 | 2紧急工作时 | 恢复 | 供水公司")
    assert found.doubts == ()
    (row,) = found.rows
    assert (row.kind, row.code, row.minor_name) == ("component", "0101", "上水井盖")
    assert row.limit == StatedLimit(Decimal(2), "urgent_hour")
    assert (row.condition, row.closing, row.responsible) == ("井盖缺失", "恢复", "供水公司")


def test_blank_class_cells_repeat_the_row_above_only_where_told_to():
    lines = (
        "部件 | 01 | 公用设施 | 01 | 上水井盖 | 井盖缺失 | 2紧急工作时 | 恢复 | 供水公司",
        " |  |  |  |  | 井盖破损 | 4工作时 | 更换 | ",
        " |  |  | 02 | 污水井盖 | 井盖缺失 | 2紧急工作时 | 恢复 | 排水公司",
    )
    filled = sheet(*lines, fill_down=True, kind="component")
    assert [(row.code, row.responsible) for row in filled.rows] == [
        ("0101", "供水公司"), ("0101", "供水公司"), ("0102", "排水公司")]
    assert filled.doubts == ()
    strict = sheet(*lines, kind="component")
    assert [row.code for row in strict.rows] == ["0101"]
    assert [doubt.code for doubt in strict.doubts] == ["class.major_blank", "class.minor_blank", "class.major_blank"]


def test_a_new_class_does_not_inherit_the_bodies_of_the_one_above():
    found = sheet(
        "部件 | 01 | 公用设施 | 01 | 上水井盖 | 井盖缺失 | 2紧急工作时 | 恢复 | 供水公司",
        " |  |  | 02 | 污水井盖 | 井盖缺失 | 2紧急工作时 | 恢复 | ", fill_down=True, kind="component")
    assert found.rows[1].responsible == ""


def test_codes_that_a_spreadsheet_made_numbers_get_their_zeros_back():
    found = sheet("部件 | 1.0 | 公用设施 | 1 | 上水井盖 | 井盖缺失 | 4工作时 | 恢复 | ")
    assert found.rows[0].code == "0101"
    longer = sheet("部件 | 1 | 公用设施 | 1 | 供水井盖 | 井盖缺失 | 4工作时 | 恢复 | ", minor_digits=3)
    assert longer.rows[0].code == "01001"


ODD = [
    (" | 01 | 公用设施 | 01 | 井盖 | 缺失 | 1天 | 恢复 | ", "kind.unsaid", False),
    ("物件 | 01 | 公用设施 | 01 | 井盖 | 缺失 | 1天 | 恢复 | ", "kind.unsaid", False),
    ("部件 |  | 公用设施 | 01 | 井盖 | 缺失 | 1天 | 恢复 | ", "class.major_blank", False),
    ("部件 | 00 | 公用设施 | 01 | 井盖 | 缺失 | 1天 | 恢复 | ", "class.major_zero", False),
    ("部件 | 01 | 公用设施 |  | 井盖 | 缺失 | 1天 | 恢复 | ", "class.minor_blank", False),
    ("部件 | 01 | 公用设施 | 0 | 井盖 | 缺失 | 1天 | 恢复 | ", "class.minor_zero", False),
    ("部件 | 01 | 公用设施 | 001 | 井盖 | 缺失 | 1天 | 恢复 | ", "class.minor_odd", False),
    ("部件 | ０１ | 公用设施 | 01 | 井盖 | 缺失 | 1天 | 恢复 | ", "class.major_odd", False),
    ("部件 | 1.5 | 公用设施 | 01 | 井盖 | 缺失 | 1天 | 恢复 | ", "class.major_odd", False),
    ("部件 | 01 | 公用设施 | 01 | 井盖 |  | 1天 | 恢复 | ", "condition.blank", False),
    ("部件 | 01 | 公用设施 | 01 | 井盖 | 缺失 |  | 恢复 | ", "limit.blank", True),
    ("部件 | 01 | 公用设施 | 01 | 井盖 | 缺失 | 尽快 | 恢复 | ", "limit.unreadable", True),
]


@pytest.mark.parametrize(("line", "code", "kept"), ODD)
def test_it_lists_what_is_odd_with_row_and_reason(line, code, kept):
    found = sheet(line)
    assert [(doubt.number, doubt.code, doubt.kept) for doubt in found.doubts] == [(2, code, kept)]
    assert len(found.rows) == kept
    assert all(row.limit is None for row in found.rows)


def test_it_tells_repeats_from_contradictions():
    line = "部件 | 01 | 公用设施 | 01 | 井盖 | {} | {} | 恢复 | "
    found = sheet(
        line.format("缺失、移位", "1天"), line.format("缺失，移位", "1工作日"), line.format("缺失、移位", "3天"),
        line.format("缺失", "3天"))
    assert [(doubt.number, doubt.code) for doubt in found.doubts] == [(3, "row.repeated"), (4, "row.contradicts")]
    assert [row.number for row in found.rows] == [2, 5]


def test_a_class_with_two_names_is_told_once():
    line = "部件 | 02 | {} | 01 | 停车场 | {} | 1天 | 恢复 | "
    found = sheet(line.format("道路交通设施", "甲"), line.format("交通设施", "乙"), line.format("交通设施", "丙"))
    assert [(doubt.number, doubt.code) for doubt in found.doubts] == [(3, "class.renamed")]
    assert len(found.rows) == 3


def test_the_reading_of_bare_limits_is_a_setting():
    found = sheet("部件 | 01 | 公用设施 | 01 | 井盖 | 缺失 | 4小时 | 恢复 | ", reading=STRICT)
    assert [doubt.code for doubt in found.doubts] == ["limit.unit_unsaid"]


def test_the_kind_is_read_from_a_word():
    assert kind_of("部件") == kind_of("立案标准（部件）") == "component"
    assert kind_of("事件") == kind_of("管理事项") == "matter"
    assert kind_of("部件和事件") is None
    assert kind_of("其他") is None


def test_it_compares_two_readings_of_one_standard():
    line = "部件 | 01 | 公用设施 | 01 | 井盖 | {} | {} | {} | "
    first = sheet(line.format("甲", "4小时", "恢复"), line.format("乙", "1天", "恢复"), line.format("丙", "1天", "恢复"))
    second = sheet(line.format("甲", "4工作时", "恢复"), line.format("乙", "4工作时", "更换"), line.format("丁", "1天", "恢复"))
    assert [(found.what, found.key[3], found.first, found.second) for found in compare(first.rows, second.rows)] == [
        ("only_second", "丁", "", "1天"), ("only_first", "丙", "1天", ""), ("limit", "乙", "1天", "4工作时"),
        ("closing", "乙", "恢复", "更换"), ("limit_wording", "甲", "4小时", "4工作时")]
    assert plain_words("外观不洁， 存在积灰") == plain_words("外观不洁、存在积灰")


def read_real(test_data, name, **options):
    fill = {"fill_merged": True, "sheet": options.pop("sheet")} if "sheet" in options else {}
    source = test_data / "standards_yuncheng" / name
    return read_standard(read_table(source, required=REQUIRED, **fill), **options)


def test_it_reads_the_flat_table_of_a_real_city(test_data):
    flat = read_real(test_data, "standards_flat.csv")
    assert len(flat.rows) + sum(not doubt.kept for doubt in flat.doubts) == 522
    assert Counter(doubt.code for doubt in flat.doubts) == {
        "row.repeated": 3, "class.major_zero": 2, "limit.more_words": 1}
    assert Counter(row.kind for row in flat.rows) == {"component": 375, "matter": 142}
    assert all(row.limit or row.number == 403 for row in flat.rows)


def test_it_reads_the_table_saved_from_merged_cells(test_data):
    preview = read_real(test_data, "standards_preview.csv", kind="component", fill_down=True)
    assert len(preview.rows) == 279
    assert Counter(doubt.code for doubt in preview.doubts) == {"class.renamed": 1}
    assert [row.code for row in preview.rows if row.limit and row.limit.season] == ["0402"]
    assert all(row.responsible for row in preview.rows)


def test_it_reads_the_workbook_sheet_by_sheet(test_data):
    flat = read_real(test_data, "standards_flat.csv")
    components = read_real(test_data, "muban.xlsx", sheet="部件", kind="component")
    matters = read_real(test_data, "muban.xlsx", sheet="事件", kind="matter")
    assert (len(components.rows), len(matters.rows)) == (375, 142)
    assert components.doubts == ()
    # Two rows whose class code is blank and not merged: the flat table has 00 in that place.
    assert Counter(doubt.code for doubt in matters.doubts) == {
        "row.repeated": 3, "class.major_blank": 2, "limit.more_words": 1}
    assert compare(flat.rows, components.rows + matters.rows) == ()


def test_it_shows_where_the_two_files_of_one_city_disagree(test_data):
    """data/README: the reading of bare hours and days rests on this comparison."""
    flat = read_real(test_data, "standards_flat.csv")
    preview = read_real(test_data, "standards_preview.csv", kind="component", fill_down=True)
    found = compare(flat.rows, preview.rows)
    assert Counter(each.what for each in found) == {
        "limit_wording": 254, "only_first": 98, "limit": 4, "only_second": 2}
    assert {(each.first, each.second) for each in found if each.what == "limit"} == {
        ("1天", "4工作时"), ("15天", "种植季节15工作日")}

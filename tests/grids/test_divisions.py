"""Reading tables of divisions: shapes, order, and each trap by name."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.formats.rows import Row
from jingwei.grids import divisions, findings
from jingwei.grids.codes import Kind
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Grade, Remark
from jingwei.grids.rows import Reading
from jingwei.kernel.errors import ErrorCode, Refusal


def read(text: str, **options: object) -> Reading:
    lines = text.strip().splitlines()
    return divisions.read(numbered(csv.DictReader(lines)), **options)  # type: ignore[arg-type]


def numbered(records: Iterable[dict[str, str]]) -> Iterator[Row]:
    return (Row(number, number, record) for number, record in enumerate(records, 1))


def told(reading: Reading) -> list[tuple[int, ErrorCode]]:
    return [(one.row, one.reason) for one in reading.findings]


CITY = """code,name,parent_code,level
990100000000,示例市,990000000000,2
990000000000,示例省,,1
"""


def test_it_puts_parents_before_children_whatever_the_order_of_the_file() -> None:
    reading = read(CITY)
    assert [(row.code, row.level, row.kind) for row in reading.rows] == [
        ("990000000000", 1, Kind.PROVINCE), ("990100000000", 2, Kind.CITY)]
    assert reading.findings == []


TRAPS = [
    ("a repeated row", "990100000000,示例市,990000000000,2", [(3, Remark.REPEATED)]),
    ("one code, two names", "990100000000,另一市,990000000000,2", [(3, Remark.TWO_NAMES)]),
    ("one code, two parents", "990100000000,示例市,990200000000,2",
     [(3, Remark.OTHER_PARENT), (3, Remark.TWO_PARENTS)]),
    ("a blank name", "990200000000,　,990000000000,2", [(3, Remark.TRIMMED), (3, Remark.NO_NAME)]),
    ("a name too long", f"990200000000,{'长' * 101},990000000000,2", [(3, Remark.LONG_NAME)]),
    ("an ideographic space in front", "990200000000,　乙市,990000000000,2", [(3, Remark.TRIMMED)]),
    ("a private-use character", "990200000000,\ue170市,990000000000,2", [(3, Remark.PRIVATE_SIGN)]),
    ("an invisible character", "990200000000,乙\u200b市,990000000000,2", [(3, Remark.HIDDEN_SIGN)]),
    ("a lost character", "990200000000,上?村,990000000000,2", [(3, Remark.LOST_SIGN)]),
    ("brackets are ordinary", "990200000000,乙市（新区）,990000000000,2", []),
    ("full-width digits", "９９０２00000000,乙市,990000000000,2", [(3, Remark.BAD_CODE)]),
    ("no such parent", "990201000000,乙区,990200000000,3", [(3, Remark.NO_PARENT)]),
    ("a level that the code denies", "990200000000,乙市,990000000000,4", [(3, Remark.BAD_LEVEL)]),
    ("a town right under a city", "990100001000,甲街道,990100000000,4", [(3, Remark.SKIPS_LEVEL)]),
    ("a town number beyond GB/T 10114", "990100600000,甲地,990100000000,4",
     [(3, Remark.NO_KIND), (3, Remark.SKIPS_LEVEL)]),
]


@pytest.mark.parametrize(("gloss", "line", "expected"), TRAPS, ids=[t[0] for t in TRAPS])
def test_each_trap_is_told(gloss: str, line: str, expected: list[tuple[int, Remark]]) -> None:
    reading = read(CITY + line)
    assert told(reading) == expected
    taken = not any(remark.grade is Grade.REFUSED for _, remark in expected)
    assert len(reading.rows) == 2 + taken


def test_names_are_taken_clean() -> None:
    reading = read(CITY + "990200000000,　乙\u200b市 ,990000000000,2")
    assert reading.rows[-1].name == "乙市"


def test_the_children_of_a_refused_row_are_told_why() -> None:
    reading = read(CITY + "990200000000,,990000000000,2\n990201000000,乙区,990200000000,3")
    assert (4, Remark.PARENT_REFUSED) in told(reading)


def test_a_circle_of_parents_is_refused_and_named() -> None:
    reading = read("code,name,parent_code\nA,甲,B\nB,乙,A\nC,丙,B\nD,丁,")
    assert told(reading) == [(1, Remark.CIRCLE), (2, Remark.CIRCLE), (3, Remark.PARENT_REFUSED)]
    assert [row.code for row in reading.rows] == ["D"]


def test_it_fills_up_codes_that_end_after_their_level() -> None:
    """streets_2023 and areas: nine and six digits, the parent in another column."""
    reading = read("code,name,areaCode,provinceCode,cityCode\n990101001,甲街道,990101,99,9901\n",
                   known=lambda codes: dict.fromkeys(codes, 3))
    (row,) = reading.rows
    assert (row.code, row.parent, row.level, row.kind) == ("990101001000", "990101000000", 4, Kind.STREET)


def test_a_county_that_is_its_own_city_is_taken_as_one() -> None:
    """A city without counties stands in the list of counties as '441900' under '4419'."""
    reading = read("code,name,cityCode,provinceCode\n441900,东莞市,4419,44\n",
                   known=lambda codes: dict.fromkeys(codes, 2))
    assert reading.rows == []
    assert told(reading) == [(1, Remark.SAME_AS_PARENT)]


def test_it_reads_chinese_column_names() -> None:
    reading = read("区划代码,名称,上级代码,级别\n990000000000,示例省,,1")
    assert reading.rows[0].name == "示例省"


def test_it_refuses_a_file_without_the_columns() -> None:
    with pytest.raises(Refusal) as refusal:
        read("a,b\n1,2")
    assert refusal.value.reason is GridError.COLUMNS_MISSING


def test_a_fifteen_digit_unit_stands_under_its_community_or_the_given_responsibility_grid() -> None:
    text = """code,name,parent_code,kind
990101001001,甲社区,,
R1,第一责任网格,990101001001,责任网格
990101001001001,1号单元,,
990101001001002,2号单元,R1,
99010100100103,3号单元,990101001001,
"""
    reading = read(text, known=lambda codes: {"990101001000": 4})
    found = {row.code: (row.parent, row.level, row.kind) for row in reading.rows}
    assert found["R1"] == ("990101001001", 6, Kind.RESPONSIBILITY)
    assert found["990101001001001"] == ("990101001001", 7, Kind.UNIT)
    assert found["990101001001002"] == ("R1", 7, Kind.UNIT)
    assert found["990101001001003"] == ("990101001001", 7, Kind.UNIT), "the old 14 digits become 15"
    assert (5, Remark.OLD_CODE) in told(reading)


def test_a_town_of_three_levels_keeps_its_numbers() -> None:
    """AT-02: 1 + 13 + 115 grids; 13 = 12 villages + 1 community; each level-3 grid has one level-2 parent."""
    villages = [(f"V{n:02d}", "村" if n < 12 else "社区") for n in range(13)]
    lines = ["code,name,parent_code,kind", "T,示例镇,,镇"]
    lines += [f"{code},{code}号,T,{kind}" for code, kind in villages]
    lines += [f"G{n:03d},第{n}组,V{n % 13:02d},组" for n in range(115)]
    reading = read("\n".join(lines))
    assert reading.findings == []
    assert Counter(row.level for row in reading.rows) == {1: 1, 2: 13, 3: 115}
    kinds = Counter(row.kind for row in reading.rows)
    assert kinds == {Kind.TOWN: 1, Kind.VILLAGE: 12, Kind.COMMUNITY: 1, Kind.GROUP: 115}
    second = {row.code for row in reading.rows if row.level == 2}
    assert all(row.parent in second for row in reading.rows if row.level == 3)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_any_jumble_of_parents_comes_out_ordered_or_explained(pairs: list[tuple[int, int]]) -> None:
    records = [{"code": str(code), "name": str(code), "parent_code": str(parent) if parent else ""}
               for code, parent in pairs]
    reading = divisions.read(numbered(records))
    seen = {""}
    for row in reading.rows:
        assert row.parent in seen
        seen.add(row.code)
    told_of = {row.row for row in reading.rows} | {one.row for one in reading.refused}
    assert told_of == set(range(1, len(pairs) + 1))


def _whole(path: Path) -> Reading:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as source:
        return divisions.read(numbered(csv.DictReader(source)))


def test_the_whole_country_is_read_and_its_traps_counted(test_data: Path) -> None:
    """GRD-18: 704,749 rows; 77 towns right under a city, an ideographic space, private-use characters."""
    reading = _whole(test_data / "divisions" / "division_2019.csv.gz")
    assert Counter(row.level for row in reading.rows) == {1: 31, 2: 342, 3: 3272, 4: 43104, 5: 658000}
    assert findings.counts(reading.findings) == {
        "grids.row.lost_sign": 16, "grids.row.private_sign": 3, "grids.row.skips_level": 77,
        "grids.row.trimmed": 1}
    placed = {row.code: place for place, row in enumerate(reading.rows)}
    assert all(placed[row.parent] < place for place, row in enumerate(reading.rows) if row.parent)


def test_the_streets_of_2023_name_the_counties_they_lack(test_data: Path) -> None:
    """Given nothing but the file, every street is refused: no county is known."""
    with gzip.open(test_data / "divisions" / "streets_2023.csv.gz", "rt", encoding="utf-8-sig") as source:
        reading = divisions.read(numbered(csv.DictReader(source)))
    assert reading.rows == []
    assert findings.counts(reading.findings) == {"grids.row.no_parent": 41351, "grids.row.same_as_parent": 1}

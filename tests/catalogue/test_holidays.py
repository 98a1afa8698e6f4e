"""Holiday lists: year files in, one calendar out (C4, AT-10)."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jingwei.catalogue
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.holidays import (
    Holiday,
    check_calendar,
    merged,
    read_table,
    read_year,
    write_table,
)
from jingwei.kernel.errors import Refusal

TABLE = Path(jingwei.catalogue.__file__).parent / "data" / "holidays.csv"
WEEKDAYS = [True] * 5 + [False] * 2


def year_file(year: object = 2030, *days: tuple[str, bool]) -> str:
    listed = [{"name": "元旦", "date": on, "isOffDay": off} for on, off in days]
    return json.dumps({"year": year, "papers": ["http://www.gov.cn/notice"], "days": listed})


def shipped():
    return merged(read_table(TABLE))


def test_it_reads_a_year_file():
    found = read_year(year_file(2030, ("2030-01-01", True), ("2029-12-29", False)))
    assert found.days == (
        Holiday(date(2029, 12, 29), "work", "元旦", 2030, "http://www.gov.cn/notice"),
        Holiday(date(2030, 1, 1), "off", "元旦", 2030, "http://www.gov.cn/notice"))


def test_the_later_list_wins_and_says_so():
    earlier = read_year(year_file(2029, ("2029-12-31", False)))
    later = read_year(year_file(2030, ("2029-12-31", True)))
    for lists in ([earlier, later], [later, earlier]):
        calendar = merged(lists)
        assert calendar.exceptions == {date(2029, 12, 31): "off"}
        assert [finding.code for finding in calendar.findings] == ["holiday.conflict"]
        assert calendar.known_years == {2029, 2030}


def test_a_day_told_twice_is_a_finding():
    again = merged([read_year(year_file(2030, ("2030-01-01", True), ("2030-01-01", True)))])
    assert [finding.code for finding in again.findings] == ["holiday.repeated"]
    both = merged([read_year(year_file(2030, ("2030-01-01", True), ("2030-01-01", False)))])
    assert [finding.code for finding in both.findings] == ["holiday.contradicts_itself"]
    assert both.exceptions == {date(2030, 1, 1): "work"}


@pytest.mark.parametrize("text", [
    "", "[]", "{}", "not json", '{"year": 2030, "days": {}}', '{"year": "2030", "days": []}',
    '{"year": true, "days": []}', '{"year": 99999, "days": []}', '{"year": 2030, "days": [1]}',
    '{"year": 2030, "days": [], "papers": 3}',
    '{"year": 2030, "days": [{"date": "2030-02-30", "isOffDay": true}]}',
    '{"year": 2030, "days": [{"date": "2030-1-1", "isOffDay": true}]}',
    '{"year": 2030, "days": [{"date": "２030-01-01", "isOffDay": true}]}',
    '{"year": 2030, "days": [{"date": 20300101, "isOffDay": true}]}',
    '{"year": 2030, "days": [{"date": "2030-01-01", "isOffDay": "yes"}]}',
    '{"year": 2030, "days": [{"date": "2030-01-01"}]}',
    '{"year": 2030, "days": [{"date": "2030-01-01", "isOffDay": true, "name": 3}]}',
    '{"year": 2030, "days": [{"date": "2028-12-31", "isOffDay": true}]}',
    '{"year": 2030, "days": [{"date": "2031-01-01", "isOffDay": true}]}',
    "[" * 100_000,
])
def test_it_refuses_a_malformed_year_file(text):
    with pytest.raises(Refusal) as refused:
        read_year(text)
    assert refused.value.reason is CatalogueError.HOLIDAYS_UNREADABLE


@pytest.mark.parametrize("text", [
    "", "date,kind\n2030-01-01,off\n",
    "date,kind,name,year_file,source\n2030-01-01,holiday,元旦,2030,x\n",
    "date,kind,name,year_file,source\n2030-13-01,off,元旦,2030,x\n",
    "date,kind,name,year_file,source\n2030-01-01,off,元旦,２０３０,x\n",
    "date,kind,name,year_file,source\n2030-01-01,off,元旦,,x\n",
    "date,kind,name,year_file,source\n2030-01-01\n",
])
def test_it_refuses_a_malformed_table(text):
    with pytest.raises(Refusal):
        read_table(text.encode())


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw):
    """T3: never anything but a coded refusal."""
    for reader in (read_year, read_table):
        with suppress(Refusal):
            reader(raw)


def test_the_table_comes_back_as_written():
    days = shipped().days.values()
    assert write_table(days) == TABLE.read_text(encoding="utf-8")


def test_the_shipped_table_is_what_the_year_files_say(test_data):
    files = sorted((test_data / "holidays").glob("*.json"))
    assert len(files) == 13
    calendar = merged(read_year(path.read_text(encoding="utf-8")) for path in files)
    assert calendar == shipped()


# The State Council notices, day by day around the borders.
FACTS = [
    ("2024-09-29", "work", "Sun"), ("2024-10-01", "off", "Tue"), ("2024-10-07", "off", "Mon"),
    ("2024-10-12", "work", "Sat"), ("2024-06-10", "off", "Mon, Dragon Boat"),
    ("2024-02-04", "work", "Sun"), ("2024-02-10", "off", "Sat, New Year's Day"), ("2024-02-18", "work", "Sun"),
    ("2025-01-26", "work", "Sun"), ("2025-02-08", "work", "Sat"), ("2025-10-11", "work", "Sat"),
    ("2026-01-04", "work", "Sun"), ("2026-02-14", "work", "Sat"), ("2026-02-28", "work", "Sat"),
    ("2018-12-29", "work", "Sat, in the list of 2019"), ("2022-12-31", "off", "Sat, in the list of 2023"),
]


@pytest.mark.parametrize(("on", "word", "gloss"), FACTS)
def test_the_shipped_table_knows(on, word, gloss):
    assert shipped().exceptions[date.fromisoformat(on)] == word, gloss


def test_the_shipped_table_is_sound():
    calendar = shipped()
    assert calendar.findings == ()
    assert calendar.known_years == set(range(2014, 2027))
    assert len(calendar.days) == 432
    # 3 February 2020 is named a working day in an emergency notice although it is a Monday.
    assert [(found.code, found.on) for found in check_calendar(
        calendar.exceptions, WEEKDAYS, calendar.known_years)] == [("work.redundant", date(2020, 2, 3))]


CHECKED = [
    ({"2030-01-01": "off"}, {2030}, []),
    ({"2030-01-05": "work", "2030-01-01": "off"}, {2030}, []),
    ({}, {2030}, ["year.empty"]),
    ({"2030-01-05": "work"}, {2030}, ["year.empty"]),
    ({"2030-01-01": "off", "2031-01-01": "off"}, {2030}, ["year.partial"]),
    ({"2030-01-01": "off", "2030-01-02": "work"}, {2030}, ["work.redundant"]),
    ({f"2030-05-{day:02d}": "off" for day in range(6, 18)}, {2030}, ["run.rest"]),
    ({"2030-01-01": "off", "2030-05-11": "work", "2030-05-12": "work"}, {2030}, ["run.work"]),
]


@pytest.mark.parametrize(("days", "known", "codes"), CHECKED)
def test_it_points_at_what_looks_odd_in_an_edited_calendar(days, known, codes):
    exceptions = {date.fromisoformat(on): word for on, word in days.items()}
    assert [finding.code for finding in check_calendar(exceptions, WEEKDAYS, known)] == codes

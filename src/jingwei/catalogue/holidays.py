"""Official holidays and make-up working days: holiday-cn year files, the table shipped here, checks.

A year's file may hold days of the year before: the New Year holiday often begins in December.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Any, NamedTuple, TypeVar

from jingwei.catalogue.errors import CatalogueError, RowError
from jingwei.formats import tables
from jingwei.formats.tables import Source
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import ascii_digits

COLUMNS = ("date", "kind", "name", "year_file", "source")
WORDS = ("off", "work")
_LONG_REST = 15   # days in a row without work: more than any list so far (2020: 10)
AnyRow = TypeVar("AnyRow", bound=Any)
_LONG_WORK = 12   # working days in a row: more than any list so far (7)


class Holiday(NamedTuple):
    """One special date. `word`: 'off' or 'work' (a make-up working day). `year`: the list it stands in."""

    on: date
    word: str
    name: str
    year: int
    source: str


class Finding(NamedTuple):
    """Something a person should look at. `text` is Chinese."""

    code: str
    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class YearList:
    year: int
    days: tuple[Holiday, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Lists put together: the special dates, the years they cover, and what was odd."""

    days: Mapping[date, Holiday]
    known_years: frozenset[int]
    findings: tuple[Finding, ...]

    @property
    def exceptions(self) -> dict[date, str]:
        return {on: day.word for on, day in self.days.items()}

    @property
    def names(self) -> dict[date, str]:
        return {on: day.name for on, day in self.days.items()}


def read_year(text: str | bytes) -> YearList:
    """Read one holiday-cn year file (JSON). Raises `catalogue.holidays_unreadable`."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable("不是 JSON 文件") from error
    if not isinstance(body, dict) or not isinstance(body.get("days"), list):
        raise _unreadable("缺少 days")
    year = body.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not 1949 <= year <= 2200:
        raise _unreadable(f"年份不对：{year!r}")
    papers = body.get("papers") or []
    if not isinstance(papers, list):
        raise _unreadable("papers 不是列表")
    source = " ".join(paper for paper in papers if isinstance(paper, str))
    days = _each(enumerate(body["days"], 1), lambda row: _day(row, year, source), "days 第 {} 项")
    return _year_list(year, days)


def _day(row: object, year: int, source: str) -> Holiday:
    if not isinstance(row, dict):
        raise _Odd(f"不是对象：{str(row)[:40]}")
    on, off, name = _date(row.get("date")), row.get("isOffDay"), row.get("name", "")
    if not isinstance(off, bool):
        raise _Odd(f"{on} 的 isOffDay 不是 true 或 false")
    if not isinstance(name, str):
        raise _Odd(f"{on} 的名称不是文字")
    return Holiday(_of_year(on, year), "off" if off else "work", name.strip(), year, source)


def read_table(source: Source) -> tuple[YearList, ...]:
    """Read the product's own table (`COLUMNS`; a path or bytes), one list per year file, in the order of years."""
    years: dict[int, list[Holiday]] = {}
    rows = ((row.number, row.values) for row in tables.read_table(source, required=COLUMNS))
    for day in _each(rows, _day_of_row, "第 {} 行"):
        years.setdefault(day.year, []).append(day)
    return tuple(_year_list(year, years[year]) for year in sorted(years))


def _day_of_row(cells: Mapping[str, str]) -> Holiday:
    values = {column: cells[column].strip() for column in COLUMNS}
    if not (len(values["year_file"]) == 4 and ascii_digits(values["year_file"])):
        raise _Odd(f"年份（year_file）不对：“{values['year_file'][:40]}”")
    if values["kind"] not in WORDS:
        raise _Odd(f"kind 只能写 off 或 work，现为“{values['kind'][:40]}”")
    year = int(values["year_file"])
    return Holiday(_of_year(_date(values["date"]), year), values["kind"], values["name"], year, values["source"])


class _Odd(Exception):
    """Why one row cannot be read, in Chinese."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, as lists of rejects take it."""

    row: int
    why: str
    reason: RowError = RowError.ODD

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, why=self.why).text(language)


def _each(rows: Iterable[tuple[int, AnyRow]], read: Callable[[AnyRow], Holiday], where: str) -> list[Holiday]:
    """Every row, or the refusal of the whole list that names each row in doubt: a day left out silently would be worked."""
    days, bad = [], []
    for number, row in rows:
        try:
            days.append(read(row))
        except _Odd as odd:
            bad.append(BadRow(number, str(odd)))
    if bad:
        more = f"；共 {len(bad)} 处有错" if len(bad) > 1 else ""
        raise Refusal(CatalogueError.HOLIDAYS_UNREADABLE, why=f"{where.format(bad[0].row)}{bad[0].why}{more}", findings=bad)
    return days


def write_table(days: Iterable[Holiday]) -> str:
    """The table of these days, sorted by date, as `read_table` takes it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for day in sorted(days):
        writer.writerow((day.on.isoformat(), day.word, day.name, day.year, day.source))
    return out.getvalue()


def merged(lists: Iterable[YearList]) -> Calendar:
    """Put year lists together. A later year's list wins over an earlier one; every conflict is a finding."""
    days: dict[date, Holiday] = {}
    findings: list[Finding] = []
    years = set()
    for each in sorted(lists, key=lambda one: one.year):
        findings.extend(each.findings)
        years.add(each.year)
        for day in each.days:
            before = days.get(day.on)
            if before is not None and before.word != day.word:
                findings.append(Finding(
                    "holiday.conflict", day.on,
                    f"{day.on}：{before.year} 年的安排为{_said(before.word)}，"
                    f"{day.year} 年的安排为{_said(day.word)}，以 {day.year} 年的为准"))
            days[day.on] = day
    return Calendar(days, frozenset(years), tuple(findings))


def check_calendar(
    exceptions: Mapping[date, str], working: Sequence[bool], known_years: Iterable[int], *,
    only: frozenset[int] | None = None,
) -> tuple[Finding, ...]:
    """What looks odd in an edited calendar; nothing here forbids saving it.

    working: for Monday..Sunday, whether the weekday ordinarily works. only: the years to look at, None for all.
    """
    findings = []
    known = frozenset(known_years)
    for on, word in sorted(exceptions.items()):
        if only is not None and on.year not in only:
            continue
        if word == "work" and working[on.weekday()]:
            findings.append(Finding("work.redundant", on, f"{on} 本来就上班，不必列为调休上班"))
        if on.year not in known:
            findings.append(Finding("year.partial", on, f"{on}：{on.year} 年的放假安排没有录全"))
    for year in sorted(known if only is None else known & only):
        if not any(on.year == year and word == "off" for on, word in exceptions.items()):
            findings.append(Finding("year.empty", None, f"{year} 年没有一天放假"))
        else:
            findings.extend(_long_runs(year, exceptions, working))
    return tuple(findings)


def unknown_years(known_years: Iterable[int], today: date) -> tuple[Finding, ...]:
    """This year and the next, as far as no list covers them: deadlines reach into both."""
    known = frozenset(known_years)
    return tuple(Finding("year.unknown", None, f"{year} 年的放假安排还没有录入，跨入这一年的时限先按周末推算；公布后请导入")
                 for year in (today.year, today.year + 1) if year not in known)


def _long_runs(year: int, exceptions: Mapping[date, str], working: Sequence[bool]) -> Iterable[Finding]:
    on, run, works = date(year, 1, 1), 0, False
    while on.year == year:
        today = exceptions.get(on, "work" if working[on.weekday()] else "off") == "work"
        run = run + 1 if today is works else 1
        works = today
        if works and run == _LONG_WORK:
            yield Finding("run.work", on, f"到 {on} 已连续上班 {run} 天")
        if not works and run == _LONG_REST:
            yield Finding("run.rest", on, f"到 {on} 已连续放假 {run} 天")
        on += timedelta(days=1)


def _year_list(year: int, days: Iterable[Holiday]) -> YearList:
    kept: dict[date, Holiday] = {}
    findings = []
    for day in days:
        if (before := kept.get(day.on)) is not None:
            code = "holiday.repeated" if before.word == day.word else "holiday.contradicts_itself"
            findings.append(Finding(code, day.on, f"{day.on} 在 {year} 年的安排里出现两次，以后一次为准"))
        kept[day.on] = day
    return YearList(year, tuple(kept[on] for on in sorted(kept)), tuple(findings))


def _date(text: object) -> date:
    if not isinstance(text, str) or len(text) != 10 or not text.isascii():
        raise _Odd(f"日期不对：“{str(text)[:40]}”，应为 2026-01-01 这样的日期")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _Odd(f"日期不对：“{text}”，没有这一天") from error


def _of_year(on: date, year: int) -> date:
    if on.year not in (year - 1, year):
        raise _Odd(f"{on} 不属于 {year} 年的安排")
    return on


def _said(word: str) -> str:
    return "放假" if word == "off" else "上班"


def _unreadable(why: str) -> Refusal:
    return Refusal(CatalogueError.HOLIDAYS_UNREADABLE, why=why)

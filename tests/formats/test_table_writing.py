"""Tables out: formulas disarmed, files whole or absent, rejected rows that can be corrected and come again (R2)."""

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.formats import atomic
from jingwei.formats.errors import FormatError
from jingwei.formats.findings import finding
from jingwei.formats.tables import CsvWriter, RejectsWriter, guard_cell, read_table, unguard_cell
from jingwei.kernel.errors import KernelError, Refusal


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1＋1", "－1-1", "＠x", "\t=1", "\r=1", " =1",
     "　=1", "-", "'=1", "''+x", "+86 138", "=HYPERLINK(\"http://x\")", "-１２", "+"],
)
def test_a_cell_that_could_run_is_disarmed_and_restored(text: str) -> None:
    guarded = guard_cell(text)
    assert guarded == ("-" if text == "-" else f"'{text}")
    assert unguard_cell(guarded) == text


@pytest.mark.parametrize("text", ["", "-12.5", "+3", "1e-7", "-1.5E+10", "-5%", "-.5", "井盖", "O'Neill", "'quoted'", "--"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert guard_cell(text) == text == unguard_cell(text)


@given(st.text())
def test_unguarding_reverses_guarding(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text


def test_a_written_table_reads_back_and_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    with CsvWriter(path, ["名称", "数量", "说明"]) as table:
        table.write({"名称": "=cmd()", "数量": -3, "说明": "甲,乙\n\"丙\""})
        table.write({"名称": "井盖", "数量": None, "其他": "不写"})
    assert table.count == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"'=cmd()" in path.read_bytes()
    assert [row.values for row in read_table(path)] == [
        {"名称": "=cmd()", "数量": "-3", "说明": "甲,乙\n\"丙\""}, {"名称": "井盖", "数量": "", "说明": ""},
    ]


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    path.write_text("yesterday")

    def stopped_halfway() -> None:
        with CsvWriter(path, ["a"]) as table:
            table.write({"a": "1"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped_halfway()
    assert [entry.name for entry in tmp_path.iterdir()] == ["导出.csv"]
    assert path.read_text() == "yesterday"


def test_a_full_disk_is_a_coded_refusal_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(Refusal) as caught, CsvWriter(tmp_path / "x.csv", ["a"]) as table:
        table.write({"a": "1"})
    assert caught.value.reason is KernelError.FULL
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_private_to_its_owner(tmp_path: Path) -> None:
    with CsvWriter(tmp_path / "x.csv", ["a"]):
        pass
    assert (tmp_path / "x.csv").stat().st_mode & 0o777 == 0o600


def test_rejected_rows_say_where_and_why_and_come_back_corrected(tmp_path: Path) -> None:
    first = tmp_path / "退回.csv"
    table = read_table("名称,时间\n井盖,1970-01-01\n-1+1,x\n".encode())
    with RejectsWriter(first, table.columns) as rejects:
        for row in table:
            rejects.write(
                row, Refusal(FormatError.TIME_YEAR, year=1970), finding(FormatError.CELLS_BEYOND_HEADER, columns="3"),
            )
        assert rejects.count == 2
    again = read_table(first, required=["名称", "时间"])
    assert again.columns == ("原文件行号", "退回原因代码", "退回原因", "名称", "时间")
    rows = list(again)
    assert rows[0].values["原文件行号"] == "2"
    assert rows[0].values["退回原因代码"] == "formats.time_year；formats.cells_beyond_header"
    assert "1970" in rows[0].values["退回原因"]
    assert rows[1].values["名称"] == "-1+1"

    second = tmp_path / "再退回.csv"
    with RejectsWriter(second, again.columns) as rejects:
        rejects.write(rows[0], Refusal(FormatError.TIME_YEAR, year=1970))
    assert read_table(second).columns == again.columns, "the reasons of the first round are replaced, not repeated"


def test_no_rejects_file_appears_when_every_row_was_taken(tmp_path: Path) -> None:
    with RejectsWriter(tmp_path / "退回.csv", ["a"]) as rejects:
        pass
    assert rejects.count == 0
    assert list(tmp_path.iterdir()) == []


def test_a_row_is_not_rejected_without_a_reason(tmp_path: Path) -> None:
    row = next(iter(read_table(b"a,b\n1,2\n")))
    with RejectsWriter(tmp_path / "x.csv", ["a"]) as rejects, pytest.raises(ValueError):
        rejects.write(row)

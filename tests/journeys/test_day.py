"""A day in the life: six seats and a town at work at once, every way in; what stands at the end adds up from the journal."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.day.channels import WAYS
from tests.journeys.homes import environment

CASES = int(os.environ.get("JINGWEI_DAY_CASES") or 30)


@pytest.fixture(scope="module")
def report(test_data: Path, tmp_path_factory: pytest.TempPathFactory, fresh_database: Callable[[], str]) -> Any:
    """The whole day, once; JINGWEI_DAY_CASES says with how many cases, JINGWEI_DAY_REPORT where to keep what was counted."""
    folder = tmp_path_factory.mktemp("day")
    kept = Path(os.environ.get("JINGWEI_DAY_REPORT") or folder / "report.json")
    words = ["--home", folder / "home", "--data", test_data, "--cases", CASES, "--report", kept, "--database", fresh_database()]
    done = subprocess.run([sys.executable, "-m", "tests.journeys.day", *map(str, words)], check=False,
                          cwd=Path(__file__).parents[2], env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(kept.read_text("utf-8")) | {"said": done.stderr}


def test_something_came_by_every_way_in_and_every_seat_worked(report: Any) -> None:
    """INT-01…16: letters and text messages count once they were taken up as cases."""
    assert set(report["filed"]) == set(WAYS)
    assert min(report["filed"].values()) > 0
    assert report["left"] == 0
    assert report["cases"] >= 0.9 * CASES
    assert all(count > 0 for seat, count in report["steps"].items() if not seat.startswith("residents"))
    assert report["count"]["ended"] > 0.5 * report["cases"]


def test_what_was_done_beside_the_steps_was_done_by_several(report: Any) -> None:
    """CAS, ESC, MED, LAW: helping, urging, orders, referrals, claims, calls back, merging, extensions, suspensions, returns."""
    deeds = report["answers"]["deeds"]
    often = ("order", "refer", "order_sign", "order_reply", "referral_sign", "call_back", "return", "ask_extension")
    assert [name for name in often if not deeds.get(name)] == []
    if CASES >= 200:
        rare = ("merge", "urge", "ask_help", "help_finish", "claim", "extend", "suspend", "resume", "decline", "rework", "reopen",
                "hand_on", "referral_refuse", "referral_end", "order_accept", "note", "reply", "submit", "approve", "discard", "unmerge")
        assert [name for name in rare if not deeds.get(name)] == []


def test_every_answer_was_a_success_or_a_refusal_with_a_code(report: Any) -> None:
    told = report["answers"]
    assert told["faults"] == [], report["said"]
    assert told["broken"] == 0
    assert set(told["status"]) <= {"200", "201", "403", "404", "409", "422"}
    assert "Traceback" not in report["served"]


def test_what_was_acknowledged_is_in_the_journal_once_and_nothing_else(report: Any) -> None:
    assert report["lost"] == []
    assert {name: count for name, count in report["by"].items() if count} == report["count"]["channels"]
    assert report["count"]["faults"] == []
    assert "日志完好" in report["verified"]


def test_no_reader_of_the_journal_stumbled(report: Any) -> None:
    assert report["behind"] == {"readers": [], "parked": []}


def test_the_screens_say_what_the_journal_alone_leads_to(report: Any) -> None:
    """By channel, state, class and unit, on the overview, and on the one list of everything due."""
    sides = report["count"]["sides"]
    assert {name: both for name, both in sides.items() if both[0] != both[1]} == {}
    for kind in ("channel", "state", "class", "unit", "overview", "due"):
        assert any(both[0] for name, both in sides.items() if name.startswith(kind)), kind


def test_the_count_notices_an_entry_that_is_not_there(report: Any) -> None:
    """One entry left out of the journal as it is read, so that equal counts mean something."""
    found = report["noticed"]
    assert {"state closed", "due case"} <= set(found["case.closed"])
    assert "due referral" in found["referral.ended"]
    assert "due letter" in found["letter.taken"]

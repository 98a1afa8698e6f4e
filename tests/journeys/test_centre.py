"""A scripted centre drives real cases through all steps over HTTP; what must hold is counted from its journal."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingwei.cases import workflow
from jingwei.cases.shipped import flows
from tests.journeys.centre.cast import OUTSIDERS, PEOPLE, PROCESSES
from tests.journeys.homes import environment

CASES = int(os.environ.get("JINGWEI_CENTRE_CASES") or 300)


@pytest.fixture(scope="module")
def report(test_data: Path, tmp_path_factory: pytest.TempPathFactory, fresh_database: Callable[[], str]) -> Any:
    """The whole of it, once; JINGWEI_CENTRE_CASES says with how many cases."""
    folder = tmp_path_factory.mktemp("centre")
    words = ["--home", folder / "home", "--data", test_data, "--cases", CASES, "--report", folder / "report.json",
             "--database", fresh_database(), "--elsewhere", fresh_database()]
    done = subprocess.run([sys.executable, "-m", "tests.journeys.centre", *map(str, words)], check=False,
                          cwd=Path(__file__).parents[2], env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / "report.json").read_text("utf-8"))


def test_enough_people_worked_in_enough_processes_and_every_action_was_taken(report: Any) -> None:
    """Otherwise the rest would prove little."""
    assert len(PEOPLE) + len(OUTSIDERS) >= 12
    assert report["work"]["ended"] == [0] * PROCESSES == [0] * 8
    acts = report["audit"]["acts"]
    assert {row.action for row in flows()["city"].rows} <= set(acts) | {"solve"}
    assert acts["case.imported"] == CASES
    assert acts["close"] > CASES / 2
    assert min(acts[name] for name in ("return", "extend", "suspend", "resume", "reopen", "rework")) >= CASES / 30
    ended = sum(count for state, count in report["audit"]["states"].items() if workflow.STATES[state][1] == "ended")
    assert ended > 0.8 * report["audit"]["cases"]


def test_every_answer_was_a_success_or_a_refusal_with_a_code(report: Any) -> None:
    """Never a 500; busy means 503 with Retry-After, and it was served in the end."""
    told = report["answers"]
    assert told["faults"] == []
    assert told["broken"] == 0
    assert set(told["status"]) <= {"200", "201", "403", "404", "409", "422"}
    assert {"case.wrong_state", "case.apart", "case.moved_on", "case.wrong_role", "request.not_found"} <= set(told["codes"])
    assert "Traceback" not in report["served"]


def test_a_fifth_of_the_steps_was_tried_twice_at_once_and_took_effect_once(report: Any) -> None:
    """Two people, one person with two keys, or the same request twice."""
    races = report["answers"]["races"]
    assert sum(races["kinds"].values()) > 0.15 * report["audit"]["acknowledged"]
    assert min(races["kinds"][kind] for kind in ("people", "keys", "repeat")) > CASES / 10
    assert races["doubled"] == []
    assert races["differing"] == [], "the same request twice was answered differently"
    assert races["lonely"] == []
    assert races["won_by_one"] > 0.8 * (races["kinds"]["people"] + races["kinds"]["keys"])


QUESTIONS = {
    "replay": "every entry is a step that the flow allows to that person then",
    "apart": "nobody exercised two duties that are kept apart (AT-09)",
    "stays": "there is one finished stay per change of state, without gaps",
    "clock": "each due instant is as reckoned from the entries; none while suspended",
    "cases": "each case stands where its entries lead",
    "copies": "exactly reports, dispatches, feedbacks and closings are owed above (AT-08)",
    "worklist": "one due thing per open case",
    "files": "photos are those that the entries name, whole",
    "positions": "positions without a gap",
    "parked": "no reader stumbled",
    "verify": "the chains hold",
    "readers": "the readers came to the end",
    "acknowledged": "what was acknowledged is there, once, and nothing else",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_counted_from_the_journal(report: Any, question: str) -> None:
    assert report["audit"]["faults"].get(question, []) == [], QUESTIONS[question]
    assert set(report["audit"]["faults"]) <= set(QUESTIONS)


def test_there_was_something_to_count(report: Any) -> None:
    found = report["audit"]
    assert found["entries"] > 8 * CASES
    assert found["stays"] > 6 * CASES
    assert found["acknowledged"] == found["entries"] - CASES
    assert found["extended"] > CASES / 30
    assert report["answers"]["without_due"] == []
    assert "日志完好" in report["verified"]


def test_the_backup_taken_meanwhile_restores_to_the_same_position(report: Any) -> None:
    """Every entry up to the printed position, the chain sound; the reader goes on, new entries follow on."""
    there = report["restored"]
    assert report["work"]["working_at_backup"] > 0
    assert report["work"]["position_at_start"] < there["position"] < report["audit"]["journal"]["position"]
    assert f"日志位置 {there['position']}，" in there["backup_said"]
    assert f"日志位置 {there['position']}（备份时 {there['position']}）" in there["said"]
    assert "✘" not in there["said"]
    assert there["same"], "the entries up to there are those of the source"
    assert "日志完好" in there["verified"]
    assert there["position_after"] == there["position"] + len(there["new"])
    assert there["new"][-1].startswith("user:"), "what is done there comes after what was done before"
    assert there["cursor_before"] <= there["position"]
    assert there["cursor_after"] == there["position_after"] > there["position"]
    assert there["audit"]["faults"] == {}


def test_the_audit_notices_what_is_wrong(report: Any) -> None:
    """One damage per question in the restored copy; each is found, so that an empty list means something."""
    assert set(report["restored"]["spoiled"]["faults"]) == set(QUESTIONS) - {"parked", "acknowledged"}

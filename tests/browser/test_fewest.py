"""CI fails when fewer tests of the screens passed than the last time (the count stands in fewest.txt)."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.browser.conftest import FEWEST, pytest_sessionfinish


def ended(passed: int, *, folder: str = "tests/browser", keyword: str = "", status: int = 0) -> int:
    """The status of a run that ended so."""
    reporter = SimpleNamespace(stats={"passed": [None] * passed}, write_line=lambda *_, **__: None)
    plugins = SimpleNamespace(get_plugin=lambda name: reporter if name == "terminalreporter" else None)
    session: Any = SimpleNamespace(exitstatus=status, config=SimpleNamespace(
        pluginmanager=plugins, option=SimpleNamespace(keyword=keyword), args=[folder]))
    pytest_sessionfinish(session, status)
    return int(session.exitstatus)


def test_a_run_that_lost_a_test_fails_and_a_part_of_them_may_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    fewest = int(FEWEST.read_text())
    monkeypatch.setenv("CI", "1")
    assert ended(fewest) == ended(fewest + 3) == 0
    assert ended(fewest - 1) == 1
    assert ended(3, folder="tests/browser/test_phone.py") == ended(3, keyword="phone") == 0
    assert ended(fewest - 1, status=2) == 2
    monkeypatch.delenv("CI")
    assert ended(fewest - 1) == 0

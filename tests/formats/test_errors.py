"""The room's codes, and what importing it costs (S1)."""

import pkgutil
import re
import subprocess
import sys

import pytest

import jingwei.formats
from jingwei.formats.errors import FormatError, ShapeError
from jingwei.formats.findings import Finding, finding
from jingwei.kernel.errors import ErrorCode

CODES: list[ErrorCode] = [*FormatError, *ShapeError]
HEAVY = {"numpy", "shapely", "pyogrio", "pyproj", "PIL", "python_calamine", "django", "orjson"}


def test_no_code_is_used_twice() -> None:
    names = [code.code for code in CODES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"formats\.[a-z0-9_]+", name) for name in names)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_text_says_what_why_and_what_now_in_both_languages(code: ErrorCode) -> None:
    assert code.zh.count("。") >= 2
    assert code.zh.endswith("。")
    assert len(re.findall(r"[.](?: |$)", code.en)) >= 2
    fields = [set(re.findall(r"\{(\w+)\}", text)) for text in (code.zh, code.en)]
    assert fields[0] == fields[1], "both languages show the same details"


def test_a_finding_reads_like_the_refusal_it_did_not_become() -> None:
    remark = finding(FormatError.TIME_YEAR, year=1970)
    assert remark == Finding(FormatError.TIME_YEAR, {"year": 1970})
    assert remark.code == "formats.time_year"
    assert "1970" in remark.text()
    assert remark.text("en").startswith("Not taken")


def test_importing_the_room_loads_no_heavy_library() -> None:
    modules = [f"jingwei.formats.{module.name}" for module in pkgutil.iter_modules(jingwei.formats.__path__)]
    assert len(modules) > 15
    script = f"import sys, {', '.join(modules)}; print(*{HEAVY!r} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""

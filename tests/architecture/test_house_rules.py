"""Rules of the house that no other tool checks. A broken one names the file and what to do."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SOURCE, python_files, rooms, text_of, tracked

DRAWERS = {"utils", "util", "helpers", "common", "misc", "legacy"}
LARGEST = 25_000       # bytes: a file this large hides several
LONGEST = 60           # lines of a function
LONGEST_HTTP = 20
CODE = {".py", ".ts", ".vue", ".css", ".html", ".js", ".mjs"}

MACHINE = re.compile(r"(?<![\w.:])/(home|root|srv|work|tmp|Users)/\w")
REGISTRY = re.compile(r"\b(" + "|".join((
    "py" + r"pi\.org", "python" + r"hosted\.org", "registry\\." + r"npmjs\.org", "registry\\." + r"yarnpkg\.com",
    "deb\\." + r"debian\.org", "npm" + r"mirror\.com", r"tuna\.tsing" + r"hua\.edu\.cn")) + r")\b", re.IGNORECASE)
PROMISE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_drawers_without_a_name() -> None:
    found = [name_of(path) for path in tracked()
             if DRAWERS & {part.rsplit(".", 1)[0] for part in path.relative_to(ROOT).parts}]
    assert found == []


def test_no_file_hides_several() -> None:
    found = [f"{name_of(path)}: {path.stat().st_size} bytes" for path in tracked()
             if path.suffix in CODE and path.stat().st_size > LARGEST and "docs" not in path.parts]
    assert found == []


def test_no_path_of_a_machine() -> None:
    assert _lines_with(MACHINE) == []


def test_no_host_of_a_registry() -> None:
    """Lock files name versions and hashes; where they come from is the installing machine's own setting."""
    assert _lines_with(REGISTRY) == []


def test_no_open_promises() -> None:
    assert [line for line in _lines_with(PROMISE) if line.rsplit(":", 1)[0].endswith(tuple(CODE))] == []


def test_only_the_settings_of_ci_name_the_test_data() -> None:
    found = [name_of(path) for path in tracked() if re.search(r"shared/" + "data", text_of(path))]
    assert found in ([], [".ci/run"])


@pytest.mark.parametrize("room", ["cli", *rooms()])
def test_every_room_says_what_it_owns(room: str) -> None:
    readme = SOURCE / room / "README.md"
    assert readme.is_file(), f"{room}/README.md: owns, never does, journal verbs, who may call it"
    assert len(readme.read_text("utf-8").splitlines()) <= 30


def test_functions_fit_on_a_screen() -> None:
    found = []
    for path in python_files("src", "bench"):
        parts = path.relative_to(ROOT).parts
        if "migrations" in parts:
            continue
        limit = LONGEST_HTTP if "http" in parts or parts[-1] == "http.py" else LONGEST
        found += [f"{name_of(path)}:{node.lineno} {node.name}: {length} lines" for node in _functions(path)
                  if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > limit]
    assert found == []


def test_transport_knows_no_tables() -> None:
    """`http` translates, calls once and answers; it never asks the database itself."""
    found = []
    for path in python_files("src"):
        if "http" not in {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts[1:]}:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = getattr(node, "module", None) or ""
            if isinstance(node, ast.ImportFrom) and module.endswith(".models"):
                found.append(f"{name_of(path)}:{node.lineno} {module}")
    assert found == []


def test_every_test_can_fail() -> None:
    found = []
    for path in python_files("tests"):
        functions = _functions(path)
        telling = {function.name for function in functions if _asserts(function, set())}
        found += [f"{name_of(path)}:{node.lineno} {node.name}" for node in functions
                  if node.name.startswith("test") and not _asserts(node, telling)]
    assert found == []


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def _asserts(function: ast.AST, telling: set[str]) -> bool:
    """An assertion, a function that makes one, or a refusal that is awaited and lets every other error through."""
    words = re.compile("assert|raises|refus|check|expect|suppress")
    return any(
        isinstance(node, (ast.Assert, ast.Raise, ast.Try))
        or (isinstance(node, ast.Attribute) and words.search(node.attr))
        or (isinstance(node, ast.Name) and (words.search(node.id) or node.id in telling))
        for node in ast.walk(function))


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked():
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name_of(path)}:{number}")
    return found

"""The written order of the rooms, where the linter does not see it: foreign keys, doors, the list of pure modules."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.tree import SOURCE, contracts, layers, level, python_files, rooms

DOORS = {"commands", "queries", "events", "errors", "ports"}

# Wider doors, each with its reason. The wiring (config, cli) may also reach what runs the rooms.
OPEN = {
    "kernel": "the shared ground", "formats": "a library of pure functions",
    "journal.http": "the one wrapper of writes over HTTP",
    "journal.jobs": "recurring jobs are declared by its decorator",
    "journal.vault": "seals and opens personal values, on either side of a door",
    "grids.partition": "a pure engine with one door, `propose`; it touches no table",
    "files.http": "the one way to send a stored content",
}
WIRING = {
    "http": "routers are mounted", "http_imports": "and those of imports", "keys": "key files are made, exported and restored", "worker": "the loop is run",
    "jobs": "readers are registered", "rights": "the rights page is made",
    "clock": "`jingwei clock due` is the rule itself", "clock_words": "and its words",
    "case_table": "the mapping file of an import is read",
    "layer_levels": "levels as they are typed",
    "codes": "the demonstration names the levels it draws", "layers": "and what its fields mean",
    "tables": "`doctor` asks for the last checkpoint",
    "shipped": "the shipped calendar without a home", "timing": "the home's calendar",
}

# What a room may hold besides its pure rules; everything else stands in the contract `pure`.
IMPURE = {"models", "apps", "migrations", "commands", "queries", "http", "jobs", "ports", "templates", "events", "errors"}


def test_the_written_order_names_every_room() -> None:
    written = set().union(*layers())
    assert set(rooms()) <= written
    assert layers()[-1] == {"kernel"}


def test_foreign_keys_cross_rooms_only_downwards() -> None:
    """A key that points up would make the lower room unusable without the upper one; strings hide it from the linter."""
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is None or field.auto_created or isinstance(target, str):
                continue
            here, there = model._meta.app_label, target._meta.app_label
            if here != there and level(here) >= level(there):
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def test_migrations_depend_only_on_rooms_below() -> None:
    from django.db.migrations.loader import MigrationLoader

    wrong = []
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        for other, _ in migration.dependencies:
            if other != room and level(room) >= level(other):
                wrong.append(f"{room}.{name} → {other}")
    assert wrong == []


def test_only_the_doors_of_a_room_are_used_from_outside() -> None:
    wrong = []
    for path in python_files("src"):
        here = path.relative_to(SOURCE).parts[0]
        for module in _imported(path):
            parts = module.split(".")[1:]
            if len(parts) < 2 or parts[0] in (here, "config", "cli"):
                continue
            there, idea = parts[:2]
            if idea in DOORS or there in OPEN or f"{there}.{idea}" in OPEN:
                continue
            if here in ("config", "cli") and idea in WIRING:
                continue
            wrong.append(f"{path.relative_to(SOURCE)} → {module}")
    assert wrong == []


def _imported(path: Path) -> Iterator[str]:
    """Modules of ours that a file imports; `from jingwei.a import b` counts as jingwei.a.b."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("jingwei."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jingwei."):
            module = node.module or ""
            if module.count(".") == 1:
                yield from (f"{module}.{each.name}" for each in node.names)
            else:
                yield module


def test_every_idea_is_in_the_list_of_pure_modules() -> None:
    """A new file of rules is either pure, and kept so by the linter, or tells at its import why it is not."""
    listed = contracts()["importlinter:contract:pure"]["source_modules"].split()
    missing = []
    for path in python_files("src"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if len(parts) < 2 or parts[0] in ("config", "cli") or parts[1] in IMPURE or parts[-1] == "__init__":
            continue
        name = ".".join(("jingwei", *parts))
        if not any(name == each or name.startswith(f"{each}.") for each in listed) and not _reaches_tables(path):
            missing.append(name)
    assert missing == [], "add these to the contract `pure` in .importlinter"


@cache
def _reaches_tables(path: Path) -> bool:
    """Whether a file takes in Django or a table, by itself or through another file of rules."""
    text = path.read_text("utf-8")
    if any(f"{word} {package}" in text for word in ("from", "import") for package in ("django", "ninja")):
        return True
    modules = tuple(_imported(path))
    return any(module.split(".")[-1] in {"models", "keys", "queries", "commands", "vault"} or ".queries" in module for module in modules) \
        or any(file.is_file() and _reaches_tables(file) for file in (SOURCE.parent / f"{module.replace('.', '/')}.py" for module in modules))


@pytest.mark.parametrize("room", [room for room in rooms() if (SOURCE / room / "models.py").is_file()])
def test_every_room_with_tables_protects_them(room: str) -> None:
    contract = contracts()[f"importlinter:contract:{room}"]
    assert contract["type"] == "protected"
    assert f"jingwei.{room}.models" in contract["protected_modules"].split()

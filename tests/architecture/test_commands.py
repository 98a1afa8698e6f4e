"""The journal entry stands beside the write (style, habit 7): every public command reaches `record`, or says why not.

What each entry holds is tested in the rooms; here a command without any is found, whoever adds it.
"""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import SOURCE, rooms

RECORDS = {"record", "record_new"}
WITHOUT = {  # command: why it leaves no entry of its own
    "accounts.following.follow_areas": "part of the move of an area, which is recorded",
    "accounts.grants.end_all_grants": "part of a dismissal, which records the roles",
    "accounts.grants.not_the_last": "looks",
    "accounts.imports.cells": "reads a row of a table",
    "accounts.sessions.drop_all": "part of a reset or dismissal, which records the count",
    "accounts.sessions.renew": "lengthens a session in use; its beginning and end are recorded",
    "accounts.sign_in.hashed": "computes",
    "accounts.sessions.in_person": "checks",
    "accounts.sessions.signed_in_fully": "checks",
    "accounts.sign_in.make_room": "part of signing in, which is recorded",
    "accounts.sign_in.still_counting": "computes",
    "accounts.sign_in.take_turn": "counts in memory",
    "accounts.second_factor.end": "part of a dismissal or a reset, which record it",
    "cases.channels.set_channel": "sets settings of the catalogue, which records them",
    "cases.look.look": "a mark for a minute that holds nothing once it is over; kept longer it would watch people at work",
    "cases.look.look_away": "takes such a mark away",
    "cases.views.drop_view": "a person's own filters: nothing but their own screen hangs on them",
    "cases.search.rebuild_search": "what cases are searched by follows from the cases and can be made anew at any time",
    "cases.views.save_view": "a person's own filters: nothing but their own screen hangs on them",
    "cases.unmoved.unmoved": "takes the step of another command, which records it",
    "files.commands.sweep": "removes contents that were written aside and belong to no file",
    "journal.commands.record": "is the way to record",
    "journal.commands.hold": "locks a subject so that `record` may follow",
    "journal.commands.number_entries": "gives recorded entries their positions",
    "journal.commands.bump": "raises a counter for caches; the change itself is recorded by its command",
    "journal.commands.request_hash": "computes",
    "journal.commands.keep_answer": "keeps the answer to a request whose effect is recorded",
    "journal.commands.answer_once": "runs a command, which records",
    "journal.commands.make_checkpoint": "signs what is recorded; an entry would need the next checkpoint",
    "journal.commands.write_checkpoint_file": "writes a checkpoint to a file",
    "notices.reading.read": "a person's own list: nothing but their own bell hangs on it",
    "notices.telling.advance": "how far the job of the minute has come",
    "notices.telling.tell": "follows the entry it tells of",
    "notices.telling.tell_all": "follows the entries it tells of",
    "notices.telling.untell": "follows the entry that undid a step",
    "worklist.commands.put": "written by the room that owns the due thing, which records it",
    "worklist.commands.drop": "written by the room that owns the due thing, which records it",
    "worklist.commands.move": "called by a reader of the entry that tells of the move",
}


def public_commands() -> list[str]:
    """room.module.function of what a room's `commands` offers: what `__all__` names, or else every public function."""
    found = []
    for room in rooms():
        door = SOURCE / room / "commands" / "__init__.py"
        files = [SOURCE / room / "commands.py"] if not door.exists() else sorted(door.parent.glob("*.py"))
        offered = _offered(door if door.exists() else files[0]) if files[0].exists() else set()
        for path in files if files[0].exists() else []:
            names = [node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)]
            found += [f"{room}.{path.stem}.{name}" for name in names
                      if (name in offered if offered else not name.startswith("_"))]
    return sorted(found)


def _offered(door: Path) -> set[str]:
    for node in ast.parse(door.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


@cache
def _calls(room: str) -> dict[str, frozenset[str]]:
    """Function or class → names it mentions, over a whole room. By name alone: a namesake counts too."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] |= {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
                found[node.name] |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return {name: frozenset(names) for name, names in found.items()}


def _reaches_a_record(room: str, function: str) -> bool:
    calls, seen, open_ = _calls(room), set(), {function}
    while open_:
        name = open_.pop()
        seen.add(name)
        mentioned = calls.get(name, frozenset())
        if mentioned & RECORDS:
            return True
        open_ |= {each for each in mentioned if each in calls} - seen
    return False


@pytest.mark.parametrize("command", public_commands())
def test_every_command_leaves_an_entry_or_says_why_not(command: str) -> None:
    room, _, function = command.split(".")
    assert _reaches_a_record(room, function) or WITHOUT.get(command), (
        f"{command} writes without an entry in the journal: record one, or give the reason in WITHOUT")


def test_no_reason_outlives_its_command() -> None:
    assert sorted(set(WITHOUT) - set(public_commands())) == []


def test_a_command_without_an_entry_is_found() -> None:
    assert not _reaches_a_record("worklist", "put")
    assert _reaches_a_record("cases", "sign")

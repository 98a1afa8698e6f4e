"""What nobody refers to goes after its time; what somebody refers to stays, even if they come at the last moment."""

import os
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError

from jingwei.accounts.errors import AccountError
from jingwei.files import commands, jobs, ports, queries
from jingwei.files.models import StoredFile
from jingwei.journal import queries as journal
from jingwei.journal import vault
from jingwei.journal.models import SubjectKey
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests.files import pictures
from tests.files.conftest import worker

pytestmark = pytest.mark.django_db

JOB = Actor(None, "job", via="job")
WEEK = timedelta(days=7)


class Room:
    """A room above that refers to some files."""

    def __init__(self):
        self.holds = set()
        self.asked = []

    def used(self, ids):
        self.asked.append(ids)
        return ids & self.holds


@pytest.fixture
def room():
    before = list(ports._rooms)
    room = Room()
    ports.wire(room)
    yield room
    ports.wire(*before)


@pytest.fixture
def add(adder):
    """Adds a photo so many days ago, its contents untouched since."""
    def added(days: float, shade: int = 90, **how):
        with clock.held_at(clock.now() - timedelta(days=days)):
            return commands.add(adder, pictures.photo(shade=shade, **how), "a.jpg")
    return added


def untouched(home, days: float) -> None:
    then = time.time() - days * 86400
    for path in home.files.rglob("*"):
        os.utime(path, (then, then))


def test_it_discards_what_nobody_refers_to_once_it_is_old_enough(add, room):
    young, used, unused = add(6.9, 1), add(8, 2), add(8, 3, placed=True)
    room.holds = {used.id}
    assert commands.discard_unused(JOB, WEEK) == 1
    assert queries.of_ids([young.id, used.id, unused.id]) == [young, used]
    assert room.asked == [{used.id, unused.id}]
    assert [entry.verb for entry in journal.history(f"file:{unused.id}")] == ["file.added", "file.discarded"]
    assert not SubjectKey.objects.filter(subject=f"file:{unused.id}").exists(), "its evidence is forgotten"


def test_it_keeps_the_evidence_key_of_what_stays(add, room):
    used = add(8, placed=True)
    room.holds = {used.id}
    commands.discard_unused(JOB, WEEK)
    assert queries.evidence(used.id).lon == pytest.approx(pictures.PLACE[0])


def test_it_asks_for_many_files_page_by_page(add, room, monkeypatch):
    monkeypatch.setattr(commands, "_AT_ONCE", 2)
    rows = [add(8, shade) for shade in range(5)]
    StoredFile.objects.update(added_at=rows[0].added_at)  # equal instants must not hide anybody
    room.holds = {rows[0].id, rows[3].id}
    assert commands.discard_unused(JOB, WEEK) == 3
    assert [len(ids) for ids in room.asked] == [2, 2, 1]
    assert set(StoredFile.objects.values_list("id", flat=True)) == room.holds


def test_any_room_may_hold_a_file(add):
    before, first, second = list(ports._rooms), Room(), Room()
    ports.wire(first, second)
    try:
        kept = add(8)
        second.holds = {kept.id}
        assert commands.discard_unused(JOB, WEEK) == 0
    finally:
        ports.wire(*before)


def test_it_discards_nothing_while_nobody_can_say_what_is_used(add):
    before = list(ports._rooms)
    ports.wire()
    try:
        add(8)
        with pytest.raises(RuntimeError, match="no room is wired"):
            commands.discard_unused(JOB, WEEK)
    finally:
        ports.wire(*before)
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_that_came_to_be_used_meanwhile_stays_whole(add, room, monkeypatch):
    """A room refers to the file after it was asked: its foreign key refuses, and nothing of the discarding remains."""
    row = add(8, placed=True)

    def refused(subject):
        raise IntegrityError("FOREIGN KEY constraint failed")

    monkeypatch.setattr(vault, "forget", refused)
    assert commands.discard_unused(JOB, WEEK) == 0
    assert queries.of_ids([row.id]) == [row]
    assert len(journal.history(f"file:{row.id}")) == 1


def test_contents_go_when_no_row_refers_to_them(add, room, home, stored):
    kept, gone = add(8, 1), add(8, 2)
    room.holds = {kept.id}
    assert len(stored()) == 6
    commands.discard_unused(JOB, WEEK)
    assert commands.sweep(JOB) == 0, "contents put today may belong to a transaction that has not ended"
    untouched(home, 2)
    assert commands.sweep(JOB) == 3
    assert len(stored()) == 3
    assert b"".join(queries.open_shown(kept.id, "original").chunks) == pictures.photo(shade=1)
    assert commands.sweep(JOB) == 0
    assert queries.of_ids([gone.id]) == []


def test_a_content_shared_by_two_rows_stays_with_the_second(add, room, home, stored):
    first, second = add(8), add(8)
    room.holds = {second.id}
    commands.discard_unused(JOB, WEEK)
    untouched(home, 2)
    assert commands.sweep(JOB) == 0
    assert queries.of_ids([first.id]) == []
    assert b"".join(queries.open_shown(second.id).chunks)
    assert len(stored()) == 3


def test_the_daily_job_does_both(add, room, home, stored):
    add(8)
    untouched(home, 2)
    assert jobs.clear_away.func() == {"files": 1, "contents": 3}
    assert stored() == []
    assert jobs.clear_away.func() == {"files": 0, "contents": 0}


@pytest.mark.parametrize("act", [lambda actor: commands.discard_unused(actor, WEEK), commands.sweep],
                         ids=["discard", "sweep"])
def test_only_the_machinery_discards(act, room):
    with pytest.raises(Refusal) as refused:
        act(worker())
    assert refused.value.reason is AccountError.NO_RIGHT

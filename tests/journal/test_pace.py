"""An import goes no faster than the readers, and waits for none that is not there."""

import time

import pytest

from jingwei.journal import pace, readers
from jingwei.journal.models import Cursor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_readers")]


@pytest.fixture
def behind(tell, monkeypatch):
    """A reader that stands at the beginning of three entries."""
    readers.reader("slow", {"thing."})(lambda entry: None)
    readers._cursors(["slow"])
    tell("a", "b", "c")
    monkeypatch.setattr(pace, "MOST", 1)
    monkeypatch.setattr(pace, "PATIENCE", 0.1)


@pytest.fixture
def waits(monkeypatch):
    """Each look at the clock of the wait, and what is done at it."""
    did: list[int] = []
    done = {"at": lambda turn: None}

    def sleep(seconds: float) -> None:
        did.append(1)
        done["at"](len(did))

    monkeypatch.setattr(pace.time, "sleep", sleep)
    return did, done


def test_it_waits_until_the_slowest_reader_has_come_close(behind, waits):
    did, done = waits
    done["at"] = lambda turn: Cursor.objects.filter(reader="slow").update(position=min(turn, 2))
    pace.Pace().keep()
    assert len(did) == 2


def test_it_gives_up_where_nobody_reads_and_waits_again_once_somebody_does(behind, waits):
    did, done = waits
    keeping = pace.Pace()
    began = time.monotonic()
    keeping.keep()
    assert time.monotonic() - began >= 0.1
    before = len(did)
    keeping.keep()
    assert len(did) == before, "found out once"
    Cursor.objects.filter(reader="slow").update(position=1)
    done["at"] = lambda turn: Cursor.objects.filter(reader="slow").update(position=2)
    keeping.keep()
    assert len(did) == before + 1


def test_nobody_waits_for_readers_that_are_close(waits):
    pace.Pace().keep()
    assert waits[0] == []

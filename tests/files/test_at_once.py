"""Several at once: the same file by the same id from two tries of one phone, the same photo by several people."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from jingwei.files import commands, queries
from jingwei.files.models import StoredFile
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id
from tests.files import pictures
from tests.files.conftest import worker

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """What each answered or refused, all begun at once, each on its own connection."""
    def run(act):
        try:
            return act()
        except Refusal as refusal:
            return refusal.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_tries_of_one_upload_are_one_row(adder, stored):
    file_id, data = new_id(), pictures.photo(placed=True)
    told = together(*[lambda: commands.add(adder, data, "a.jpg", file_id=file_id)] * 4)
    rows = [answer for answer in told if isinstance(answer, queries.FileRow)]
    assert rows
    assert all(row == rows[0] for row in rows)
    assert {answer for answer in told if answer not in rows} <= {JournalError.OVERTAKEN}
    assert StoredFile.objects.count() == 1
    assert len(stored()) == 3
    assert commands.add(adder, data, "a.jpg", file_id=file_id) == rows[0], "who was overtaken tries again"


def test_the_same_photo_by_several_people_is_stored_once(stored):
    data = pictures.photo()
    rows = together(*[lambda: commands.add(worker(), data, "a.jpg")] * 4)
    assert StoredFile.objects.count() == 4
    assert len(stored()) == 3
    for row in rows:
        assert b"".join(queries.open_shown(row.id, "original").chunks) == data

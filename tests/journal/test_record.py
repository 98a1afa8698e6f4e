"""One entry beside each write: chained, numbered, refused when overtaken."""

from enum import Enum

import pytest
from django.db import transaction

from jingwei.journal import commands, queries
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import Refusal

pytestmark = pytest.mark.django_db


class Happened(Enum):
    BEGUN = "thing.begun"
    ENDED = "thing.ended"


def test_it_chains_the_entries_of_a_subject_and_gives_them_positions(operator):
    with transaction.atomic():
        first = commands.record_new(operator, "thing:1", Happened.BEGUN, {"b": 1, "a": "二"})
        second = commands.record(operator, first, Happened.ENDED, {})
    commands.number_entries()

    told = queries.since(0)
    assert [(seen.position, seen.subject, seen.number, seen.verb) for seen in told] == [
        (1, "thing:1", 1, "thing.begun"), (2, "thing:1", 2, "thing.ended")]
    assert told[0].data == '{"a":"二","b":1}'
    assert second.number == 2
    assert second.hash != first.hash


def test_it_refuses_to_append_after_somebody_else_did(operator):
    with transaction.atomic():
        stale = commands.record_new(operator, "thing:1", Happened.BEGUN, {})
        commands.record(operator, stale, Happened.ENDED, {})
    with pytest.raises(Refusal) as refused, transaction.atomic():
        commands.record(operator, stale, Happened.ENDED, {})
    assert refused.value.reason is JournalError.OVERTAKEN


def test_it_writes_nothing_when_the_write_beside_it_fails(operator):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        commands.record_new(operator, "thing:2", Happened.BEGUN, {})
        _ = 1 / 0
    commands.number_entries()
    assert queries.since(0) == []
    assert queries.history("thing:2") == []

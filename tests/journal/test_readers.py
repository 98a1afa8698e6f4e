"""Readers follow the journal: each entry once, in order, whatever breaks in between."""

from collections.abc import Callable
from datetime import timedelta

import orjson
import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jingwei.journal import commands, queries, readers
from jingwei.journal.models import Cursor, Generation, Parked
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal
from tests.journal.conftest import Happened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_readers")]


@pytest.fixture
def seen() -> list[tuple[str, int]]:
    """What a reader committed an effect for; kept in the database, so that a rollback takes it back."""
    class Effects(list):
        def note(self, entry: queries.Seen) -> None:
            Generation.objects.create(name=f"{entry.subject}#{entry.number}")

        def read(self) -> set[str]:
            return set(Generation.objects.values_list("name", flat=True))

    return Effects()


def until_quiet() -> None:
    """Turn as the worker does, the clock moving on between tries."""
    now = clock.now()
    for turn in range(60):
        with clock.held_at(now + timedelta(seconds=3 * turn)):
            if not readers.step() and not Cursor.objects.exclude(failing=None).exists():
                return
    raise AssertionError("the readers never came to rest")


def cursor(name: str) -> int:
    return Cursor.objects.get(reader=name).position


def test_it_reads_what_it_subscribed_to_and_passes_over_the_rest(tell, seen):
    readers.reader("all", {Happened})(seen.note)
    begun: list[int] = []
    readers.reader("begun", {Happened.BEGUN})(lambda entry: begun.append(entry.position))
    by_prefix: list[int] = []
    readers.reader("prefix", {"thing.c"})(lambda entry: by_prefix.append(entry.position))
    readers.reader("none", {"other."})(lambda entry: pytest.fail("not asked for"))
    tell("a", "b", "a")
    until_quiet()

    assert seen.read() == {"thing:a#1", "thing:a#2", "thing:b#1"}
    assert begun == [1, 2]
    assert by_prefix == [3]
    assert {name: cursor(name) for name in ("all", "begun", "prefix", "none")} == dict.fromkeys(
        ("all", "begun", "prefix", "none"), 3)


def test_it_goes_on_where_it_stopped(tell, seen):
    got: list[int] = []
    readers.reader("r", {Happened})(lambda entry: got.append(entry.position))
    tell("a", "b")
    until_quiet()
    tell("a")
    until_quiet()
    assert got == [1, 2, 3]
    assert readers.step() is False


def test_an_idle_look_costs_two_statements_and_no_transaction(tell):
    for number in range(5):
        readers.reader(f"r{number}", {Happened})(lambda entry: None)
    tell("a")
    until_quiet()
    with CaptureQueriesContext(connection) as sent:
        readers.step()
    assert len(sent) == 2, [query["sql"] for query in sent]


def test_readers_with_nothing_of_theirs_move_together_in_one_statement(tell):
    for number in range(5):
        readers.reader(f"r{number}", {"other."})(lambda entry: None)
    tell("a")
    readers.step()
    tell("b")
    with CaptureQueriesContext(connection) as sent:
        readers.step()
    assert len([query for query in sent if query["sql"].startswith("UPDATE")]) == 1


def test_effect_and_cursor_are_one(tell, seen):
    """A worker killed between effect and cursor leaves neither; the next one does it once."""
    class Killed(BaseException):
        pass

    calls: list[int] = []

    @readers.reader("r", {Happened})
    def note(entry: queries.Seen) -> None:
        calls.append(entry.position)
        seen.note(entry)
        if calls == [1, 2]:
            raise Killed

    tell("a", "b", "c")
    with pytest.raises(Killed):
        readers.step()
    assert seen.read() == set()
    assert cursor("r") == 0
    until_quiet()
    assert calls == [1, 2, 1, 2, 3]
    assert seen.read() == {"thing:a#1", "thing:b#1", "thing:c#1"}


def failing_for(bad: set[str], seen) -> Callable[[queries.Seen], None]:
    def note(entry: queries.Seen) -> None:
        seen.note(entry)
        if f"{entry.subject}#{entry.number}" in bad:
            raise ValueError("not today, 13900000000")

    return note


def test_what_fails_five_times_is_parked_with_the_later_entries_of_its_subject(tell, seen):
    readers.reader("r", {Happened})(failing_for({"thing:b#1"}, seen))
    tell("a", "b", "c", "b", "a", "b")
    until_quiet()

    assert seen.read() == {"thing:a#1", "thing:c#1", "thing:a#2"}
    assert cursor("r") == 6
    assert [(row.position, row.subject, row.tries) for row in Parked.objects.order_by("position")] == [
        (2, "thing:b", 5), (4, "thing:b", 0), (6, "thing:b", 0)]
    error = Parked.objects.get(position=2).error
    assert "ValueError" in error
    assert "139" not in error, "what a person typed is not kept"


def test_several_entries_are_handled_together_where_a_reader_can(tell, seen):
    told: list[list[int]] = []
    readers.reader("many", {Happened}, together=lambda some: told.append([entry.position for entry in some]))(seen.note)
    tell("a", "b", "a")
    until_quiet()
    assert (told, seen.read()) == ([[1, 2, 3]], set())
    tell("c")
    until_quiet()
    assert (len(told), seen.read()) == (1, {"thing:c#1"})


def test_what_fails_together_is_handled_one_by_one_and_leaves_nothing_of_the_first_try(tell, seen):
    def bad(entry: queries.Seen) -> None:
        if entry.subject == "thing:b":
            raise ValueError("broken")
        seen.note(entry)

    def together(some: list[queries.Seen]) -> None:
        for entry in some:
            bad(entry)

    readers.reader("many", {Happened}, together=together)(bad)
    tell("a", "b", "a", "b", "c")
    until_quiet()
    assert seen.read() == {"thing:a#1", "thing:a#2", "thing:c#1"}
    assert [parked.position for parked in Parked.objects.order_by("position")] == [2, 4]


def test_one_failing_reader_holds_up_no_other(tell, seen):
    def broken(entry: queries.Seen) -> None:
        raise RuntimeError

    readers.reader("broken", {Happened})(broken)
    readers.reader("sound", {Happened})(seen.note)
    tell("a", "b")
    readers.step()
    assert seen.read() == {"thing:a#1", "thing:b#1"}
    assert cursor("broken") == 0
    until_quiet()
    assert Parked.objects.filter(reader="broken").count() == 2


def test_tries_are_counted_across_restarts_and_spaced(tell, seen):
    tries: list[int] = []

    @readers.reader("r", {Happened})
    def note(entry: queries.Seen) -> None:
        tries.append(entry.position)
        raise ValueError

    tell("a")
    now = clock.now()
    with clock.held_at(now):
        readers.step()
        readers.step()
    assert len(tries) == 1, "the second look came before its time"
    assert Cursor.objects.values("failing", "tries").get() == {"failing": 1, "tries": 1}
    readers._known["r"] = readers.Reader("r", note, frozenset({"thing.begun"}), ())  # as after a restart
    for turn in range(1, 9):
        with clock.held_at(now + timedelta(seconds=3 * turn)):
            readers.step()
    assert len(tries) == readers.TRIES
    assert Parked.objects.get().tries == readers.TRIES
    assert Cursor.objects.values("failing", "tries", "error").get() == {"failing": None, "tries": 0, "error": ""}


def test_a_fault_that_passes_leaves_no_mark(tell, seen):
    weather: list[bool] = [True, True, False]

    @readers.reader("r", {Happened})
    def note(entry: queries.Seen) -> None:
        if weather and weather.pop(0):
            raise ValueError
        seen.note(entry)

    tell("a", "b")
    until_quiet()
    assert seen.read() == {"thing:a#1", "thing:b#1"}
    assert not Parked.objects.exists()
    assert Cursor.objects.get().tries == 0


def test_the_databases_own_trouble_is_not_the_entrys_fault(tell, seen):
    """A locked or restarting database is reported to the worker, which waits; nothing is counted."""
    bad = [True] * 12

    @readers.reader("r", {Happened})
    def note(entry: queries.Seen) -> None:
        if bad and bad.pop():
            raise OperationalError("database is locked")
        seen.note(entry)

    readers.reader("other", {Happened})(lambda entry: None)
    tell("a")
    for _ in range(12):
        with pytest.raises(OperationalError):
            readers.step()
    assert cursor("other") == 1, "the other reader was served in between"
    readers.step()
    assert seen.read() == {"thing:a#1"}
    assert not Parked.objects.exists()


def test_two_workers_do_nothing_twice(tell, seen):
    readers.reader("r", {Happened})(seen.note)
    tell("a", "b")
    one = readers.known()["r"]
    page = queries.since(0)
    readers._cursors(["r"])
    assert readers._apply(one, 0, page) is True
    assert readers._apply(one, 0, page) is False, "the second one read the same page and found the cursor moved"
    assert cursor("r") == 2


def test_long_stretches_are_read_in_pages(tell, seen):
    readers.reader("r", {Happened})(seen.note)
    tell(*"abcdefgh")
    assert readers.step(limit=3) is True
    assert cursor("r") == 3
    until_quiet()
    assert len(seen.read()) == 8


@pytest.fixture
def bad(tell, seen) -> set[str]:
    """A reader that stumbled over b#1; b has three entries, parked all."""
    stones = {"thing:b#1"}
    readers.reader("r", {Happened})(failing_for(stones, seen))
    tell("a", "b", "b", "c", "b")
    until_quiet()
    return stones


def first_parked() -> int:
    return Parked.objects.order_by("position").first().id


def test_released_entries_run_in_their_order_and_leave_a_journal_entry(bad, seen, operator, tell):
    bad.clear()
    assert commands.release(operator, first_parked()) == {"released": 3, "left": 0, "error": ""}
    assert {"thing:b#1", "thing:b#2", "thing:b#3"} <= seen.read()
    assert queries.parked(operator) == []
    [told] = queries.history("reader:r")
    assert told.verb == "parked.released"
    assert orjson.loads(told.data) == {
        "reader": "r", "subject": "thing:b", "position": 2, "released": 3, "left": 0, "error": ""}
    tell("b")
    until_quiet()
    assert "thing:b#4" in seen.read(), "the subject is followed again"


def test_a_release_that_fails_again_keeps_what_went_before(bad, seen, operator):
    bad.clear()
    bad.add("thing:b#2")
    outcome = commands.release(operator, first_parked())
    assert (outcome["released"], outcome["left"]) == (1, 2)
    assert "ValueError" in outcome["error"]
    assert "thing:b#1" in seen.read()
    assert "thing:b#2" not in seen.read()
    assert [(row["position"], row["tries"]) for row in queries.parked(operator)] == [(3, 1), (5, 0)]


def test_one_entry_is_given_up_and_the_rest_goes_on(bad, seen, operator):
    outcome = commands.release(operator, first_parked(), skip=True)
    assert outcome == {"released": 2, "left": 0, "error": ""}
    assert seen.read() == {"thing:a#1", "thing:c#1", "thing:b#2", "thing:b#3"}
    assert queries.history("reader:r")[0].verb == "parked.skipped"


def test_entries_of_a_reader_that_is_no_more_can_only_be_given_up(bad, operator, monkeypatch):
    monkeypatch.setattr(readers, "_known", {})
    with pytest.raises(Refusal) as refused, transaction.atomic():
        commands.release(operator, first_parked())
    assert refused.value.reason.code == "journal.reader_unknown"
    assert commands.release(operator, first_parked(), skip=True)["left"] == 2


def test_release_needs_the_right_and_something_parked(bad, operator):
    from dataclasses import replace

    with pytest.raises(Refusal) as refused:
        commands.release(replace(operator, grants=()), first_parked())
    assert refused.value.reason.code == "journal.no_right"
    with pytest.raises(Refusal) as refused:
        commands.release(operator, 0)
    assert refused.value.reason is KernelError.NOT_FOUND
    with pytest.raises(Refusal):
        queries.parked(replace(operator, grants=()))


def test_the_administrator_sees_how_far_each_reader_is(tell, seen, operator):
    readers.reader("r", {Happened})(failing_for({"thing:b#1"}, seen))
    tell("a", "b", "c")
    readers.step()
    [state] = queries.reader_states(operator)
    assert (state["reader"], state["position"], state["behind"], state["failing"], state["tries"]) == ("r", 1, 2, 2, 1)


def test_a_name_is_taken_once_and_short_enough():
    readers.reader("r", {Happened})(print)
    with pytest.raises(ValueError, match="taken"):
        readers.reader("r", {Happened})(print)
    with pytest.raises(ValueError, match="too long"):
        readers.reader("r" * 41, {Happened})(print)


def test_a_database_error_in_a_handler_spoils_only_its_own_entry(tell, seen):
    """On PostgreSQL an error voids the transaction; what came before in the batch is done again without it."""
    @readers.reader("r", {Happened})
    def note(entry: queries.Seen) -> None:
        seen.note(entry)
        if entry.subject == "thing:b":
            with connection.cursor() as sent:
                sent.execute("INSERT INTO journal_lock (name) VALUES (NULL)")

    tell("a", "b", "c")
    until_quiet()
    assert seen.read() == {"thing:a#1", "thing:c#1"}
    assert [row.position for row in Parked.objects.all()] == [2]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_each_entry_one_effect(concurrently, tell, seen):
    readers.reader("r", {Happened})(seen.note)
    tell(*"abcdefghij")

    def work() -> None:
        for _ in range(20):
            try:
                readers.step(limit=1)
            except OperationalError:
                continue

    assert [outcome for outcome in concurrently(work, work) if outcome] == []
    assert len(seen.read()) == 10, "a second effect would have broken the unique name"
    assert not Parked.objects.exists()
    assert cursor("r") == 10

"""T6: whoever changes the journal past the program is found out, in the database and in an export of it.

The journal of these tests, by position: 1 a, 2 b, 3 a, 4 c, 5 b, 6 a, 7 c, 8 d, 9 c (thing:a has numbers 1 to 3 at
positions 1, 3, 6; thing:d is one entry).
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from jingwei.journal import chain, checkpoint, commands, export, queries
from jingwei.journal.models import Entry, Head, Position
from tests.journal.conftest import Happened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_keys")]

ORDER = ("a", "b", "a", "c", "b", "a", "c", "d", "c")


@pytest.fixture
def journal(tell) -> None:
    tell(*ORDER)


def sql(statement: str, *values: Any) -> None:
    """As somebody with a database client would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def entry(name: str, number: int) -> Entry:
    return Entry.objects.get(subject=f"thing:{name}", number=number)


def delete(name: str, *numbers: int, positions: bool = False) -> None:
    for number in numbers:
        pk = entry(name, number).id
        if positions:
            sql("DELETE FROM journal_position WHERE entry_id = %s", pk)
        sql("DELETE FROM journal_entry WHERE id = %s", pk)


def behead(name: str) -> None:
    sql("DELETE FROM journal_head WHERE subject = %s", f"thing:{name}")


def forge(name: str, number: int, *, fits: bool = True, previous: str | None = None) -> int:
    """An entry as somebody would write it who knows how hashes are made; no position, no head."""
    before = Entry.objects.filter(subject=f"thing:{name}", number=number - 1).first()
    row = Entry(subject=f"thing:{name}", number=number, verb="thing.changed", actor=None, via="cli",
                at=Entry.objects.first().at, area_path="", data='{"forged":1}',
                previous=previous or (before.hash if before else chain.GENESIS), hash="f" * 64)
    if fits:
        row.hash = chain.link_hash(chain.Link(
            row.subject, row.number, row.verb, "", row.via, row.at, row.area_path, row.data, row.previous))
    row.save()
    return row.id


def rebuild(name: str, start: int) -> None:
    """Recompute a subject's chain from a number on, and its head: the work of somebody thorough."""
    previous = entry(name, start - 1).hash if start > 1 else chain.GENESIS
    for row in Entry.objects.filter(subject=f"thing:{name}", number__gte=start).order_by("number"):
        row.previous = previous
        row.hash = previous = chain.link_hash(chain.Link(
            row.subject, row.number, row.verb, str(row.actor or ""), row.via, row.at, row.area_path, row.data,
            row.previous))
        row.save()
    Head.objects.filter(subject=f"thing:{name}").update(hash=previous)


def swap(column: str, one: Entry, other: Entry) -> None:
    sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", getattr(other, column), one.id)
    sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", getattr(one, column), other.id)


def swap_positions(one: int, other: int) -> None:
    first, second = (Position.objects.get(position=place).entry_id for place in (one, other))
    sql("UPDATE journal_position SET entry_id = -1 WHERE position = %s", one)
    sql("UPDATE journal_position SET entry_id = %s WHERE position = %s", first, other)
    sql("UPDATE journal_position SET entry_id = %s WHERE position = %s", second, one)


def close_up(gone: int) -> None:
    """Move every later position one down, so that no gap tells of what was taken out."""
    for place in Position.objects.filter(position__gt=gone).order_by("position"):
        sql("UPDATE journal_position SET position = %s WHERE position = %s", place.position - 1, place.position)


def defects(report: Any) -> list[tuple[str, str, int | None, int | None]]:
    return [(found.code.removeprefix("journal.flaw."), found.subject.removeprefix("thing:"), found.number,
             found.position) for found in report.defects]


def everywhere(tmp_path: Any, elsewhere: Any = None) -> list[list[tuple]]:
    """What the database's own verification finds, and what an export of it shows offline."""
    counter = len(list(tmp_path.iterdir()))
    plain, packed = tmp_path / f"{counter}.jsonl", tmp_path / f"{counter}.jsonl.gz"
    export.export_journal(plain)
    export.export_journal(packed)
    return [defects(queries.verify_journal(elsewhere)), defects(queries.verify_export(plain, elsewhere)),
            defects(queries.verify_export(packed, elsewhere))]


def test_it_finds_nothing_in_an_untouched_journal(journal, tmp_path):
    report = queries.verify_journal()
    assert report.ok
    assert (report.entries, report.subjects, report.position) == (9, 4, 9)
    assert [remark.code for remark in report.remarks] == ["journal.remark.no_checkpoint"]
    commands.write_checkpoint_file(tmp_path / "kept")
    assert everywhere(tmp_path, tmp_path / "kept") == [[], [], []]
    assert queries.verify_journal(tmp_path / "kept").compared == 2


def test_an_empty_journal_is_sound(tmp_path):
    assert everywhere(tmp_path) == [[], [], []]
    commands.write_checkpoint_file(tmp_path / "kept")
    assert everywhere(tmp_path, tmp_path / "kept") == [[], [], []]


FOUND: list[tuple[str, Callable[[], Any], list[tuple]]] = [
    ("data altered", lambda: sql("UPDATE journal_entry SET data = '{}' WHERE subject = 'thing:a' AND number = 2"),
     [("entry_altered", "a", 2, 3)]),
    ("verb altered", lambda: sql("UPDATE journal_entry SET verb = 'thing.ended' WHERE id = %s", entry("b", 2).id),
     [("entry_altered", "b", 2, 5)]),
    ("time altered", lambda: sql("UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE id = %s", entry("d", 1).id),
     [("entry_altered", "d", 1, 8)]),
    ("actor altered", lambda: sql("UPDATE journal_entry SET actor = %s WHERE id = %s", "0" * 32, entry("a", 1).id),
     [("entry_altered", "a", 1, 1)]),
    ("place altered", lambda: sql("UPDATE journal_entry SET area_path = '9/' WHERE id = %s", entry("c", 3).id),
     [("entry_altered", "c", 3, 9)]),
    ("previous altered", lambda: sql("UPDATE journal_entry SET previous = hash WHERE id = %s", entry("c", 2).id),
     [("chain_broken", "c", 2, 7), ("entry_altered", "c", 2, 7)]),
    ("altered, its hash made to fit", lambda: (sql("UPDATE journal_entry SET data = '{}' WHERE id = %s",
                                                   entry("a", 2).id), refit("a", 2)),
     [("chain_broken", "a", 3, 6)]),
    ("the last one altered, its hash made to fit", lambda: (
        sql("UPDATE journal_entry SET data = '{}' WHERE id = %s", entry("a", 3).id), refit("a", 3)),
     [("head_wrong", "a", 3, 6)]),
    ("last of a subject deleted", lambda: delete("a", 3), [("last_missing", "a", 3, 6)]),
    ("last of a subject deleted with its position", lambda: delete("a", 3, positions=True),
     [("position_gap", "", None, 6), ("last_missing", "a", 3, 6)]),
    ("the two last deleted", lambda: delete("c", 2, 3), [("last_missing", "c", 2, 7)]),
    ("one in the middle deleted", lambda: delete("a", 2), [("number_missing", "a", 2, 3)]),
    ("the first deleted", lambda: delete("b", 1), [("number_missing", "b", 1, 2)]),
    ("entries of a subject deleted, head kept", lambda: delete("b", 1, 2), [("subject_missing", "b", 1, 2)]),
    ("whole subject deleted", lambda: (delete("d", 1), behead("d")), [("subject_missing", "", None, 8)]),
    ("whole subject of three deleted", lambda: (delete("a", 1, 2, 3), behead("a")),
     [("subject_missing", "", None, 1)]),
    ("whole subject deleted with its positions", lambda: (delete("b", 1, 2, positions=True), behead("b")),
     [("position_gap", "", None, 2), ("position_gap", "", None, 5)]),
    ("one subject deleted, another's last one too", lambda: (delete("d", 1), behead("d"), delete("a", 3)),
     [("subject_missing", "", None, 6), ("last_missing", "a", 3, None)]),
    ("inserted at the end of a subject", lambda: forge("a", 4), [("inserted", "a", 4, None)]),
    ("inserted with a position", lambda: place(forge("a", 4), 10), [("inserted", "a", 4, 10)]),
    ("inserted with position and head, hash invented", lambda: (place(forge("d", 2, fits=False), 10), raise_head("d")),
     [("entry_altered", "d", 2, 10), ("head_wrong", "d", 2, 10)]),
    ("a new subject inserted", lambda: forge("e", 1), [("inserted", "e", 1, None)]),
    ("a new subject inserted with position", lambda: place(forge("e", 1), 10), [("head_missing", "e", 1, 10)]),
    ("two contents exchanged", lambda: swap("data", entry("a", 2), entry("b", 1)),
     [("exchanged", "b", 1, 2), ("exchanged", "a", 2, 3)]),
    ("two contents of one subject exchanged", lambda: swap("data", entry("a", 2), entry("a", 3)),
     [("exchanged", "a", 2, 3), ("exchanged", "a", 3, 6)]),
    ("two positions of one subject exchanged", lambda: swap_positions(3, 6),
     [("exchanged", "a", 3, 3), ("exchanged", "a", 2, 6)]),
    ("head lowered", lambda: sql("UPDATE journal_head SET number = 2, hash = %s WHERE subject = 'thing:a'",
                                 entry("a", 2).hash), [("inserted", "a", 3, 6)]),
    ("head raised", lambda: sql("UPDATE journal_head SET number = 5 WHERE subject = 'thing:c'"),
     [("last_missing", "c", 4, None)]),
    ("head's hash altered", lambda: sql("UPDATE journal_head SET hash = %s WHERE subject = 'thing:c'", "0" * 64),
     [("head_wrong", "c", 3, 9)]),
    ("head deleted", lambda: behead("c"), [("head_missing", "c", 3, 9)]),
    ("head invented", lambda: sql("INSERT INTO journal_head (subject, number, hash) VALUES ('thing:z', 2, 'x')"),
     [("subject_missing", "z", 1, None)]),
    ("position deleted", lambda: sql("DELETE FROM journal_position WHERE position = 4"),
     [("position_gap", "", None, 4), ("unplaced", "c", 1, None)]),
    ("last position deleted", lambda: sql("DELETE FROM journal_position WHERE position = 9"),
     [("unplaced", "c", 3, None)]),
    ("position moved away", lambda: sql("UPDATE journal_position SET position = 20 WHERE position = 9"),
     [("position_gap", "", None, 9)]),
    ("position below one", lambda: sql("UPDATE journal_position SET position = 0 WHERE position = 1"),
     [("position_wrong", "", None, 0), ("position_gap", "", None, 1)]),
    ("positions of two subjects exchanged (ids tell)", lambda: swap_positions(2, 4),
     [("exchanged", "c", 1, 2), ("exchanged", "b", 1, 4)] if connection.vendor == "sqlite" else []),
]


def refit(name: str, number: int) -> None:
    row = entry(name, number)
    sql("UPDATE journal_entry SET hash = %s WHERE id = %s", chain.link_hash(chain.Link(
        row.subject, row.number, row.verb, str(row.actor or ""), row.via, row.at, row.area_path, row.data,
        row.previous)), row.id)


def place(pk: int, position: int) -> None:
    sql("INSERT INTO journal_position (position, entry_id) VALUES (%s, %s)", position, pk)


def raise_head(name: str) -> None:
    sql("UPDATE journal_head SET number = number + 1 WHERE subject = %s", f"thing:{name}")


@pytest.mark.parametrize(("gloss", "tamper", "expected"), FOUND, ids=[gloss for gloss, _, _ in FOUND])
def test_it_names_what_was_done_to_the_tables(journal, tmp_path, gloss, tamper, expected):
    tamper()
    assert everywhere(tmp_path) == [expected] * 3


THOROUGH: list[tuple[str, Callable[[], Any], list[tuple]]] = [
    ("a whole chain rebuilt", lambda: (sql("UPDATE journal_entry SET data = '{}' WHERE id = %s", entry("a", 1).id),
                                       rebuild("a", 1)), [("root_differs", "", None, 9)]),
    ("last of a subject deleted without a trace", lambda: (
        delete("a", 3, positions=True), close_up(6), rebuild("a", 2),
        sql("UPDATE journal_head SET number = 2 WHERE subject = 'thing:a'")), [("journal_shorter", "", None, 9)]),
    ("a subject deleted without a trace", lambda: (delete("d", 1, positions=True), behead("d"), close_up(8)),
     [("journal_shorter", "", None, 9)]),
    ("the tail cut without a trace", lambda: (
        delete("c", 3, positions=True), rebuild("c", 2),
        sql("UPDATE journal_head SET number = 2 WHERE subject = 'thing:c'")), [("journal_shorter", "", None, 9)]),
    ("positions of two subjects exchanged", lambda: swap_positions(2, 4),
     [*([("exchanged", "c", 1, 2), ("exchanged", "b", 1, 4)] if connection.vendor == "sqlite" else []),
      ("root_differs", "", None, 9)]),
]


@pytest.mark.parametrize(("gloss", "tamper", "expected"), THOROUGH, ids=[gloss for gloss, _, _ in THOROUGH])
def test_a_checkpoint_kept_elsewhere_shows_what_leaves_no_other_trace(journal, tmp_path, gloss, tamper, expected):
    commands.write_checkpoint_file(tmp_path / "kept")
    sql("DELETE FROM journal_checkpoint")
    tamper()
    assert everywhere(tmp_path, tmp_path / "kept") == [expected] * 3


def test_yesterdays_database_put_back_is_shorter_than_the_checkpoint(tell, tmp_path):
    tell(*ORDER)
    yesterday = {model: list(model.objects.all()) for model in (Entry, Head, Position)}
    tell("a", "e")
    commands.write_checkpoint_file(tmp_path / "kept")
    put_back(yesterday)

    assert everywhere(tmp_path) == [[]] * 3, "it is a sound journal, only an old one"
    assert everywhere(tmp_path, tmp_path / "kept") == [[("journal_shorter", "", None, 10)]] * 3
    assert "少 2 条" in queries.verify_journal(tmp_path / "kept").defects[0].text()


def test_yesterdays_database_put_back_and_worked_on_has_another_history(tell, tmp_path):
    tell(*ORDER)
    yesterday = {model: list(model.objects.all()) for model in (Entry, Head, Position)}
    tell("a", "e")
    commands.write_checkpoint_file(tmp_path / "kept")
    put_back(yesterday)
    tell("b", "e", "e")

    assert everywhere(tmp_path, tmp_path / "kept") == [[("root_differs", "", None, 11)]] * 3


def put_back(tables: dict) -> None:
    sql("DELETE FROM journal_checkpoint")
    for model, rows in tables.items():
        model.objects.all().delete()
        model.objects.bulk_create(rows)


def test_a_difference_is_narrowed_to_the_stretch_between_two_checkpoints(tell, tmp_path):
    for names in (ORDER, ("a", "b"), ("c", "d")):
        tell(*names)
        commands.make_checkpoint()
    sql("UPDATE journal_entry SET data = '{}' WHERE id = %s", entry("b", 3).id)
    rebuild("b", 3)
    report = queries.verify_journal()
    assert defects(report) == [("root_differs", "", None, 11)]
    assert "位置 10 至 11 之间" in report.defects[0].text()
    assert report.compared == 3


def test_exchanged_positions_are_pointed_at_within_the_stretch(journal, tmp_path):
    commands.make_checkpoint()
    swap_positions(2, 4)
    report = queries.verify_journal()
    [differs] = [found for found in report.defects if found.code == "journal.flaw.root_differs"]
    assert "先后可疑的位置：2、4" in differs.text()


def test_checkpoints_of_the_table_are_checked_too(journal, tmp_path):
    commands.make_checkpoint()
    sql("UPDATE journal_checkpoint SET root = %s", "0" * 64)
    assert defects(queries.verify_journal()) == [("checkpoint_forged", "", None, 9)]
    sql("UPDATE journal_checkpoint SET key_id = %s", "0" * 64)
    assert defects(queries.verify_journal()) == [("checkpoint_key", "", None, 9)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite stores any value in any column")
@pytest.mark.parametrize("column", ["data", "verb", "at", "actor", "previous", "hash", "via", "area_path"])
@pytest.mark.parametrize("value", [b"\xff\xfe", 7, "王", b"", 1.5], ids=repr)
def test_values_that_no_entry_can_hold_are_an_alteration_not_a_crash(journal, tmp_path, column, value):
    sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entry("d", 1).id)
    for found in everywhere(tmp_path):
        assert ("entry_altered", "d", 1, 8) in found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite stores any value in any column")
@pytest.mark.parametrize("statement", [
    "UPDATE journal_entry SET subject = X'ff' WHERE subject = 'thing:d'",
    "UPDATE journal_entry SET subject = 5 WHERE subject = 'thing:d'",
    "UPDATE journal_entry SET number = 'x' WHERE subject = 'thing:d'",
    "UPDATE journal_entry SET number = 9223372036854775807 WHERE subject = 'thing:d'",
    "UPDATE journal_head SET number = 'x' WHERE subject = 'thing:d'",
    "UPDATE journal_head SET hash = X'ff' WHERE subject = 'thing:d'",
    "UPDATE journal_position SET position = 'x' WHERE position = 8",
    "UPDATE journal_position SET entry_id = X'00' WHERE position = 8",
])
def test_odd_values_anywhere_are_found(journal, tmp_path, statement):
    sql(statement)
    for found in everywhere(tmp_path):
        assert found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such instants")
@pytest.mark.parametrize("instant", ["infinity", "4000-01-01 BC", "99999-01-01"])
def test_instants_that_no_entry_can_hold_are_an_alteration_not_a_crash(journal, tmp_path, instant):
    sql("UPDATE journal_entry SET at = %s WHERE id = %s", instant, entry("d", 1).id)
    assert everywhere(tmp_path) == [[("entry_altered", "d", 1, 8)]] * 3


def test_entries_not_yet_numbered_are_no_fault_but_told(operator, journal, tmp_path):
    with transaction.atomic():
        commands.record_new(operator, "thing:e", Happened.BEGUN, {})
    report = queries.verify_journal()
    assert report.ok
    waiting = connection.vendor == "postgresql"
    assert ("journal.remark.waiting" in [remark.code for remark in report.remarks]) is waiting
    assert everywhere(tmp_path) == [[]] * 3


def test_very_many_faults_are_counted_but_not_all_listed(tell, monkeypatch):
    from jingwei.journal import verify

    monkeypatch.setattr(verify, "LISTED", 3)
    tell(*ORDER)
    sql("UPDATE journal_entry SET data = '[]'")
    report = queries.verify_journal()
    assert (report.found, len(report.defects), report.ok) == (9, 3, False)
    assert "共 9 处" in report.remarks[-1].text()


def test_without_keys_the_checkpoints_of_the_table_prove_nothing_and_that_is_said(journal, home_keys, tmp_path):
    commands.write_checkpoint_file(tmp_path / "kept")
    (home_keys / "checkpoint.pem").unlink()
    report = queries.verify_journal()
    assert report.ok
    assert [remark.code for remark in report.remarks] == ["journal.remark.unsigned", "journal.remark.no_checkpoint"]
    report = queries.verify_journal(tmp_path / "kept")
    assert report.compared == 1
    assert checkpoint.read_file(tmp_path / "kept").key_id in report.remarks[0].text()


def test_every_text_says_something_in_both_languages():
    from jingwei.journal.defects import Defect, Flaw, Why

    for flaw in Flaw:
        for language in ("zh", "en"):
            told = Defect(flaw, "thing:a", 1, 2, {"count": 1, "why": Why.ORDER(), "since": 1}).text(language)
            assert "thing:a" in told or "2" in told or language == "en" or "导出" in told
            assert "?" not in told
            assert "{" not in told

"""Signed statements of what the journal holds: incremental, never vouching for a changed past."""

from datetime import UTC, datetime

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.journal import chain, checkpoint, commands, keys, queries, tables
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Checkpoint, Entry, Position
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_keys")]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_it_folds_every_entry_in_the_order_of_positions(tell):
    tell("a", "b", "a")
    with clock.held_at(NOON):
        signed = commands.make_checkpoint()
    root = chain.GENESIS
    for position in Position.objects.order_by("position"):
        root = chain.fold_root(root, Entry.objects.get(id=position.entry_id).hash)
    assert (signed.position, signed.count, signed.root, signed.at) == (3, 3, root, NOON)
    assert checkpoint.is_signed_by(keys.public_key(), signed)
    [row] = Checkpoint.objects.all()
    assert (row.position, row.root, row.key_id) == (3, root, keys.key_id())


def test_going_on_from_the_last_one_gives_the_same_root_as_starting_over(tell):
    tell("a", "b")
    commands.make_checkpoint()
    tell("a", "c")
    stepwise = commands.make_checkpoint()
    assert commands.make_checkpoint(anew=True).root == stepwise.root
    assert queries.verify_journal().ok


def test_it_reads_only_what_is_new(tell, monkeypatch):
    monkeypatch.setattr(tables, "_PAGE", 2)
    tell(*"abcabc")
    commands.make_checkpoint()
    tell("a")
    with CaptureQueriesContext(connection) as sent:
        commands.make_checkpoint()
    read = [query["sql"] for query in sent if "LEFT JOIN journal_entry" in query["sql"]]
    assert len(read) == 1
    assert "p.position > 6" in read[0]


def test_nothing_new_means_no_new_checkpoint(tell):
    tell("a")
    assert commands.make_checkpoint() == commands.make_checkpoint()
    assert Checkpoint.objects.count() == 1


def test_it_covers_what_was_not_numbered_yet(operator, tell):
    from django.db import transaction

    from tests.journal.conftest import Happened

    with transaction.atomic():
        commands.record_new(operator, "thing:a", Happened.BEGUN, {})
    assert commands.make_checkpoint().position == 1


@pytest.mark.parametrize(("gloss", "statement"), [
    ("signature", "UPDATE journal_checkpoint SET count = 1"),
    ("signature", "UPDATE journal_checkpoint SET root = signature"),
    ("entry", "DELETE FROM journal_entry WHERE id = (SELECT MAX(id) FROM journal_entry)"),
    ("entry", "DELETE FROM journal_position WHERE position = 3"),
    ("shorter", "DELETE FROM journal_position"),
])
def test_it_refuses_to_sign_what_does_not_continue_the_last_one(tell, gloss, statement):
    tell("a", "b")
    commands.make_checkpoint()
    tell("a", "b")
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("= signature", "= SUBSTR(signature, 1, 64)"))
    with pytest.raises(Refusal) as refused:
        commands.make_checkpoint()
    assert refused.value.reason is JournalError.CHECKPOINT_REFUSED
    assert refused.value.details["why"] == gloss
    assert Checkpoint.objects.count() == 1


def test_an_altered_past_is_not_signed_over(tell):
    """The next checkpoint goes on from the signed root, so the altered entry never gets into one."""
    tell("a", "b")
    commands.make_checkpoint()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET hash = %s WHERE subject = 'thing:a'", ["0" * 64])
    tell("b")
    commands.make_checkpoint()
    assert [defect.code for defect in queries.verify_journal().defects if "root" in defect.code]


def test_a_new_key_starts_anew(tell, home_keys):
    tell("a")
    commands.make_checkpoint()
    (home_keys / "checkpoint.pem").unlink()
    keys.create_missing(home_keys)
    with pytest.raises(Refusal):
        commands.make_checkpoint()
    commands.make_checkpoint(anew=True)
    assert queries.verify_journal().ok


def test_the_file_is_plain_signed_json_and_comes_back_the_same(tell, tmp_path):
    tell("a")
    signed = commands.write_checkpoint_file(tmp_path / "kept.json")
    found = orjson.loads((tmp_path / "kept.json").read_bytes())
    assert (found["format"], found["position"], found["root"]) == ("jingwei-checkpoint", 1, signed.root)
    assert checkpoint.read_file(tmp_path / "kept.json") == signed
    with pytest.raises(Refusal) as refused:
        commands.write_checkpoint_file(tmp_path / "kept.json")
    assert refused.value.reason is JournalError.PATH_TAKEN


@pytest.mark.parametrize("change", [
    {"position": 2, "count": 2}, {"root": "0" * 64}, {"at": "2026-03-02T12:00:00+00:00"}, {"signature": "0" * 128}])
def test_a_changed_file_is_a_forged_checkpoint(tell, tmp_path, change):
    tell("a")
    kept = tmp_path / "kept.json"
    commands.write_checkpoint_file(kept)
    kept.write_bytes(orjson.dumps({**orjson.loads(kept.read_bytes()), **change}))
    assert [defect.code for defect in queries.verify_journal(kept).defects] == ["journal.flaw.checkpoint_forged"]


def test_a_file_of_another_home_is_told_by_its_key(tell, tmp_path, home_keys):
    tell("a")
    commands.write_checkpoint_file(tmp_path / "kept.json")
    (home_keys / "checkpoint.pem").unlink()
    keys.create_missing(home_keys)
    Checkpoint.objects.all().delete()
    report = queries.verify_journal(tmp_path / "kept.json")
    assert [defect.code for defect in report.defects] == ["journal.flaw.checkpoint_key"]
    assert report.compared == 1, "it is compared all the same: whoever kept it vouches for it"


@pytest.mark.parametrize("content", [
    b"", b"{}", b"[]", b"null", b"\xff", b'{"format":"jingwei-checkpoint","version":1}',
    b'{"format":"jingwei-checkpoint","version":1,"position":true}',
    b'{"format":"jingwei-checkpoint","version":1,"position":-1,"count":0}'])
def test_it_refuses_a_file_that_is_no_checkpoint(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        queries.verify_journal(tmp_path / "file")
    assert refused.value.reason is JournalError.CHECKPOINT_UNREADABLE
    with pytest.raises(Refusal) as refused:
        queries.verify_journal(tmp_path / "nothing")
    assert refused.value.reason is JournalError.CHECKPOINT_UNREADABLE

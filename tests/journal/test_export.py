"""The export: every line accounted for, verified without a database, odd files refused in words."""

import gzip
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import orjson
import pytest
from django.db import connection

from jingwei.journal import commands, export, keys, offline, queries
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home_keys")]


@pytest.fixture
def exported(tell, tmp_path) -> Path:
    tell("a", "b", "a", "c")
    commands.make_checkpoint()
    tell("b")
    export.export_journal(tmp_path / "journal.jsonl")
    return tmp_path / "journal.jsonl"


def lines(path: Path) -> list:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def rewrite(path: Path, found: list) -> None:
    path.write_bytes("".join(json.dumps(line) + "\n" for line in found).encode())


def codes(path: Path, **options) -> list[str]:
    return [defect.code.removeprefix("journal.flaw.") for defect in offline.verify_export(path, **options).defects]


def test_it_holds_every_column_in_the_order_of_positions(exported):
    header, *rest = lines(exported)
    assert (header["format"], header["version"], header["checkpoint"]["position"]) == ("jingwei-journal", 1, 4)
    entries = [line for line in rest if "hash" in line]
    assert [(line["position"], line["subject"], line["number"]) for line in entries] == [
        (1, "thing:a", 1), (2, "thing:b", 1), (3, "thing:a", 2), (4, "thing:c", 1), (5, "thing:b", 2)]
    assert set(entries[0]) == {"position", "id", "subject", "number", "verb", "actor", "via", "at", "area_path", "data",
                               "previous", "hash"}
    assert rest[-1] == {"end": {"positions": 5, "entries": 5, "heads": 3}}


def test_it_packs_a_file_named_gz(exported, tmp_path):
    export.export_journal(tmp_path / "journal.jsonl.gz")
    assert gzip.decompress((tmp_path / "journal.jsonl.gz").read_bytes()).splitlines()[1:] == (
        exported.read_bytes().splitlines()[1:])
    assert codes(tmp_path / "journal.jsonl.gz") == []


def test_it_is_verified_without_database_and_home(exported):
    program = ("import sys; from pathlib import Path; from jingwei.journal.offline import verify_export;"
               "report = verify_export(Path(sys.argv[1])); assert 'django' not in sys.modules;"
               "print(report.ok, report.entries, report.subjects, report.compared,"
               " sorted(remark.code for remark in report.remarks))")
    told = subprocess.run([sys.executable, "-c", program, str(exported)], capture_output=True, text=True, check=True)
    assert told.stdout.split(maxsplit=4) == [
        "True", "5", "3", "1", "['journal.remark.embedded_key', 'journal.remark.own_checkpoints']\n"]


@pytest.mark.parametrize(("gloss", "change", "expected"), [
    ("an entry's text altered", lambda found: found[3].update(data="{}"), ["entry_altered"]),
    ("a line taken out", lambda found: found.pop(2),
     ["position_gap", "number_missing", "root_differs", "export_cut"]),
    ("an entry's content taken out", lambda found: found.__setitem__(3, {"position": 3, "id": found[3]["id"]}),
     ["last_missing", "root_differs", "export_cut"]),
    ("two lines exchanged, positions kept right", lambda found: found.__setitem__(slice(1, 3), [found[2], found[1]]),
     []),
    ("the closing line taken out", lambda found: found.pop(), ["export_cut"]),
    ("a head altered", lambda found: found[-2]["head"].update(hash="0" * 64), ["head_wrong"]),
    ("a head taken out", lambda found: found.pop(-2), ["head_missing", "export_cut"]),
    ("an entry doubled", lambda found: found.insert(3, dict(found[3])),
     ["position_wrong", "duplicate", "export_cut"]),
    ("the checkpoint's root altered", lambda found: found[0]["checkpoint"].update(root="0" * 64),
     ["checkpoint_forged"]),
    ("an odd number", lambda found: found[5].update(number="2"),
     ["duplicate", "last_missing"]),
    ("a number beyond all", lambda found: found[5].update(number=1 << 70), ["duplicate", "last_missing"]),
    ("no subject", lambda found: found[4].update(subject=None), ["head_missing", "entry_altered", "subject_missing"]),
    ("a time without zone", lambda found: found[1].update(at="2026-01-01T00:00:00"), ["entry_altered"]),
    ("no data", lambda found: found[1].pop("data"), ["entry_altered"]),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_changed_file_is_found_out(exported, gloss, change, expected):
    found = lines(exported)
    change(found)
    rewrite(exported, found)
    assert sorted(codes(exported)) == sorted(expected)


def test_a_file_cut_short_is_told_wherever_it_ends(exported, tmp_path):
    whole = exported.read_bytes()
    packed = gzip.compress(whole)
    header = whole.index(b"\n") + 1
    for cut in range(header, len(whole) - 1, 97):
        exported.write_bytes(whole[:cut])
        assert "export_cut" in codes(exported)
    for cut in range(len(packed) // 2, len(packed) - 24, 41):  # the last bytes: end of block, checksum, length
        exported.write_bytes(packed[:cut])
        assert outcome(exported) in ("journal.export_unreadable", "export_cut")


def outcome(path: Path) -> str:
    try:
        return codes(path)[-1]
    except Refusal as refused:
        return refused.reason.code


@pytest.mark.parametrize("content", [
    b"", b"[]\n", b"{}\n", b"\xff\n", b'{"format":"jingwei-journal","version":2}\n', b"\x1f\x8bnothing packed",
    b'{"format":"jingwei-journal","version":1}\n7\n', b'{"format":"jingwei-journal","version":1}\n{broken}\n',
    b'{"format":"jingwei-journal","version":1,"checkpoint":{}}\n',
    b'{"format":"jingwei-journal","version":1}\n{"end":{}}\n{}\n'])
def test_it_refuses_a_file_that_is_no_export(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        queries.verify_export(tmp_path / "file")
    assert refused.value.reason is JournalError.EXPORT_UNREADABLE


def test_it_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Refusal) as refused:
        queries.verify_export(tmp_path / "nothing")
    assert refused.value.reason is JournalError.EXPORT_UNREADABLE


def test_a_checkpoint_of_another_home_does_not_pass_as_ours(exported):
    assert codes(exported, public=keys.public_key()) == []
    assert codes(exported, public=b"\x07" * 32) == ["checkpoint_key"]


def test_taking_the_journal_out_is_recorded_and_needs_the_right(tell, tmp_path, operator):
    from dataclasses import replace

    tell("a")
    counts = commands.export_journal(operator, tmp_path / "journal.jsonl")
    [told] = queries.history("journal:exports")
    assert (told.verb, orjson.loads(told.data)) == ("journal.exported", counts)
    with pytest.raises(Refusal) as refused:
        commands.export_journal(replace(operator, grants=()), tmp_path / "other.jsonl")
    assert refused.value.reason is JournalError.NO_RIGHT
    assert not (tmp_path / "other.jsonl").exists()


def test_what_leaves_is_covered_by_a_fresh_checkpoint(tell, tmp_path, operator):
    tell("a", "b")
    commands.export_journal(operator, tmp_path / "journal.jsonl")
    assert lines(tmp_path / "journal.jsonl")[0]["checkpoint"]["position"] == 2


def test_a_journal_that_cannot_be_signed_any_more_is_exported_all_the_same(tell, tmp_path, operator, home_keys):
    """It is then that the file is needed: to show what was done."""
    tell("a", "b")
    commands.make_checkpoint()
    tell("c")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE subject = 'thing:c'")
    commands.export_journal(operator, tmp_path / "one.jsonl")
    assert codes(tmp_path / "one.jsonl") == ["subject_missing"]
    (home_keys / "checkpoint.pem").unlink()
    commands.export_journal(operator, tmp_path / "two.jsonl")
    assert lines(tmp_path / "two.jsonl")[0]["checkpoint"]["public_key"] == ""
    report = offline.verify_export(tmp_path / "two.jsonl")
    assert "journal.remark.unsigned" in [remark.code for remark in report.remarks]


def test_a_failed_export_leaves_no_file(tell, tmp_path, monkeypatch):
    tell("a")
    monkeypatch.setattr(export, "_columns", lambda row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export.export_journal(tmp_path / "journal.jsonl")
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]


def test_memory_stays_bounded_however_long_the_file(exported, tmp_path):
    """Twenty times the entries take no more room than once: chains are sorted on disk."""
    header, first, *_ = lines(exported)
    peaks = []
    for count in (200, 4_000):
        rewrite(tmp_path / "long", [header, *(dict(first, position=place, id=place, subject=f"thing:{place}")
                                              for place in range(1, count + 1))])
        tracemalloc.start()
        offline.verify_export(tmp_path / "long")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 3

"""Keys lie beside the database: made once, kept to their owner, carried away only under a passphrase."""

import stat

import orjson
import pytest

from jingwei.journal import commands, keys, queries
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import Refusal

PASSPHRASE = "一共十二个字符以上的口令吧"


@pytest.fixture(autouse=True)
def _quick_scrypt(monkeypatch):
    """The real cost is meant to hurt; the tests pay a small one."""
    monkeypatch.setattr(keys, "_SCRYPT", {"name": "scrypt", "n": 1 << 10, "r": 8, "p": 1})


def test_it_makes_each_key_once_and_for_its_owner_alone(home):
    folder = home / "keys"
    assert keys.create_missing(folder) == ["checkpoint.pem", "vault.key", "hash.key"]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "hash.key").unlink()

    assert keys.create_missing(folder) == ["hash.key"]
    assert {name: (folder / name).read_bytes() for name in ("checkpoint.pem", "vault.key")} == {
        name: before[name] for name in ("checkpoint.pem", "vault.key")}
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint.pem", "hash.key", "vault.key"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_it_makes_the_folder_if_need_be(tmp_path):
    keys.create_missing(tmp_path / "new" / "keys")
    assert (tmp_path / "new" / "keys" / "vault.key").stat().st_size == 32


def test_it_never_replaces_a_key_that_another_process_made_a_moment_earlier(home):
    path = home / "keys" / "vault.key"
    path.write_bytes(b"1" * 32)
    assert keys._place(path, b"2" * 32) is False
    assert path.read_bytes() == b"1" * 32
    assert [found.name for found in path.parent.iterdir()] == ["vault.key"]


@pytest.mark.parametrize(("name", "load"), [
    ("checkpoint.pem", keys.signing_key), ("vault.key", keys.master_key), ("hash.key", keys.hash_key)])
def test_it_names_the_key_that_is_missing_or_damaged(home_keys, name, load):
    (home_keys / name).write_bytes(b"too short")
    with pytest.raises(Refusal) as refused:
        load()
    assert refused.value.reason is JournalError.KEYS_DAMAGED
    (home_keys / name).unlink()
    with pytest.raises(Refusal) as refused:
        load()
    assert refused.value.reason is JournalError.KEYS_MISSING
    assert name in str(refused.value)


def test_it_notices_at_once_that_a_key_file_was_replaced(home_keys):
    first = keys.key_id()
    (home_keys / "checkpoint.pem").unlink()
    keys.create_missing(home_keys)
    assert keys.key_id() != first


def test_it_brings_exported_keys_back_into_an_empty_home(home_keys, tmp_path):
    backup, elsewhere = tmp_path / "keys.backup", tmp_path / "elsewhere"
    keys.export_keys(backup, PASSPHRASE)

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert keys.import_keys(backup, PASSPHRASE, elsewhere) == ["checkpoint.pem", "vault.key", "hash.key"]
    for name in keys.NAMES:
        assert (elsewhere / name).read_bytes() == (home_keys / name).read_bytes()
        assert stat.S_IMODE((elsewhere / name).stat().st_mode) == 0o600
    assert keys.import_keys(backup, PASSPHRASE, elsewhere) == []


def test_the_keys_of_other_rooms_go_into_the_backup_too(home_keys, tmp_path):
    """Without the key of the photos a restored home would hold them for nothing."""
    (home_keys / "files.key").write_bytes(b"f" * 32)
    (home_keys / "secret.key").write_text("signs forms, made anew at no loss")
    backup, elsewhere = tmp_path / "keys.backup", tmp_path / "elsewhere"
    keys.export_keys(backup, PASSPHRASE)
    assert keys.import_keys(backup, PASSPHRASE, elsewhere) == [*keys.NAMES, "files.key"]
    assert (elsewhere / "files.key").read_bytes() == b"f" * 32


@pytest.mark.parametrize("names", [
    ["../vault.key"], ["checkpoint.pem", "vault.key"], [*keys.NAMES, "../../evil.key"], [*keys.NAMES, "evil.sh"]])
def test_a_backup_names_only_keys_of_the_folder(home_keys, tmp_path, monkeypatch, names):
    (tmp_path / "home" / "vault.key").write_bytes(b"v" * 32)
    monkeypatch.setattr(keys, "_present", lambda: names)
    monkeypatch.setattr(keys, "_load", lambda name: (
        (home_keys / name).read_bytes() if (home_keys / name).exists() else b"e" * 32))
    backup, elsewhere = tmp_path / "keys.backup", tmp_path / "elsewhere"
    keys.export_keys(backup, PASSPHRASE)
    with pytest.raises(Refusal) as refused:
        keys.import_keys(backup, PASSPHRASE, elsewhere)
    assert refused.value.reason is JournalError.KEYS_UNREADABLE
    assert not elsewhere.exists()


def test_no_key_stands_in_the_export_in_clear(home_keys, tmp_path):
    backup = tmp_path / "keys.backup"
    keys.export_keys(backup, PASSPHRASE)
    text = backup.read_bytes()
    for name in keys.NAMES:
        key = (home_keys / name).read_bytes()
        assert key not in text
        assert key.hex().encode() not in text


def test_it_refuses_a_short_passphrase_and_a_taken_name(home_keys, tmp_path):
    with pytest.raises(Refusal) as refused:
        keys.export_keys(tmp_path / "keys.backup", "elf zeichen")
    assert refused.value.reason is JournalError.PASSPHRASE_SHORT
    assert not (tmp_path / "keys.backup").exists()

    (tmp_path / "taken").write_text("mine")
    with pytest.raises(Refusal) as refused:
        keys.export_keys(tmp_path / "taken", PASSPHRASE)
    assert refused.value.reason is JournalError.PATH_TAKEN
    assert (tmp_path / "taken").read_text() == "mine"
    with pytest.raises(Refusal) as refused:
        keys.export_keys(tmp_path / "no" / "such" / "folder", PASSPHRASE)
    assert refused.value.reason is JournalError.PATH_UNWRITABLE


@pytest.mark.parametrize(("gloss", "change", "reason"), [
    ("another passphrase", None, JournalError.PASSPHRASE_WRONG),
    ("another key id", {"key_id": "0" * 64}, JournalError.PASSPHRASE_WRONG),
    ("sealed text cut", {"sealed": "AAAA"}, JournalError.PASSPHRASE_WRONG),
    ("a cost that would take all memory", {"kdf": {"name": "scrypt", "n": 1 << 30, "r": 8, "p": 1, "salt": "00"}},
     JournalError.KEYS_UNREADABLE),
    ("no salt", {"kdf": {"name": "scrypt", "n": 1 << 10, "r": 8, "p": 1}}, JournalError.KEYS_UNREADABLE),
    ("of another kind", {"format": "something"}, JournalError.KEYS_UNREADABLE),
    ("no base64", {"sealed": "？"}, JournalError.KEYS_UNREADABLE),
])
def test_it_imports_nothing_from_a_backup_that_does_not_open(home_keys, tmp_path, gloss, change, reason):
    backup, elsewhere = tmp_path / "keys.backup", tmp_path / "elsewhere"
    keys.export_keys(backup, PASSPHRASE)
    if change:
        backup.write_bytes(orjson.dumps({**orjson.loads(backup.read_bytes()), **change}))
    with pytest.raises(Refusal) as refused:
        keys.import_keys(backup, PASSPHRASE if change else PASSPHRASE + "!", elsewhere)
    assert refused.value.reason is reason
    assert not elsewhere.exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\x00\xff", b'{"format":"jingwei-keys"}'])
def test_it_says_that_a_file_is_no_key_backup(home_keys, tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        keys.import_keys(tmp_path / "file", PASSPHRASE)
    assert refused.value.reason is JournalError.KEYS_UNREADABLE


def test_it_never_replaces_a_different_key_on_import(home_keys, tmp_path):
    backup = tmp_path / "keys.backup"
    keys.export_keys(backup, PASSPHRASE)
    (home_keys / "checkpoint.pem").unlink()
    (home_keys / "hash.key").write_bytes(b"x" * 32)
    with pytest.raises(Refusal) as refused:
        keys.import_keys(backup, PASSPHRASE)
    assert refused.value.reason is JournalError.KEYS_PRESENT
    assert not (home_keys / "checkpoint.pem").exists(), "it refused before the first write"


@pytest.mark.django_db
def test_taking_the_keys_out_is_recorded(home_keys, tmp_path, operator):
    commands.export_keys(operator, tmp_path / "keys.backup", PASSPHRASE)
    [told] = queries.history("journal:keys")
    assert told.verb == "keys.exported"
    assert orjson.loads(told.data) == {"key_id": keys.key_id()}


@pytest.mark.django_db
def test_keys_leave_no_file_when_the_entry_cannot_be_stored(home_keys, tmp_path, operator, monkeypatch):
    monkeypatch.setattr(commands, "record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commands.export_keys(operator, tmp_path / "keys.backup", PASSPHRASE)
    assert not (tmp_path / "keys.backup").exists()

"""`jingwei backup`, `restore` and `keys`: the same data elsewhere, every part checked, keys apart (T5)."""

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Jingwei
from tests.settings import DATABASE

PASSPHRASE = "correct horse battery"
CONTENT = "ab" * 32


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, jingwei: Jingwei, fresh_database: Callable[[], str]) -> Path:
    """A home with people, a journal, a stored file; beside it its backup `b.tar` and its keys `k.json`."""
    folder = tmp_path_factory.mktemp("source")
    home = folder / "home"
    place = home / "files" / "ab" / "ab"
    for words, given in ((("init", "--database", fresh_database(), "--zone", "Asia/Urumqi"), ""),
                         (("user", "add", "wangshili", "王示例", "--role", "acceptor"), "")):
        done = jingwei(*words, home=home, given=given)
        assert done.returncode == 0, done.stderr
    place.mkdir(parents=True)
    (place / CONTENT).write_bytes(b"photo" * 1000)
    (home / "files" / "part").mkdir()
    (home / "files" / "part" / "cut.part").write_bytes(b"half")
    done = jingwei("keys", "export", folder / "k.json", home=home, given=PASSPHRASE + "\n")
    assert done.returncode == 0, done.stderr
    done = jingwei("backup", folder / "b.tar", home=home)
    assert done.returncode == 0, done.stderr
    assert "不含密钥" in done.stdout
    return home


def address(home: Path) -> str:
    line = next(line for line in (home / "settings.toml").read_text().splitlines() if line.startswith("database"))
    return line.partition(" = ")[2].strip('"')


def rows_of(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the record of migrations, in a fixed order."""
    if DATABASE == "sqlite":
        with closing(sqlite3.connect(home / "jingwei.sqlite3")) as database:
            names = [name for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
            return {name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                    for name in names if name != "django_migrations"}
    import psycopg

    with psycopg.connect(address(home)) as database:
        names = [name for (name,) in database.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace").fetchall()]
        return {name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # type: ignore[arg-type]
                for name in names if name != "django_migrations"}


def members_of(source: Path) -> dict[str, bytes]:
    with tarfile.open(source.parent / "b.tar") as tar:
        return {name: tar.extractfile(name).read() for name in tar.getnames()}  # type: ignore[union-attr]


def target(database: str) -> list[str]:
    return [] if database == "sqlite" else ["--database", database]


def test_everything_is_there_again(
        source: Path, tmp_path: Path, jingwei: Jingwei, fresh_database: Callable[[], str]) -> None:
    home, database = tmp_path / "home", fresh_database()
    done = jingwei("restore", source.parent / "b.tar", *target(database), home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✘" not in done.stdout
    assert "缺密钥" in done.stdout
    position = json.loads(members_of(source)["manifest.json"])["position"]
    assert f"日志位置 {position}（备份时 {position}）" in done.stdout
    assert rows_of(home) == rows_of(source)
    assert (home / "files" / "ab" / "ab" / CONTENT).read_bytes() == b"photo" * 1000
    assert not (home / "files" / "part").exists(), "what was half-written is not carried along"
    assert 'zone = "Asia/Urumqi"' in (home / "settings.toml").read_text("utf-8")

    assert "缺 checkpoint.pem" in jingwei("doctor", home=home).stdout
    refused = jingwei("init", home=home)
    assert refused.returncode == 1
    assert "keys import" in refused.stderr
    assert jingwei("keys", "import", source.parent / "k.json", home=home, given=PASSPHRASE + "\n").returncode == 0
    assert all((home / "keys" / name).read_bytes() == (source / "keys" / name).read_bytes()
               for name in ("checkpoint.pem", "vault.key", "hash.key", "files.key"))
    assert jingwei("init", home=home).returncode == 0
    assert "日志完好" in jingwei("journal", "verify", home=home).stdout
    added = jingwei("user", "add", "liyanshi", "李演示", home=home)
    assert added.returncode == 0, added.stderr  # the counters of the tables go on where they were


def test_its_own_tools_can_check_it(source: Path, tmp_path: Path) -> None:
    """A plain tar with SHA256SUMS; no key, no password of the database in it."""
    import hashlib

    members = members_of(source)
    sums = dict(reversed(line.split("  ")) for line in members["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in members.items()
                    if name not in ("SHA256SUMS", "manifest.json")}
    everything = b"".join(members.values())
    for key in (source / "keys").iterdir():
        assert key.read_bytes().strip() not in everything
    assert address(source).encode() not in members["manifest.json"] or address(source) == "sqlite"


def damaged(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    members = members_of(source)
    change(members)
    with tarfile.open(target, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return target


def alter_photo(members: dict[str, bytes]) -> None:
    members[f"files/ab/ab/{CONTENT}"] = b"other" * 1000


def alter_sums(members: dict[str, bytes]) -> None:
    members["SHA256SUMS"] = members["SHA256SUMS"].replace(b"files/ab", b"../ab/ab")


def lose_database(members: dict[str, bytes]) -> None:
    for name in [name for name in members if name.startswith("database/")]:
        del members[name]


def come_from_the_future(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["migrations"].append(["cases", "9999_unheard"])
    members["manifest.json"] = json.dumps(manifest).encode()


def speak_another_format(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b'"version": 1', b'"version": 99')


@pytest.mark.parametrize(("change", "said"), [
    (alter_photo, "与校验值不符"),
    (alter_sums, "与校验值不符"),
    (lose_database, "不对"),
    (come_from_the_future, "9999_unheard"),
    (speak_another_format, "不是本程序认识的备份"),
])
def test_a_damaged_one_is_refused_and_nothing_stays(
        change: Callable[[dict[str, bytes]], None], said: str, source: Path, tmp_path: Path, jingwei: Jingwei,
        fresh_database: Callable[[], str]) -> None:
    bad = damaged(source, tmp_path / "bad.tar", change)
    database = fresh_database()
    done = jingwei("restore", bad, *target(database), home=tmp_path / "home")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home" / "settings.toml").exists()
    if change is alter_photo:  # the mark that is left lets a sound backup be restored after it
        again = jingwei("restore", source.parent / "b.tar", *target(database), home=tmp_path / "home")
        assert again.returncode == 0, again.stderr


@pytest.mark.parametrize("cut", [0, 100, -2000])
def test_one_cut_short_is_refused(cut: int, source: Path, tmp_path: Path, jingwei: Jingwei) -> None:
    whole = (source.parent / "b.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[:cut] if cut >= 0 else whole[:len(whole) // 2])
    done = jingwei("restore", tmp_path / "cut.tar", home=tmp_path / "home")
    assert done.returncode == 1
    assert "已损坏" in done.stderr
    assert not (tmp_path / "home").exists()


def test_it_writes_over_nothing(source: Path, tmp_path: Path, jingwei: Jingwei, ready_home: Path) -> None:
    done = jingwei("backup", source.parent / "b.tar", home=source)
    assert (done.returncode, "已经存在" in done.stderr) == (1, True)
    done = jingwei("restore", source.parent / "b.tar", *target(address(ready_home)), home=ready_home)
    assert (done.returncode, "已有别的内容" in done.stderr) == (1, True)
    done = jingwei("keys", "import", source.parent / "k.json", home=ready_home, given=PASSPHRASE + "\n")
    assert done.returncode == 1, "another key of the same name stays"


def test_a_database_in_use_is_not_filled(source: Path, tmp_path: Path, jingwei: Jingwei) -> None:
    if DATABASE == "sqlite":
        done = jingwei("restore", source.parent / "b.tar", "--database", "postgresql://u@h/d", home=tmp_path / "home")
        assert (done.returncode, "sqlite" in done.stderr) == (1, True)
    else:
        done = jingwei("restore", source.parent / "b.tar", "--database", address(source), home=tmp_path / "home")
        assert (done.returncode, "已有数据" in done.stderr) == (1, True)


@pytest.mark.parametrize(("given", "said"), [("short\n", "12"), ("\n", "12")])
def test_keys_leave_only_under_a_good_passphrase(
        given: str, said: str, source: Path, tmp_path: Path, jingwei: Jingwei) -> None:
    done = jingwei("keys", "export", tmp_path / "k", home=source, given=given)
    assert done.returncode == 1
    assert said in done.stderr
    assert not (tmp_path / "k").exists()


def test_a_wrong_passphrase_opens_nothing(source: Path, tmp_path: Path, jingwei: Jingwei) -> None:
    done = jingwei("keys", "import", source.parent / "k.json", home=tmp_path / "home", given="wrong wrong wrong\n")
    assert done.returncode == 1
    assert "口令不对" in done.stderr


@pytest.mark.skipif(DATABASE != "sqlite", reason="tampers with the file; the journal's own tests do so on both")
def test_a_journal_that_cannot_be_signed_is_backed_up_all_the_same(tmp_path, jingwei):
    """Whoever finds the journal damaged needs a backup first of all; restoring it names what is wrong."""
    home = tmp_path / "home"
    assert jingwei("init", home=home).returncode == 0
    assert jingwei("backup", tmp_path / "before.tar", home=home).returncode == 0
    assert jingwei("user", "add", "wangshili", "王示例", home=home).returncode == 0
    with closing(sqlite3.connect(home / "jingwei.sqlite3")) as database:
        database.execute("DELETE FROM journal_entry WHERE id = (SELECT MAX(id) FROM journal_entry)")
        database.commit()
    done = jingwei("backup", tmp_path / "after.tar", home=home)
    assert done.returncode == 0, done.stderr
    assert "jingwei journal verify" in done.stderr
    back = jingwei("restore", tmp_path / "after.tar", home=tmp_path / "back")
    assert back.returncode == 1
    assert "✘" in back.stdout

"""A backup asked for on a screen is made by the background worker: whole, once, told with position and size."""

import json
import stat
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from jingwei.accounts.queries import Role
from jingwei.config.backup import file, kept, making
from jingwei.config.home import Home
from jingwei.journal import jobs
from jingwei.journal import queries as journal
from jingwei.journal.commands import number_entries
from jingwei.journal.models import Job
from tests.cast import EVERYWHERE, Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(cast: Cast, home: Home) -> Client:
    return cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))


def ask(client: Client) -> str:
    answer = client.post("/api/backups")
    assert answer.status_code == 202
    job: str = answer.json()["job"]
    return job


def test_it_is_made_in_the_background_and_listed(client: Client, home: Home) -> None:
    job = ask(client)
    waiting = client.get("/api/jobs?state=ready").json()["items"]
    assert [(each["id"], each["name"], each["tries"]) for each in waiting] == [(job, "config.jobs.make_backup", 0)]
    assert client.get("/api/backups").json() == []
    assert jobs.run_one("w") is True
    done = client.get("/api/jobs").json()["items"][0]
    assert (done["state"], done["error"]) == ("done", "")
    (told,) = client.get("/api/backups").json()
    path = home.backups / told["name"]
    assert told["size"] == path.stat().st_size
    assert stat.S_IMODE(home.backups.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with file.opened(path) as reader:
        assert reader.manifest.position == told["position"] > 0
        assert reader.manifest.counts["accounts_user"] == 1
    last = client.get("/api/system").json()["last_backup"]
    assert (last["path"], last["position"]) == (str(path), told["position"])


def test_asked_twice_while_one_waits_it_is_one_job(client: Client) -> None:
    assert ask(client) == ask(client)
    assert Job.objects.count() == 1
    jobs.run_one("w")
    ask(client)
    assert Job.objects.count() == 2


def test_a_job_repeated_makes_no_second_file(client: Client, home: Home) -> None:
    """Killed after the file was there, before the job was done: at least once, and once is enough."""
    ask(client)
    jobs.run_one("w")
    (path,) = home.backups.glob("*.tar")
    before = (path.stat().st_mtime_ns, path.read_bytes())
    again = kept.make(path.name)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    assert again["position"] == json.loads(path.with_suffix(".json").read_text())["position"]
    assert len(list(home.backups.glob("*.tar"))) == 1


def test_one_that_was_cut_off_is_begun_anew(client: Client, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    ask(client)
    with monkeypatch.context() as patch:
        patch.setattr(making, "_add_files", cut)
        with pytest.raises(KeyboardInterrupt):
            kept.make("jingwei-20260302T090000Z-abcdef.tar")
    assert client.get("/api/backups").json() == []
    kept.make("jingwei-20260302T090000Z-abcdef.tar")
    assert [each.name for each in home.backups.iterdir() if each.name.startswith(".")] == []
    assert [each["name"] for each in client.get("/api/backups").json()] == ["jingwei-20260302T090000Z-abcdef.tar"]


def test_it_restores_elsewhere(client: Client, home: Home, fresh_database: Any, tmp_path: Any) -> None:
    from tests.journeys.homes import environment

    ask(client)
    jobs.run_one("w")
    (path,) = home.backups.glob("*.tar")
    database = fresh_database()
    to = [] if database == "sqlite" else ["--database", database]
    done = subprocess.run(
        [sys.executable, "-m", "jingwei.cli.main", "--home", str(tmp_path / "new"), "restore", str(path), *to],
        env=environment(), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "人员 1 人" in done.stdout


def test_asking_and_making_stand_in_the_journal(client: Client) -> None:
    ask(client)
    jobs.run_one("w")
    number_entries()
    told = [(each.verb, each.via) for each in journal.history("home:backups")]
    assert told == [("backup.asked", "session"), ("backup.made", "job")]


@pytest.mark.parametrize("name", ["../x.tar", "a.tar", "", "jingwei-20260302T090000Z-abcdef.tar/../x"])
def test_only_names_of_its_own_are_written(client: Client, home: Home, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        kept.make(name)


def test_a_failed_one_tells_why(client: Client, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "pending", lambda: [("cases", "0009_x")])
    ask(client)
    jobs.run_one("w")
    assert "home.database_behind" in client.get("/api/jobs").json()["items"][0]["error"]
    assert client.get("/api/backups").json() == []

"""The backups that the service makes by itself, in the home's own folder: asked for, made by a job, listed.

`<home>/backups/NAME.tar` is whole as soon as it has that name; beside it NAME.json says what stands in it. They lie on
the same disk as the data: they have to be copied away.
"""

import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jingwei.config.backup.file import Manifest
from jingwei.config.backup.making import back_up, note_last
from jingwei.config.events import HomeEvent
from jingwei.config.home import Home
from jingwei.formats.atomic import atomic_file
from jingwei.journal import commands as journal
from jingwei.journal import queries as jobs
from jingwei.journal.ports import fence
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

SUBJECT = "home:backups"
TASK = "jingwei.config.jobs.make_backup"
_NAME = re.compile(r"jingwei-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}\.tar")


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in the home's folder. `position`: the last journal position in it, None if nothing tells it."""

    name: str
    at: datetime
    size: int
    position: int | None


def ask(actor: Actor) -> UUID:
    """Have a backup made in the background. While one waits or runs, its job is the answer. Returns the job's id."""
    from jingwei.config.jobs import make_backup

    with transaction.atomic(savepoint=False):
        jobs.require_manager(actor)
        tail = journal.hold(SUBJECT)
        under_way = jobs.unfinished(TASK)
        if under_way is not None:
            return under_way
        name = f"jingwei-{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}.tar"
        job = UUID(make_backup.enqueue(name).id)
        journal.record(actor, tail, HomeEvent.BACKUP_ASKED, {"name": name, "job": str(job)})
    return job


def make(name: str) -> dict[str, Any]:
    """Make the backup of this name, once: a job that is repeated finds it, or begins anew what was left half made."""
    home: Home = settings.HOME
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a backup")
    home.backups.mkdir(mode=0o700, exist_ok=True)
    target, half = home.backups / name, home.backups / f".{name}.making"
    if not target.exists():
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        made = back_up(home, half / name)
        _write_card(target, made.manifest, made.size)
        with transaction.atomic():
            journal.record_new(Actor(None, "", via="job"), SUBJECT, HomeEvent.BACKUP_MADE, {
                "name": name, "size": made.size, "position": made.manifest.position,
                "unsigned": made.unsigned is not None})
            fence()
        os.replace(half / name, target)
        note_last(home, made.manifest, target)
    shutil.rmtree(half, ignore_errors=True)
    return {"name": name, **_card(target)}


def kept(actor: Actor) -> list[Kept]:
    """The backups in the home's folder, the newest first."""
    jobs.require_reader(actor)
    home: Home = settings.HOME
    found = [path for path in home.backups.glob("*.tar") if path.is_file()] if home.backups.is_dir() else []
    listed = [Kept(path.name, _made_at(path), path.stat().st_size, _card(path).get("position")) for path in found]
    return sorted(listed, key=lambda each: (each.at, each.name), reverse=True)


def _write_card(target: Path, manifest: Manifest, size: int) -> None:
    with atomic_file(target.with_suffix(".json")) as card:
        card.write(json.dumps({"at": manifest.created_at, "size": size, "position": manifest.position}).encode())


def _card(target: Path) -> dict[str, Any]:
    try:
        told = json.loads(target.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _made_at(path: Path) -> datetime:
    try:
        return datetime.fromisoformat(_card(path)["at"])
    except (KeyError, TypeError, ValueError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)

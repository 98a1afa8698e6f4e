"""The folder of a demonstration: not there, begun, whole, or somebody else's. Knows nothing of Django.

While it is being made a marker stands in it, locked by the process that makes it. A marker that nobody holds is what
a killed run has left: everything beside it is that run's, and goes before the next begins.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from jingwei.cli.demo.errors import DemoError
from jingwei.config.home import Home
from jingwei.formats.atomic import atomic_file
from jingwei.kernel.errors import Refusal

MARKER = "demo.building"
FOLDER = "demo"
ACCOUNTS = f"{FOLDER}/accounts.txt"
ENTRANCE = f"{FOLDER}/entrance.key"     # the unguessable part of the address at which one chooses whom to be
_PATIENCE = 5.0     # seconds: a child of a killed run may still be thinking
_CARD = f"{FOLDER}/demo.json"
_OURS = ("settings.toml", "keys", "files", "index", "tiles", "backups", "upgrade.lock", "jingwei.sqlite3", FOLDER)


@dataclass(frozen=True, slots=True)
class Made:
    """What a whole demonstration says of itself. `at`: ISO instant up to which its cases reach."""

    seed: int
    at: str
    program: str


def made(home: Home, seed: int | None) -> Made | None:
    """The demonstration in this home, None if one may be made here. Refuses every other folder and another seed."""
    if (os.environ.get("JINGWEI_DATABASE") or "sqlite") != "sqlite":
        raise Refusal(DemoError.OTHER_DATABASE)
    if (home.root / MARKER).is_file():
        return None
    if not home.exists:
        _refuse_occupied(home.root)
        return None
    try:
        found = Made(**json.loads((home.root / _CARD).read_text("utf-8")))
    except FileNotFoundError:
        raise Refusal(DemoError.NOT_A_DEMO, home=home.root) from None
    if seed is not None and seed != found.seed:
        raise Refusal(DemoError.OTHER_SEED, home=home.root, made=found.seed, asked=seed)
    return found


@contextmanager
def being_made(root: Path) -> Iterator[None]:
    """Hold the marker in an empty folder; what a killed run left is removed. The marker goes when the block ends well."""
    _refuse_occupied(root)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    root.chmod(0o700)
    marker = root / MARKER
    with _opened(marker) as held:
        _lock(held, root)
        if not marker.exists():  # whoever held it has just ended well
            raise Refusal(DemoError.BEING_MADE, home=root)
        _clear(root)
        (root / FOLDER).mkdir(mode=0o700)
        yield
        marker.unlink()


def entrance(root: Path) -> str:
    """The path of the page on which one chooses whom to be; '' where an older demonstration has none."""
    try:
        return f"demo/{(root / ENTRANCE).read_text('utf-8').strip()}"
    except FileNotFoundError:
        return ""


def seal(root: Path, card: Made) -> None:
    """Write down that the demonstration is whole: the last thing before the marker goes."""
    with atomic_file(root / _CARD) as stream:
        stream.write(json.dumps(asdict(card)).encode())


def _refuse_occupied(root: Path) -> None:
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    begun = MARKER in names
    foreign = [name for name in names if name != MARKER and not (begun and name.lstrip(".").startswith(_OURS))]
    if foreign:
        raise Refusal(DemoError.FOLDER_OCCUPIED, home=root, found="、".join(foreign[:3]))


def _opened(marker: Path) -> IO[str]:
    try:
        return marker.open("r+" if marker.exists() else "x")
    except (FileExistsError, FileNotFoundError) as error:
        raise Refusal(DemoError.BEING_MADE, home=marker.parent) from error


def _lock(held: IO[str], root: Path) -> None:
    """The lock ends with the process and its children, however they end. Windows has none: there it is one process."""
    try:
        import fcntl
    except ImportError:
        return
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if time.monotonic() > until:
                raise Refusal(DemoError.BEING_MADE, home=root) from error
        time.sleep(0.1)


def _clear(root: Path) -> None:
    for path in root.iterdir():
        if path.name == MARKER:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

"""A home of its own for every test of files: an empty store and a fresh key."""

from pathlib import Path

import pytest

from jingwei.config.home import Home
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.ids import new_id


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """The home, with the keys that setting it up makes."""
    from jingwei.files import keys
    from jingwei.journal.keys import create_missing

    settings.HOME = Home(tmp_path / "home")
    create_missing(settings.HOME.keys)
    keys.ensure_key()
    return settings.HOME


@pytest.fixture
def stored(home):
    """The contents that lie in the store now, finished or not, as paths below the home."""
    def listed() -> list[str]:
        return sorted(str(path.relative_to(home.files)) for path in home.files.rglob("*") if path.is_file())
    return listed


def worker(name: str = "网格员示例") -> Actor:
    """Somebody who may add files and nothing else."""
    return Actor(new_id(), name, (Grant("supervisor", "", frozenset({"file.add"})),))


@pytest.fixture
def adder() -> Actor:
    return worker()


def bytes_below(folder: Path) -> bytes:
    """Every byte of the store, to look for what must not be there."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())

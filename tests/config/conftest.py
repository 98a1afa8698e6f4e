"""The cast, and a data folder of the test's own beside the test's own database."""

from pathlib import Path
from typing import Any

import pytest

from jingwei.config.home import Home
from jingwei.files.keys import ensure_key
from jingwei.journal.keys import create_missing
from tests.cast import cast

__all__ = ["cast"]


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Home:
    root = tmp_path / "home"
    for folder in (root, root / "keys", root / "files", root / "index"):
        folder.mkdir(mode=0o700)
    (root / "settings.toml").write_text('zone = "Asia/Shanghai"\n')
    settings.HOME = Home(root)
    create_missing(root / "keys")
    ensure_key()
    home: Home = settings.HOME
    return home

"""The cast for every test of the room, and a home with keys for what is sealed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from jingwei.journal import keys
from tests.cast import cast  # noqa: F401
from tests.notices.outboxes import Outbox, outboxes


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices") / "home"
    (folder / "keys").mkdir(parents=True)
    keys.create_missing(folder / "keys")
    return folder


@pytest.fixture
def boxes(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Outbox]]:
    """Three connectors that keep what they are told, by kind."""
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, root=home))
    with outboxes() as made:
        yield made

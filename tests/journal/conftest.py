"""A journal to write into, keys to sign and seal with, readers that go when the test goes."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from jingwei.journal import commands, keys, readers


class Happened(Enum):
    BEGUN = "thing.begun"
    CHANGED = "thing.changed"
    ENDED = "thing.ended"


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """A home without keys, for this test alone."""
    settings.HOME = replace(settings.HOME, root=tmp_path / "home")
    settings.HOME.keys.mkdir(parents=True)
    return settings.HOME.root


@pytest.fixture
def home_keys(home: Path) -> Path:
    """The folder of fresh keys."""
    keys.create_missing(home / "keys")
    return home / "keys"


@pytest.fixture
def tell(operator: Any) -> Callable[..., None]:
    """`tell('a', 'b', 'a')`: one entry each for thing:a, thing:b, thing:a, committed and numbered."""

    def write(*names: str, data: dict[str, Any] | None = None) -> None:
        for name in names:
            with transaction.atomic():
                tail = commands.hold(f"thing:{name}")
                verb = Happened.CHANGED if tail.number else Happened.BEGUN
                commands.record(operator, tail, verb, {"n": tail.number + 1, **(data or {})}, area_path="1/2/")
        commands.number_entries()

    return write


@pytest.fixture
def own_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the readers that the test registers."""
    monkeypatch.setattr(readers, "_known", {})
    monkeypatch.setattr(readers, "_discover", lambda: None)


@pytest.fixture
def concurrently(transactional_db: None) -> Callable[..., list[Any]]:
    """Run functions in threads, each with its own connection; what they returned or raised, in order."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def run(*functions: Callable[[], Any]) -> list[Any]:
        def alone(function: Callable[[], Any]) -> Any:
            try:
                return function()
            except Exception as error:  # noqa: BLE001 - handed to the test, which looks at it
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(len(functions)) as pool:
            return list(pool.map(alone, functions))

    return run

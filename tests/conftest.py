"""What every test may ask for."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from pytest_socket import disable_socket

from jingwei.kernel.actor import Actor
from tests.settings import DATABASE

# How long one example takes says more of the machine than of the rule.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The screens are tested by a run of their own, see tests/browser/conftest.py."""
    return True if collection_path.name == "browser" and not any("browser" in arg for arg in config.args) else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test speaks to the network; the database's own socket and loopback servers are local."""
    if "browser" not in item.path.parts:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real input named by JINGWEI_TEST_DATA."""
    named = os.environ.get("JINGWEI_TEST_DATA")
    if not named:
        pytest.skip("JINGWEI_TEST_DATA names no folder: real input is not tested")
    folder = Path(named)
    assert folder.is_dir(), f"JINGWEI_TEST_DATA names {named}, which is no folder"
    return folder


@pytest.fixture
def operator() -> Actor:
    """Whoever sits at the server's own keyboard: everything, everywhere."""
    from jingwei.accounts.queries import operator

    return operator()


@pytest.fixture(scope="session")
def fresh_database() -> Iterator[Callable[[], str]]:
    """Addresses of empty databases of the kind under test: 'sqlite', or a new one on the test's PostgreSQL."""
    made: list[str] = []

    def make() -> str:
        if DATABASE == "sqlite":
            return "sqlite"
        made.append(f"jingwei_cli_{os.getpid()}_{len(made)}")
        _at_server(f'CREATE DATABASE "{made[-1]}" TEMPLATE template0')
        server = settings.DATABASES["default"]
        port = f"&port={server['PORT']}" if server["PORT"] else ""
        return f"postgresql://{server['USER']}@/{made[-1]}?host={server['HOST']}{port}"

    yield make
    for name in made:
        _at_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _at_server(statement: str) -> None:
    import psycopg

    server = settings.DATABASES["default"]
    with psycopg.connect(host=server["HOST"], port=server["PORT"] or None, user=server["USER"],
                         password=server["PASSWORD"], dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)

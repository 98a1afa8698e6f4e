"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from pytest_socket import disable_socket

from jingwei.kernel.actor import Actor


def pytest_runtest_setup() -> None:
    """No test speaks to the network; the database's own socket and loopback servers are local."""
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

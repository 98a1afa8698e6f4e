"""Outside is this machine: its own network is allowed, as an installation would allow that of its house."""

from collections.abc import Iterator

import pytest

from jingwei.exchange import outside


@pytest.fixture(autouse=True)
def _own_network(socket_enabled: None) -> Iterator[None]:
    outside.allow(["127.0.0.0/8"])
    yield
    outside.allow([])

"""Short ways to call the interface in tests."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from jingwei.kernel.errors import ErrorCode, Refusal


def send(client: Client, line: str, body: Any = None, **headers: str) -> Any:
    """`send(client, "POST /users", {...})`: the response of /api/users."""
    method, _, path = line.partition(" ")
    data = {} if body is None else {"data": body, "content_type": "application/json"}
    return getattr(client, method.lower())(f"/api{path}", **data, headers=headers or None)


def refused(act: Any, reason: ErrorCode) -> Refusal:
    """Run `act` as a command in a transaction of its own; it must be refused for this reason."""
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act()
    assert caught.value.reason is reason
    return caught.value


def refused_and_counted(act: Any, reason: ErrorCode) -> Refusal:
    """The same for commands that keep what they wrote before they refuse: a failed try is counted."""
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.reason is reason
    return caught.value

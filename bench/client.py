"""A client that costs little: one kept connection, JSON in and out."""

import http.client
import json
import uuid
from typing import Any

import orjson


class Client:
    """Speaks to the service as one person's device. Raises on any answer that is not the expected one."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def get(self, address: str) -> Any:
        return self._asked("GET", address, None, self._headers, 200)

    def post(self, address: str, body: dict[str, Any], expected: int = 200, *, key: str = "") -> Any:
        headers = {**self._headers, "Idempotency-Key": key or str(uuid.uuid4())}
        return self._asked("POST", address, json.dumps(body, ensure_ascii=False).encode(), headers, expected)

    def _asked(self, method: str, address: str, body: bytes | None, headers: dict[str, str], expected: int) -> Any:
        answer = self._sent(method, address, body, headers)
        told = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{method} {address}: {answer.status} {told[:500].decode(errors='replace')}")
        return orjson.loads(told)

    def _sent(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        """The same once more where the kept connection had been idle for too long; the key keeps it one deed."""
        try:
            self._connection.request(method, address, body, headers)
            return self._connection.getresponse()
        except ConnectionError:
            self._connection.close()
            self._connection.request(method, address, body, headers)
            return self._connection.getresponse()

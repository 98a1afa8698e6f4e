"""How many statements a request sends to the database: counted in a process of its own over the same home.

`python -m bench.statements TOKEN < requests.json` with [[method, address, body or null], …]; prints the statements of
each request as a JSON list of lists, without BEGIN and COMMIT, with everything else: session, permission, savepoints.
"""

import json
import sys
import uuid

from jingwei.cli.ready import django_ready

_FREE = ("BEGIN", "COMMIT")


def statements(token: str, requests: list[tuple[str, str, dict | None]]) -> list[list[str]]:
    """The SQL of each request, in order. Caches fill as they go: send what warms them first."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {token}")
    found = []
    for method, address, body in requests:
        with CaptureQueriesContext(connection) as captured:
            answer = client.generic(
                method, address, json.dumps(body) if body is not None else "", content_type="application/json",
                headers={"Idempotency-Key": str(uuid.uuid4())} if body is not None else {})
        if answer.status_code >= 300:
            raise RuntimeError(f"{method} {address}: {answer.status_code} {answer.content[:500]!r}")
        found.append([one["sql"] for one in captured.captured_queries if not one["sql"].startswith(_FREE)])
    return found


if __name__ == "__main__":
    django_ready()
    json.dump(statements(sys.argv[1], json.load(sys.stdin)), sys.stdout)

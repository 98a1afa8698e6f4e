"""The machinery of the rights matrix (T4): a table written by hand against what calling finds.

A room writes a table and one request per line of it:

    TABLE = '''
    endpoint              stranger  supervisor  handler@unit
    GET /things           401       200         200
    POST /things/{id}     401       200/404     403
    '''
    REQUESTS = {"GET /things": lambda cast, where: Ask(""), …}

A cell holds the status for a thing inside the scope and, after the slash, for one outside. Columns: a role over TOWN;
`role@*` everywhere; `role@unit` over TOWN tied to unit B-1; `stranger`, `roleless`, `dismissed`; `others`: every role
without a column of its own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from ninja import Router

from jingwei.accounts import queries
from jingwei.accounts.commands import users
from jingwei.accounts.queries import Role
from tests.cast import EVERYWHERE, TOWN, Cast, Person, fresh_caches

INSIDE, OUTSIDE = "inside", "outside"


@dataclass(frozen=True)
class Ask:
    """What to put into the endpoint's path, its JSON body, its query string; `form`: fields of an upload instead."""

    path: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    query: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)


Request = Callable[[Cast, str, Person | None], Ask]
Found = dict[tuple[str, str, str], int]


def endpoints(router: Router) -> set[str]:
    """Every 'METHOD /path' of a router; `{int:id}` as `{id}`."""
    return {f"{method} {re.sub('{[a-z]+:', '{', path)}" for path, view in router.path_operations.items()
            for operation in view.operations for method in operation.methods}


def expected(table: str) -> Found:
    """The table as (endpoint, column, inside or outside) -> status, `others` written out."""
    lines = [line.split() for line in table.strip().splitlines() if line.strip()]
    columns = lines[0][1:]
    rest = [role.code for role in Role if role.code not in {column.partition("@")[0] for column in columns}]
    found: Found = {}
    for method, path, *cells in lines[1:]:
        endpoint = f"{method} {path}"
        assert len(cells) == len(columns), f"{endpoint}: {len(cells)} cells for {len(columns)} columns"
        for column, cell in zip(columns, cells, strict=True):
            inside, _, outside = cell.partition("/")
            for name in rest if column == "others" else [column]:
                assert (endpoint, name, INSIDE) not in found, f"{endpoint} stands twice"
                found[endpoint, name, INSIDE] = int(inside)
                found[endpoint, name, OUTSIDE] = int(outside or inside)
    return found


def actual(cast: Cast, wanted: Found, requests: Mapping[str, Request], prefix: str = "/api") -> Found:
    """What each request of the table is answered. Each is undone afterwards."""
    callers: dict[str, tuple[Person | None, Client]] = {}
    found: Found = {}
    last: Ask | None = None
    for endpoint, column, where in wanted:
        if column not in callers:
            person = _person(cast, column)
            callers[column] = person, cast.client(person)
            if column == "dismissed" and person:
                users.dismiss(queries.operator(), person.id)
        person, client = callers[column]
        keys, people = dict(cast.keys), dict(cast.people)
        with transaction.atomic():
            ask = requests[endpoint](cast, where, person)
            same = where == OUTSIDE and ask == last  # nothing in it lies inside or outside
            found[endpoint, column, where] = found[endpoint, column, INSIDE] if same else _call(
                client, endpoint, ask, prefix)
            last = ask
            transaction.set_rollback(True)
        cast.keys, cast.people = keys, people  # whoever was hired meanwhile is undone too
        fresh_caches()
    return found


def _person(cast: Cast, column: str) -> Person | None:
    if column == "stranger":
        return None
    if column == "dismissed":
        return cast.hire("dismissed.one", Role.SUPERVISOR)
    if column == "roleless":
        return cast.of(None)
    code, _, scope = column.partition("@")
    role = Role.named(code)
    assert role is not None, f"no such column: {column}"
    return cast.of(role, EVERYWHERE if scope == "*" else TOWN, unit="B-1" if scope == "unit" else "")


def _call(client: Client, endpoint: str, ask: Ask, prefix: str) -> int:
    method, _, template = endpoint.partition(" ")
    url = prefix + template.format(**ask.path) + (f"?{ask.query}" if ask.query else "")
    body = {} if ask.body is None else {"data": ask.body, "content_type": "application/json"}
    if ask.form:
        body = {"data": ask.form}
    cookies = client.cookies.copy()
    try:
        return getattr(client, method.lower())(url, **body).status_code
    finally:
        client.cookies = cookies

"""A cast of plainly invented people, units and areas. People are hired when first asked for, so a test pays for few.

    cast.of(Role.SUPERVISOR)                 # over TOWN
    cast.of(Role.SUPERVISOR, OTHER_TOWN)     # somebody else, outside
    cast.client(cast.of(Role.HANDLER, unit="B-1"))
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from jingwei.accounts import ports, queries
from jingwei.accounts.commands import grants, sign_in, tokens, units, users
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.kernel.actor import Actor

EVERYWHERE = ""
COUNTY, TOWN, OTHER_TOWN = "1/", "1/11/", "1/12/"
VILLAGE, NEXT_VILLAGE, OTHER_VILLAGE = "1/11/111/", "1/11/112/", "1/12/121/"
AREAS = {
    "330199": COUNTY, "330199001": TOWN, "330199002": OTHER_TOWN,
    "330199001001": VILLAGE, "330199001002": NEXT_VILLAGE, "330199002001": OTHER_VILLAGE,
}
CODE_OF = {path: code for code, path in AREAS.items()} | {EVERYWHERE: "*"}
UNITS = (  # code, name, kind, parent
    ("C-1", "监督中心", "centre", ""), ("C-2", "指挥中心", "centre", ""),
    ("B-1", "城市管理局", "bureau", ""), ("B-1-1", "环卫站", "station", "B-1"), ("B-2", "水务局", "bureau", ""),
)
PASSWORD = "鹤鸣于九皋 2026"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林"


@dataclass(frozen=True)
class Person:
    """Somebody of the cast. `role` '' for who has none."""

    id: UUID
    login: str
    name: str
    role: str = ""
    area: str = EVERYWHERE
    unit: str = ""
    grant: int = 0


@dataclass
class Cast:
    units: dict[str, int] = field(default_factory=dict)  # code -> id
    people: dict[tuple[str, str, str], Person] = field(default_factory=dict)
    keys: dict[UUID, str] = field(default_factory=dict)

    def hire(self, login: str, role: Role | None = None, area: str = TOWN, *, unit: str = "", home: str = "",
             name: str = "") -> Person:
        """A new person; `unit` ties the role to it, `home` is where the person works."""
        boss = queries.operator()
        name = name or f"{_SURNAMES[len(self.people) % len(_SURNAMES)]}示例"
        user_id = users.create(boss, login, name, unit_code=home)
        if role is None:
            return Person(user_id, login, name)
        grant = grants.give(boss, user_id, role.code, CODE_OF[area], area_path=area, unit_code=unit)
        return Person(user_id, login, name, role.code, area, unit, grant)

    def of(self, role: Role | None, area: str = TOWN, *, unit: str = "") -> Person:
        """The one with this role over this area, hired when first asked for. None: somebody without a role."""
        key = (role.code if role else "", area, unit)
        if key not in self.people:
            login = f"{key[0] or 'nobody'}.{len(self.people) + 1}"
            self.people[key] = self.hire(login, role, area, unit=unit, home=unit)
        return self.people[key]

    def actor(self, person: Person) -> Actor:
        """The person as a signed-in request has them."""
        actor = queries.actor_of_session(self.key(person))
        assert actor is not None
        return actor

    def key(self, person: Person) -> str:
        """The value of a session cookie of this person."""
        if person.id not in self.keys:
            self.keys[person.id] = sign_in.admit(person.id).key
        return self.keys[person.id]

    def client(self, person: Person | None, *, by: str = "session", csrf: bool = False) -> Client:
        """A client signed in as this person by session or by device token; None: a stranger."""
        client = Client(enforce_csrf_checks=csrf)
        if person is None:
            return client
        if by == "token":
            token = tokens.issue_token(self.actor(person), "演示手机").token
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        else:
            client.cookies[COOKIE] = self.key(person)
        return client


def area_path_of(code: str) -> str | None:
    return AREAS.get(code)


def fresh_caches() -> None:
    """Forget what the process remembers of a database that has been rolled back."""
    queries.forget()
    sign_in.by_address.forget()
    sign_in.by_login.forget()


@pytest.fixture
def cast(db: Any) -> Any:
    """Units and areas, and people on demand."""
    fresh_caches()
    wired = ports._area_path_of
    ports.wire(area_path_of=area_path_of)
    boss, cast = queries.operator(), Cast()
    for code, name, kind, parent in UNITS:
        cast.units[code] = units.create(boss, code, name, kind=kind, parent_code=parent)
    yield cast
    ports.wire(area_path_of=wired)
    fresh_caches()

"""A small district with real grids, classes, rules and a cast: what the tests of cases stand on.

990101 示例区: 001 柳溪街道 (city flow) with community 001 of two unit grids side by side, 100 稻香镇 (township flow)
with village 200 of one unit grid. Next door 990102 邻区 with one unit grid of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import pytest
import shapely
from django.conf import settings
from django.db import transaction
from django.test import Client

from jingwei.accounts import ports as account_ports
from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, sign_in, units, users
from jingwei.accounts.http import COOKIE
from jingwei.cases import commands, flow_book
from jingwei.cases.commands import numbers
from jingwei.catalogue import queries as catalogue
from jingwei.catalogue.commands import import_rules, import_standard, install_scheme, set_setting
from jingwei.grids import commands as grids
from jingwei.grids import finding_places
from jingwei.grids import queries as ground
from jingwei.journal import keys
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode, Refusal
from jingwei.kernel.ids import new_id

MONDAY_NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Mon 2026-11-23 09:00 in Shanghai, an ordinary day
SCHEME = "gbt47678.5-2026"
VENDOR, GARBAGE, NO_RULE_CLASS = f"{SCHEME}/matter/09001", f"{SCHEME}/matter/06010", f"{SCHEME}/matter/10001"
IN_FIRST, IN_SECOND, IN_VILLAGE, NEXT_DOOR = (102.0005, 40.0005), (102.0015, 40.0005), (102.0105, 40.0005), (103.0005, 40.0005)
AT_SEA = (122.9, 30.0)

@contextmanager
def expect_refusal(*reasons: ErrorCode) -> Iterator[Any]:
    """The block must refuse for one of these reasons; what it had begun is rolled back as a request would."""
    with pytest.raises(Refusal) as caught, transaction.atomic():
        yield caught
    assert caught.value.reason in reasons, caught.value


PEOPLE = {  # login: role, area code, unit of work, unit that ties the role
    "supervisor": ("supervisor", "990101001001", "", ""), "supervisor2": ("supervisor", "990101001001", "", ""),
    "acceptor": ("acceptor", "990101", "SC", ""), "leader1": ("shift_leader", "990101", "SC", ""),
    "dispatcher": ("dispatcher", "990101", "CC", ""), "dispatcher2": ("dispatcher", "990101", "CC", ""),
    "handler": ("handler", "990101", "HW", "HW"), "handler2": ("handler", "990101", "HW-1", "HW-1"),
    "otherhandler": ("handler", "990101", "YL", "YL"),
    "villager": ("supervisor", "990101100200", "", ""), "community": ("community_officer", "990101100200", "VC", ""),
    "town": ("town_officer", "990101100", "TO", ""), "towndept": ("handler", "990101100", "TD", "TD"),
    "county": ("county_officer", "990101", "SC", ""),
    "boss": ("leader", "990101", "", ""), "admin": ("area_admin", "990101", "", ""),
    "neighbour": ("acceptor", "990102", "", ""), "neighbourworker": ("supervisor", "990102", "", ""),
    "sysadmin": ("system_admin", "*", "", ""),
}


class Row(NamedTuple):
    number: int
    values: dict[str, str]


@dataclass
class Centre:
    """The district with its people. `act(login)` is the person as a signed-in request has them."""

    ids: dict[str, UUID] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def act(self, login: str) -> Actor:
        actor = accounts.actor_of_session(self.key(login))
        if actor is None:  # a test moved the clock past the session's end
            del self._keys[login]
            actor = accounts.actor_of_session(self.key(login))
        assert actor is not None
        return actor

    def key(self, login: str) -> str:
        if login not in self._keys:
            self._keys[login] = sign_in.admit(self.ids[login]).key
        return self._keys[login]

    def client(self, login: str) -> Client:
        client = Client()
        client.cookies[COOKIE] = self.key(login)
        return client

    def report(self, login: str = "supervisor", at: tuple[float, float] = IN_FIRST, **more: Any) -> UUID:
        """A report by somebody; returns the case's id."""
        values = {"text": "人行道上堆放建筑垃圾", "place": "枫林路 12 号门前", "class_code": GARBAGE} | more
        case_id = values.pop("id", None) or new_id()
        commands.report(self.act(login), commands.Report(id=case_id, lon=at[0], lat=at[1], **values))
        return case_id

    def handled(self, **more: Any) -> UUID:
        """A case that waits with the unit 环卫所."""
        case_id = self.report(**more)
        commands.file(self.act("acceptor"), case_id)
        commands.dispatch(self.act("dispatcher"), case_id)
        return case_id

    def checked(self, **more: Any) -> UUID:
        """A case that was fed back and checked, and waits to be closed."""
        case_id = self.handled(**more)
        commands.feed_back(self.act("handler"), case_id, text="已清理")
        commands.confirm(self.act("dispatcher"), case_id)
        commands.check(self.act("supervisor"), case_id, passed=True)
        return case_id


def square(west: float, south: float, side: float = 0.001) -> bytes:
    return shapely.to_wkb(shapely.box(west, south, west + side, south + side))


def draw_ground(boss: Actor) -> dict[str, int]:
    """The areas by code; only unit grids have outlines."""
    made: dict[str, int] = {}

    def area(code: str, name: str, kind: str, parent: str = "", wkb: bytes | None = None) -> None:
        made[code] = grids.create_area(boss, code, name, kind, parent_id=made.get(parent), wkb=wkb, note="样例")

    area("990000000000", "示例省", "province")
    area("990100000000", "示例市", "city", "990000000000")
    area("990101000000", "示例区", "county", "990100000000")
    area("990101001000", "柳溪街道", "street", "990101000000")
    area("990101001001", "柳溪社区", "community", "990101001000")
    area("990101001001001", "柳溪一号单元", "unit", "990101001001", square(102.000, 40.000))
    area("990101001001002", "柳溪二号单元", "unit", "990101001001", square(102.001, 40.000))
    area("990101100000", "稻香镇", "town", "990101000000")
    area("990101100200", "新垦村", "village", "990101100000")
    area("990101100200001", "新垦一号单元", "unit", "990101100200", square(102.010, 40.000))
    area("990102000000", "邻区", "county", "990100000000")
    area("990102001000", "邻街道", "street", "990102000000")
    area("990102001001", "邻社区", "community", "990102001000")
    area("990102001001001", "邻一号单元", "unit", "990102001001", square(103.000, 40.000))
    return made


STANDARD = [
    ("06", "10", "暴露垃圾", "公共场所有生活垃圾", "4工作时", "清理"),
    ("09", "01", "无照经营游商", "占道经营的游商", "2紧急工作时", "劝离"),
    ("09", "05", "店外经营", "店外摆放商品", "2工作时", "整改"),
    ("09", "05", "店外经营", "店外搭建棚架", "1工作日", "拆除"),
    ("10", "01", "道路积雪、结冰", "道路结冰", "4工作时", "清除"),
]


def fill_catalogue(boss: Actor) -> None:
    """The national scheme with a few filing conditions, and rules for all but one class."""
    install_scheme(boss, SCHEME)
    names = ("类别", "大类代码", "小类代码", "小类名称", "立案条件", "处置时限", "结案条件")
    import_standard(boss, SCHEME, [
        Row(number, dict(zip(names, ("事项", major, f"0{minor}", name, *rest), strict=True)))
        for number, (major, minor, name, *rest) in enumerate(STANDARD, 2)])
    rules = [("06", "HW"), ("09", "ZF")]
    import_rules(boss, SCHEME, [
        Row(number, {"类别": "事项", "分类代码": code, "区域编码": "990101000000", "单位编码": unit})
        for number, (code, unit) in enumerate(rules, 2)])
    set_setting(boss, "flow_profile", "township", ground.path_of_code("990101100000") or "")


@pytest.fixture(scope="module")
def standing(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    """The district, built once for all tests of a file inside one transaction; each test rolls back to it."""
    folder = tmp_path_factory.mktemp("centre") / "home"
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(settings, "HOME", replace(settings.HOME, root=folder))
        settings.HOME.keys.mkdir(parents=True)
        keys.create_missing(settings.HOME.keys)
        wired = account_ports._area_path_of
        account_ports.wire(area_path_of=ground.path_of_code)
        forget_caches()
        finding_places._ground = finding_places.Ground(-1, {})
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
        account_ports.wire(area_path_of=wired)
        forget_caches()
        finding_places._ground = finding_places.Ground(-1, {})


def forget_caches() -> None:
    """What the process remembers of a database that was put back."""
    for forget in (accounts.forget, catalogue.forget, flow_book.forget, numbers.forget_blocks):
        forget()


def build() -> Centre:
    boss, made = accounts.operator(), Centre()
    with clock.held_at(MONDAY_NINE):
        made.areas = draw_ground(boss)
        for code, name, parent in (("SC", "监督中心", ""), ("CC", "指挥中心", ""), ("HW", "环卫所", ""),
                                   ("HW-1", "环卫一队", "HW"), ("YL", "园林所", ""), ("ZF", "执法中队", ""),
                                   ("VC", "新垦村委会", ""), ("TO", "稻香镇网格办", ""), ("TD", "稻香镇环保办", "")):
            units.create(boss, code, name, parent_code=parent)
        fill_catalogue(boss)
        for login, (role, area, home, tied) in PEOPLE.items():
            made.ids[login] = users.create(boss, login, f"{login}示例", unit_code=home)
            grants.give(boss, made.ids[login], role, area, unit_code=tied)
            made.key(login)
    return made


@pytest.fixture
def centre(standing: Centre, db: Any) -> Any:
    """The whole small district, at nine o'clock on an ordinary Monday."""
    before = generations()
    with clock.held_at(MONDAY_NINE):
        yield standing
    if generations() != before:
        forget_caches()

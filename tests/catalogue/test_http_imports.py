"""The catalogue's tables uploaded: previewed, taken, refused, by the rights of the commands (T4)."""

import json

import pytest

from jingwei.accounts.queries import Role
from jingwei.catalogue import commands, queries
from jingwei.catalogue.http_imports import router
from jingwei.catalogue.models import ClassEntry, Condition, ResponsibilityRule
from jingwei.kernel.actor import Actor
from tests import matrix
from tests.cast import EVERYWHERE, Cast
from tests.catalogue.test_standard_commands import FIRST, HEADERS
from tests.matrix import Ask
from tests.uploads import sent, standing, upload

pytestmark = pytest.mark.django_db

SCHEME = "gbt30428.2-2013"
SHEET = "\n".join(line.replace(" | ", ",") for line in ("本市标准", HEADERS, *FIRST))
CLASSES = "类别,编码,名称\n事件,01,市容\n事件,0101,乱堆\n事件,9901,没有大类\n"
RULES = "类别,分类代码,区域编码,责任单位编码\n部件,01,,B-1\n部件,77,,B-1\n"
HOLIDAYS = json.dumps({"year": 2031, "papers": [], "days": [
    {"name": "元旦", "date": "2031-01-01", "isOffDay": True}, {"name": "元旦", "date": "2031-01-02", "isOffDay": True}]})

TABLE = """
endpoint                 stranger  dismissed  roleless  others  area_admin  area_admin@*  system_admin@*  security_admin  audit_admin
POST /import/catalogue   401       401        403       403     403         200           403             403             403
POST /import/classes     401       401        403       403     403         200           403             403             403
POST /import/rules       401       401        403       403     200         200           403             403             403
POST /import/holidays    401       401        403       403     403         200           403             403             403
"""

REQUESTS: dict[str, matrix.Request] = {
    "POST /import/catalogue": lambda cast, where, caller: Ask(form={"file": sent(SHEET), "scheme": SCHEME}),
    "POST /import/classes": lambda cast, where, caller: Ask(form={"file": sent(CLASSES), "scheme": "own-1"}),
    "POST /import/rules": lambda cast, where, caller: Ask(form={"file": sent(RULES), "scheme": SCHEME}),
    "POST /import/holidays": lambda cast, where, caller: Ask(form={"file": sent(HOLIDAYS), "dry_run": "0"}),
}


@pytest.fixture(autouse=True)
def _scheme(operator: Actor, db: None) -> None:
    commands.install_scheme(operator, SCHEME)


def test_every_role_gets_what_the_matrix_says(cast: Cast) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


@pytest.mark.parametrize(("kind", "content", "fields", "counts"), [
    ("classes", CLASSES, {"scheme": "own-1", "title": "本地方案"}, {"added": 2, "rejected": 1}),
    ("rules", RULES, {"scheme": SCHEME}, {"added": 1, "rejected": 1}),
    ("holidays", HOLIDAYS, {}, {"added": 2, "rejected": 0}),
])
def test_a_preview_foretells_the_import_and_writes_nothing(
        cast: Cast, kind: str, content: str, fields: dict[str, str], counts: dict[str, int]) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    before = standing()
    foretold = upload(client, kind, content, **fields).json()
    assert standing() == before
    assert {name: foretold["counts"][name] for name in counts} == counts
    done = upload(client, kind, content, dry_run="0", **fields).json()
    assert (done["counts"], done["rejects"], done["rejects_csv"]) == (
        foretold["counts"], foretold["rejects"], foretold["rejects_csv"])
    assert standing()["position"] > before["position"]
    again = upload(client, kind, content, dry_run="0", **fields).json()
    assert (again["counts"]["added"], again["counts"]["changed"]) == (0, 0)
    assert again["counts"]["unchanged"] >= counts["added"]


def test_a_standard_is_previewed_with_its_doubts_and_taken(cast: Cast) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    before = standing()
    foretold = upload(client, "catalogue", SHEET, scheme=SCHEME).json()
    assert standing() == before
    done = upload(client, "catalogue", SHEET, scheme=SCHEME, dry_run="0").json()
    assert {**done, "dry_run": True} == foretold
    assert Condition.objects.count() == done["counts"]["added"] > 0


def test_a_preview_of_a_file_without_one_good_row_still_tells_the_rows(cast: Cast) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    bad = "类别,编码,名称\n事件,9901,没有大类\n"
    told = upload(client, "classes", bad, scheme="own-1")
    assert (told.status_code, told.json()["counts"]["rejected"]) == (200, 1)
    assert told.json()["rejects"][0]["cells"]["名称"] == "没有大类"
    answer = upload(client, "classes", bad, scheme="own-1", dry_run="0")
    assert (answer.status_code, answer.json()["code"]) == (400, "catalogue.nothing_read")
    assert not ClassEntry.objects.filter(scheme__code="own-1").exists()


def test_an_area_administrator_takes_rules_of_the_own_area_only(cast: Cast) -> None:
    told = upload(cast.client(cast.of(Role.AREA_ADMIN)), "rules", RULES, scheme=SCHEME, dry_run="0").json()
    assert told["counts"] == {"added": 0, "changed": 0, "unchanged": 0, "rejected": 2}
    assert not ResponsibilityRule.objects.exists()


def test_holidays_take_force_and_tell_the_version(cast: Cast, operator: Actor) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    foretold = upload(client, "holidays", HOLIDAYS).json()
    done = upload(client, "holidays", HOLIDAYS, dry_run="0").json()
    assert (foretold["renewed"], done["renewed"], done["version"]) == (True, True, "v1")
    assert "2031-01-01" in {day.isoformat() for day in queries.calendar_at(operator, "").exceptions}
    assert upload(client, "holidays", HOLIDAYS, dry_run="0").json()["renewed"] is False


@pytest.mark.parametrize(("kind", "content", "status"), [
    ("holidays", b"{", 400), ("holidays", b"\x00\xff", 400), ("holidays", b"a,b\n1,2\n", 400),
    ("catalogue", b"%PDF", 415), ("rules", b"", 400), ("classes", "名称\n一\n".encode(), 400)])
def test_a_wrong_file_is_refused_with_a_code(cast: Cast, kind: str, content: bytes, status: int) -> None:
    answer = upload(cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE)), kind, content,
                    **({} if kind == "holidays" else {"scheme": SCHEME if kind != "classes" else "own-1"}))
    assert answer.status_code == status, answer.json()


def test_a_scheme_must_be_named(cast: Cast) -> None:
    client = cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    assert upload(client, "rules", RULES).status_code == 400
    assert upload(client, "rules", RULES, scheme="none").json()["code"] == "catalogue.scheme_unknown"

"""Units and staff uploaded: a preview that writes nothing, rejects with their cells, the rights of the commands (T4)."""

import csv
import io
from typing import Any

import pytest

from jingwei.accounts.commands import invitations
from jingwei.accounts.http_imports import router
from jingwei.accounts.models import Invitation, Unit, User
from jingwei.accounts.queries import Role
from jingwei.kernel import uploads
from tests import matrix
from tests.cast import EVERYWHERE, PASSWORD, Cast, Person
from tests.matrix import INSIDE, Ask
from tests.uploads import sent, standing, upload

pytestmark = pytest.mark.django_db

UNITS = "单位编码,单位名称,上级编码\nN-1,新局,\nN-1-1,新站,N-1\nN-1,重复,\n,无编码,\nB-2,改名局,\n"
STAFF = "登录名,姓名,单位编码,岗位,区域编码\nwang.li,王示例,B-1,受理员,330199\nli.yan,李演示,NONE,,\n"

TABLE = """
endpoint             stranger  dismissed  roleless  others  area_admin  area_admin@*  system_admin  system_admin@*  security_admin  audit_admin
POST /import/units   401       401        403       403     200         200           200           200             403             403
POST /import/staff   401       401        403       403     403         403           200           200             200             403
"""


def _form(content: str) -> matrix.Request:
    def ask(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask(form={"file": sent(content), "dry_run": "1" if where == INSIDE else "0"})

    return ask


REQUESTS = {"POST /import/units": _form(UNITS), "POST /import/staff": _form(STAFF)}


def test_every_role_gets_what_the_matrix_says(cast: Cast) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


def test_a_preview_foretells_the_import_and_writes_nothing(cast: Cast) -> None:
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    before = standing()
    foretold = upload(client, "units", UNITS).json()
    assert standing() == before, "without dry_run=0 nothing is written"
    assert foretold["dry_run"] is True
    assert foretold["counts"] == {"added": 2, "changed": 1, "unchanged": 0, "rejected": 2}
    done = upload(client, "units", UNITS, dry_run="0").json()
    assert {**done, "dry_run": True} == foretold
    assert Unit.objects.get(code="N-1-1").parent.code == "N-1"  # type: ignore[union-attr]
    again = upload(client, "units", UNITS, dry_run="0").json()
    assert again["counts"] == {"added": 0, "changed": 0, "unchanged": 3, "rejected": 2}


def test_rejects_come_with_row_reason_and_cells_and_as_a_table_to_correct(cast: Cast) -> None:
    told = upload(cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE)), "units", UNITS).json()
    assert [(each["row"], each["code"]) for each in told["rejects"]] == [(4, "account.row.repeated"), (5, "account.bad_code")]
    assert told["rejects"][0]["cells"] == {"单位编码": "N-1", "单位名称": "重复", "上级编码": ""}
    assert "第 2 行" in told["rejects"][0]["why"]
    lines = list(csv.reader(io.StringIO(told["rejects_csv"].removeprefix("\ufeff"))))
    assert lines[0] == ["原文件行号", "退回原因代码", "退回原因", "单位编码", "单位名称", "上级编码"]
    assert [line[0] for line in lines[1:]] == ["4", "5"]


def test_the_encoding_of_the_office_next_door_is_read_too(cast: Cast) -> None:
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    assert upload(client, "units", UNITS.encode("gb18030")).json()["counts"]["added"] == 2


def test_links_are_told_once_to_who_creates_people_and_never_in_a_preview(cast: Cast) -> None:
    system, security = (cast.client(cast.of(role, EVERYWHERE)) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
    foretold = upload(system, "staff", STAFF)
    assert (foretold.json()["counts"]["added"], foretold.json()["links"]) == (1, [])
    assert not Invitation.objects.exists()
    done = upload(system, "staff", STAFF, dry_run="0", url="https://grid.example/").json()
    assert [link["login"] for link in done["links"]] == ["wang.li"]
    assert done["links"][0]["link"].startswith("https://grid.example/first/")
    assert [each["code"] for each in done["findings"]] == ["account.row.posts_left"]
    assert upload(system, "staff", STAFF, dry_run="0").json()["links"] == []
    given = upload(security, "staff", STAFF, dry_run="0").json()
    assert (given["counts"]["changed"], given["links"]) == (1, [])
    invitations.accept(done["links"][0]["link"].rpartition("/")[2], PASSWORD)
    assert User.objects.get(login="wang.li").grants.get().role == "acceptor"


@pytest.mark.parametrize(("content", "status", "code"), [
    (b"", 400, "formats.file_empty"),
    (b"%PDF-1.7 x", 415, "formats.table_kind"),
    (b"\x89PNG\r\n\x1a\n", 415, "formats.table_kind"),
    ("名称\n一\n".encode(), 422, "account.row.column_missing"),
    (b"PK\x03\x04 broken", 400, "formats.archive_broken"),
])
def test_a_wrong_file_is_refused_with_a_code(cast: Cast, content: bytes, status: int, code: str) -> None:
    answer = upload(cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE)), "units", content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("fields", [{"dry_run": "2"}, {"dry_run": "yes"}, {"sheet": "x" * 101}])
def test_a_field_of_another_kind_is_refused(cast: Cast, fields: dict[str, Any]) -> None:
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    answer = client.post("/api/import/units", {"file": sent(UNITS), **fields})
    assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")


def test_none_and_two_files_are_refused(cast: Cast) -> None:
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    for form in ({"dry_run": "1"}, {"file": [sent(UNITS), sent(UNITS)]}):
        answer = client.post("/api/import/units", form)
        assert (answer.status_code, answer.json()["code"]) == (400, "request.not_one_file")


def test_what_is_larger_than_the_bound_is_not_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_IMPORT", 1 << 20)
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    answer = upload(client, "units", UNITS + "," * (1 << 20))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.upload_too_large")

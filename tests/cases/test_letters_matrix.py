"""Who is answered what about the inbox and its mailboxes (T4). Outside: a letter of the next district."""

from typing import Any
from uuid import UUID

import pytest

from jingwei.cases import ports
from jingwei.cases.models import Letter, LetterFile, Mailbox
from jingwei.files import commands as files
from jingwei.files.keys import ensure_key
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import IN_FIRST, MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                  stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   acceptor  shift_leader
GET /inbox                                401       401        403       403           403             403          403      200       200
GET /inbox/{letter_id}/files/{file_id}    401       401        404       404           404             404          404      200/404   200/404
POST /inbox/{letter_id}/take              401       401        404       404           404             404          404      201/404   201/404
POST /inbox/{letter_id}/join              401       401        404       404           404             404          404      200/404   200/404
POST /inbox/{letter_id}/discard           401       401        404       404           404             404          404      200/404   200/404
GET /mailboxes                            401       401        403       200           403             403          403      403       403
PUT /mailboxes/{box_id}                   401       401        403       200           403             403          403      403       403
DELETE /mailboxes/{box_id}                401       401        403       200           403             403          403      403       403
POST /mailboxes/{box_id}/try              401       401        403       200           403             403          403      403       403
"""
KEEPER = Actor(None, "job", grants=(Grant("", "", frozenset({"file.add"})),), via="job")
SETTINGS = {"name": "信箱", "area_code": "990101001001", "host": "mail.example.test", "user": "a@example.test", "password": "geheim"}


class Silent:
    def check(self, settings: Any) -> None:
        pass

    def read(self, settings: Any, **more: Any) -> Any:
        return iter(())


def _letter(where: str) -> UUID:
    area = grids.path_of_code("990101001001001" if where == INSIDE else "990102001001001") or ""
    letter_id = new_id()
    Letter.objects.create(id=letter_id, key=str(letter_id), area_path=area, sender_hash="x", text="路灯不亮", came_at=MONDAY_NINE,
                          sealed=journal.seal(f"letter:{letter_id}", {"sender": "a@example.test", "name": ""}))
    return letter_id


def _deed(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"letter_id": _letter(where)}, {"reason": "广告"})


def _take(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"letter_id": _letter(where)}, {"id": str(new_id()), "text": "路灯不亮", "lon": IN_FIRST[0], "lat": IN_FIRST[1]})


def _join(cast: Cast, where: str, caller: Person | None) -> Ask:
    case = Stand("reported").case(INSIDE, caller, "city")
    return Ask({"letter_id": _letter(where)}, {"number": case.number})


def _file(cast: Cast, where: str, caller: Person | None) -> Ask:
    letter_id, row = _letter(where), files.add(KEEPER, b"%PDF-1.4\n%%EOF\n", "a.pdf")
    LetterFile.objects.create(letter_id=letter_id, file_id=row.id)
    return Ask({"letter_id": letter_id, "file_id": row.id})


def _box(cast: Cast, where: str, caller: Person | None) -> Ask:
    box_id = new_id()
    Mailbox.objects.create(id=box_id, name="信箱", made_at=MONDAY_NINE, sealed=journal.seal(f"mailbox:{box_id}", {
        "host": "mail.example.test", "user": "a@example.test", "password": "geheim", "port": "993", "security": "tls", "folder": "INBOX"}))
    return Ask({"box_id": box_id})


REQUESTS: dict[str, matrix.Request] = {
    "GET /inbox": lambda cast, where, caller: Ask(), "GET /mailboxes": lambda cast, where, caller: Ask(),
    "GET /inbox/{letter_id}/files/{file_id}": _file, "POST /inbox/{letter_id}/take": _take, "POST /inbox/{letter_id}/join": _join,
    "POST /inbox/{letter_id}/discard": _deed, "PUT /mailboxes/{box_id}": lambda cast, where, caller: Ask({"box_id": new_id()}, SETTINGS),
    "DELETE /mailboxes/{box_id}": _box, "POST /mailboxes/{box_id}/try": _box,
}


def test_every_role_gets_what_the_table_says(centre: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_key()
    monkeypatch.setattr(ports, "_wired", [Silent()])
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}

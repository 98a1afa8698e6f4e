"""What of a person may be public (STF-37): only with consent, gone when it is withdrawn, never in the journal."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from jingwei.accounts.commands import users
from jingwei.accounts.queries import operator as the_operator
from jingwei.config.home import Home
from jingwei.config.ports import _CaseFiles, _StaffPhotos
from jingwei.files import commands as files
from jingwei.files import keys
from jingwei.files import ports as files_ports
from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError, PaperError
from jingwei.grids.models import Area, BoardText, PublicContact
from jingwei.journal import keys as journal_keys
from jingwei.journal import queries as journal
from jingwei.journal import readers
from jingwei.journal.commands import number_entries
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import COUNTY, EAST, STREET, WEST, Town, manager, reason

pytestmark = pytest.mark.django_db
PHONE = "0571 8800 1234"
People = dict[str, UUID]


@pytest.fixture(autouse=True)
def vault(settings: Any, tmp_path: Path) -> None:
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.keys.mkdir(parents=True)
    settings.HOME.files.mkdir()
    journal_keys.create_missing(settings.HOME.keys)
    keys.ensure_key()


@pytest.fixture
def staffed(town: Town, operator: Actor, people: People) -> People:
    commands.staff(operator, town[WEST], people["wang"], "main", today(), duties=["巡查"])
    commands.staff(operator, town[WEST], people["li"], "deputy", today())
    commands.staff(operator, town[EAST], people["zhao"], "main", today())
    return people


def oneself(user: UUID) -> Actor:
    return Actor(user, "示例", (Grant("supervisor", "", frozenset({"file.add"})),))


def photo_of(actor: Actor) -> UUID:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "green").save(out, "jpeg")
    return files.add(actor, out.getvalue(), "头像.jpg").id


def told(area: int) -> dict[str, tuple[str, bool]]:
    answer = queries.public_answer(area)
    assert answer is not None
    return {face.name: (face.phone, face.photo is not None) for face in answer.people}


def everything_written() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_entry")
        return json.dumps([str(row[0]) for row in cursor.fetchall()])


def test_without_consent_the_public_is_told_name_and_post_only(town: Town, staffed: People) -> None:
    assert told(town[WEST]) == {"王示例": ("", False), "李演示": ("", False)}
    answer = queries.public_answer(town[WEST])
    assert answer is not None
    assert [(face.post, face.duties) for face in answer.people] == [("main", ("巡查",)), ("deputy", ())]


def test_a_person_gives_and_withdraws_it_themself(town: Town, staffed: People) -> None:
    wang = oneself(staffed["wang"])
    commands.give_contact(wang, staffed["wang"], consent=True, phone=f" {PHONE} ", photo=photo_of(wang))
    assert told(town[WEST])["王示例"] == (PHONE, True)
    seen = queries.contact_of(wang, staffed["wang"])
    assert (seen.given, seen.phone, seen.photo, seen.form) == (True, PHONE, True, False)
    commands.withdraw_contact(wang, staffed["wang"])
    assert told(town[WEST])["王示例"] == ("", False), "the public answer and the next print go without"
    row = PublicContact.objects.get()
    assert (row.phone, row.photo_id, row.withdrawn_on) == (None, None, today())
    assert queries.contact_of(wang, staffed["wang"]).days == [(today(), today())]
    commands.withdraw_contact(wang, staffed["wang"])
    assert PublicContact.objects.count() == 1


def test_nothing_of_it_stands_in_clear_anywhere(town: Town, staffed: People) -> None:
    wang = oneself(staffed["wang"])
    commands.give_contact(wang, staffed["wang"], consent=True, phone=PHONE)
    sealed = bytes(PublicContact.objects.get().phone or b"")
    assert PHONE.encode() not in sealed
    assert b"8800" not in sealed
    commands.withdraw_contact(wang, staffed["wang"])
    assert "8800" not in everything_written()
    entries = journal.history(f"public_contact:{staffed['wang']}")
    assert [entry.verb for entry in entries] == ["public_contact.given", "public_contact.withdrawn"]
    assert journal.unseal_many({f"public_contact:{staffed['wang']}": sealed}) == {}, "the key is gone"


def test_what_is_agreed_anew_takes_the_place_of_what_was(town: Town, staffed: People) -> None:
    wang = oneself(staffed["wang"])
    commands.give_contact(wang, staffed["wang"], consent=True, phone=PHONE, photo=photo_of(wang))
    commands.give_contact(wang, staffed["wang"], consent=True, phone="12345", keep_photo=True)
    assert told(town[WEST])["王示例"] == ("12345", True)
    commands.give_contact(wang, staffed["wang"], consent=True, phone="12345")
    assert told(town[WEST])["王示例"] == ("12345", False)


def test_consent_is_said_and_by_the_person_or_on_paper(town: Town, staffed: People) -> None:
    path = Area.objects.get(code=WEST).path
    boss, wang = manager(path), oneself(staffed["wang"])
    assert reason(commands.give_contact, wang, staffed["wang"], consent=False, phone=PHONE) is PaperError.NO_CONSENT
    assert reason(commands.give_contact, boss, staffed["wang"], consent=True, phone=PHONE) is PaperError.NO_CONSENT
    commands.give_contact(boss, staffed["wang"], consent=True, form=True, phone=PHONE)
    assert told(town[WEST])["王示例"] == (PHONE, False)
    assert PublicContact.objects.get().form
    assert reason(commands.give_contact, boss, staffed["zhao"], consent=True, form=True, phone=PHONE) is KernelError.NOT_FOUND
    assert reason(queries.contact_of, boss, staffed["zhao"]) is KernelError.NOT_FOUND
    assert reason(commands.withdraw_contact, oneself(staffed["li"]), staffed["wang"]) is KernelError.NOT_FOUND
    commands.withdraw_contact(boss, staffed["wang"])
    assert told(town[WEST])["王示例"] == ("", False)


@pytest.mark.parametrize("phone", ["1", "电话", "１３８００００００００", "12345678901234567890123456", "12\x0034", "<script>", "() - +"])
def test_what_is_no_phone_is_refused(town: Town, staffed: People, phone: str) -> None:
    assert reason(commands.give_contact, oneself(staffed["wang"]), staffed["wang"], consent=True, phone=phone) is PaperError.BAD_PHONE


def test_a_photo_is_ones_own_upload_and_a_photo(town: Town, staffed: People) -> None:
    wang, li = oneself(staffed["wang"]), oneself(staffed["li"])
    foreign = photo_of(li)
    document = files.add(wang, b"plain text, no photo at all", "x.txt").id
    for photo in (foreign, document, UUID(int=7)):
        assert reason(commands.give_contact, wang, staffed["wang"], consent=True, photo=photo) is PaperError.NOT_A_PHOTO
    assert reason(commands.give_contact, wang, staffed["wang"], consent=True) is PaperError.NOTHING_PUBLIC
    ghost = UUID(int=5)
    assert reason(commands.give_contact, oneself(ghost), ghost, consent=True, phone=PHONE) is GridError.UNKNOWN_PERSON


def test_a_public_photo_is_in_use_until_it_is_withdrawn(town: Town, staffed: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_ports, "_rooms", [_CaseFiles(), _StaffPhotos()])
    wang = oneself(staffed["wang"])
    photo = photo_of(wang)
    commands.give_contact(wang, staffed["wang"], consent=True, photo=photo)
    assert files_ports.used({photo}) == {photo}
    assert files.discard_unused(the_operator(), timedelta(seconds=-1)) == 0
    commands.withdraw_contact(wang, staffed["wang"])
    assert files.discard_unused(the_operator(), timedelta(seconds=-1)) == 1


def test_whoever_leaves_is_no_longer_public(town: Town, staffed: People, operator: Actor) -> None:
    commands.give_contact(oneself(staffed["wang"]), staffed["wang"], consent=True, phone=PHONE)
    users.dismiss(operator, staffed["wang"])
    assert "王示例" not in told(town[WEST])
    number_entries()
    while readers.step():
        pass
    row = PublicContact.objects.get()
    assert (row.phone, row.withdrawn_on) == (None, today())
    assert journal.history(f"public_contact:{staffed['wang']}")[-1].verb == "public_contact.withdrawn"


def test_only_who_is_posted_now_is_told(town: Town, staffed: People, operator: Actor) -> None:
    wang = oneself(staffed["wang"])
    commands.give_contact(wang, staffed["wang"], consent=True, phone=PHONE)
    commands.staff(operator, town[WEST], staffed["zhao"], "main", today() + timedelta(days=1), hand_over=True)
    later = queries.faces([town[WEST]], today() + timedelta(days=1))[town[WEST]]
    assert [(face.name, face.phone) for face in later] == [("赵试用", ""), ("李演示", "")]


def test_a_unit_grid_is_answered_for_by_the_nearest_above(town: Town, staffed: People) -> None:
    answer = queries.public_answer(town[f"{WEST}001"])
    assert answer is not None
    assert (answer.area.code, answer.people[0].name) == (WEST, "王示例")
    assert queries.public_answer(10**9) is None


def test_texts_of_the_boards_come_from_the_nearest_area_that_has_some(town: Town, operator: Actor) -> None:
    commands.set_board(operator, town[COUNTY], office_phone="12345", supervision_phone="12388")
    commands.set_board(operator, town[WEST], office_phone="0571-88001234", services=["每周三上门", "", "收集意见\x00"])
    board = board_of(town[f"{WEST}001"])
    assert (board.office_phone, board.supervision_phone, board.services) == ("0571-88001234", "12388", ("每周三上门", "收集意见"))
    assert board_of(town[EAST]).services == queries.SERVICES
    commands.set_board(operator, town[WEST])
    assert board_of(town[WEST]).office_phone == "12345"
    assert BoardText.objects.count() == 1
    assert reason(commands.set_board, operator, town[WEST], office_phone="无") is PaperError.BAD_PHONE
    assert "right" in reason(commands.set_board, manager(Area.objects.get(code=WEST).path, "area.read"), town[WEST]).code


def board_of(area: int) -> Any:
    answer = queries.public_answer(area)
    assert answer is not None
    return answer.board


def test_faces_cost_the_same_however_many_areas(town: Town, staffed: People) -> None:
    for login in ("wang", "zhao"):
        commands.give_contact(oneself(staffed[login]), staffed[login], consent=True, phone=PHONE)

    def statements(*codes: str) -> int:
        with CaptureQueriesContext(connection) as found:
            queries.faces([town[code] for code in codes], today())
        return len(found)

    queries.faces([town[STREET], town[WEST], town[EAST]], today())
    assert statements(WEST) == statements(WEST, EAST) <= 5

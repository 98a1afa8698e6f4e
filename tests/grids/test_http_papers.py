"""Papers over HTTP: PDF in the browser, bad input refused in words, figures without names."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from jingwei.accounts.commands import grants, sign_in, users
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.formats import pdf
from jingwei.grids import commands
from jingwei.grids.days import today
from jingwei.grids.models import Area
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests.grids.conftest import STREET, WEST, Town
from tests.grids.test_contact import PHONE, vault  # noqa: F401
from tests.grids.test_writing_bounds import mapped  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(town: Town, operator: Actor) -> Callable[[Role], tuple[Client, UUID]]:
    def client(role: Role) -> tuple[Client, UUID]:
        user = users.create(operator, f"user.{role.code}", "读示例")
        grants.give(operator, user, role.code, STREET, area_path=Area.objects.get(code=STREET).path)
        made = Client()
        made.cookies[COOKIE] = sign_in.admit(user).key
        return made, user

    return client


def send(client: Client, method: str, address: str, body: Any) -> Any:
    return getattr(client, method)(address, json.dumps(body), content_type="application/json")


def test_a_paper_opens_in_the_browser_and_is_never_kept(enter: Callable[[Role], tuple[Client, UUID]], mapped: Town) -> None:  # noqa: F811
    try:
        pdf.chinese_font()
    except Refusal:
        pytest.skip("no Chinese font on this machine")
    client, _ = enter(Role.LEADER)
    answer = client.get(f"/api/areas/{mapped[WEST]}/map.pdf?paper=A3")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert answer.content.startswith(b"%PDF")
    assert client.get(f"/api/areas/{mapped[STREET]}/map.pdf").json()["code"] == "grids.no_outline"
    assert client.get(f"/api/areas/{mapped[WEST]}/map.pdf?paper=A0").status_code in (400, 422)


def test_without_a_font_the_service_says_what_to_install(enter: Callable[[Role], tuple[Client, UUID]], mapped: Town,  # noqa: F811
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    class Latin:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(pdf, "_fonts", Latin)
    answer = enter(Role.LEADER)[0].get(f"/api/areas/{mapped[WEST]}/card.pdf")
    assert (answer.status_code, answer.json()["code"]) == (409, "formats.no_chinese_font")
    assert "fonts-noto-cjk" in answer.json()["detail"]


def test_bounds_are_written_one_by_one_and_in_batches(enter: Callable[[Role], tuple[Client, UUID]], mapped: Town,  # noqa: F811
                                                      operator: Actor) -> None:
    client, _ = enter(Role.AREA_ADMIN)
    one = f"/api/areas/{mapped[WEST]}/four-bounds"
    assert send(client, "post", one, {}).json()["four_bounds"] == "东至中路，南至南大街，西至清河，北至北大街"
    commands.describe(operator, mapped[WEST], four_bounds="东至老槐树")
    assert send(client, "post", one, {}).json()["code"] == "grids.bounds_by_hand"
    assert send(client, "post", one, {"replace": True}).status_code == 200
    told = send(client, "post", f"/api/areas/{mapped[STREET]}/four-bounds/below", {}).json()
    assert (told["written"], told["unchanged"], told["next"], told["left"]) == (7, 1, None, 0)
    assert send(client, "post", f"/api/areas/{mapped[STREET]}/four-bounds/below", {"after": "\x00"}).status_code == 400
    assert send(client, "post", f"/api/areas/{mapped[STREET]}/four-bounds/below", {"after": "x" * 99}).status_code in (400, 422)


def test_a_person_keeps_their_own_consent(enter: Callable[[Role], tuple[Client, UUID]], town: Town, operator: Actor) -> None:
    """STF-37."""
    client, user = enter(Role.SUPERVISOR)
    commands.staff(operator, town[WEST], user, "main", today())
    address = f"/api/staffing/people/{user}/contact"
    assert client.get(address).json() == {"given": False, "phone": "", "photo": False, "given_on": None, "form": False, "days": []}
    assert send(client, "put", address, {"consent": False, "phone": PHONE}).json()["code"] == "grids.no_consent"
    assert send(client, "put", address, {"consent": True, "phone": "a\x00"}).status_code in (400, 422)
    assert send(client, "put", address, {"consent": True, "phone": PHONE}).status_code == 204
    assert client.get(address).json()["phone"] == PHONE
    assert client.get(f"{address}/photo").status_code == 404
    archive = client.get(f"/api/areas/{town[WEST]}/archive").json()
    assert archive["staffing_now"] == [
        {"name": "读示例", "post": "main", "since": str(today()), "duties": [], "phone": PHONE, "photo": False}]
    assert str(user) not in json.dumps(archive)
    assert client.delete(address).status_code == 204
    assert client.get(f"/api/areas/{town[WEST]}/archive").json()["staffing_now"][0]["phone"] == ""


def test_texts_of_boards_are_bounded(enter: Callable[[Role], tuple[Client, UUID]], town: Town) -> None:
    client, _ = enter(Role.AREA_ADMIN)
    address = f"/api/areas/{town[WEST]}/board"
    assert send(client, "put", address, {"office_phone": "0571-1", "services": ["走访"]}).status_code == 204
    assert client.get(f"/api/areas/{town[WEST]}/archive").json()["board"] == {
        "office_phone": "0571-1", "supervision_phone": "", "services": ["走访"], "own": True}
    for body in ({"services": ["长" * 61]}, {"services": ["短"] * 11}, {"office_phone": "x" * 41}, {"services": ["\x00"]}):
        assert send(client, "put", address, body).status_code in (400, 422)
    assert send(client, "put", address, {"office_phone": "打我"}).json()["code"] == "grids.bad_phone"

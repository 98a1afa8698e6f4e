"""The entrance of a demonstration: who has its key chooses whom to be; nobody else learns that it is there."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jingwei.config.home import Home

pytestmark = pytest.mark.django_db
ACCOUNTS = """演示区的账号。

岗位              登录名   密码            姓名             单位
网格员（监督员）  grid019  abcd-efgh-jkmn  <b>许样例三</b>  监督中心
值班长            shift1   pqrs-tuvw-xyz2  胡示例四         监督中心
"""


@pytest.fixture
def demonstration(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "entrance.key").write_text("a-key-of-this-home")
    (folder / "accounts.txt").write_text(ACCOUNTS)
    settings.HOME = Home(tmp_path)
    return folder


def test_who_has_the_key_sees_whom_one_can_be(demonstration: Path) -> None:
    answer = Client().get("/demo/a-key-of-this-home")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="grid019"' in page
    assert 'value="abcd-efgh-jkmn"' in page
    assert page.count('action="/sign-in?next=/field/report"') == 1, "the report is the first turn"
    assert page.count('action="/sign-in?next=/field/"') == 2, "a turn of the worker and the worker's card"
    assert page.count('action="/sign-in?next=/desk/today"') == 2
    assert page.index("第1步，网格员") < page.index("以值班长"), "whose turn it is comes before who else there is"
    assert "&lt;b&gt;许样例三" in page, "names are shown as they are written"
    assert answer["Cache-Control"].startswith("max-age=0")
    assert answer["Referrer-Policy"] == "same-origin", "its address goes to no other host"


def test_the_entrance_signs_nobody_in_by_itself(demonstration: Path) -> None:
    client = Client()
    client.get("/demo/a-key-of-this-home")
    assert client.get("/api/me").status_code == 401


@pytest.mark.parametrize("key", ["another", "A-KEY-OF-THIS-HOME", "ａ-key-of-this-home", "%00"])
def test_any_other_key_leads_nowhere(demonstration: Path, key: str) -> None:
    assert Client().get(f"/demo/{key}").status_code == 404


def test_an_ordinary_home_has_no_entrance(tmp_path: Path, settings: Any) -> None:
    settings.HOME = Home(tmp_path)
    assert Client().get("/demo/a-key-of-this-home").status_code == 404
    assert "换一个身份" not in Client().get("/").content.decode()


def test_the_first_page_leads_back_to_it(demonstration: Path) -> None:
    client = Client()
    assert "换一个身份" not in client.get("/").content.decode()
    client.get("/demo/a-key-of-this-home")
    assert 'href="/demo/a-key-of-this-home">换一个身份' in client.get("/").content.decode()

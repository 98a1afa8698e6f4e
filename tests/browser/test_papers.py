"""The papers of a grid on the desk: what is printed, bounds from the map, the archive, one's own consent (STF-37)."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_manual import People, Picture, settled

GRID = "枫林第一网格"


def the_grid(person: People) -> Page:
    """Its page, found by name as people do."""
    page = person("areaadmin", "/desk/ground")
    page.get_by_role("textbox", name="编码开头或名称").fill(GRID)
    page.get_by_role("link").filter(has_text=re.compile(f"{GRID}.*R01")).click()
    expect(page.get_by_role("heading", name=GRID)).to_be_visible()
    return page


def test_a_board_is_printed_from_the_page_of_a_grid(person: People, picture: Picture) -> None:
    page = the_grid(person)
    page.get_by_role("button", name="打印").click()
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name="公示牌（A3 横向）").click()
    assert saved.value.suggested_filename == f"{GRID}公示牌.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    expect(page.get_by_text(f"已下载“{GRID}公示牌.pdf”")).to_be_visible()
    page.get_by_role("button", name="打印").click()
    picture(settled(page), "papers-print")


def test_four_bounds_are_written_here_and_below(person: People) -> None:
    """GRD-01."""
    page = the_grid(person)
    page.get_by_role("button", name="按底图写四至").click()
    dialog = page.get_by_role("dialog", name=f"按底图写“{GRID}”的四至")
    dialog.get_by_role("button", name="写四至", exact=True).click()
    expect(page.get_by_text(re.compile("^东至柏叶路，南至白鹭街")).first).to_be_visible()
    page.get_by_role("button", name="按底图写四至").click()
    dialog.get_by_text("连同全部下级").click()
    dialog.get_by_role("button", name="写四至", exact=True).click()
    expect(dialog.get_by_text(re.compile("已写 13 个，没有变化 1 个"))).to_be_visible()


def test_the_archive_tells_all_and_its_board_texts_are_changed(person: People, picture: Picture) -> None:
    page = the_grid(person)
    page.get_by_role("link", name="网格档案").click()
    expect(page.get_by_role("heading", name="划分沿革")).to_be_visible()
    expect(page.get_by_text("单元网格 13 个")).to_be_visible()
    picture(settled(page), "papers-archive")
    page.get_by_role("button", name="修改").click()
    dialog = page.get_by_role("dialog", name=re.compile("公示牌上的电话和职责"))
    dialog.get_by_role("textbox", name="办公电话").fill("0571-88001234")
    dialog.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("0571-88001234")).to_be_visible()


@pytest.fixture
def face(tmp_path: Path) -> Path:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (120, 160, 170)).save(out, "jpeg")
    path = tmp_path / "头像.jpg"
    path.write_bytes(out.getvalue())
    return path


def test_a_person_makes_phone_and_photo_public_and_takes_them_back(person: People, house: House, face: Path, picture: Picture) -> None:
    """STF-37: the person gives and withdraws it themself; the administrator records a form."""
    page = person("grid019", "/desk/today")
    page.locator("button.me").click()
    page.get_by_role("button", name="公开的电话和照片").click()
    dialog = page.get_by_role("dialog", name="公开的电话和照片")
    send = dialog.get_by_role("button", name="同意公开")
    expect(send).to_be_disabled()
    dialog.get_by_role("textbox", name="电话").fill("0571 8800 9999")
    dialog.locator("input[type=file]").set_input_files(face)
    expect(dialog.get_by_role("button", name="不用照片")).to_be_visible()
    expect(send).to_be_disabled()
    dialog.get_by_text("我同意公开以上内容").click()
    picture(settled(page), "papers-consent")
    send.click()
    expect(dialog).to_be_hidden()
    page.locator("button.me").click()
    page.get_by_role("button", name="公开的电话和照片").click()
    expect(dialog.get_by_role("textbox", name="电话")).to_have_value("0571 8800 9999")
    dialog.get_by_role("button", name="撤回同意").click()
    page.get_by_role("button", name="撤回并删除").click()
    expect(dialog).to_be_hidden()
    page.locator("button.me").click()
    page.get_by_role("button", name="公开的电话和照片").click()
    expect(dialog.get_by_text("现在没有公开。")).to_be_visible()


def test_a_signed_form_is_recorded_and_only_by_saying_so(person: People) -> None:
    page = the_grid(person)
    page.get_by_role("link", name="网格档案").click()
    page.get_by_role("button", name=re.compile("^查看或登记：")).first.click()
    dialog = page.get_by_role("dialog", name=re.compile("公开的电话和照片"))
    dialog.get_by_role("textbox", name="电话").fill("0571 8800 7777")
    expect(dialog.get_by_role("button", name="登记同意书")).to_be_disabled()
    dialog.get_by_text("有本人签字的同意书").click()
    dialog.get_by_role("button", name="登记同意书").click()
    expect(page.get_by_role("cell", name="0571 8800 7777")).to_be_visible()

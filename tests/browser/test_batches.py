"""Many reports at once at the desk: a table with a wrong row pasted, and the minutes of a meeting taken apart."""

import io
import re
from collections.abc import Callable

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults
from tests.browser.walks import STREET

People = Callable[..., Page]
PASTED = "\n".join(("情况说明\t位置描述\t经度\t纬度\t联系电话",
                    f"路口积水没过脚面\t观澜路口\t{STREET[0]}\t{STREET[1]}\t13800138000",
                    "井盖松动\t不知道在哪\t\t\t",
                    f"路灯整夜不亮\t观澜路北\t{STREET[0]}\t{STREET[1]}\t"))


def test_a_pasted_table_is_checked_row_by_row_and_filed(person: People, house: House) -> None:
    """INT-10, INT-15: the wrong row is named and downloaded, the others become cases."""
    desk = person("acceptor5", "/desk/batches")
    with desk.expect_download() as fetched:
        desk.get_by_role("link", name="下载空表").click()
    sheet = openpyxl.load_workbook(io.BytesIO(fetched.value.path().read_bytes())).active
    assert sheet is not None
    assert sheet["A3"].value == "情况说明"
    desk.get_by_text("粘贴", exact=True).click()
    desk.get_by_label("从表格里连同列名一起复制").fill(PASTED)
    desk.get_by_role("button", name="检查").click()
    expect(desk.get_by_text("没有经度、纬度，也没有网格编码")).to_be_visible()
    expect(desk.get_by_role("region", name="登记后是这样")).to_contain_text("路口积水没过脚面")
    assert faults(desk) == []
    with desk.expect_download() as fetched:
        desk.get_by_role("button", name="下载有误的行").click()
    assert "井盖松动" in fetched.value.path().read_text()
    desk.get_by_role("button", name="登记 2 行").click()
    mine = desk.get_by_role("listitem").filter(has_text="粘贴的表")
    expect(mine).to_contain_text("已登记完", timeout=30_000)
    expect(mine).to_contain_text("登记 2 件，1 行有误没有登记")
    assert faults(desk) == []
    rows = desk.request.get(f"{house.base}/api/cases?limit=50&words=路口积水没过脚面").json()["rows"]
    assert [row["channel"] for row in rows] in (["hotline"], [])  # words are found once the reader has seen them
    with desk.expect_download() as fetched:
        mine.get_by_role("link", name="下载登记结果").click()
    assert len(re.findall("已登记", fetched.value.path().read_text())) == 2


def test_minutes_are_taken_apart_placed_and_filed(person: People) -> None:
    """INT-13, PAT-16: two matters, one of which is not filed; the case says from which meeting it comes."""
    desk = person("acceptor5", "/desk/batches/minutes")
    desk.get_by_label("纪要全文").fill("城市管理联席会议\n2026年9月1日\n一、市容\n（一）清理观澜路口垃圾。\n（二）下次会议另行通知。")
    desk.get_by_role("button", name="拆成事项").click()
    expect(desk.get_by_label("会议名称")).to_have_value("城市管理联席会议")
    desk.get_by_label("第 2 项，登记").uncheck()
    desk.get_by_role("button", name="登记 1 项").click()
    expect(desk.get_by_text("请标明位置")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_label("坐标").fill(f"{STREET[0]}, {STREET[1]}")
    desk.get_by_role("button", name="登记 1 项").click()
    earlier = desk.get_by_role("listitem").filter(has_text="城市管理联席会议").first
    expect(earlier).to_contain_text("1 项，已办结 0 项")
    assert faults(desk) == []
    earlier.get_by_role("link").click()
    expect(desk.get_by_text("来自会议纪要").first).to_be_visible()
    expect(desk.get_by_text("《城市管理联席会议》2026-09-01 第 1 项")).to_be_visible()

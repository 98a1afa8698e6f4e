"""What concerns somebody reaches the bell of the desk and of the phone; how one is told is one's own choice; the
administrator connects a robot and hears exactly what is wrong with it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.deeds import do, told
from tests.browser.test_journey import on_the_phone, register

People = Callable[..., Page]


def test_a_task_and_a_case_reach_those_they_wait_for(person: People, house: House) -> None:
    acceptor, worker = person("acceptor5", "/desk/today"), person("grid019", "/field/", size=PHONE)
    case = register(acceptor, house.base, "便道上有人摆摊卖菜")
    number = told(acceptor.request, house.base, case)["case"]["number"]
    do(acceptor, house.base, case, "下发核实")
    worker.goto(f"{house.base}/field/mine")
    expect(worker.get_by_role("link", name=re.compile("^消息（.*条没读）"))).to_be_visible(timeout=15_000)
    worker.get_by_role("link", name=re.compile("^消息（")).click()
    worker.get_by_role("button", name=re.compile(f"请核实案件 {number}")).click()
    worker.wait_for_url(f"**/field/case/{case}")
    on_the_phone(worker, house.base, case, "核实属实", photos=True)
    do(acceptor, house.base, case, "立案", kind="占道经营")
    handler = person("cgj-zf-1", "/desk/today")
    do(person("dispatcher4", "/desk/today"), house.base, case, "派遣")
    bell = handler.get_by_role("navigation").get_by_role("link", name=re.compile("消息"))
    expect(bell).to_contain_text(re.compile("[0-9]+ 条没有读"), timeout=15_000)
    bell.click()
    line = handler.get_by_role("link", name=re.compile(f"案件 {number} 派给了"))
    expect(line).to_contain_text("没读")
    line.click()
    handler.wait_for_url(f"**/desk/cases/{case}")
    expect(handler.get_by_text(number).first).to_be_visible()
    handler.go_back()
    expect(handler.get_by_role("link", name=re.compile(f"案件 {number} 派给了"))).not_to_contain_text("没读")


def test_how_one_is_told_is_kept(person: People, house: House) -> None:
    page = person("cgj-zf-1", "/desk/messages/choice")
    page.get_by_text("发邮件", exact=True).click()
    page.get_by_role("button", name="保存我的设置").click()
    expect(page.get_by_role("alert")).to_contain_text("还差您的邮箱")
    page.get_by_label("邮箱").fill("handler@example.cn")
    page.get_by_text("每小时汇总一次").click()
    page.get_by_role("button", name="保存我的设置").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    page.reload()
    expect(page.get_by_label("邮箱")).to_have_value("handler@example.cn")
    expect(page.get_by_role("radio", name="每小时汇总一次")).to_be_checked()


def test_an_administrator_connects_a_robot_and_hears_what_is_wrong(person: People, house: House) -> None:
    page = person("sysadmin", "/desk/settings/notices")
    page.get_by_role("button", name="建立连接").click()
    dialog = page.get_by_role("dialog", name="建立连接")
    dialog.get_by_label("名称").fill("环卫所值班群")
    dialog.get_by_label("机器人网址").fill("https://127.0.0.1/robot?key=do-not-show")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="试发：环卫所值班群").click()
    trial = page.get_by_role("dialog", name="试发一条：环卫所值班群")
    trial.get_by_role("button", name="发出试发").click()
    expect(trial.get_by_role("alert")).to_contain_text("127.0.0.1 指向内部地址")
    page.keyboard.press("Escape")
    expect(trial).to_be_hidden()
    page.get_by_role("button", name="修改：环卫所值班群").click()
    changing = page.get_by_role("dialog", name="修改：环卫所值班群")
    expect(changing.get_by_label("机器人网址")).to_have_value("")
    expect(changing.get_by_label("机器人网址")).to_have_attribute("placeholder", "已设置，留空不变")
    page.keyboard.press("Escape")
    expect(changing).to_be_hidden()
    assert "do-not-show" not in page.content()
    page.get_by_role("button", name="删除：环卫所值班群").click()
    page.get_by_role("dialog").get_by_role("button", name="删除这个连接").click()
    expect(page.get_by_text("还没有连接")).to_be_visible()

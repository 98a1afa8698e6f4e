"""E-mail as a way in, at the desk: the mailbox is set up by one, the inbox looked at by another."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.test_every_page import faults

People = Callable[..., Page]


def test_a_mailbox_is_set_up_and_acceptors_find_their_inbox(person: People, house: House) -> None:
    """INT-01, INT-05. Nothing is read: the host of the test does not exist."""
    admin = person("sysadmin", "/desk/settings/mailboxes")
    admin.get_by_role("button", name="添加邮箱").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("名称").fill("网格信箱")
    dialog.get_by_label("区域编码").fill("990101")
    dialog.get_by_label("邮件服务器").fill("imap.example.invalid")
    dialog.get_by_label("登录用户").fill("wangge@example.invalid")
    dialog.get_by_label("密码或授权码").fill("secret")
    assert faults(admin) == []
    dialog.get_by_role("button", name="保存邮箱").click()
    expect(dialog).to_be_hidden()
    expect(admin.get_by_text("wangge@example.invalid")).to_be_visible()
    admin.get_by_role("button", name="不再收信").click()
    admin.get_by_role("dialog").get_by_role("button", name="不再收信").click()
    expect(admin.get_by_text("wangge@example.invalid")).to_have_count(0)

    desk = person("acceptor5", "/desk/inbox")
    expect(desk.get_by_text("没有待处理的来信")).to_be_visible()
    assert faults(desk) == []

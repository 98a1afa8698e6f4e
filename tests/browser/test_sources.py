"""Systems that send by themselves: one is set up at the desk, what it sends is made a case there."""

import time
from collections.abc import Callable

import httpx
import orjson
from playwright.sync_api import Page, expect

from jingwei.cases import signing
from jingwei.kernel.ids import new_id
from tests.browser.conftest import House
from tests.browser.test_every_page import faults
from tests.browser.walks import STREET

People = Callable[..., Page]


def send(house: House, kind: str, source: str, secret: str, body: dict[str, object]) -> httpx.Response:
    stamp, nonce, data = str(int(time.time())), new_id().hex, orjson.dumps(body)
    return httpx.post(f"{house.base}/api/intake/{kind}", content=data, headers={
        "Content-Type": "application/json", signing.SOURCE: source, signing.TIME: stamp, signing.NONCE: nonce,
        signing.SIGNATURE: signing.signature(secret, kind, stamp, nonce, data)})


def added(admin: Page, kind: str, name: str, *, trusted: bool = False) -> tuple[str, str]:
    """A source set up as a person does it. Returns its id and its secret."""
    admin.get_by_role("button", name="添加接入").click()
    dialog = admin.get_by_role("dialog", name="设定接入")
    dialog.get_by_label("类别").select_option(kind)
    dialog.get_by_label("名称").fill(name)
    dialog.get_by_label("区域编码").fill("990101")
    if trusted:
        dialog.get_by_label("直接成案").check()
    assert faults(admin) == []
    dialog.get_by_role("button", name="保存接入").click()
    shown = admin.get_by_role("dialog", name="接入密钥")
    expect(shown.get_by_text("关上以后不再显示")).to_be_visible()
    told = shown.get_by_role("textbox")
    source, secret = told.nth(1).input_value(), told.nth(2).input_value()
    assert faults(admin) == []
    shown.get_by_role("button", name="已交给对方，关闭").click()
    expect(admin.get_by_text(secret)).to_have_count(0)
    return source, secret


def test_what_a_platform_sends_is_made_a_case_at_the_desk(person: People, house: House) -> None:
    """INT-06, INT-04: a text message through the inbox, an alarm of a trusted camera at once."""
    admin = person("sysadmin", "/desk/settings/sources")
    expect(admin.get_by_text("还没有接入")).to_be_visible()
    sms = added(admin, "sms", "区短信平台")
    camera = added(admin, "camera", "视频平台", trusted=True)
    assert send(house, "sms", *sms, {"id": "m-1", "phone": "13900001234", "text": "枫林路口的井盖松了，骑车经过很响"}).status_code == 201
    alarm = send(house, "camera", *camera, {"id": "a-1", "camera": "LX-007", "title": "占道经营", "lon": STREET[0], "lat": STREET[1], "place": "枫林路口"})
    number = alarm.json()["number"]
    assert number

    desk = person("acceptor5", "/desk/inbox")
    expect(desk.get_by_text("139****34")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_role("link", name="登记为案件").click()
    expect(desk.get_by_label("反映的问题")).to_have_value("枫林路口的井盖松了，骑车经过很响")
    expect(desk.get_by_text("短信登记：发送号码 139****34")).to_be_visible()
    desk.goto(f"{house.base}/desk/inbox")
    desk.get_by_text("已登记", exact=True).click()
    expect(desk.get_by_role("link", name=number)).to_be_visible()
    admin.reload()
    expect(admin.get_by_text("上次发来")).to_have_count(2)

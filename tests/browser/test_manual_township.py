"""docs/manual/township.md as it is done: the village's own case, one handed to the town, one passed up to the county."""

import re

from playwright.sync_api import Geolocation, expect

from tests.browser.conftest import PHONE, House
from tests.browser.deeds import shown_buttons, told
from tests.browser.test_manual import People, Picture, attach, begin, case_beside_the_queue, report, settled

PLACE: Geolocation = {"longitude": 101.9852, "latitude": 40.4909, "accuracy": 8}  # in 稻香第六网格
NEW_PASSWORD = "dao-xiang-6-wang-ge"


def worker_of_the_place(person: People, house: House) -> str:
    """The grid worker who answers for it; her password is set by the one-time link that the operator's command prints."""
    admin, system = person("areaadmin", "/"), person("sysadmin", "/")
    area = admin.request.get(f"{house.base}/api/areas/find?words=990101100001085").json()["items"][0]
    name = admin.request.get(f"{house.base}/api/areas/{area['id']}").json()["on_duty_name"]
    login = str(system.request.get(f"{house.base}/api/users?find={name}").json()["items"][0]["login"])
    link = re.search(r"/first/\S+", house.run("user", "reset", login))
    assert link is not None
    page = person("", link[0])
    page.get_by_label("新密码").fill(NEW_PASSWORD)
    page.get_by_label("再输入一次").fill(NEW_PASSWORD)
    page.get_by_role("button", name="设置密码").click()
    expect(page.get_by_role("heading", name="密码已设置")).to_be_visible()
    house.passwords[login] = NEW_PASSWORD
    return login


def test_the_townships_page(person: People, house: House, picture: Picture) -> None:
    worker = person(worker_of_the_place(person, house), "/field/", size=PHONE)
    village, town, county = (settled(person(login, "/desk/today")) for login in ("community6", "town2", "county1"))

    def reported(words: str) -> str:
        return report(worker, house, words, place=PLACE, grid="稻香第六网格")

    def state(case: str) -> str:
        return str(told(town.request, house.base, case)["case"]["state"])

    def press(page, case: str, name: str, reason: str = "", after: bool = False) -> None:
        case_beside_the_queue(page, house, case)
        dialog = begin(page, name)
        if reason:
            dialog.get_by_role("textbox").first.fill(reason)
        if after:
            attach(dialog, swept=True)
            settled(page)
        page.keyboard.press("Control+Enter")
        expect(dialog).to_be_hidden()

    # the village's own
    own = reported("村口路边摆菜摊，挡住班车")
    case_beside_the_queue(village, house, own)
    assert set(shown_buttons(village)) == {"受理并办理", "转交", "不予立案"}
    picture(village, "township-village")
    village.get_by_role("button", name="受理并办理").click()
    expect(village.get_by_text("已受理，开始办理").first).to_be_visible()
    expect(village.locator("article.case")).to_contain_text("处置中")
    press(village, own, "反馈结果", "已劝离，菜摊挪到集市", after=True)
    assert state(own) == "checking"
    worker.goto(f"{house.base}/field/case/{own}")
    worker.locator(".acts").get_by_role("button", name="核查通过", exact=True).click()
    sheet = worker.locator("form.sheet")
    attach(sheet, swept=True)
    sheet.get_by_role("button", name="核查通过", exact=True).click()
    expect(worker.get_by_role("status")).to_contain_text("已核查通过")
    case_beside_the_queue(town, house, own)
    names = shown_buttons(town)
    assert set(names) == {"结案", "返工", "上报区县", "退回"}
    picture(town, "township-close")
    press(town, own, "结案")
    assert state(own) == "closed"

    # handed to the town, which sends its own office
    handed = reported("集市外溢到省道，村里劝不动")
    case_beside_the_queue(village, house, handed)
    dialog = begin(village, "转交")
    dialog.get_by_role("textbox").first.fill("在省道上，村里没有权限，请镇里派城建办")
    picture(village, "township-hand-on")
    village.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    assert state(handed) == "filed"
    case_beside_the_queue(town, house, handed)
    names = shown_buttons(town)
    assert set(names) == {"派遣", "上报区县", "退回", "作废"}
    dialog = begin(town, "派遣")
    units = dialog.get_by_role("combobox", name="单位")
    if not dialog.get_by_role("button", name=re.compile("^派遣给")).count():
        units.click()
        town.keyboard.type("城建办")
        town.get_by_role("option").filter(has_text="城建办").first.click()
    picture(settled(town), "township-dispatch")
    town.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    assert state(handed) == "handling"

    # passed up to the county
    up = reported("垃圾从邻区运来，连夜倒在河滩")
    press(village, up, "转交", "跨区的，村里管不了")
    press(town, up, "上报区县", "来源在邻区，要区里出面协调")
    assert state(up) == "passed_up"
    case_beside_the_queue(county, house, up)
    names = shown_buttons(county)
    assert set(names) == {"反馈结果", "退回"}
    picture(county, "township-county")
    press(county, up, "反馈结果", "已与邻区会商，当晚清运", after=True)
    assert state(up) == "checking"

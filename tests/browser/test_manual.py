"""What the manual promises of the desk and the phone, page by page, and its pictures (`make pictures`)."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Geolocation, Locator, Page, expect

from tests.browser.conftest import PHONE, House
from tests.browser.deeds import do, told
from tests.browser.walks import VENDOR, Step, askers, walks_of

People = Callable[..., Page]
Picture = Callable[[Page, str], None]
CORNER: Geolocation = {"longitude": 102.0016, "latitude": 40.51, "accuracy": 8}  # in 观澜第一网格
BIN = "gbt47678.5-2026/matter/03005"  # 垃圾箱异常
FILED: tuple[Step, ...] = (("acceptor5", "file"),)
HANDLED: tuple[Step, ...] = (*FILED, ("dispatcher4", "dispatch"))
FED_BACK: tuple[Step, ...] = (*HANDLED, ("cgj-zf-1", "sign"), ("cgj-zf-1", "feed_back"))


def street(swept: bool) -> dict[str, Any]:
    """A drawn street as a photo to send: with baskets on the pavement, or swept."""
    image = Image.new("RGB", (800, 600), (214, 226, 234))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 70, 800, 330), fill=(196, 182, 164))
    for left in range(40, 800, 190):
        draw.rectangle((left, 110, left + 110, 210), fill=(120, 140, 150))
        draw.rectangle((left, 240, left + 110, 330), fill=(150, 110, 80))
    draw.rectangle((0, 330, 800, 470), fill=(176, 176, 172))
    for left in range(0, 800, 80):
        draw.line((left, 330, left - 60, 470), fill=(156, 156, 152), width=2)
    draw.rectangle((0, 470, 800, 600), fill=(96, 98, 102))
    if not swept:
        for left, shade in ((120, (70, 130, 60)), (280, (190, 70, 50)), (450, (220, 160, 60)), (600, (90, 140, 70))):
            draw.polygon([(left, 380), (left + 130, 380), (left + 108, 452), (left + 22, 452)], fill=(128, 92, 54))
            draw.ellipse((left + 4, 350, left + 126, 404), fill=shade)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)
    return page


def walked(person: People, house: House, way: Sequence[Step], words: str, kind: str = VENDOR) -> str:
    """A case that has come so far, whatever else the demonstration holds at this hour; nobody stands beside it."""
    pages = {login: person(login, "/") for login in ("grid019", "acceptor5", "dispatcher4", "cgj-zf-1")}
    walks = walks_of(askers(pages, house.base))
    condition = walks.people["acceptor5"].get(f"/api/classes/{kind}")["conditions"][0]["id"]
    walks.given = {**walks.given, "class_code": kind, "condition_id": condition}
    return walks.walk("city", way, words)


def begin(page: Page, name: str) -> Locator:
    """Press one of the case's buttons; its dialogue."""
    page.get_by_role("group", name="可做的操作").get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog", name=name)
    expect(dialog).to_be_visible()
    page.wait_for_timeout(700)
    return dialog


def case_beside_the_queue(page: Page, house: House, case: str) -> None:
    page.goto(f"{house.base}/desk/today/{case}")
    expect(page.get_by_text("办理经过").first).to_be_visible()
    settled(page)


def report(page: Page, house: House, words: str, *, place: Geolocation = CORNER, grid: str = "观澜第一网格") -> str:
    """A grid worker's report with a photo and a kind, from the phone; the case's id."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(place)
    page.goto(f"{house.base}/field/report")
    page.locator("input[type=file]").set_input_files(files=[street(swept=False)])
    page.get_by_placeholder("找别的类别").fill("占道")
    page.get_by_role("button", name="占道经营").first.click()
    page.get_by_label("补充一句").fill(words)
    expect(page.get_by_text(grid).first).to_be_visible()
    page.locator("form").get_by_role("button", name="上报").click()
    expect(page.get_by_role("heading", name="已上报")).to_be_visible()
    return str(page.get_by_role("link", name="看这一件").get_attribute("href")).rsplit("/", 1)[1]


def attach(where: Locator, swept: bool) -> None:
    where.locator("input[type=file]").set_input_files(files=[street(swept)])
    expect(where.locator("img")).to_have_count(1)


def checked(person: People, house: House) -> str:
    """A case with photos of before and after that the grid worker has checked."""
    worker, handler = person("grid019", "/field/", size=PHONE), person("cgj-zf-1", "/")
    acceptor, dispatcher = person("acceptor5", "/"), person("dispatcher4", "/")
    case = report(worker, house, "店门口摆满菜筐，轮椅过不去")
    do(acceptor, house.base, case, "立案")
    do(dispatcher, house.base, case, "派遣")
    case_beside_the_queue(handler, house, case)
    dialog = begin(handler, "反馈结果")
    dialog.get_by_role("button", name="已劝离，现场恢复").click()
    attach(dialog, swept=True)
    settled(handler)  # sent when the photo has arrived
    handler.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    do(dispatcher, house.base, case, "批转核查")
    worker.goto(f"{house.base}/field/case/{case}")
    worker.locator(".acts").get_by_role("button", name="核查通过", exact=True).click()
    sheet = worker.locator("form.sheet")
    attach(sheet, swept=True)
    sheet.get_by_role("button", name="核查通过", exact=True).click()
    expect(worker.get_by_role("status")).to_contain_text("已核查通过")
    for page in (worker, handler, acceptor, dispatcher):
        page.goto(f"{house.base}/")  # so that nobody stands beside the case as working on it
    return case


def test_the_first_ten_minutes_begin_at_the_entrance(person: People, house: House, picture: Picture) -> None:
    """README.md: from the printed address to every step of one case, each by whoever's turn it is."""
    key = (house.home / "demo" / "entrance.key").read_text()
    page = settled(person("", f"/demo/{key}"))
    picture(page, "entrance")
    page.get_by_role("button", name="以受理员").click()
    page.wait_for_url("**/desk/**")
    expect(page.get_by_title("我", exact=True)).to_have_text(re.compile("徐演示二"))
    page.goto(f"{house.base}/demo/{key}")
    page.get_by_role("button", name="以网格员").click()
    page.wait_for_url("**/field/**")
    expect(page.get_by_text("等我办的").first).to_be_visible()


def test_the_acceptors_page(person: People, house: House, picture: Picture) -> None:
    page = settled(person("acceptor5", "/desk/today"))
    expect(page.get_by_role("group", name="环节").get_by_role("button", name=re.compile("待受理"))).to_be_visible()
    picture(page, "acceptor-today")

    worker = person("grid019", "/field/", size=PHONE)
    case = report(worker, house, "便道上有人摆摊卖菜，行人只能走机动车道")
    page.get_by_placeholder("文字、地点或编号").fill(told(page.request, house.base, case)["case"]["number"][-3:])
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{case}")
    case_beside_the_queue(page, house, case)
    picture(page, "acceptor-case")
    page.get_by_role("button", name="为什么是这个时间").first.click()
    expect(page.get_by_text(re.compile("时限 .*分钟")).first).to_be_visible()
    dialog = begin(page, "立案")
    expect(dialog.get_by_text(re.compile("占道经营")).first).to_be_visible()
    if dialog.get_by_role("radio").count():
        dialog.get_by_role("radio").first.check()
    picture(page, "acceptor-file")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已立案").first).to_be_visible()
    expect(page.get_by_role("button", name="撤销").first).to_be_visible()
    assert told(page.request, house.base, case)["case"]["state"] == "filed"

    page.goto(f"{house.base}/desk/cases/new")
    page.get_by_label("反映的问题").fill("小区门口井盖松动，车一过就响，怕有人绊倒")
    page.get_by_label("位置描述").fill("桂花街1号院北门")
    page.get_by_label("坐标").fill("102.0016, 40.51")
    page.get_by_label("反映人姓名").fill("钱示例")
    page.get_by_label("反映人电话").fill("13800138000")
    expect(page.get_by_text("观澜社区").first).to_be_visible()
    picture(settled(page), "acceptor-new")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/cases/0*")
    page.get_by_role("button", name="查看联系方式").click()
    page.get_by_label("为什么要看").fill("回访核实情况")
    page.get_by_role("button", name="查看并记入日志").click()
    expect(page.get_by_text("13800138000")).to_be_visible()
    dialog = begin(page, "下发核实")
    expect(dialog.get_by_text("交给谁").first).to_be_visible()
    expect(dialog.get_by_role("radio").first).to_be_checked()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_shift_leaders_part(person: People, house: House, picture: Picture) -> None:
    page = person("shift1", "/desk/today")
    case_beside_the_queue(page, house, checked(person, house))
    names = page.get_by_role("group", name="可做的操作").get_by_role("button").all_inner_texts()
    assert {"结案", "返工", "退回"} <= set(names)
    picture(page, "shift-close")
    page.goto(f"{house.base}/desk/map")
    expect(page.get_by_text(re.compile("图中 .* 件")).first).to_be_visible()
    picture(settled(page), "map")
    page.goto(f"{house.base}/desk/today")
    page.get_by_role("group", name="环节").get_by_role("button", name=re.compile("待受理")).click()
    settled(page)
    boxes = page.get_by_role("row").get_by_role("checkbox")
    for place in (1, 2):
        boxes.nth(place).check(force=True)
    expect(page.get_by_text("已选 2 件")).to_be_visible()
    expect(page.get_by_role("button", name="不予立案").first).to_be_visible()
    picture(settled(page), "shift-many")


def test_the_dispatchers_page(person: People, house: House, picture: Picture) -> None:
    page = settled(person("dispatcher4", "/desk/today"))
    picture(page, "dispatcher-today")
    case = walked(person, house, FILED, "垃圾箱满溢，垃圾掉在外面", BIN)
    case_beside_the_queue(page, house, case)
    dialog = begin(page, "派遣")
    expect(dialog.get_by_text("按规则应由")).to_be_visible()
    expect(dialog.get_by_role("button", name=re.compile("^派遣给"))).to_be_visible()
    picture(page, "dispatcher-dispatch")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    assert told(page.request, house.base, case)["case"]["state"] == "handling"

    asked = (*HANDLED, ("cgj-zf-1", "ask_extension"))
    case_beside_the_queue(page, house, walked(person, house, asked, "便道上有人摆摊，占了盲道"))
    names = page.get_by_role("group", name="可做的操作").get_by_role("button").all_inner_texts()
    assert {"批准延期", "不同意申请"} <= set(names)
    dialog = begin(page, "批准延期")
    expect(dialog.get_by_text("单位申请延期")).to_be_visible()
    picture(page, "dispatcher-extension")
    page.keyboard.press("Escape")

    case_beside_the_queue(page, house, walked(person, house, FED_BACK, "店门口摆满菜筐，轮椅过不去"))
    dialog = begin(page, "批转核查")
    expect(dialog.get_by_text("交给谁").first).to_be_visible()
    page.keyboard.press("Escape")


def test_the_units_page(person: People, house: House, picture: Picture) -> None:
    page = settled(person("cgj-zf-1", "/desk/today"))
    worker, acceptor, dispatcher = person("grid019", "/field/", size=PHONE), person("acceptor5", "/"), person("dispatcher4", "/")
    case = report(worker, house, "便道上有人摆摊卖菜，行人只能走机动车道")
    do(acceptor, house.base, case, "立案")
    do(dispatcher, house.base, case, "派遣")
    for other in (acceptor, dispatcher):
        other.goto(f"{house.base}/")  # so that they do not stand beside the case as working on it
    rows = page.request.get(f"{house.base}/api/todo?limit=100&state=handling").json()["rows"]
    assert case in {row["id"] for row in rows}
    assert {row["unit_name"] for row in rows} <= {"执法中队", "执法一组", "执法二组"}  # the unit and the teams below it
    case_beside_the_queue(page, house, case)
    picture(page, "unit-case")
    page.get_by_role("group", name="可做的操作").get_by_role("button", name="签收", exact=True).click()
    expect(page.get_by_text("已签收").first).to_be_visible()
    settled(page)
    dialog = begin(page, "申请延期")
    dialog.get_by_role("button", name="1 个工作日").click()
    expect(dialog.get_by_role("button", name="申请延期 1 个工作日")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="放弃并关闭").click()
    expect(dialog).to_be_hidden()
    dialog = begin(page, "反馈结果")
    dialog.get_by_role("button", name="已劝离，现场恢复").click()
    dialog.locator("input[type=file]").set_input_files(files=[street(swept=True)])
    expect(dialog.locator("img")).to_have_count(1)
    picture(settled(page), "unit-feedback")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    assert told(page.request, house.base, case)["case"]["state"] == "fed_back"


def test_the_grid_workers_page(person: People, house: House, picture: Picture) -> None:
    page = settled(person("grid019", "/field/", size=PHONE))
    picture(page, "phone-today")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 102.0016, "latitude": 40.51, "accuracy": 8})
    page.goto(f"{house.base}/field/report")
    page.locator("input[type=file]").set_input_files(files=[street(swept=False)])
    expect(page.get_by_text("观澜第一网格").first).to_be_visible()
    page.locator(".chip").first.click()
    picture(settled(page), "phone-report")
    page.locator("form").get_by_role("button", name="上报").click()
    expect(page.get_by_role("heading", name="已上报")).to_be_visible()
    expect(page.get_by_text(re.compile("编号 990101-"))).to_be_visible()
    page.get_by_role("link", name="看这一件").click()
    expect(page.locator(".acts").get_by_role("button", name="当场处置并办结", exact=True)).to_be_visible()

    checking = (*FED_BACK, ("dispatcher4", "confirm"))
    page.goto(f"{house.base}/field/case/{walked(person, house, checking, '店门口摆满菜筐，轮椅过不去')}")
    acts = page.locator(".acts")
    expect(acts.get_by_role("button", name="核查不通过", exact=True)).to_be_visible()
    picture(settled(page), "phone-case")
    acts.get_by_role("button", name="核查通过", exact=True).click()
    sheet = page.locator("form.sheet")
    sheet.locator("input[type=file]").set_input_files(files=[street(swept=True)])
    expect(sheet.locator("img")).to_have_count(1)
    sheet.scroll_into_view_if_needed()
    picture(settled(page), "phone-check")
    sheet.get_by_role("button", name="核查通过", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已核查通过")
    expect(page.get_by_role("button", name="撤销")).to_be_visible()

    page.goto(f"{house.base}/field/mine")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_text("我报的")).to_be_visible()
    picture(settled(page), "phone-mine")


def test_the_leaders_page(person: People, house: House, picture: Picture) -> None:
    page = settled(person("leader", "/"))
    page.goto(f"{house.base}/desk/overview")
    expect(page.get_by_role("heading", name="示例区的案件")).to_be_visible()
    picture(settled(page), "leader")
    late = page.get_by_role("link", name=re.compile("^超期 .* 件")).first
    count = int(re.findall(r"\d+", late.get_attribute("aria-label") or "")[0])
    late.click()
    page.wait_for_url("**/desk/cases?**")
    expect(page.get_by_text(f"共 {count} 件")).to_be_visible()
    picture(settled(page), "leader-late")
    page.goto(f"{house.base}/desk/overview")
    page.get_by_role("link", name="看稻香镇").first.click()
    expect(page.get_by_role("heading", name="稻香镇的案件")).to_be_visible()
    page.goto(f"{house.base}/desk/cases")
    assert not page.get_by_role("button", name="登记案件").count(), "the leader reads"


def test_the_first_day_on_the_desk(person: People, house: House, picture: Picture) -> None:
    system = settled(person("sysadmin", "/desk/people"))
    system.get_by_role("button", name="新建人员").click()
    system.get_by_label("登录名").last.fill("wg101")
    system.get_by_label("姓名").last.fill("孙样例")
    picture(settled(system), "admin-person")
    system.get_by_role("button", name="建立人员").click()
    expect(system.get_by_text("已建立“孙样例”").first).to_be_visible()
    expect(system.get_by_role("button", name="发一次性链接")).to_be_visible()

    security = settled(person("secadmin", system.url.replace(house.base, "")))
    expect(security.get_by_role("button", name="授予岗位")).to_be_visible()
    expect(security.get_by_role("button", name="发一次性链接")).to_have_count(0)

    area = settled(person("areaadmin", "/desk/ground"))
    area.get_by_role("button", name="列出来").click()
    area.get_by_role("link", name=re.compile("第一网格")).first.click()
    expect(area.get_by_role("button", name="任命").first).to_be_visible()
    picture(settled(area), "admin-appoint")
    system.goto(f"{house.base}/desk/settings/imports")
    expect(system.get_by_text("下载样表")).to_be_visible()
    system.locator("input[type=file]").first.set_input_files(files=[
        {"name": "units.csv", "mimeType": "text/csv", "buffer": "单位编码,单位名称,上级编码\nYL-2,园林二队,CGJ\nYL-3,,CGJ\n".encode()}])
    system.get_by_role("button", name="只检查，不写入").click()
    expect(system.get_by_text("检查结果，还没有写入")).to_be_visible()
    expect(system.get_by_text("退回的行").first).to_be_visible()
    for place, words in (("calendar", "现行版本"), ("limits", "环节时限"), ("parameters", "案件流程")):
        area.goto(f"{house.base}/desk/settings/{place}")
        expect(area.get_by_text(words).first).to_be_visible()

"""Hostile text in every field that people fill, shown as it was typed wherever it is shown.

The names are given over HTTP by whoever may give them; then every page that shows them is opened.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLong

from jingwei.kernel.ids import new_id
from tests.browser.conftest import Company, House
from tests.browser.walks import STREET, Asker, askers
from tests.files.pictures import photo

MARKUP = "<img src=x onerror=\"window.broken='{what}'\">{{{{7*7}}}}</script><b>{what}</b>=1+1"
FIELDS = ("text", "place", "contact", "class", "area", "unit", "name", "reason", "words", "file", "title", "notice", "view", "condition", "closing")
HOSTILE = {what: MARKUP.format(what=what) for what in FIELDS}
# Names go into records and tables that take fewer characters.
HOSTILE |= {what: f"<img src=x onerror=window.broken='{what}'>{{{{7*7}}}}" for what in ("class", "area", "unit", "name", "contact", "view", "title", "condition", "closing", "file")}
TURNING = "\u202e"  # turns what follows around: the service takes it out
HOSTILE["text"] += f" ${{7*7}} {TURNING}反向 'quoted' \"双引号\""
# Visible text, line breaks aside: an ellipsis leaves it whole, a title or a value is not enough.
AS_TYPED = """words => document.body.innerText.replace(/\\s+/g, ' ').includes(words.replace(/\\s+/g, ' '))"""
GRID = "990101001004R01"
CLASS = "self/matter/0101"
PEOPLE = ("sysadmin", "secadmin", "areaadmin", "auditor", "acceptor5", "dispatcher4", "cgj-zf-1", "shift1", "leader", "grid019")


@pytest.fixture(scope="module")
def pages(house: House, browser: Browser) -> Iterator[dict[str, Page]]:
    company = Company(house, browser)
    yield {login: company(login, "/desk/") for login in PEOPLE}
    company.leave()


@pytest.fixture(scope="module")
def planted(pages: dict[str, Page], house: House) -> dict[str, str]:
    """Ids of what was made: the case, the unit, the person, the file's."""
    people = askers(pages, house.base)
    unit = people["sysadmin"].post("/api/units", {
        "name": HOSTILE["unit"], "kind": "station", "code": "HOSTILE", "parent_code": "CGJ-ZF"})
    people["sysadmin"].post("/api/units", {"name": HOSTILE["unit"], "kind": "bureau", "code": "BUREAU", "parent_code": "QZF"})
    person = people["sysadmin"].post("/api/users", {"login": "hostile1", "name": HOSTILE["name"], "unit_code": "HOSTILE"})
    _names(people["areaadmin"], house)
    people["areaadmin"].post("/api/announcements", {
        "title": HOSTILE["title"], "text": HOSTILE["notice"], "until": (datetime.now(UTC) + timedelta(days=30)).isoformat(), "area_code": ""})
    people["shift1"].post("/api/views", {"name": HOSTILE["view"], "query": "state=handling"})
    file_id = people["grid019"].upload("/api/files", {"id": str(new_id())}, "file", HOSTILE["file"] + ".jpg", "image/jpeg", photo())["id"]
    for unit_code in ("BUREAU", "HOSTILE"):
        case = _case(people, file_id if unit_code == "HOSTILE" else "", unit_code)
    people["cgj-zf-1"].post(f"/api/cases/{case}/feed-back", {"text": HOSTILE["words"]})
    return {"case": case, "unit": str(unit["id"]), "person": person["id"]}


def _case(people: dict[str, Asker], file_id: str, unit_code: str) -> str:
    case = str(new_id())
    people["grid019"].post("/api/cases", {
        "id": case, "text": HOSTILE["text"], "lon": STREET[0], "lat": STREET[1], "place": HOSTILE["place"], "class_code": CLASS,
        "contact_name": HOSTILE["contact"], "contact_phone": "13800138000", "files": [file_id] if file_id else []})
    people["acceptor5"].post(f"/api/cases/{case}/file", {"class_code": CLASS})
    people["dispatcher4"].post(f"/api/cases/{case}/return", {"reason": HOSTILE["reason"]})
    people["acceptor5"].post(f"/api/cases/{case}/file", {"class_code": CLASS})
    people["dispatcher4"].post(f"/api/cases/{case}/dispatch", {"unit_code": unit_code})
    return case


def _names(admin: Asker, house: House) -> None:
    """An area renamed and a class of one's own, as whole tables."""
    quoted = HOSTILE["area"].replace('"', '""')
    areas = house.home / "areas.csv"
    areas.write_text(f'编码,名称,上级编码,类型\n{GRID},"{quoted}",990101001004,责任网格\n', "utf-8")
    house.run("import", "divisions", areas)
    table = f'类别,代码,名称\n事项,01,自有\n事项,0101,"{HOSTILE["class"]}"\n'
    told = admin.upload("/api/import/classes", {"scheme": "self", "title": "自有", "digits": "2", "dry_run": "0"}, "file", "classes.csv", "text/csv", table.encode())
    assert not told["rejects"], told
    rule = f'类别,大类代码,小类代码,立案条件,处置时限,结案条件\n事项,01,01,"{HOSTILE["condition"]}",2工作时,"{HOSTILE["closing"]}"\n'
    told = admin.upload("/api/import/catalogue", {"scheme": "self", "dry_run": "0"}, "file", "standard.csv", "text/csv", rule.encode())
    assert not told["rejects"], told


# who, where, and which of the fields stand there
SHOWN = [
    ("shift1", "/desk/cases", ("text", "title", "notice")),
    ("shift1", "/desk/cases/{case}", ("text", "place", "class", "area", "unit", "reason", "words", "condition", "closing")),
    ("shift1", "/desk/cases/{case}/print", ("text", "place", "class", "condition", "closing", "reason", "words", "unit", "file")),
    ("dispatcher4", "/desk/today/{case}", ("text", "words")),
    ("shift1", "/desk/map/{case}", ("text", "class", "place")),
    ("shift1", "/desk/overview", ("title", "unit")),
    ("leader", "/desk/overview?area=990101001004", ("area",)),
    ("shift1", "/desk/cases?unit=HOSTILE&area=" + GRID + "&class_code=" + CLASS, ("text", "unit", "area", "class")),
    ("grid019", "/field/case/{case}", ("text", "place", "reason", "words")),
    ("areaadmin", "/desk/ground?words=" + GRID, ("title",)),
    ("areaadmin", "/desk/ground/staffing", ("area",)),
    ("areaadmin", "/desk/settings/announcements", ("title", "notice")),
    ("areaadmin", "/desk/settings/catalogue", ("title",)),
    ("sysadmin", "/desk/people/units/{unit}", ("unit",)),
    ("sysadmin", "/desk/people/{person}", ("name", "unit")),
    ("secadmin", "/desk/people/{person}", ("name", "unit")),
    ("auditor", "/desk/settings/operations", ("title",)),
]


def unbroken(page: Page) -> None:
    """Nothing of what was typed has become a part of the page, or run."""
    found = page.evaluate("""() => [window.broken, document.title.includes('broken'), document.querySelectorAll('img[src="x"], img[src$="/x"]').length]""")
    assert found == [None, False, 0], (page.url, found)
    assert "49" not in page.title()


@pytest.mark.parametrize(("login", "path", "fields"), SHOWN, ids=[f"{login}{path}"[:60] for login, path, _ in SHOWN])
def test_what_was_typed_is_shown_as_it_was_typed(pages: dict[str, Page], planted: dict[str, str], house: House,
                                                 login: str, path: str, fields: tuple[str, ...]) -> None:
    page = pages[login]
    page.goto(house.base + path.format(**planted))
    page.wait_for_load_state("networkidle")
    for what in fields:
        try:
            page.wait_for_function(AS_TYPED, arg=HOSTILE[what].replace(TURNING, ""), timeout=5000)
        except TooLong as error:
            raise AssertionError(f"{what} does not stand on {page.url}: {page.locator('body').inner_text()[:3000]}") from error
    unbroken(page)


def test_who_called_is_shown_as_it_was_typed(pages: dict[str, Page], planted: dict[str, str], house: House) -> None:
    page = pages["shift1"]
    page.goto(f"{house.base}/desk/cases/{planted['case']}")
    page.get_by_role("button", name="查看联系方式").click()
    page.get_by_label("为什么要看").fill("回访核实情况")
    page.get_by_role("button", name="查看并记入日志").click()
    page.wait_for_function(AS_TYPED, arg=HOSTILE["contact"])
    unbroken(page)


def test_a_saved_view_and_the_marks_of_a_list_are_shown_as_typed(pages: dict[str, Page], planted: dict[str, str], house: House) -> None:
    """Also what stands in an address is only words."""
    page = pages["shift1"]
    page.goto(f"{house.base}/desk/cases")
    page.get_by_role("button", name="常用").click()
    page.wait_for_function(AS_TYPED, arg=HOSTILE["view"])
    unbroken(page)
    for path in ("/desk/cases?unit={0}&area={0}&class_code={0}&channel={0}", "/desk/{0}", "/desk/overview?area={0}", "/sign-in?next=javascript:{0}"):
        page.goto(house.base + path.format(quote(HOSTILE["text"])))
        page.wait_for_load_state("networkidle")
        unbroken(page)


def test_the_map_says_what_lies_where_as_it_was_typed(pages: dict[str, Page], planted: dict[str, str], house: House) -> None:
    page = pages["shift1"]
    page.goto(f"{house.base}/desk/map?unit=HOSTILE")
    row = page.get_by_role("region", name="地图上的案件").get_by_role("button").filter(has_text=HOSTILE["class"])
    expect(row.first).to_contain_text(HOSTILE["place"], timeout=20_000)  # drawn without a graphics card
    row.first.hover()
    unbroken(page)

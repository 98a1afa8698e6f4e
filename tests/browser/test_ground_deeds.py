"""Plans dropped and published, a grid handed over, a posting ended, an absence noted: by the area administrator, on the desk."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.journeys.homes import environment

People = Callable[..., Page]
OPEN = """
from jingwei.cli.ready import django_ready
django_ready()
from jingwei.accounts.queries import operator
from jingwei.grids import commands
for title in ("改名草案", "留用草案"):
    commands.open_plan(operator(), title)
"""


def drafts(house: House) -> None:
    """Two drafts, as an import leaves them that is not to be published at once."""
    done = subprocess.run([sys.executable, "-c", OPEN], env=environment(JINGWEI_HOME=str(house.home)), capture_output=True, text=True,
                          check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_draft_is_dropped_and_another_published(person: People, house: House) -> None:
    drafts(house)
    page = person("areaadmin", "/desk/ground/plans")
    dropped = page.get_by_role("row").filter(has_text="改名草案")
    dropped.get_by_role("button", name="放弃").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("放弃后草案不再保留")
    dialog.get_by_role("button", name="放弃", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(dropped).to_have_count(0)
    kept = page.get_by_role("row").filter(has_text="留用草案")
    kept.get_by_role("button", name="发布").click()
    page.get_by_role("dialog").get_by_role("button", name="发布", exact=True).click()
    expect(kept).to_contain_text("现行")
    assert not kept.get_by_role("button").count(), "what is published stays"


def test_a_grid_with_open_work_is_handed_over_then_the_posting_ended(person: People, house: House) -> None:
    page = person("areaadmin", "/desk/ground")
    where = f"{house.base}/api"
    rows = page.request.get(f"{where}/staffing?limit=200").json()["items"]
    grid = next(row for row in rows if row["post"] == "main" and page.request.get(f"{where}/cases/count?area={row['area_code']}").json()["count"])
    before = page.request.get(f"{where}/cases/count?area={grid['area_code']}").json()["count"]
    page.goto(f"{house.base}/desk/ground/area/{grid['area_id']}")
    page.get_by_role("button", name=f"交接：{grid['user_name']}").first.click()
    dialog = page.get_by_role("dialog")
    choice = dialog.get_by_role("combobox", name="人员")
    choice.click()
    page.wait_for_timeout(600)
    taken = {row["user_name"] for row in rows if row["area_id"] == grid["area_id"]}
    names = [one for one in page.get_by_role("option").all() if not any(name in one.inner_text() for name in taken)]
    names[0].click()
    dialog.get_by_role("button", name="办理交接").click()
    expect(dialog).to_be_hidden()
    told = page.request.get(f"{where}/areas/{grid['area_id']}").json()
    assert told["on_duty_name"] != grid["user_name"]
    assert page.request.get(f"{where}/cases/count?area={grid['area_code']}").json()["count"] == before
    heir = told["on_duty_name"]
    page.get_by_role("button", name=f"结束任职：{heir}").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="结束任职").click()
    expect(dialog).to_be_hidden()
    ended = [row for row in page.request.get(f"{where}/staffing?area={grid['area_id']}").json()["items"] if row["user_name"] == heir and row["post"] == "main"]
    assert [row["until"] for row in ended] in ([], [dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date().isoformat()])


def test_an_absence_is_noted_and_ended(person: People, house: House) -> None:
    page = person("areaadmin", "/desk/ground/absences")
    where = f"{house.base}/api"
    away = {row["user_id"] for row in page.request.get(f"{where}/absences").json()["items"]}
    one = next(row for row in page.request.get(f"{where}/staffing?limit=200").json()["items"] if row["user_id"] not in away and row["post"] == "main")
    page.get_by_role("button", name="登记离岗").click()
    dialog = page.get_by_role("dialog", name="登记离岗")
    dialog.get_by_role("combobox", name="在哪个区域任职").click()
    page.keyboard.type(one["area_name"])
    page.get_by_role("option").filter(has_text=one["area_name"]).first.click()
    dialog.get_by_role("combobox", name="人员").click()
    page.keyboard.type(one["user_name"])
    page.wait_for_timeout(600)
    page.get_by_role("option").filter(has_text=one["user_name"]).first.click()
    dialog.locator(".el-date-editor input").first.fill(dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).strftime("%Y-%m-%d %H:%M"))
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="登记离岗").click()
    expect(dialog).to_be_hidden()
    row = page.get_by_role("row").filter(has_text=one["user_name"])
    expect(row).to_be_visible()
    row.get_by_role("button", name="结束离岗").click()
    expect(row).to_have_count(0)

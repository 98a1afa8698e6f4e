"""docs/manual/plan.md as it is done: from a Shapefile of streets to a published plan, on the desk alone (G2, GIS-01)."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from playwright.sync_api import Page, expect
from pyproj import Transformer

from tests.browser.conftest import House
from tests.browser.test_manual import Picture, settled
from tests.browser.test_workbench import COMPILED, chosen, first_unit

People = Callable[..., Page]


def surveyed(house: House, folder: Path) -> bytes:
    """The district's streets as a surveyor hands them over: a Shapefile in metres and GBK, without .prj and .cpg."""
    features = json.loads((house.home / "demo" / "streets.geojson").read_text("utf-8"))["features"]
    to = Transformer.from_crs(4490, 4543, always_xy=True)
    shapes = [shapely.transform(shapely.from_geojson(json.dumps(one["geometry"])), lambda places: np.column_stack(to.transform(*places.T)))
              for one in features]
    names = np.array([one["properties"].get("name") or "" for one in features], dtype=object)
    with pytest.warns():
        pyogrio.raw.write(folder / "道路中线.shp", shapely.to_wkb(np.array(shapes)), [names], ["路名"], geometry_type="LineString",
                          encoding="GBK")
    (folder / "道路中线.cpg").unlink(missing_ok=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    return out.getvalue()


def test_the_page_on_dividing_a_district(person: People, house: House, picture: Picture, tmp_path: Path) -> None:
    page = person("areaadmin", "/desk/settings/imports?kind=layer")

    # 1: the file, looked into
    page.locator("#import-file").set_input_files(files=[
        {"name": "道路中线.zip", "mimeType": "application/zip", "buffer": surveyed(house, tmp_path)}])
    expect(page.get_by_text("文字编码多半是 GBK")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("中央经线 102°"))).to_be_checked()
    page.get_by_role("combobox", name="是哪一层").press("Enter")
    page.get_by_role("option", name="街巷（线）").click()
    picture(settled(page), "plan-look")
    page.get_by_role("button", name="只检查，不写入").click()
    expect(page.get_by_text("检查结果，还没有写入")).to_be_visible()
    page.get_by_role("button", name="写入这些").click()
    expect(page.get_by_text("已经写入")).to_be_visible()

    # 2: a proposal
    page.goto(f"{house.base}/desk/ground/plans")
    page.get_by_role("button", name="自动划分…").click()
    dialog = page.get_by_role("dialog", name="自动划分")
    dialog.get_by_role("combobox", name="划哪里").click()
    page.keyboard.type("书院社区")
    page.get_by_role("option").filter(has_text="书院社区").first.click()
    expect(dialog).to_contain_text("可以划分。")
    picture(settled(page), "plan-propose")
    dialog.get_by_text("保留现有划分").first.click()
    dialog.get_by_role("button", name="开始划分").click()
    expect(dialog).to_be_hidden()
    opened = page.get_by_role("button", name="打开草案")
    expect(opened).to_be_visible(timeout=COMPILED)
    picture(settled(page), "plan-proposal")
    opened.click()

    # 3: by hand
    expect(page.locator("canvas[data-plan=ready]")).to_be_visible()
    first_unit(page).click()
    chosen(page, 1)
    page.get_by_role("button", name="拆分").click()
    page.get_by_role("dialog").get_by_role("button", name="自动切分").click()
    chosen(page, 2)
    page.wait_for_timeout(1_500)
    picture(settled(page), "plan-bench")

    # 4: judged
    page.get_by_role("button", name="比较", exact=True).click()
    expect(page.get_by_role("group", name="变动统计")).to_be_visible()
    picture(settled(page), "plan-compare")
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.get_by_text(re.compile("查完了 8 个社区"))).to_be_visible()
    picture(settled(page), "plan-check")

    # 5: in force
    page.get_by_role("button", name="发布…").click()
    dialog = page.get_by_role("dialog", name="发布“书院社区自动划分”")
    expect(dialog).to_contain_text("将要变动")
    picture(settled(page), "plan-publish")
    dialog.get_by_role("button", name="发布", exact=True).click()
    expect(dialog).to_be_hidden()
    page.goto(f"{house.base}/desk/ground/plans")
    row = page.get_by_role("row").filter(has_text="书院社区自动划分")
    expect(row).to_contain_text("现行")

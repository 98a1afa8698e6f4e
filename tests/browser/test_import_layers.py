"""A layer of buildings from another office: looked into, its coordinate system settled, checked, shown (GIS-04, on the desk)."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
from playwright.sync_api import Page, expect
from pyproj import Transformer

from tests.browser.conftest import House
from tests.browser.test_every_page import faults, settled
from tests.formats.drawing import drawing, polyline, text

People = Callable[..., Page]
HOUSES = [shapely.box(102.0005 + n * 0.001, 40.5005, 102.001 + n * 0.001, 40.5009) for n in range(8)]  # in the district
IMPORTS = "/desk/settings/imports?kind=layer"


def metres(crs: int) -> list[Any]:
    to = Transformer.from_crs(4490, crs, always_xy=True)
    return [shapely.transform(shape, lambda places: np.column_stack(to.transform(*places.T))) for shape in HOUSES]


def zipped(folder: Path, shapes: list[Any], prj: str | None = None) -> bytes:
    """A Shapefile in GBK, as it comes: no .cpg, and no .prj unless one is given."""
    names = np.array([f"柳溪路{n + 1}号楼" for n in range(len(shapes))], dtype=object)
    with pytest.warns() if prj is None else np.errstate():
        pyogrio.raw.write(folder / "房屋面.shp", shapely.to_wkb(np.array(shapes)), [names, np.arange(len(shapes))], ["楼名", "总户数"],
                          geometry_type="Polygon", crs=prj, encoding="GBK")
    (folder / "房屋面.cpg").unlink(missing_ok=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    return out.getvalue()


def give(page: Page, content: bytes, name: str = "房屋面.zip") -> None:
    page.locator("#import-file").set_input_files(files=[{"name": name, "mimeType": "application/octet-stream", "buffer": content}])


def test_buildings_without_prj_are_looked_into_checked_and_shown(person: People, house: House, tmp_path: Path) -> None:
    page = person("areaadmin", IMPORTS)
    give(page, zipped(tmp_path, metres(4543)))
    expect(page.get_by_text("8 个要素：面 8")).to_be_visible()
    expect(page.get_by_text("文字编码多半是 GBK")).to_be_visible()
    expect(page.get_by_text("柳溪路1号楼").first).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("中央经线 102°"))).to_be_checked()
    expect(page.get_by_role("img", name=re.compile("中央经线 102°.*落在辖区内"))).to_be_visible()
    expect(page.get_by_role("combobox", name="户数在哪个字段")).to_be_visible()
    assert faults(settled(page)) == []
    page.get_by_role("button", name="只检查，不写入").click()
    expect(page.get_by_text("检查结果，还没有写入")).to_be_visible()
    expect(page.get_by_text("户数取自字段“总户数”，共 28 户。")).to_be_visible()
    page.get_by_role("button", name="写入这些").click()
    expect(page.get_by_text("已经写入")).to_be_visible()
    shown = {each["name"]: each["count"] for each in page.request.get(f"{house.base}/api/map").json()["layers"]}
    assert shown["buildings"] == 8


def test_a_zone_off_by_one_waits_for_a_choice(person: People, house: House, tmp_path: Path) -> None:
    page = person("areaadmin", IMPORTS, dark=True)
    give(page, zipped(tmp_path, metres(4543), "EPSG:4544"))
    expect(page.get_by_text("落在辖区以外约")).to_be_visible()
    check = page.get_by_role("button", name="只检查，不写入")
    expect(check).to_be_disabled()
    expect(page.get_by_text("还差：坐标系。")).to_be_visible()
    assert faults(settled(page)) == []
    page.get_by_role("radio", name=re.compile("中央经线 102°")).check(force=True)
    expect(check).to_be_enabled()
    check.click()
    expect(page.get_by_text("检查结果，还没有写入")).to_be_visible()


def test_degrees_are_settled_by_keyboard_alone(person: People, house: House, tmp_path: Path) -> None:
    page = person("areaadmin", IMPORTS)
    give(page, zipped(tmp_path, HOUSES))
    expect(page.get_by_text("光凭数字分不出")).to_be_visible()
    reached = ""
    for _ in range(40):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.value || ''")
        if reached == "EPSG:4490":
            break
    assert reached == "EPSG:4490"
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name=re.compile("CGCS2000"))).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name=re.compile("GCJ-02"))).to_be_checked()
    page.get_by_role("button", name="只检查，不写入").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("检查结果，还没有写入")).to_be_visible()


def test_a_drawing_is_imported_by_one_of_its_layers(person: People, house: House) -> None:
    rings = [list(shape.exterior.coords)[:-1] for shape in metres(4543)]
    page = person("areaadmin", IMPORTS)
    give(page, drawing(*[polyline("房屋", ring, closed=True) for ring in rings], polyline("道路中线", rings[0][:3]), text("注记", "一号")),
         "城区.dxf")
    expect(page.get_by_text("8 条线首尾闭合")).to_be_visible()
    expect(page.get_by_text("1 处文字没有采用")).to_be_visible()
    page.get_by_role("combobox", name="导入哪一个").click()
    page.get_by_role("option", name="道路中线（1 个要素）").click()
    expect(page.get_by_text("1 个要素：线 1")).to_be_visible()
    page.get_by_role("button", name="只检查，不写入").click()
    expect(page.get_by_text("检查结果，还没有写入")).to_be_visible()


def test_what_is_no_map_says_how_to_make_one(person: People) -> None:
    page = person("areaadmin", IMPORTS)
    give(page, b"AC1032\x00\x00\x00" + bytes(200), "城区.dwg")
    expect(page.get_by_text("请在制图软件里另存为文本（ASCII）格式的 DXF 后再试。")).to_be_visible()
    expect(page.get_by_role("button", name="只检查，不写入")).to_have_count(0)

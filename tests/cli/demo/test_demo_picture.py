"""The picture of the district: readable as XML, small, the same again, every case a shape of its state."""

from collections import Counter
from xml.etree import ElementTree

import pytest

from jingwei.cli.demo.district import District
from jingwei.cli.demo.picture import Dot, dot_of, draw
from jingwei.cli.demo.stories import Story

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def picture(district: District, stories: list[Story]) -> str:
    return draw(district, [dot_of(story) for story in stories])


def test_it_is_small_and_says_what_it_shows(picture: str, district: District) -> None:
    assert len(picture.encode()) < 250_000
    root = ElementTree.fromstring(picture)
    words = "".join(root.itertext())
    assert "虚构" in (root.findtext(f"{SVG}title") or "")
    assert f"{len(district.unit_grids)} 个单元网格" in (root.findtext(f"{SVG}desc") or "")
    for name in ("柳溪社区", "新垦村", "枫林路", "责任网格", "已超期", "500 米", "北"):
        assert name in words


def test_the_same_district_gives_the_same_bytes(picture: str, district: District, stories: list[Story]) -> None:
    assert draw(district, [dot_of(story) for story in stories]) == picture


def test_every_case_is_a_shape_of_its_state_inside_the_frame(picture: str, stories: list[Story]) -> None:
    root = ElementTree.fromstring(picture)
    width, height = (int(side) for side in root.attrib["viewBox"].split()[2:])
    shown = [use.attrib for use in root.findall(f"{SVG}use")]
    legend = {"closed", "suspended", "in_time", "late"}
    assert Counter(use["href"][1:] for use in shown) == Counter(legend) + Counter(dot_of(s).state for s in stories)
    assert all(0 < int(use["x"]) < width and 0 < int(use["y"]) < height for use in shown)


def test_north_is_up_and_east_is_right(district: District) -> None:
    """0.005° of latitude are 555 m there, 0.01° of longitude 848 m."""
    dots = [Dot(102.0, 40.5, "soon"), Dot(102.0, 40.505, "late"), Dot(102.01, 40.5, "in_time")]
    root = ElementTree.fromstring(draw(district, dots))
    at = {use.attrib["href"]: (int(use.attrib["x"]), int(use.attrib["y"])) for use in root.findall(f"{SVG}use")[:3]}
    assert at["#soon"][1] - at["#late"][1] == pytest.approx(555, abs=2)
    assert at["#in_time"][0] - at["#soon"][0] == pytest.approx(848, abs=2)

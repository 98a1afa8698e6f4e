"""A look into a file from the desk: against the ground that is drawn, kept nowhere, in the language asked for."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyproj import Transformer

from jingwei.accounts.queries import Role
from jingwei.grids import queries
from jingwei.kernel import uploads
from jingwei.kernel.actor import Actor
from tests.cast import EVERYWHERE
from tests.formats.drawing import drawing, polyline
from tests.formats.test_layers import collection, feature
from tests.grids.conftest import Town, box, layer
from tests.grids.test_matrix import Townsfolk
from tests.uploads import sent, standing, upload

pytestmark = pytest.mark.django_db
HOUSES = [box(n * 0.5, 0, 0.4, 0.4) for n in range(6)]  # within the town, 120 E 23 N


@pytest.fixture
def client(town: Town) -> Any:
    folk = Townsfolk()
    return folk.client(folk.of(Role.AREA_ADMIN, EVERYWHERE))


def metres(crs: int, shapes: list[Any] = HOUSES) -> list[Any]:
    to = Transformer.from_crs(4490, crs, always_xy=True)
    return [shapely.transform(shape, lambda places: np.column_stack(to.transform(*places.T))) for shape in shapes]


def shapefile(folder: Path, crs: int, *, prj: str | None = None, encoding: str = "GBK", cpg: bytes | None = None) -> bytes:
    shapes = metres(crs) if crs != 4490 else HOUSES
    names = np.array([f"柳溪路{n + 1}号楼" for n in range(len(shapes))], dtype=object)
    with np.errstate(), pytest.warns() if prj is None else np.errstate():
        pyogrio.raw.write(folder / "建筑.shp", shapely.to_wkb(np.array(shapes)), [names, np.arange(len(shapes))], ["名称", "户数"],
                          geometry_type="Polygon", crs=prj, encoding=encoding)
    (folder / "建筑.cpg").unlink(missing_ok=True)
    if cpg is not None:
        (folder / "建筑.cpg").write_bytes(cpg)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in sorted(folder.glob("建筑.*")):
            archive.write(part, part.name)
    return out.getvalue()


def look(client: Any, content: bytes, **fields: Any) -> Any:
    answer = upload(client, "look", content, **fields)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_shapefile_without_prj_and_cpg_is_told_whole(client: Any, tmp_path: Path) -> None:
    """Meridian 120 has equal numbers in the wide zone; UTM 51 (meridian 123) lies elsewhere: one fits."""
    before = standing()
    told = look(client, shapefile(tmp_path, 4549))
    assert standing() == before
    assert (told["kind"], told["more"]) == ("shapefile", 0)
    assert told["district"] == pytest.approx([120.0, 23.0, 120.006, 23.001])
    [houses] = told["layers"]
    assert (houses["name"], houses["count"], houses["read"]) == ("建筑", 6, 6)
    assert houses["kinds"] == [{"kind": "Polygon", "title": "面", "count": 6}]
    assert [(each["name"], each["kind"], each["filled"]) for each in houses["fields"]] == [("名称", "text", 6), ("户数", "whole", 6)]
    assert houses["fields"][0]["samples"][0] == "柳溪路1号楼"
    assert (houses["encoding"]["name"], houses["encoding"]["sure"]) in (("GBK", "yes"), ("GBK", "likely"))
    crs = houses["crs"]
    assert (crs["asked"], crs["proposed"], crs["written"]) == ("one", "EPSG:4549", "")
    assert crs["candidates"][0]["meets"]
    assert crs["candidates"][0]["box"] == pytest.approx([120.0, 23.0, 120.0029, 23.0004], abs=1e-6)
    assert not any(each["meets"] for each in crs["candidates"][1:])
    assert houses["remarks"] == []


def test_what_is_proposed_is_what_the_import_takes(client: Any, tmp_path: Path) -> None:
    content = shapefile(tmp_path, 4549)
    [houses] = look(client, content)["layers"]
    refused = upload(client, "layer", content, layer="buildings")
    assert (refused.status_code, refused.json()["code"]) == (400, "formats.crs_unknown")
    done = upload(client, "layer", content, layer="buildings", crs=houses["crs"]["proposed"], name="名称", dry_run="0").json()
    assert (done["counts"]["added"], done["households"]) == (6, 15)
    assert queries.drawn_bounds() is not None


@pytest.mark.parametrize(("crs", "prj", "asked", "proposed"), [
    (4549, "EPSG:4549", "written", "EPSG:4549"),
    (4549, "EPSG:4550", "elsewhere", ""),            # a zone off by one
    (4549, "EPSG:4490", "not_fit", "EPSG:4549"),     # metres called degrees
    (4490, "EPSG:4549", "not_fit", ""),              # degrees called metres: which degrees is asked
    (4490, None, "degrees", ""),
    (4528, None, "one", "EPSG:4528"),                # zone 40 before the easting
])
def test_what_is_asked_about_the_coordinate_system(
        client: Any, tmp_path: Path, crs: int, prj: str | None, asked: str, proposed: str) -> None:
    [houses] = look(client, shapefile(tmp_path, crs, prj=prj))["layers"]
    assert (houses["crs"]["asked"], houses["crs"]["proposed"]) == (asked, proposed)
    assert houses["crs"]["text"]
    assert houses["crs"]["candidates"][0]["meets"]


def test_axes_exchanged_are_told_and_can_be_imported(client: Any) -> None:
    swapped = [shapely.transform(shape, lambda places: places[:, ::-1]) for shape in metres(4549)]
    content = drawing(*[polyline("建筑", list(shape.exterior.coords)[:-1], closed=True) for shape in swapped])
    [houses] = look(client, content)["layers"]
    assert (houses["crs"]["exchanged"], houses["crs"]["proposed"]) == (True, "yx:EPSG:4549")
    told = upload(client, "layer", content, layer="buildings", crs="yx:EPSG:4549").json()
    assert (told["counts"]["added"], told["counts"]["rejected"], told["findings"]) == (6, 0, [])
    plain = upload(client, "layer", content, layer="buildings", crs="EPSG:4549")
    assert 400 <= plain.status_code < 500


def test_a_drawing_is_told_by_its_layers_and_imported_by_one(client: Any) -> None:
    rings = [list(shape.exterior.coords)[:-1] for shape in metres(4549)]
    content = drawing(*[polyline("房屋", ring, closed=True) for ring in rings], polyline("道路", rings[0][:2]))
    told = look(client, content)
    assert (told["kind"], [each["name"] for each in told["layers"]]) == ("dxf", ["房屋", "道路"])
    assert upload(client, "layer", content, layer="buildings").json()["code"] == "formats.layer_choose"
    houses = upload(client, "layer", content, layer="buildings", sublayer="房屋", crs="EPSG:4549").json()
    assert houses["counts"]["added"] == 6
    roads = upload(client, "layer", content, layer="streets", sublayer="道路", crs="EPSG:4549").json()
    assert roads["counts"]["added"] == 1


def test_areas_come_from_a_drawing_too(client: Any) -> None:
    rings = [list(shape.exterior.coords)[:-1] for shape in metres(4549, [box(7, 7), box(8, 7)])]
    content = drawing(*[polyline("社区界", ring, closed=True, handle=f"A{n}") for n, ring in enumerate(rings)])
    told = upload(client, "areas", content, level="社区", code="EntityHandle", name="Layer", crs="EPSG:4549", under="990101001000")
    assert told.status_code == 200, told.content
    assert (told.json()["counts"]["added"], told.json()["counts"]["rejected"]) == (2, 0)


def test_a_look_is_in_the_language_that_is_asked_for(client: Any, tmp_path: Path) -> None:
    answer = client.post("/api/import/look", {"file": sent(shapefile(tmp_path, 4549), "a.zip")}, headers={"accept-language": "en"})
    [houses] = answer.json()["layers"]
    assert houses["kinds"][0]["title"] == "Polygon"
    assert houses["crs"]["text"].startswith("Only by CGCS2000")
    assert "district" in houses["crs"]["text"]


@pytest.mark.parametrize(("content", "fields", "status", "code"), [
    (b"%PDF-1.7", {}, 415, "formats.layer_kind"), (b"", {}, 415, "formats.layer_kind"),
    (b"AC1032\x00\x00\x00" + bytes(99), {}, 415, "formats.drawing_kind"),
    (b"\x00\x00\x27\x0a" + bytes(200), {}, 400, "formats.layer_part_missing"),
    (b"PK\x03\x04 broken", {}, 400, "formats.archive_broken"),
    (b'{"type": "FeatureCollection", "features": [1]}', {}, 400, "formats.layer_broken"),
    (drawing(polyline("建筑", [(0, 0), (1, 1)])), {"encoding": "klingon"}, 400, "formats.encoding_name"),
    (drawing(polyline("建筑", [(0, 0), (1, 1)])), {"encoding": "x" * 21}, 400, "request.invalid"),
    (drawing(polyline("建筑", [(0, 0), (1, 1)])), {"encoding": "UTF-8"}, 422, "formats.encoding_not_this"),
])
def test_what_cannot_be_looked_into_is_refused_with_a_code(
        client: Any, content: bytes, fields: dict[str, str], status: int, code: str) -> None:
    answer = upload(client, "look", content, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content


def test_a_file_beyond_the_limit_is_refused_while_it_arrives(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """300 MB are dropped as they come; the limit is lowered here so that the test sends little."""
    monkeypatch.setattr(uploads, "LARGEST_IMPORT", 100_000)
    content = collection(*[feature(box(0, 0), n=n) for n in range(2_000)])
    assert len(content) > 100_000
    for kind, fields in (("look", {}), ("layer", {"layer": "green"})):
        answer = upload(client, kind, content, **fields)
        assert (answer.status_code, answer.json()["code"]) == (413, "request.upload_too_large")


def test_a_look_costs_one_statement_whatever_the_file_holds(town: Town, operator: Actor) -> None:
    content = layer([(shape, {"name": "楼"}) for shape in HOUSES])
    queries.look_into(operator, content)
    with CaptureQueriesContext(connection) as caught:
        queries.look_into(operator, content)
    assert len(caught) == 1, "whether the ground is still the one remembered"


def test_without_a_ground_china_is_all_there_is_to_go_by(db: Any, operator: Actor) -> None:
    queries.forget()
    looked = queries.look_into(operator, drawing(polyline("墙", list(metres(4549)[0].exterior.coords))))
    assert looked.district is None
    [wall] = looked.layers
    assert wall.crs is not None
    assert (wall.crs.asked, wall.crs.proposed) == ("several", "")
    assert all(each.inside is None for each in wall.crs.candidates)

"""Areas and postings uploaded: previewed by the comparison of the import itself, taken, refused, by rights (T4)."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import users
from jingwei.accounts.queries import Role
from jingwei.grids import commands, queries
from jingwei.grids.commands.import_files import staffing_of_file
from jingwei.grids.errors import GridError
from jingwei.grids.http_imports import router
from jingwei.grids.layer_levels import Level, fields_of, word_of
from jingwei.grids.models import Area, Staffing
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from tests import matrix
from tests.cast import EVERYWHERE
from tests.grids.conftest import EAST, STREET, TREE, WEST, Town, box, layer, manager, units
from tests.grids.test_matrix import Townsfolk, townsfolk
from tests.matrix import INSIDE, Ask
from tests.uploads import sent, standing, upload

__all__ = ["townsfolk"]

LATER = TREE.replace("枫林社区", "枫林新村") + f"990101001003,新社区,{STREET}\n坏码！,无,{STREET}\n"
STAFFING = f"网格编码,登录名,岗位,开始\n{WEST},ling.one,主责,2026-01-01\n{WEST},ghost,副,2026-01-01\n{EAST},ling.one,主责,2026-01-01\n"
UNITS = {"level": "unit", "code": "code", "name": "name", "under": WEST}

TABLE = """
endpoint                 stranger  dismissed  roleless  others  area_admin  area_admin@*  system_admin@*
POST /import/divisions   401       401        403       403     403         200           403
POST /import/areas       401       401        403       403     403         200           403
POST /import/look        401       401        403       403     403         200           403
POST /import/layer       401       401        403       403     403         200           403
POST /import/staffing    401       401        403       403     200         200           403
POST /import/rota        401       401        403       403     200         200           403
"""


def _divisions(cast: Any, where: str, caller: Any) -> Ask:
    return Ask(form={"file": sent("code,name,parent_code\n990101001009,新社区,990101001000\n"), "title": where})


def _areas(cast: Any, where: str, caller: Any) -> Ask:
    square = layer([(shapely.box(101.9, 40.0, 101.901, 40.001), {"code": "990101001008", "name": "图上社区"})])
    return Ask(form={"file": sent(square, "a.geojson"), "level": "社区", "code": "code", "name": "name",
                     "under": "990101001000"})


def _base_layer(cast: Any, where: str, caller: Any) -> Ask:
    pond = layer([(shapely.box(101.9, 40.0, 101.901, 40.001), {"name": "示例塘"})])
    return Ask(form={"file": sent(pond, "a.geojson"), "layer": "water"})


def _look(cast: Any, where: str, caller: Any) -> Ask:
    return Ask(form={"file": sent(layer([(shapely.box(101.9, 40.0, 101.901, 40.001), {"name": "示例塘"})]), "a.geojson")})


def _staffing(cast: Any, where: str, caller: Any) -> Ask:
    code = "990101001001R01" if where == INSIDE else "990102001001R01"
    return Ask(form={"file": sent(f"网格编码,登录名,岗位,开始\n{code},nobody.here,主责,2026-01-01\n")})


def _rota(cast: Any, where: str, caller: Any) -> Ask:
    code = "990101001001R01" if where == INSIDE else "990102001001R01"
    return Ask(form={"file": sent(f"网格编码,登录名,日期,上班,下班\n{code},nobody.here,2026-01-01,06:30,13:30\n")})


REQUESTS: dict[str, matrix.Request] = {
    "POST /import/divisions": _divisions, "POST /import/areas": _areas, "POST /import/look": _look, "POST /import/layer": _base_layer,
    "POST /import/staffing": _staffing, "POST /import/rota": _rota}


@pytest.mark.django_db
def test_every_role_gets_what_the_matrix_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


@pytest.fixture
def client(tree: Town) -> Any:
    folk = Townsfolk()
    return folk.client(folk.of(Role.AREA_ADMIN, EVERYWHERE))


def test_a_preview_of_divisions_foretells_the_import_and_writes_nothing(client: Any, tree: Town) -> None:
    before = standing()
    foretold = upload(client, "divisions", LATER).json()
    assert standing() == before
    assert foretold["counts"] == {"added": 1, "changed": 1, "unchanged": 5, "rejected": 1}
    assert (foretold["renamed"], foretold["plan"], foretold["published"]) == (1, None, None)
    done = upload(client, "divisions", LATER, dry_run="0").json()
    assert (done["counts"], done["rejects"], done["rejects_csv"]) == (
        foretold["counts"], foretold["rejects"], foretold["rejects_csv"])
    assert done["published"] == 2
    assert done["rejects"][0]["cells"] == {"code": "坏码！", "name": "无", "parent_code": STREET}
    assert Area.objects.get(code=WEST).name == "枫林新村"
    again = upload(client, "divisions", LATER, dry_run="0").json()
    assert (again["counts"]["unchanged"], again["plan"]) == (7, None)


def test_a_preview_of_a_layer_foretells_outlines_drawn_anew(client: Any, operator: Actor) -> None:
    """AT-04: the map of unit grids comes in from the desk."""
    grids = layer(units(WEST, 0))
    before = standing()
    foretold = upload(client, "areas", grids, **UNITS).json()
    assert standing() == before
    assert foretold["counts"] == {"added": 3, "changed": 0, "unchanged": 0, "rejected": 0}
    done = upload(client, "areas", grids, dry_run="0", **UNITS).json()
    assert (done["counts"], done["published"]) == (foretold["counts"], 2)
    moved = layer([(box(n, 1), told) for n, (_, told) in enumerate(units(WEST, 0))])
    foretold = upload(client, "areas", moved, **UNITS).json()
    assert (foretold["counts"]["changed"], foretold["redrawn"]) == (3, 3)
    assert upload(client, "areas", moved, dry_run="0", **UNITS).json()["counts"] == foretold["counts"]
    place = queries.locate(120.0005, 23.0015)
    assert place is not None
    assert place.code == f"{WEST}001"


def test_levels_above_are_made_from_the_fields_of_the_layer(client: Any) -> None:
    shapes = layer([(box(5, 5), {"BM": "990101002001", "MC": "河西社区", "JD": "990101002000", "JDMC": "河西街道",
                                 "QX": "990101000000", "QXMC": "示例区"})])
    told = upload(client, "areas", shapes, dry_run="0", level=["社区", "街道", "区县"], code=["BM", "JD", "QX"],
                  name=["MC", "JDMC", "QXMC"]).json()
    assert told["counts"]["added"] == 2
    assert [place.name for place in queries.chain(Area.objects.get(code="990101002001").id)][-2:] == ["河西街道", "河西社区"]


@pytest.mark.parametrize("kind", ["gpkg", "zip"])
def test_a_geopackage_and_a_zipped_shapefile_are_read_too(client: Any, tmp_path: Path, kind: str) -> None:
    shapes = [shapely.to_wkb(box(n, 3)) for n in range(2)]
    data = [[f"{WEST}101", f"{WEST}102"], ["甲单元", "乙单元"]]
    path = tmp_path / ("a.gpkg" if kind == "gpkg" else "a.shp")
    pyogrio.raw.write(path, shapes, [*map(_strings, data)], ["code", "name"], geometry_type="Polygon", crs="EPSG:4326",
                      encoding="UTF-8")
    content = path.read_bytes()
    if kind == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for part in sorted(tmp_path.glob("a.*")):
                archive.write(part, part.name)
        content = packed.getvalue()
    told = upload(client, "areas", content, **UNITS)
    assert (told.status_code, told.json()["counts"]["added"]) == (200, 2)


def _strings(values: list[str]) -> Any:
    import numpy as np

    return np.array(values, dtype=object)


def test_a_preview_of_postings_foretells_them_and_writes_nothing(client: Any, tree: Town) -> None:
    users.create(accounts.operator(), "ling.one", "凌示例")
    before = standing()
    foretold = upload(client, "staffing", STAFFING).json()
    assert standing() == before
    assert foretold["counts"] == {"added": 2, "changed": 0, "unchanged": 0, "rejected": 1}
    assert foretold["rejects"][0]["cells"]["登录名"] == "ghost"
    done = upload(client, "staffing", STAFFING, dry_run="0").json()
    assert {**done, "dry_run": True} == foretold
    assert Staffing.objects.count() == 2
    assert upload(client, "staffing", STAFFING, dry_run="0").json()["counts"]["unchanged"] == 2


def test_a_preview_of_a_rota_foretells_it_and_writes_nothing(client: Any, tree: Town) -> None:
    users.create(accounts.operator(), "ling.one", "凌示例")
    table = f"网格编码,登录名,日期,上班,下班\n{WEST},ling.one,2026-01-05,06:30,13:30\n{WEST},ghost,2026-01-05,13:30,20:30\n"
    before = standing()
    foretold = upload(client, "rota", table).json()
    assert standing() == before
    assert foretold["counts"] == {"added": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    done = upload(client, "rota", table, dry_run="0").json()
    assert {**done, "dry_run": True} == foretold
    assert upload(client, "rota", table, dry_run="0").json()["counts"]["unchanged"] == 1


def test_who_manages_another_town_posts_nobody_here(tree: Town, operator: Actor) -> None:
    users.create(operator, "ling.one", "凌示例")
    elsewhere = commands.create_area(operator, "990101002000", "河西街道", "street", parent_id=tree["990101000000"])
    told = staffing_of_file(manager(Area.objects.get(pk=elsewhere).path), STAFFING.encode())
    assert (told.counts.added, told.counts.rejected) == (0, 3)


@pytest.mark.parametrize(("kind", "content", "fields", "status", "code"), [
    ("areas", b"%PDF-1.7", UNITS, 415, "formats.layer_kind"),
    ("areas", b"\x00\x00\x27\x0a" + bytes(200), UNITS, None, ""),
    ("areas", b"{}", UNITS, None, ""),
    ("areas", b"PK\x03\x04", UNITS, None, ""),
    ("areas", layer(units(WEST, 0)), {}, 400, "grids.layer_fields"),
    ("areas", layer(units(WEST, 0)), {**UNITS, "level": "planet"}, 400, "grids.layer_fields"),
    ("areas", layer(units(WEST, 0)), {**UNITS, "by_place": "1"}, 400, "grids.layer_fields"),
    ("areas", layer(units(WEST, 0)), {**UNITS, "crs": "EPSG:99999999"}, None, ""),
    ("divisions", b"", {}, 400, "formats.file_empty"),
    ("divisions", TREE.encode(), {"system": "nosuch"}, 422, "grids.unknown_system"),
    ("divisions", b"a,b\n1,2\n", {}, None, ""),
    ("staffing", b"\x89PNG\r\n", {}, 415, "formats.table_kind"),
    ("rota", b"\x89PNG\r\n", {}, 415, "formats.table_kind"),
    ("rota", "登录名,日期\n甲,2026-01-01\n".encode(), {}, 422, "grids.columns_missing"),
])
def test_what_cannot_be_read_is_refused_with_a_code(
        client: Any, kind: str, content: bytes, fields: dict[str, str], status: int | None, code: str) -> None:
    answer = upload(client, kind, content, **fields)
    assert 400 <= answer.status_code < 500, answer.content
    if status:
        assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(("levels", "more", "why"), [
    ([], {}, "level"),
    ([Level("unit", "", "n")], {}, "code"),
    ([Level("unit", "c", "")], {}, "name"),
    ([Level("planet", "c", "n")], {}, "planet"),
    ([Level("county", "c", "n"), Level("town", "d", "m")], {}, "图层本身"),
    ([Level("unit", "c", "n"), Level("town", "d", "m")], {"under": "1"}, "under"),
    ([Level("unit", "c", "n")], {"under": "1", "parent": "p"}, "只能写一个"),
])
def test_levels_that_make_no_sense_are_refused(levels: list[Level], more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refusal) as refused:
        fields_of(levels, **more)
    assert refused.value.reason is GridError.LAYER_FIELDS
    assert why in refused.value.text()


@pytest.mark.parametrize(("typed", "word"), [
    ("社区", "community"), ("unit", "unit"), ("12", "12"), ("21", None), ("0", None), ("１", None), ("", None), ("9" * 5000, None)])
def test_a_level_is_known_by_the_words_people_write(typed: str, word: str | None) -> None:
    assert word_of(typed) == word

"""The map over HTTP: its tiles hold what lies there and no more than somebody may know of."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import grants, sign_in, users
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.config.home import Home
from jingwei.formats.vector_tile import MEDIA_TYPE
from jingwei.grids import commands, quadtree
from jingwei.grids.days import today
from jingwei.grids.models import Area
from jingwei.kernel.actor import Actor
from tests.formats.tile_reading import ReadLayer, read
from tests.grids.conftest import COUNTY, EAST, STREET, WEST, Town, box, layer
from tests.grids.test_base_layers import HOUSES, PONDS, STREETS

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
LON, LAT = 120.0015, 23.0005  # inside the second unit of the western community


def at(z: int, lon: float = LON, lat: float = LAT) -> str:
    """z/x/y of the tile that holds a point."""
    number = quadtree.home(lon, lat, lon, lat)
    x = int((lon + 180) / 360 * (1 << z))
    for y in range(1 << z):
        _, south, _, north = quadtree.box(z, x, y)
        if south <= lat < north:
            assert number in range(quadtree.within(z, x, y)[0], quadtree.within(z, x, y)[1] + 1)
            return f"{z}/{x}/{y}"
    raise AssertionError("off the globe")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Tiles of one test are not found by the next."""
    made = Home(tmp_path / "home")
    made.index.mkdir(parents=True)
    settings.HOME = made
    return made.root


@pytest.fixture
def enter(town: Town, operator: Actor) -> Enter:
    """A client of somebody with a role over the area with this code; '*' is everywhere."""
    def client(code: str, role: Role = Role.SUPERVISOR) -> Client:
        user = users.create(operator, f"reader{len(made)}", "读示例")
        made.append(user)
        path = "" if code == "*" else Area.objects.get(code=code).path
        grants.give(operator, user, role.code, code, area_path=path)
        browser = Client()
        browser.cookies[COOKIE] = sign_in.admit(user).key
        return browser

    made: list[Any] = []
    return client


def tile(client: Client, address: str, version: str = "") -> dict[str, ReadLayer]:
    version = version or client.get("/api/map").json()["version"]
    answer = client.get(f"/api/map/{version}/{address}.mvt")
    assert answer.status_code in (200, 204), answer.content
    return read(answer.content)


def test_the_map_says_what_it_holds_and_where(enter: Enter, operator: Actor) -> None:
    commands.import_layer(operator, STREETS, "streets")
    shown = enter(STREET).get("/api/map").json()
    assert [round(one, 6) for one in shown["bounds"]] == [120.0, 23.0, 120.006, 23.001]
    assert {each["name"]: each["count"] for each in shown["layers"]} == {
        "water": 0, "green": 0, "buildings": 0, "streets": 2, "areas": 8, "area_labels": 8}
    assert shown["tiles"] == f"/api/map/{shown['version']}/{{z}}/{{x}}/{{y}}.mvt"
    assert (shown["minzoom"], shown["maxzoom"]) == (0, 16)


def test_a_tile_holds_the_layers_that_lie_there(enter: Enter, operator: Actor) -> None:
    for name, data in (("streets", STREETS), ("water", PONDS), ("buildings", HOUSES)):
        commands.import_layer(operator, data, name)
    client = enter(STREET)
    found = tile(client, at(14))
    assert {name: len(each.features) for name, each in found.items()} == {
        "water": 2, "buildings": 5, "streets": 2, "areas": 8, "area_labels": 8}
    assert {one.properties["name"] for one in found["buildings"].features} == {f"{n} 号楼" for n in range(5)}
    assert found["streets"].features[0].properties == {"name": "柳溪路", "kind": "主干路"}
    unit = next(one for one in found["areas"].features if one.properties["code"] == f"{WEST}002")
    assert unit.properties == {"id": unit.id, "code": f"{WEST}002", "name": "2号单元", "kind": "unit", "level": 7}
    assert {name: len(each.features) for name, each in tile(client, at(11)).items()} == {
        "water": 1, "streets": 1, "areas": 2, "area_labels": 2}, "farther away there is less"


def test_a_label_stands_once_and_inside_its_area(enter: Enter, town: Town) -> None:
    client = enter(STREET)
    z, x, y = (int(part) for part in at(16).split("/"))
    labels = []
    for right in range(-1, 3):
        for down in range(-1, 2):
            address = f"{z}/{x + right}/{y + down}"
            answer = client.get(f"/api/map/{client.get('/api/map').json()['version']}/{address}.mvt")
            for one in read(answer.content)["area_labels"].features if answer.status_code == 200 and b"area_labels" in answer.content else ():
                west, south, east, north = quadtree.box(z, x + right, y + down)
                (px, py), = one.runs[0]
                labels.append((one.properties["code"], west + (east - west) * px / 4096, north - (north - south) * py / 4096))
    assert len(labels) == len({code for code, _, _ in labels}) == 8
    places = {code: (lon, lat) for code, lon, lat in labels}
    for n in range(3):
        assert box(n, 0).contains(shapely.Point(places[f"{WEST}00{n + 1}"]))


def test_a_tile_is_packed_named_and_kept(enter: Enter, home: Path) -> None:
    client = enter(STREET)
    version = client.get("/api/map").json()["version"]
    url = f"/api/map/{version}/{at(14)}.mvt"
    packed = client.get(url, headers={"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], packed["Content-Type"]) == ("gzip", MEDIA_TYPE)
    assert "max-age=31536000" in packed["Cache-Control"]
    assert "private" in packed["Cache-Control"]
    kept = home / "tiles" / version / f"{at(14)}.mvt.gz"
    assert kept.read_bytes() == packed.content
    plain = client.get(url)
    assert "Content-Encoding" not in plain
    assert plain.content == gzip.decompress(packed.content)
    again = client.get(url, headers={"if-none-match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_kept_tile_costs_no_more_than_knowing_who_asks(enter: Enter) -> None:
    client = enter(STREET)
    url = f"/api/map/{client.get('/api/map').json()['version']}/{at(14)}.mvt"
    client.get(url)
    with CaptureQueriesContext(connection, ) as caught:
        assert client.get(url).status_code == 200
    assert len(caught) <= 2, [each["sql"] for each in caught]


def test_a_new_tile_costs_the_same_however_much_lies_in_it(enter: Enter, operator: Actor) -> None:
    counts = []
    for many in (2, 300):
        houses = layer([(box(n * 0.01, 0, 0.009, 0.5), {"name": str(n)}) for n in range(many)])
        commands.import_layer(operator, houses, "buildings")
        client = enter(STREET)
        url = f"/api/map/{client.get('/api/map').json()['version']}/{at(14)}.mvt"
        with CaptureQueriesContext(connection) as caught:
            assert len(read(client.get(url).content)["buildings"].features) == many
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 10


def test_nothing_there_is_204_and_a_torn_file_is_made_again(enter: Enter, home: Path) -> None:
    client = enter("*")
    version = client.get("/api/map").json()["version"]
    empty = client.get(f"/api/map/{version}/{at(14, 10.0, 10.0)}.mvt")
    assert (empty.status_code, empty.content) == (204, b"")
    assert client.get(f"/api/map/{version}/{at(14, 10.0, 10.0)}.mvt").status_code == 204
    url = f"/api/map/{version}/{at(14)}.mvt"
    whole = client.get(url).content
    (home / "tiles" / version / f"{at(14)}.mvt.gz").write_bytes(b"")
    assert client.get(url).content == whole


def test_what_is_drawn_on_the_map_changes_its_version_and_staffing_does_not(
        enter: Enter, town: Town, operator: Actor, people: dict[str, Any]) -> None:
    client = enter(STREET)
    seen = [client.get("/api/map").json()["version"]]
    changes: list[Callable[[], object]] = [
        lambda: commands.rename(operator, town[WEST], "枫林新社区"),
        lambda: commands.redraw(operator, town[f"{WEST}001"], shapely.to_wkb(box(0, 0, 0.9)), note="样例"),
        lambda: commands.retire(operator, town[f"{EAST}003"]),
        lambda: commands.import_layer(operator, STREETS, "streets"),
    ]
    for change in changes:
        change()
        seen.append(client.get("/api/map").json()["version"])
        assert len(set(seen)) == len(seen)
    commands.staff(operator, town[WEST], people["wang"], "main", today())
    assert client.get("/api/map").json()["version"] == seen[-1]


def test_a_version_that_is_gone_is_not_found_and_its_tiles_are_removed(
        enter: Enter, town: Town, operator: Actor, home: Path) -> None:
    client = enter(STREET)
    old = client.get("/api/map").json()["version"]
    assert client.get(f"/api/map/{old}/{at(14)}.mvt").status_code == 200
    commands.rename(operator, town[WEST], "枫林新社区")
    assert client.get(f"/api/map/{old}/{at(14)}.mvt").status_code == 404
    names = {one.properties["name"] for one in tile(client, at(14))["areas"].features}
    assert "枫林新社区" in names
    assert [path.name for path in (home / "tiles").iterdir()] == [client.get("/api/map").json()["version"]]


def test_a_redrawn_area_is_shown_as_it_is_now(enter: Enter, town: Town, operator: Actor) -> None:
    plan = commands.open_plan(operator, "调整")
    commands.redraw(operator, town[f"{WEST}001"], shapely.to_wkb(box(0, 0, 0.5)), note="样例", plan_id=plan)
    client = enter(STREET)
    unit = {one.properties["code"]: one for one in tile(client, at(16, 120.0002))["areas"].features}[f"{WEST}001"]
    commands.publish_plan(operator, plan)
    again = [one for one in tile(client, at(16, 120.0002))["areas"].features if one.properties["code"] == f"{WEST}001"]
    assert len(again) == 1
    assert max(x for x, _ in again[0].runs[0]) < max(x for x, _ in unit.runs[0])


@pytest.mark.parametrize("address", [
    "17/0/0", "3/8/0", "3/0/8", "14/99999/0", "-1/0/0", "a/0/0", "14/0/0.5", "1e1/0/0", "９/0/0",
    "99999999999999999999999999/0/0", "14/99999999999999999999999999999/0", "0/0/%00"])
def test_an_address_off_the_globe_is_not_found(enter: Enter, address: str) -> None:
    client = enter("*")
    version = client.get("/api/map").json()["version"]
    answer = client.get(f"/api/map/{version}/{address}.mvt")
    assert (answer.status_code, answer.json()["code"]) == (404, "request.not_found")


@pytest.mark.parametrize("version", ["0-0-all", "..", "%2e%2e", "x", "%00", "1"])
def test_a_version_that_never_was_is_not_found(enter: Enter, version: str) -> None:
    assert enter("*").get(f"/api/map/{version}/0/0/0.mvt").status_code == 404


@pytest.fixture
def neighbours(town: Town, operator: Actor) -> str:
    """Another county right beside, with a community and a grid that are drawn. Its code."""
    other = "990102000000"
    made = commands.create_area(operator, other, "邻区", "county", parent_id=town["990100000000"])
    street = commands.create_area(operator, "990102001000", "邻街道", "street", parent_id=made)
    commands.create_area(operator, "990102001001", "邻社区", "community", parent_id=street,
                         wkb=shapely.to_wkb(box(7, 0, 3)))
    return other


def test_the_map_ends_where_the_district_ends(enter: Enter, neighbours: str) -> None:
    """Within one's district, wherever in it one works; nothing of the next one, and not under its address either."""
    here, there, everywhere = enter(WEST), enter(neighbours), enter("*")
    codes = {one.properties["code"] for one in tile(here, at(14))["areas"].features}
    assert {WEST, EAST} <= codes, "the whole of the district"
    assert "990102001001" not in codes
    versions = [client.get("/api/map").json()["version"] for client in (here, there, everywhere)]
    assert len(set(versions)) == 3
    for other in versions[1:]:
        assert here.get(f"/api/map/{other}/{at(14)}.mvt").status_code == 404
    assert here.get(f"/api/map/{versions[0]}/{at(14, 10.0, 10.0)}.mvt").status_code == 404, "far from the district"
    assert {one.properties["code"] for one in tile(everywhere, at(14))["areas"].features} > codes
    assert enter(EAST).get("/api/map").json()["version"] == versions[0], "colleagues share their tiles"
    assert enter(COUNTY).get("/api/map").json()["version"] == versions[0]


def test_an_outline_is_told_within_ones_district(enter: Enter, town: Town, neighbours: str) -> None:
    client = enter(WEST)
    answer = client.get(f"/api/areas/{town[EAST]}/shape")
    shape = answer.json()
    assert (answer["Content-Type"], shape["type"], shape["properties"]) == (
        "application/geo+json", "Feature", {"id": town[EAST], "code": EAST, "name": "书院社区"})
    assert shapely.from_geojson(answer.content.decode()).equals(box(3, 0, 3)) or shape["geometry"]["type"] == "Polygon"
    assert client.get(f"/api/areas/{town[STREET]}/shape").json()["geometry"] is None
    beyond = Area.objects.get(code="990102001001").id
    for unknown in (beyond, 999_999_999):
        assert client.get(f"/api/areas/{unknown}/shape").status_code == 404


def test_a_map_on_which_nothing_is_drawn(tree: Town, operator: Actor) -> None:
    user = users.create(operator, "reader", "读示例")
    grants.give(operator, user, Role.LEADER.code, "*", area_path="")
    client = Client()
    client.cookies[COOKIE] = sign_in.admit(user).key
    shown = client.get("/api/map").json()
    assert shown["bounds"] is None
    assert client.get(f"/api/map/{shown['version']}/0/0/0.mvt").status_code == 204

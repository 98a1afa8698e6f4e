"""The centre's ground with a township in it, a mailbox, and two systems that send by themselves."""

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import shapely.geometry

from tests.journeys.centre import ground
from tests.journeys.centre.cast import COUNTY, OTHER_TOWN
from tests.journeys.day.cast import TOWNSHIP
from tests.journeys.homes import Folder

NONE, HOUSE = 'inside_networks = ""', 'inside_networks = "127.0.0.0/8"'


def set_up(made: Folder, test_data: Path, imported: int, *, mail_port: int) -> dict[str, Any]:
    """A new home with `imported` cases waiting; what the systems that send to it sign with, and points in the township."""
    ground.set_up(made, test_data, imported)
    settings = made.home / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace(NONE, HOUSE), "utf-8")
    made.run("township", "import", "staff", ground.written(
        made.home.parent / "township.csv", ("登录名", "姓名", "单位编码", "岗位", "区域编码", "限于单位"),
        [(who.login, who.name, who.unit, role, who.area, who.tied) for who in TOWNSHIP for role in who.roles]))
    with gzip.open(test_data / "tainan" / "villages.geojson.gz") as stream:
        villages = json.load(stream)["features"]
    town = [shapely.geometry.shape(each["geometry"]).representative_point() for each in villages
            if each["properties"]["TOWNCODE"] == OTHER_TOWN]
    return {"town": [(point.x, point.y) for point in town], "mail_port": mail_port}


def main(home: str, out: str, port: str) -> None:
    """`python -m tests.journeys.day.ground HOME OUT PORT`: what the system's administrator sets up."""
    os.environ["JINGWEI_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = home, "jingwei.config.settings"
    import django

    django.setup()
    from jingwei.accounts.queries import operator
    from jingwei.cases import commands
    from jingwei.catalogue.commands import set_setting
    from jingwei.grids import queries as grids
    from jingwei.kernel.ids import new_id

    boss = operator()
    set_setting(boss, "flow_profile", "township", grids.path_of_code(OTHER_TOWN) or "")
    box = commands.set_mailbox(boss, new_id(), name="网格信箱", area_code=COUNTY, active=True, settings={
        "host": "127.0.0.1", "port": port, "security": "none", "user": "centre@example.test", "password": "geheim"})
    told = {"box": str(box)}
    for kind in ("sms", "camera"):
        source = commands.set_source(boss, new_id(), kind=kind, name=f"{kind} 平台", area_code=COUNTY, active=True,
                                     trusted=kind == "camera")
        told[kind], told[f"{kind}_secret"] = str(source), commands.make_secret(boss, source)
    Path(out).write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

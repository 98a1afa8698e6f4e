"""`jingwei locate`: which area a point lies in; for a file of points, the code of each.

Where a point lies on the border of several areas, or in an overlap, the lowest code is given.
"""

import argparse
import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.imports.reporting import Progress, open_table
from jingwei.cli.ready import django_ready
from jingwei.formats.atomic import atomic_file
from jingwei.kernel.errors import Refusal

_BATCH = 20_000
_RULE = "点在两个以上区域的交界或重叠处时，取编码最小的一个。"


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lon", nargs="?", metavar="经度")
    parser.add_argument("lat", nargs="?", metavar="纬度")
    parser.add_argument("--file", metavar="文件", help="点的表，列为 id、lon、lat")
    parser.add_argument("--out", metavar="文件", help="结果写到哪里，列为 id、code；没有区域的留空；已有的文件会替换")
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.add_argument("--all", action="store_true", dest="every", help="每个网格体系里各属于哪个网格、由谁负责")
    parser.epilog = f"{_RULE}经纬度为十进制度（WGS-84），负数前加 --，例如 jingwei locate -- -70.6 -33.4"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.file:
        if not options.out or options.lon is not None:
            raise Refusal(CliError.VALUE, name="--file", value=options.file, why="要与 --out 同用，不再写经纬度")
        return _of_file(options)
    if options.lon is None or options.lat is None:
        raise Refusal(CliError.VALUE, name="位置", value="", why="写经度和纬度，或用 --file 与 --out")
    return _of_point(options)


def _of_point(options: argparse.Namespace) -> int:
    lon, lat = _degrees(options.lon, 180), _degrees(options.lat, 90)
    if lon is None or lat is None:
        raise Refusal(CliError.VALUE, name="位置", value=f"{options.lon} {options.lat}", why="应为 -180 至 180、-90 至 90 的数")
    django_ready()
    if options.every:
        return _everywhere(lon, lat)
    from jingwei.grids.queries import chain, locate
    from jingwei.journal.queries import generations

    place = locate(lon, lat, generations(), system=options.system)
    if place is None:
        print("这个位置不在任何区域里")
        return 0
    print(f"{place.code} {place.name}")
    print(" / ".join(each.name for each in chain(place.area_id)))
    if place.shared:
        print(f"！ 这里有两个以上区域。{_RULE}")
    return 0


def _everywhere(lon: float, lat: float) -> int:
    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import grids_at

    try:
        found = grids_at(operator(), lon, lat)
    except Refusal:
        print("这个位置不在任何区域里")
        return 0
    for system in found:
        for grid in system.grids:
            print(f"{system.name}　{grid.code} {grid.name}　{grid.on_duty_name or '没有人负责'}")
        if system.more:
            print(f"{system.name}　另有 {system.more} 个")
    return 0


def _of_file(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.grids.queries import locate_many
    from jingwei.journal.queries import generations

    known, progress = generations(), Progress()
    found = outside = bad = 0
    with atomic_file(options.out) as stream:
        text = io.TextIOWrapper(stream, "utf-8", newline="")
        out = csv.writer(text)
        out.writerow(("id", "code"))
        for batch in _batches(options):
            sound = [index for index, (_, lon, lat) in enumerate(batch) if lon is not None and lat is not None]
            places = locate_many([batch[index][1] or 0.0 for index in sound], [batch[index][2] or 0.0 for index in sound],
                                 known, system=options.system)
            codes = dict(zip(sound, (place.code if place else "" for place in places), strict=True))
            out.writerows((key, codes.get(index, "")) for index, (key, _, _) in enumerate(batch))
            found += sum(1 for code in codes.values() if code)
            outside += sum(1 for code in codes.values() if not code)
            bad += len(batch) - len(sound)
            progress(found + outside + bad)
        text.flush()
        text.detach()
    progress.end()
    print(f"已写到 {Path(options.out)}：有区域 {found} 个，不在任何区域 {outside} 个，经纬度不能用 {bad} 个。{_RULE}")
    return 0


Point = tuple[str, float | None, float | None]


def _batches(options: argparse.Namespace) -> Iterator[list[Point]]:
    batch: list[Point] = []
    for row in open_table(options, required=("id", "lon", "lat")):
        batch.append((row.values["id"], _degrees(row.values["lon"], 180), _degrees(row.values["lat"], 90)))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text) if text.isascii() else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None

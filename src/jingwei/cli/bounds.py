"""`jingwei plan bounds`: write the four bounds (四至) of an area and of all below it from the base map."""

import argparse

from jingwei.cli.imports.reporting import Progress
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal


def define(act: argparse.ArgumentParser) -> None:
    act.add_argument("area", metavar="编码", help="区域的编码")
    act.add_argument("--only", action="store_true", help="只写这一个，不写下级")
    act.add_argument("--replace", action="store_true", help="人工填写的也按底图重写；默认不改")
    act.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    act.epilog = "每一边写沿着它走的街巷或河流；没有的写相邻的区域。"
    act.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import write_four_bounds
    from jingwei.grids.errors import GridError
    from jingwei.grids.queries import place_by_code

    place = place_by_code(options.area, system=options.system) if "\0" not in options.area else None
    if place is None:
        raise Refusal(GridError.UNKNOWN_AREA, code=options.area[:40])
    if options.only:
        print(write_four_bounds(operator(), place.area_id, replace=options.replace))
        return 0
    return _below(place.area_id, options.replace)


def _below(area_id: int, replace: bool) -> int:
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import write_bounds_below

    written = kept = unchanged = unknown = 0
    lacking: list[str] = []
    after: str | None = ""
    progress = Progress()
    while after is not None:
        done = write_bounds_below(operator(), area_id, after=after, replace=replace)
        written, kept, unchanged, unknown = (
            written + done.written, kept + done.kept, unchanged + done.unchanged, unknown + done.unknown)
        lacking += done.lacking
        progress(written + kept + unchanged + unknown)
        after = done.next
    progress.end()
    print(f"已写四至 {written} 个，没有变化 {unchanged} 个，人工填写未改 {kept} 个，四周没有可写的 {unknown} 个")
    if lacking:
        more = "等" if len(lacking) > 5 else ""
        print(f"！ 有的边写不出（底图上没有有名称的街巷、河流，也没有相邻的区域）：{'、'.join(lacking[:5])}{more}，请人工补上")
    return 0

"""`jingwei grids`: look at the division that is in force, or at a draft."""

import argparse
from typing import TYPE_CHECKING

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    from jingwei.grids.queries import CheckLine

_GRADES = {"refused": "不合规", "warning": "提醒", "note": "说明"}
_HEAD = ("等级", "编号", "编码", "社区", "说明", "经度", "纬度")


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="操作", metavar="操作", required=True)
    act = acts.add_parser("check", help="核查划分：覆盖、归属、编码、大小、人员", allow_abbrev=False,
                          description="核查现行划分，或指定的方案。有不合规的，退出码为 1")
    act.add_argument("--plan", type=int, metavar="编号", help="方案编号，见 jingwei plan list；不写则为现行划分")
    act.add_argument("--area", metavar="编码", help="只查这个区域和它的下级")
    act.add_argument("--out", metavar="文件", help="写到 CSV；不写则逐条显示")
    act.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids import queries

    plan = options.plan or _in_force()
    place = queries.place_by_code(options.area) if options.area else None
    if options.area and place is None:
        raise Refusal(CliError.VALUE, name="--area", value=options.area, why=Words("没有编码为它的区域", "no area has that code"))
    lines: list[CheckLine] = []
    after, page = "", None
    while page is None or page.next:
        page = queries.check_plan(operator(), plan, area=place.area_id if place else 0, after=after)
        lines += page.items
        after = page.next or ""
    _tell(lines, options.out)
    counted = {grade: sum(line.grade == grade for line in lines) for grade in _GRADES}
    print(f"核查了 {page.all} 个社区：" + "，".join(f"{_GRADES[grade]} {count}" for grade, count in counted.items()))
    return 1 if counted["refused"] else 0


def _in_force() -> int:
    from jingwei.accounts.queries import operator
    from jingwei.grids import queries

    found = next((plan for plan in queries.plans(operator()) if plan.number is not None), None)
    if found is None:
        raise Refusal(CliError.RULE, why=Words(
            "还没有已发布的划分。请先导入区划和网格",
            "no division is in force yet. Import divisions and grids first"))
    return found.id


def _tell(lines: "list[CheckLine]", path: str | None) -> None:
    from jingwei.formats.table_writing import CsvWriter

    rows = [(_GRADES[line.grade], line.reason, line.code, line.community, line.text, *_middle(line)) for line in lines]
    if path is None:
        for row in rows:
            print(f"{row[0]}  {row[4]}" + (f"（{row[5]}, {row[6]}）" if row[5] else ""))
        return
    with CsvWriter(path, _HEAD) as table:
        for row in rows:
            table.write(dict(zip(_HEAD, row, strict=True)))
    print(f"已写到 {path}，共 {len(rows)} 条")


def _middle(line: "CheckLine") -> tuple[str, str]:
    if line.box is None:
        return "", ""
    west, south, east, north = line.box
    return f"{(west + east) / 2:.6f}", f"{(south + north) / 2:.6f}"

"""`jingwei print`: the papers of an area as PDF: map, notice board, contact cards, archive, who answers."""

import argparse
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.formats.atomic import atomic_file
from jingwei.kernel.errors import Refusal

_PAPERS = {
    "map": ("网格图，A4 或 A3 横向", "A4"), "board": ("网格公示牌，A3 或 A4 横向", "A3"), "card": ("便民联系卡，A4 一张十张", ""),
    "archive": ("网格档案", ""), "staffing": ("各网格由谁负责", ""),
}


def define(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="内容", metavar="内容", required=True)
    for name, (line, paper) in _PAPERS.items():
        act = kinds.add_parser(name, help=line, description=f"打印{line}（PDF）", allow_abbrev=False)
        act.add_argument("area", metavar="编码", help="区域的编码")
        act.add_argument("--out", required=True, metavar="文件", help="写到哪个 PDF；已有的文件不会覆盖")
        act.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
        if paper:
            act.add_argument("--paper", choices=("A4", "A3"), default=paper, help=f"纸张，默认 {paper}")
        if name in ("board", "card"):
            act.add_argument("--site", default="", metavar="网址", help="印成二维码的网址，例如 https://grid.example.cn；不写就不印")
        act.set_defaults(run=run, what=name)
    parser.epilog = "照片和电话只有本人同意公开才印。"


def run(options: argparse.Namespace) -> int:
    target = Path(options.out)
    if target.exists():
        raise Refusal(CliError.FILE_EXISTS, path=target)
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.errors import GridError
    from jingwei.grids.queries import papers, place_by_code

    place = place_by_code(options.area, system=options.system) if "\0" not in options.area else None
    if place is None:
        raise Refusal(GridError.UNKNOWN_AREA, code=options.area[:40])
    actor, site = operator(), getattr(options, "site", "").rstrip("/")
    made = {
        "map": lambda: papers.map_paper(actor, place.area_id, options.paper),
        "board": lambda: papers.board_paper(actor, place.area_id, options.paper, site),
        "card": lambda: papers.card_paper(actor, place.area_id, site),
        "archive": lambda: papers.archive_paper(actor, place.area_id),
        "staffing": lambda: papers.staffing_paper(actor, place.area_id),
    }[options.what]()
    with atomic_file(target) as stream:
        stream.write(made.content)
    print(f"已写到 {target}（{place.name}）")
    return 0

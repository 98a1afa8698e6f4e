"""The papers of an area as PDF, for whoever may see the area: map, notice board, contact cards, archive, who answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jingwei.accounts.queries import Right, narrow
from jingwei.files import queries as files
from jingwei.formats import pdf, qr_code
from jingwei.grids.codes import KIND_NAMES
from jingwei.grids.days import today, zone
from jingwei.grids.models import Area
from jingwei.grids.paper_errors import PaperError
from jingwei.grids.papers.documents import ARCHIVE_SIZE, BOARD_SIZES, CARDS, MAP_SIZES, PHOTO, Size, document
from jingwei.grids.queries.archive import Archive, Kin, archive, version_said
from jingwei.grids.queries.faces import Board, Face, board_of, faces
from jingwei.grids.queries.paper_map import PaperMap, paper_map
from jingwei.grids.queries.places import Place
from jingwei.grids.queries.tree import STAFFED_KINDS, AreaDetail, area_detail
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

MOST_ROWS = 1_000
_POSTS = {"main": "主责", "deputy": "副岗", "member": "成员"}
_PUBLIC_POSTS = {"main": "网格负责人", "deputy": "副岗（负责人不在时找我）"}
_ON_A_BOARD, _GRIDS_ON_A_BOARD = 3, 12


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished document and the name under which it is kept."""

    name: str
    content: bytes


def map_paper(actor: Actor, area_id: int, paper: str = "A4") -> Paper:
    """The grid map (GRD-37): outline, grids and units with codes, streets, buildings, legend, scale, plan version."""
    size = _size(MAP_SIZES, paper)
    detail = _seen(actor, area_id)
    drawn = paper_map(detail, size.width, size.height, pdf.chinese_font())
    data = {"heading": _titled(detail, "图"), **_head(detail), **_drawn(drawn, size), "paper": paper, "below_names": drawn.below or [""],
            "left_out": "、".join(drawn.picture.left_out[:12]) + ("等" if len(drawn.picture.left_out) > 12 else ""),
            "chain": " / ".join(_names(detail.chain))}
    return Paper(f"{data['heading']}.pdf", document("map", {**data, "title": data["heading"]}, {"map": drawn.picture.svg}))


def board_paper(actor: Actor, area_id: int, paper: str = "A3", site: str = "") -> Paper:
    """The notice board (网格公示牌): map, who answers, what they do, where one complains. `site`: of the QR code."""
    size = _size(BOARD_SIZES, paper)
    detail = _seen(actor, area_id)
    drawn = paper_map(detail, size.width, size.height, pdf.chinese_font())
    people, board = _people(detail), board_of(detail.chain)
    shown, pictures = _shown(people[:_ON_A_BOARD])
    grids = _answering(actor, detail, _GRIDS_ON_A_BOARD) if detail.kind not in STAFFED_KINDS else None
    data = {**_head(detail), **_drawn(drawn, size), "title": f"{detail.name}公示牌", "paper": paper, "people": shown,
            "grids": grids or [], "services": list(board.services), **_phones(board), "qr": bool(site)}
    return Paper(f"{detail.name}公示牌.pdf", document("board", data, {"map": drawn.picture.svg, **pictures, **_qr(detail, site)}))


def card_paper(actor: Actor, area_id: int, site: str = "") -> Paper:
    """Contact cards (便民联系卡) of 90 × 54 mm, ten on a sheet: of whoever answers for the area."""
    detail = _seen(actor, area_id)
    people, board = _people(detail), board_of(detail.chain)
    shown, pictures = _shown(people[:1])
    one = {"area": detail.name, **(shown[0] if shown else {"name": "网格员待定", "post": "", "phone": "", "photo": None})}
    data = {**_head(detail), "title": f"{detail.name}联系卡", "chain": " / ".join(_names(detail.chain)), "cards": [one] * CARDS,
            **_phones(board), "qr": bool(site)}
    return Paper(f"{detail.name}联系卡.pdf", document("card", data, {**pictures, **_qr(detail, site)}))


def archive_paper(actor: Actor, area_id: int) -> Paper:
    """The archive (网格档案) with its map."""
    found = archive(actor, area_id)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    pictures, data = {}, _archive_data(found)
    if found.area.box is not None:
        try:
            drawn = paper_map(found.area, ARCHIVE_SIZE.width, ARCHIVE_SIZE.height, pdf.chinese_font())
        except Refusal as refusal:
            if refusal.reason is not PaperError.TOO_MUCH_ON_PAPER:
                raise
        else:
            pictures["map"] = drawn.picture.svg
            data |= {"map_width": ARCHIVE_SIZE.width, "map_height": ARCHIVE_SIZE.height}
    return Paper(f"{data['title']}.pdf", document("archive", data, pictures))


def staffing_paper(actor: Actor, area_id: int) -> Paper:
    """All grids at and below an area with who answers for each."""
    detail = _seen(actor, area_id)
    lines, board = _answering(actor, detail, MOST_ROWS), board_of(detail.chain)
    if lines is None:
        raise Refusal(PaperError.TOO_MUCH_ON_PAPER, area=detail.name, most=MOST_ROWS, what=Words("网格", "grids"),
                      count=f"{MOST_ROWS}+")
    empty = sum(not line["main"] for line in lines)
    data = {**_head(detail), "title": _titled(detail, "负责人一览"), "rows": lines, "phones": _said_phones(board),
            "said": f"共 {len(lines)} 个网格，{f'其中 {empty} 个没有主责' if empty else '都有主责'}。"}
    return Paper(f"{data['title']}.pdf", document("staffing", data))


def _answering(actor: Actor, detail: AreaDetail, most: int) -> list[dict[str, str]] | None:
    """The grids at and below an area with who answers for each, by code; None where there are more than so many."""
    low, high = span(detail.chain[-1].path)
    rows = narrow(Area.objects.filter(path__gte=low, path__lt=high, system=detail.system, status="active",
                                      plan__state="published", kind__in=STAFFED_KINDS), actor, Right.AREA_READ, area="path")
    grids = list(rows.order_by("code").values_list("id", "code", "name")[:most + 1])
    if len(grids) > most:
        return None
    held = faces([row[0] for row in grids], today())
    return [_line(code, name, held.get(area, [])) for area, code, name in grids]


def _seen(actor: Actor, area_id: int) -> AreaDetail:
    detail = area_detail(actor, area_id)
    if detail is None:
        raise Refusal(KernelError.NOT_FOUND)
    return detail


def _size(sizes: dict[str, Size], paper: str) -> Size:
    if paper not in sizes:
        raise Refusal(PaperError.UNKNOWN_PAPER, paper=paper[:10])
    return sizes[paper]


def _head(detail: AreaDetail) -> dict[str, Any]:
    version, printed = version_said(detail.system), _moment(clock.now())
    said = f"划分第 {version[0]} 版，{_day(version[2])}起" if version else ""
    return {"name": detail.name, "code": detail.code, "kind_name": _kind(detail.kind), "four_bounds": detail.four_bounds,
            "size": _square(detail.area_m2), "version": said, "printed": printed,
            "chain_above": " / ".join(_names(detail.chain[:-1])), "foot": f"{said}　打印 {printed}" if said else f"打印 {printed}"}


def _drawn(drawn: PaperMap, size: Size) -> dict[str, Any]:
    return {"map_width": size.width, "map_height": size.height, "scale": drawn.picture.scale, "shows": drawn.picture.shows,
            "prefix": drawn.prefix, "counts": drawn.counts}


def _names(chain: Sequence[Place]) -> list[str]:
    """From the county down: everybody knows the province they live in."""
    shown = [place.name for place in chain if place.level not in ("province", "city")]
    return shown or [place.name for place in chain]


def _people(detail: AreaDetail) -> list[Face]:
    """Who answers for the area: posted on it, else the nearest above, main first; the team is not on papers."""
    held = faces([place.area_id for place in detail.chain], today())
    for place in reversed(detail.chain):
        people = [face for face in held.get(place.area_id, []) if face.post != "member"]
        if people:
            return people
    return []


def _shown(people: Sequence[Face]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """People as a template shows them, and their photos as pictures."""
    shown, pictures = [], {}
    for place, face in enumerate(people):
        name = None
        if face.photo is not None:
            name = f"photo{place}"
            pictures[name] = pdf.photo_svg(b"".join(files.open_shown(face.photo).chunks), *PHOTO)
        shown.append({"name": face.name, "post": _PUBLIC_POSTS[face.post], "phone": face.phone, "photo": name})
    return shown, pictures


def _phones(board: Board) -> dict[str, str]:
    return {"office_phone": board.office_phone, "supervision_phone": board.supervision_phone}


def _said_phones(board: Board) -> str:
    told = [f"{name} {phone}" for name, phone in (("办公电话", board.office_phone), ("监督电话", board.supervision_phone)) if phone]
    return "　".join(told)


def _qr(detail: AreaDetail, site: str) -> dict[str, str]:
    """To the public page, which is told the grid."""
    return {"qr": qr_code.svg(f"{site}/?grid={detail.code}").decode()} if site else {}


def _line(code: str, name: str, held: Sequence[Face]) -> dict[str, str]:
    main = next((face for face in held if face.post == "main"), None)
    deputies = [face.name for face in held if face.post == "deputy"]
    return {"code": code, "name": name, "main": main.name if main else "", "phone": main.phone if main else "",
            "deputies": "、".join(deputies)}


def _archive_data(found: Archive) -> dict[str, Any]:
    area, certificates = found.area, found.certificates
    facts = [("编码", area.code), ("级别", found.level_name if found.level_name == _kind(area.kind) else f"{found.level_name}（{_kind(area.kind)}）"), ("面积", _square(area.area_m2)),
             ("有效期", _days(area.valid_from, area.valid_to)),
             *((f"下辖{level.name}", f"{level.count:,} 个") for level in found.below)]
    if found.buildings is not None:
        facts.append(("建筑", f"{found.buildings:,} 栋（底图）"))
    if found.households is not None:
        facts.append(("户数", f"{found.households:,} 户（底图）"))
    return {
        **_head(area), "title": _titled(area, "档案"), "facts": facts, "note": area.note,
        "now": [(_POSTS[face.post], face.name, str(face.since), face.phone, "、".join(face.duties)) for face in found.staffing_now],
        "certificates": (f"证件：{certificates.valid} 人有效，{certificates.expired} 人已过期，{certificates.none} 人没有登记。"
                         if found.staffing_now else ""),
        "before": [(_POSTS[one.post], one.user_name, f"{one.since} 至 {one.until}", "、".join(one.duties)) for one in found.staffing_before],
        "cases": [(month.month, str(month.reported), str(month.closed)) for month in found.cases.months] if found.cases else [],
        "cases_now": f"正在办理 {found.cases.open:,} 件。近 12 个月：" if found.cases else "",
        "drawings": [(f"第 {one.number} 版", one.title, _day(one.valid_from), _square(one.area_m2)) for one in found.drawings],
        "kin": [*(("由此分来", one.code, _shared(one), _day(one.at)) for one in found.predecessors),
                *(("已改为", one.code, _shared(one), _day(one.at)) for one in found.successors)],
        "elsewhere": [(one.system_name, one.code, one.name) for one in found.elsewhere],
        "members": [(one.code, one.name) for one in found.members]}


def _shared(one: Kin) -> str:
    return one.name if one.share is None else f"{one.name}（占原地面 {one.share:.0%}）"


def _titled(area: AreaDetail, what: str) -> str:
    return f"{area.name}{'' if area.name.endswith('网格') else '网格'}{what}"


def _kind(kind: str) -> str:
    names: dict[Any, str] = dict(KIND_NAMES)
    return names.get(kind, kind)


def _square(m2: int | None) -> str:
    if m2 is None:
        return ""
    if m2 >= 1_000_000:
        return f"{m2 / 1_000_000:.2f} 平方公里"
    return f"{m2 / 10_000:.1f} 公顷" if m2 >= 10_000 else f"{m2:,} 平方米"


def _day(at: datetime) -> str:
    day: date = at.astimezone(zone()).date()
    return f"{day.year}年{day.month}月{day.day}日"


def _days(since: datetime | None, until: datetime | None) -> str:
    return (f"{_day(since)}起" if since else "") + (f"，至{_day(until)}" if until else "")


def _moment(at: datetime) -> str:
    local = at.astimezone(zone())
    return f"{_day(at)} {local:%H:%M}"

"""The papers of a grid: what stands on each, in whose reach, with whose consent; hostile names; what they cost."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfReader

from jingwei.config.home import Home
from jingwei.files import commands as files
from jingwei.files import keys
from jingwei.formats import pdf
from jingwei.grids import commands, ports, queries
from jingwei.grids.codes import Kind
from jingwei.grids.days import today
from jingwei.grids.errors import PaperError
from jingwei.grids.layers import Fields
from jingwei.grids.models import Area
from jingwei.grids.queries import papers
from jingwei.journal import keys as journal_keys
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from tests.formats.test_pdf import HOSTILE, squeezed
from tests.grids.conftest import COUNTY, EAST, STREET, WEST, Town, box, layer, manager, reason

pytestmark = pytest.mark.django_db
PHONE = "0571 8800 1234"
SITE = "https://grid.example"
Grid = dict[str, int]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    try:
        pdf.chinese_font()
    except Refusal:
        pytest.skip("no Chinese font on this machine")
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.keys.mkdir(parents=True)
    settings.HOME.files.mkdir()
    journal_keys.create_missing(settings.HOME.keys)
    keys.ensure_key()


@pytest.fixture
def grid(town: Town, operator: Actor, people: dict[str, UUID]) -> Grid:
    """A responsibility grid over the first two units of the western community, staffed, with a street along it."""
    commands.import_layer(operator, layer([
        (shapely.LineString([(119.99, 23.00105), (120.02, 23.00105)]), {"name": "北大街"})]), "streets")
    commands.import_layer(operator, layer([(box(n * 0.2, 0.2, 0.1, 0.1), {"name": f"{n}号楼", "households": 12}) for n in range(30)]), "buildings")
    made = commands.create_area(operator, f"{WEST}R01", "枫林第一网格", "responsibility", parent_id=town[WEST],
                                wkb=shapely.to_wkb(box(0, 0, 2)), four_bounds="北至北大街")
    for unit in ("001", "002"):
        commands.move(operator, town[f"{WEST}{unit}"], made)
    commands.staff(operator, made, people["wang"], "main", today(), duties=["巡查", "走访"])
    commands.staff(operator, made, people["li"], "deputy", today())
    return {**town.ids, "R01": made}


def words(paper: papers.Paper) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages))


def sheets(paper: papers.Paper) -> list[tuple[int, int]]:
    """Millimetres of each page."""
    return [(round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72))
            for page in PdfReader(io.BytesIO(paper.content)).pages]


def consent(user: UUID, operator: Actor) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "green").save(out, "jpeg")
    photo = files.add(operator, out.getvalue(), "头像.jpg").id
    commands.give_contact(operator, user, consent=True, form=True, phone=PHONE, photo=photo)


def images(paper: papers.Paper) -> int:
    return sum(len(page.images) for page in PdfReader(io.BytesIO(paper.content)).pages)


def test_the_map_names_what_stands_on_it(grid: Grid, operator: Actor) -> None:
    """GRD-37: the community draws its own map."""
    made = papers.map_paper(operator, grid[WEST], "A4")
    told = words(made)
    for wanted in ("枫林社区网格图", "枫林第一网格", "001", "002", "003", "北大街", "书院社区", "比例尺1:", "图例", "责任网格界",
                   f"前12位都是{WEST}", "1个责任网格，3个单元网格", "打印"):
        assert wanted in told, wanted
    assert sheets(made) == [(297, 210)]
    assert sheets(papers.map_paper(operator, grid[WEST], "A3")) == [(420, 297)]
    assert made.name == "枫林社区网格图.pdf"
    assert papers.map_paper(operator, grid["R01"]).name == "枫林第一网格图.pdf"


def test_every_paper_has_one_sheet_of_its_size(grid: Grid, operator: Actor) -> None:
    assert sheets(papers.board_paper(operator, grid["R01"])) == [(420, 297)]
    assert sheets(papers.board_paper(operator, grid["R01"], "A4")) == [(297, 210)]
    assert sheets(papers.card_paper(operator, grid["R01"])) == [(210, 297)]
    assert sheets(papers.staffing_paper(operator, grid[STREET])) == [(210, 297)]
    assert set(sheets(papers.archive_paper(operator, grid["R01"]))) == {(210, 297)}


def test_without_consent_boards_and_cards_bear_name_and_post_and_the_offices_phones(grid: Grid, operator: Actor) -> None:
    """STF-37."""
    commands.set_board(operator, grid[COUNTY], office_phone="0571-88000000", supervision_phone="12345", services=["每周三上门"])
    board, card = papers.board_paper(operator, grid["R01"], site=SITE), papers.card_paper(operator, grid["R01"], SITE)
    for paper in (board, card):
        told = words(paper)
        for wanted in ("枫林第一网格", "王示例", "网格负责人", "0571-88000000", "12345", "扫码反映问题"):
            assert wanted in told, wanted
        assert squeezed(PHONE) not in told
        assert images(paper) == 0
    assert "李演示" in words(board)
    assert "每周三上门" in words(board)
    assert words(card).count("王示例") == 10
    assert "扫码" not in words(papers.card_paper(operator, grid["R01"]))


def test_with_consent_phone_and_photo_are_printed_until_it_is_withdrawn(grid: Grid, operator: Actor, people: dict[str, UUID]) -> None:
    consent(people["wang"], operator)
    makers: tuple[Callable[[], papers.Paper], ...] = (
        lambda: papers.board_paper(operator, grid["R01"]), lambda: papers.card_paper(operator, grid["R01"]))
    for make in makers:
        assert squeezed(PHONE) in words(make())
        assert images(make()) >= 1
    for make in (lambda: papers.archive_paper(operator, grid["R01"]), lambda: papers.staffing_paper(operator, grid[WEST])):
        assert squeezed(PHONE) in words(make())
    commands.withdraw_contact(operator, people["wang"])
    for make in (*makers, lambda: papers.archive_paper(operator, grid["R01"]), lambda: papers.staffing_paper(operator, grid[WEST])):
        assert squeezed(PHONE) not in words(make())
        assert images(make()) == 0


def test_the_list_names_who_answers_and_where_nobody_does(grid: Grid, operator: Actor) -> None:
    commands.create_area(operator, f"{WEST}R02", "枫林第二网格", "responsibility", parent_id=grid[WEST])
    told = words(papers.staffing_paper(operator, grid[STREET]))
    for wanted in (f"{WEST}R01", "王示例", "李演示", "枫林第二网格", "空缺", "共2个网格，其中1个没有主责"):
        assert wanted in told, wanted
    assert "没有需要安排人员的网格" in words(papers.staffing_paper(operator, grid[EAST]))


def test_a_community_board_lists_its_grids(grid: Grid, operator: Actor) -> None:
    told = words(papers.board_paper(operator, grid[WEST]))
    assert "各网格负责人" in told
    assert "王示例" in told


@pytest.fixture
def figures() -> Any:
    before = ports._cases_of
    asked: list[Any] = []

    def answer(path: str, months: Any, /) -> ports.CaseFigures:
        asked.append((path, months))
        return ports.CaseFigures(7, tuple((place, 100 + place) for place in range(len(months))))

    ports.wire_figures(answer)
    yield asked
    ports.wire_figures(before)


def test_the_archive_holds_all_that_is_known(grid: Grid, operator: Actor, people: dict[str, UUID], figures: list[Any]) -> None:
    """GRD-01: the grid's record: code, name, chain, size, bounds, staffing and its history, versions, cases."""
    heir = commands.create_area(operator, f"{WEST}R02", "枫林第二网格", "responsibility", parent_id=grid[WEST],
                                wkb=shapely.to_wkb(box(2, 0)))
    gone = commands.create_area(operator, f"{WEST}R09", "旧网格", "responsibility", parent_id=grid[WEST])
    commands.retire(operator, gone, successors=[grid["R01"], heir])
    commands.certify(operator, people["wang"], "网格员证", today())
    commands.set_up_system(operator, "labour", "劳动监察网格")
    labour = commands.create_area(operator, "L-1", "劳动一格", "grid", system="labour")
    commands.set_members(operator, labour, [grid[WEST]])
    found = queries.archive(operator, grid["R01"])
    assert found is not None
    assert (found.level_name, [(level.name, level.count) for level in found.below]) == ("责任网格", [("单元网格", 2)])
    assert (found.buildings, found.households) == (10, 120), "of thirty houses ten stand in the first two units"
    assert [(face.name, face.post) for face in found.staffing_now] == [("王示例", "main"), ("李演示", "deputy")]
    assert (found.certificates.valid, found.certificates.expired, found.certificates.none) == (1, 0, 1)
    assert [kin.name for kin in found.predecessors] == ["旧网格"]
    assert [(one.system_name, one.name) for one in found.elsewhere] == [("劳动监察网格", "劳动一格")]
    assert found.drawings[0].area_m2 > 20_000
    assert found.cases is not None
    assert (found.cases.open, len(found.cases.months), found.cases.months[-1].closed) == (7, 12, 111)
    assert figures[0][0] == Area.objects.get(pk=grid["R01"]).path
    told = words(papers.archive_paper(operator, grid["R01"]))
    for wanted in (f"{WEST}R01", "北至北大街", "巡查、走访", "旧网格", "由此分来", "劳动监察网格", "正在办理7件", "10栋", "120户", "（盖章）", "第1页，共"):
        assert wanted in told, wanted
    labour_archive = queries.archive(operator, labour)
    assert labour_archive is not None
    assert [place.code for place in labour_archive.members] == [WEST]
    assert queries.archive(operator, gone) is not None, "of a retired area too"
    assert "已改为" in words(papers.archive_paper(operator, gone))


def test_history_stands_in_the_archive(grid: Grid, operator: Actor, people: dict[str, UUID]) -> None:
    from datetime import timedelta

    commands.staff(operator, grid["R01"], people["zhao"], "member", today() - timedelta(days=30), until=today() - timedelta(days=3))
    found = queries.archive(operator, grid["R01"])
    assert found is not None
    assert [(held.user_name, held.post) for held in found.staffing_before] == [("赵试用", "member")]
    assert "赵试用" in words(papers.archive_paper(operator, grid["R01"]))


def test_figures_of_cases_are_for_those_who_may_see_cases(grid: Grid, figures: list[Any]) -> None:
    path = Area.objects.get(code=WEST).path
    blind = queries.archive(manager(path, "area.read"), grid["R01"])
    seeing = queries.archive(manager(path, "area.read", "case.read"), grid["R01"])
    assert blind is not None
    assert seeing is not None
    assert (blind.cases, seeing.cases is not None, len(figures)) == (None, True, 1)


def test_papers_are_for_whoever_may_see_the_area(grid: Grid) -> None:
    stranger = manager(Area.objects.get(code=EAST).path, "area.read")
    for make in (papers.map_paper, papers.board_paper, papers.card_paper, papers.archive_paper, papers.staffing_paper):
        assert reason(make, stranger, grid["R01"]) is KernelError.NOT_FOUND
        assert make(manager(Area.objects.get(code=WEST).path, "area.read"), grid["R01"]).content.startswith(b"%PDF")


def test_what_cannot_be_printed_is_said(grid: Grid, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(papers.map_paper, operator, grid[STREET]) is PaperError.NO_OUTLINE
    assert reason(papers.map_paper, operator, grid[WEST], "A0") is PaperError.UNKNOWN_PAPER
    assert words(papers.archive_paper(operator, grid[STREET])), "an archive needs no map"
    monkeypatch.setattr("jingwei.grids.queries.paper_map.MOST_AREAS", 0)
    assert reason(papers.map_paper, operator, grid[WEST]) is PaperError.TOO_MUCH_ON_PAPER
    assert words(papers.archive_paper(operator, grid[WEST]))
    monkeypatch.setattr(papers, "MOST_ROWS", 0)
    assert reason(papers.staffing_paper, operator, grid[WEST]) is PaperError.TOO_MUCH_ON_PAPER


@pytest.mark.parametrize("name", [*HOSTILE, "很长" * 50])
def test_hostile_names_stay_words_on_every_paper(grid: Grid, operator: Actor, name: str) -> None:
    Area.objects.filter(pk=grid["R01"]).update(name=name[:100], four_bounds=name, note=name)
    shown = squeezed(name)[:20]
    for make in (papers.map_paper, papers.board_paper, papers.card_paper, papers.archive_paper, papers.staffing_paper):
        assert shown in words(make(operator, grid["R01"])), make.__name__


def test_the_longest_texts_do_not_spill_onto_another_sheet(grid: Grid, operator: Actor, people: dict[str, UUID]) -> None:
    Area.objects.filter(pk__in=[grid["R01"], grid[WEST], grid[STREET]]).update(name="很长的名字" * 20, four_bounds="东至" + "很长的路、" * 59)
    commands.set_board(operator, grid[COUNTY], office_phone="0571-8800 0000 (8001)", supervision_phone="0571-8800 0000 (8002)",
                       services=["每一行都写得很长很长的职责，" * 4] * 10)
    commands.staff(operator, grid["R01"], people["zhao"], "deputy", today(), rank=1)
    for user in people.values():
        consent(user, operator)
    assert len(sheets(papers.map_paper(operator, grid["R01"]))) == 1
    assert len(sheets(papers.card_paper(operator, grid["R01"], SITE))) == 1
    for size in ("A3", "A4"):
        assert len(sheets(papers.board_paper(operator, grid["R01"], size, SITE))) == 1
        made = papers.board_paper(operator, grid[WEST], size, SITE)
        assert len(sheets(made)) == 1
        assert "扫码反映问题" in words(made)


def test_statements_do_not_grow_with_what_is_printed(grid: Grid, operator: Actor, people: dict[str, UUID]) -> None:
    def statements(make: Callable[..., Any], area: int) -> int:
        queries.forget()
        make(operator, area)
        with CaptureQueriesContext(connection) as found:
            make(operator, area)
        return len(found)

    before = {make.__name__: statements(make, grid[WEST]) for make in (queries.archive, papers.map_paper, papers.staffing_paper, papers.board_paper)}
    for number in range(2, 6):
        made = commands.create_area(operator, f"{WEST}R{number:02d}", f"第{number}网格", "responsibility", parent_id=grid[WEST],
                                    wkb=shapely.to_wkb(box(2 + number * 0.1, 0, 0.1)))
        commands.staff(operator, made, people["zhao"], "main", today())
    after = {make.__name__: statements(make, grid[WEST]) for make in (queries.archive, papers.map_paper, papers.staffing_paper, papers.board_paper)}
    assert after == before
    assert max(before.values()) <= 26, before


def test_a_community_of_a_hundred_units_is_printed_within_three_seconds(tree: Town, operator: Actor) -> None:
    ground = layer([(box(0, 0, 10, 10), {"code": WEST, "name": "枫林社区"})])
    commands.import_areas(operator, ground, Fields("code", "name", 5, Kind.COMMUNITY), publish=True)
    units = [(box(n % 10, n // 10), {"code": f"{WEST}{n + 1:03d}", "name": f"{n + 1}号单元"}) for n in range(100)]
    commands.import_areas(operator, layer(units), Fields("code", "name", 7, Kind.UNIT), by_place=True, publish=True)
    commands.import_layer(operator, layer([
        *((shapely.LineString([(119.99, 23 + n * 0.001), (120.02, 23 + n * 0.001)]), {"name": f"横{n}路"}) for n in range(11)),
        *((shapely.LineString([(120 + n * 0.001, 22.99), (120 + n * 0.001, 23.02)]), {"name": f"竖{n}街"}) for n in range(11))]), "streets")
    commands.import_layer(operator, layer([
        (box(n % 40 * 0.25 + 0.02, n // 40 * 0.25 + 0.02, 0.15, 0.1), {"name": ""}) for n in range(1600)]), "buildings")
    for paper in ("A4", "A3"):
        began = time.perf_counter()
        made = papers.map_paper(operator, tree[WEST], paper)
        assert time.perf_counter() - began < 3
        told = words(made)
        assert all(f"{number:03d}" in told for number in range(1, 101))

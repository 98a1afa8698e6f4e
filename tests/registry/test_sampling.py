"""A survey is proven by a sample: drawn from a published seed, looked at in the field, judged (CAT-02, AT-07)."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.catalogue.commands import set_setting
from jingwei.formats.tables import read_table
from jingwei.kernel.errors import ErrorCode, KernelError
from jingwei.kernel.ids import new_id
from jingwei.registry import commands, queries
from jingwei.registry.errors import PartError, SampleError
from jingwei.registry.models import Part, PartSample, SampledPart
from jingwei.registry.parts import sampling
from jingwei.registry.parts.sampling import ATTRIBUTES
from tests.cases.conftest import Centre, expect_refusal
from tests.registry.conftest import DRAIN, IN_FIRST, IN_SECOND, MANHOLE, TREE, add, verbs

pytestmark = pytest.mark.django_db

ALL_RIGHT = dict.fromkeys(ATTRIBUTES, True)


@pytest.fixture
def surveyed(centre: Centre) -> Centre:
    """Twelve manhole covers, six drains and two trees; one more is gone."""
    for class_code, many in ((MANHOLE, 12), (DRAIN, 6), (TREE, 2)):
        for n in range(many):
            add(centre, (IN_FIRST[0] + n * 1e-5, IN_FIRST[1]), class_code)
    commands.retire(centre.act("admin"), add(centre), reason="拆除")
    return centre


def drawn(centre: Centre, size: int = 10, **more: Any) -> UUID:
    sample_id: UUID = new_id()
    commands.draw_sample(centre.act("admin"), sample_id, "柳溪普查", "2026-11-23 公告第 7 号", size, **more)
    return sample_id


def test_a_sample_is_stratified_and_follows_from_its_seed(surveyed: Centre) -> None:
    sample_id = drawn(surveyed)
    held = list(SampledPart.objects.filter(sample_id=sample_id).order_by("place"))
    by_class = [row.then["class"] for row in held]
    assert [by_class.count(code) for code in (MANHOLE, DRAIN, TREE)] == [6, 3, 1]
    strata: dict[str, list[str]] = {}
    for number, code in Part.objects.exclude(state="removed").values_list("number", "class_entry__code"):
        strata.setdefault(f"{MANHOLE[:-5]}{code}", []).append(number)
    assert [row.then["number"] for row in held] == sorted(
        number for _, number in sampling.draw(strata, 10, "2026-11-23 公告第 7 号")), "whoever has seed and numbers can repeat it"
    again = drawn(surveyed)
    assert [row.part_id for row in SampledPart.objects.filter(sample_id=again).order_by("place")] == [row.part_id for row in held]
    assert PartSample.objects.get(pk=sample_id).population == 20
    assert verbs(f"part_sample:{sample_id}") == ["part_sample.drawn"]


def test_a_sample_of_one_area_or_class(surveyed: Centre) -> None:
    add(surveyed, IN_SECOND, TREE)
    for more, population in (({"area": "990101001001002"}, 1), ({"classes": [TREE]}, 3), ({"area": "990101"}, 21)):
        assert PartSample.objects.get(pk=drawn(surveyed, 100, **more)).population == population


@pytest.mark.parametrize(("seed", "size", "more", "reason"), [
    ("", 5, {}, SampleError.BAD_SEED), ("种" * 61, 5, {}, SampleError.BAD_SEED), ("a\x00", 5, {}, SampleError.BAD_SEED), ("a\nb", 5, {}, SampleError.BAD_SEED),
    ("种子", 0, {}, SampleError.BAD_SIZE), ("种子", 5001, {}, SampleError.BAD_SIZE), ("种子", 5, {"area": "990101100"}, SampleError.NOTHING_THERE),
    ("种子", 5, {"area": "990102000000"}, PartError.UNKNOWN_FILTER), ("种子", 5, {"classes": ["x"]}, PartError.UNKNOWN_FILTER)])
def test_what_cannot_be_drawn_is_refused(surveyed: Centre, seed: str, size: int, more: dict[str, Any], reason: ErrorCode) -> None:
    with expect_refusal(reason):
        commands.draw_sample(surveyed.act("admin"), new_id(), "", seed, size, **more)


def test_marks_make_the_verdict_and_a_concluded_sample_stays(surveyed: Centre) -> None:
    sample_id, actor = drawn(surveyed), surveyed.act("admin")
    for place in range(1, 10):
        commands.look_at(actor, sample_id, place, ALL_RIGHT)
    with expect_refusal(SampleError.NOT_DONE):
        commands.conclude(actor, sample_id)
    commands.look_at(actor, sample_id, 10, {"exists": False}, note="找不到")
    so_far = queries.sample_detail(actor, sample_id)
    assert (so_far.verdict["right"], so_far.verdict["passes"]) == (9, False)
    assert {each["said"]: (each["right"], each["wrong"], each["open"]) for each in so_far.attributes}["存在"] == (9, 1, 0)
    told = commands.conclude(actor, sample_id)
    assert (told["passes"], told["right"], told["size"]) == (False, 9, 10)
    assert "没有达到 96 % 的要求，不通过" in told["words"]
    assert told["proven"] == pytest.approx(0.6058367, abs=1e-6)
    for late in (lambda: commands.look_at(actor, sample_id, 10, ALL_RIGHT), lambda: commands.conclude(actor, sample_id)):
        with expect_refusal(SampleError.FINISHED):
            late()
    assert queries.sample_detail(surveyed.act("boss"), sample_id).verdict["words"] == told["words"]
    line, = queries.list_samples(surveyed.act("boss"))
    assert (line.looked_at, line.size, line.passes) == (10, 10, False)


def test_the_share_asked_for_is_a_setting(surveyed: Centre, operator: Any) -> None:
    set_setting(operator, "part_accuracy_percent", "90")
    sample_id, actor = drawn(surveyed), surveyed.act("admin")
    assert PartSample.objects.get(pk=sample_id).threshold == Decimal("0.9")
    for place in range(1, 11):
        commands.look_at(actor, sample_id, place, ALL_RIGHT if place > 1 else {**ALL_RIGHT, "owner": False})
    assert commands.conclude(actor, sample_id)["passes"] is True


@pytest.mark.parametrize(("accuracy", "metres", "right"), [
    ("A", 0.4, True), ("A", 0.6, False), ("B", 0.9, True), ("B", 1.1, False), ("C", 9.9, True), ("C", 10.2, False), ("", 0.1, None)])
def test_a_measured_place_is_judged_by_the_class_of_accuracy(centre: Centre, accuracy: str, metres: float, right: bool | None) -> None:
    """Standards §3.3: A ±0.5 m, B ±1.0 m, C ±10.0 m."""
    add(centre, accuracy=accuracy)
    sample_id, actor = drawn(centre, 1), centre.act("admin")
    commands.look_at(actor, sample_id, 1, {}, lon=IN_FIRST[0], lat=IN_FIRST[1] + metres / 111_195)
    row, = queries.sample_detail(actor, sample_id).rows
    assert row.found["place"] is right
    assert row.metres == pytest.approx(metres, abs=0.02)
    commands.look_at(actor, sample_id, 1, {"place": False}, lon=IN_FIRST[0], lat=IN_FIRST[1])
    assert queries.sample_detail(actor, sample_id).rows[0].found["place"] is False, "what a person marks stands"


def test_marks_that_do_not_exist_and_places_off_the_sheet(surveyed: Centre) -> None:
    sample_id, actor = drawn(surveyed), surveyed.act("admin")
    with expect_refusal(SampleError.UNKNOWN_MARK):
        commands.look_at(actor, sample_id, 1, {"colour": True})
    with expect_refusal(KernelError.NOT_FOUND):
        commands.look_at(actor, sample_id, 11, ALL_RIGHT)
    with expect_refusal(PartError.BAD_SHAPE):
        commands.look_at(actor, sample_id, 1, {}, lon=float("inf"), lat=0)
    with expect_refusal(PartError.PERSONAL_NUMBER):
        commands.look_at(actor, sample_id, 1, ALL_RIGHT, note="问 13800138000")
    with expect_refusal(KernelError.NOT_FOUND):
        queries.sample_detail(surveyed.act("neighbour"), sample_id)
    assert queries.list_samples(surveyed.act("neighbour")) == []


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_sheet_is_taken_into_the_field(surveyed: Centre, form: str) -> None:
    sample_id = drawn(surveyed)
    commands.look_at(surveyed.act("admin"), sample_id, 1, {"exists": True, "state": False}, note="=已破损")
    answer = surveyed.client("boss").get(f"/api/part-samples/{sample_id}/sheet?format={form}")
    assert answer.status_code == 200
    rows = [row.values for row in read_table(answer.content, required=("序号", "标识码"))]
    assert len(rows) == 10
    assert (rows[0]["在不在"], rows[0]["状态对不对"], rows[0]["位置对不对"]) == ("√", "×", "")
    assert rows[0]["精度"] == "A（±0.5 米）"
    assert surveyed.client("boss").get(f"/api/part-samples/{sample_id}/sheet?format=doc").json()["code"] == "part.unknown_format"


def test_pages_of_the_sheet_cost_the_same(surveyed: Centre) -> None:
    actor, costs = surveyed.act("boss"), []
    for size in (3, 20):
        sample_id = drawn(surveyed, size, area="990101")
        queries.sample_detail(actor, sample_id)
        with CaptureQueriesContext(connection) as caught:
            first = queries.sample_detail(actor, sample_id, limit=2)
        costs.append(len(caught))
        assert [row.place for row in first.rows] == [1, 2]
        assert first.next == 2
    assert costs[0] == costs[1] <= 4

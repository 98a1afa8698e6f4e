"""Parts entered, put right, moved, retired: what is kept, what is refused, what is told (CAT-02, CAT-03, CAT-05, GRD-12)."""

from datetime import date

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.kernel.errors import ErrorCode, KernelError
from jingwei.kernel.ids import new_id
from jingwei.registry import commands, queries
from jingwei.registry.commands import Where
from jingwei.registry.errors import PartError
from jingwei.registry.models import Part, PartNumber
from jingwei.registry.queries import PartFilter
from tests.cases.conftest import AT_SEA, Centre, expect_refusal
from tests.registry.conftest import DRAIN, GIVEN, IN_FIRST, IN_SECOND, MANHOLE, NEXT_DOOR, OLD, TREE, add, part, verbs

pytestmark = pytest.mark.django_db


def test_a_part_gets_grid_county_number_and_name(centre: Centre) -> None:
    found = part(add(centre))
    assert (found.number, found.name, found.county, found.state) == ("99010101001000001", "供水井盖", "990101", "intact")
    assert found.area_now_id == found.area_then_id == centre.areas["990101001001001"]
    assert (found.owner_code, found.owner_name, found.owner.name) == ("HW", "环卫所", "环卫所")
    assert (found.surveyed_on, found.changed_on, found.accuracy) == (date(2026, 7, 1), None, "A")
    assert verbs(f"part:{found.id}") == ["part.added"]


def test_numbers_go_on_and_pass_over_those_given_by_hand(centre: Centre) -> None:
    add(centre)
    add(centre, number="99010101001000002")
    add(centre, number="99010101001000005")
    assert [part(add(centre)).number[-6:] for _ in range(3)] == ["000003", "000004", "000006"]
    assert part(add(centre, class_code=DRAIN)).number == "99010101004000001"


def test_the_scheme_of_2013_gives_sixteen_digits(both: Centre) -> None:
    """Standards §3.2."""
    found = part(add(both, class_code=f"{OLD}/component/0101"))
    assert found.number == "9901010101000001"


@pytest.mark.parametrize(("number", "reason"), [
    ("99010201001000001", PartError.OTHER_COUNTY), ("99010101004000001", PartError.OTHER_CLASS), ("9901010101000001", PartError.BAD_NUMBER),
    ("99010101001000000", PartError.BAD_NUMBER), ("9901010100100000１", PartError.BAD_NUMBER), ("abc", PartError.BAD_NUMBER),
    ("99010101001\x00000001", PartError.BAD_NUMBER), ("9" * 3000, PartError.BAD_NUMBER)])
def test_a_number_that_will_not_do_is_refused(centre: Centre, number: str, reason: ErrorCode) -> None:
    with expect_refusal(reason):
        add(centre, number=number)


def test_no_number_is_given_twice(centre: Centre) -> None:
    first = add(centre, number="99010101001000007")
    with expect_refusal(PartError.NUMBER_TAKEN):
        add(centre, number="99010101001000007")
    commands.retire(centre.act("admin"), first, reason="道路改造时拆除")
    with expect_refusal(PartError.NUMBER_TAKEN):
        add(centre, number="99010101001000007")
    commands.correct(centre.act("admin"), second := add(centre), {}, class_code=DRAIN)
    assert part(second).number == "99010101004000001"
    with expect_refusal(PartError.NUMBER_TAKEN):
        add(centre, number="99010101001000001")
    assert queries.id_of_number("99010101001000001") == second, "the number it once bore still finds it"


def test_numbers_run_out_in_words(centre: Centre) -> None:
    add(centre, number="99010101001999999")
    from jingwei.registry.models import PartSequence

    PartSequence.objects.create(prefix="99010101001", next=999_999)
    with expect_refusal(PartError.NUMBERS_EXHAUSTED):
        add(centre)


def test_the_same_part_sent_again_is_refused_as_there(centre: Centre) -> None:
    same = new_id()
    commands.add(centre.act("admin"), same, MANHOLE, Where(*IN_FIRST), GIVEN)
    with expect_refusal(PartError.EXISTS):
        commands.add(centre.act("admin"), same, MANHOLE, Where(*IN_FIRST), GIVEN)


@pytest.mark.parametrize(("class_code", "reason"), [
    ("gbt47678.5-2026/component/0101", PartError.CLASS_DIGITS), ("gbt47678.5-2026/matter/06010", PartError.UNKNOWN_CLASS),
    ("gbt47678.5-2026/component/01", PartError.CLASS_DIGITS), ("nothing/component/01001", PartError.UNKNOWN_CLASS), ("", PartError.UNKNOWN_CLASS),
    ("gbt47678.5-2026/component/01999", PartError.UNKNOWN_CLASS), ("\x00/\x00/\x00", PartError.UNKNOWN_CLASS), ("a/" * 5000, PartError.UNKNOWN_CLASS)])
def test_only_minor_classes_of_components_in_use(centre: Centre, class_code: str, reason: ErrorCode) -> None:
    with expect_refusal(reason):
        add(centre, class_code=class_code)


@pytest.mark.parametrize(("given", "reason"), [
    ({"name": "井" * 31}, PartError.BAD_TEXT), ({"name": "  "}, PartError.NO_NAME), ({"name": "井\x00盖"}, PartError.BAD_TEXT),
    ({"name": "井\u202e盖"}, PartError.BAD_TEXT), ({"note": "联系 13800138000"}, PartError.PERSONAL_NUMBER),
    ({"owner_name": "张某 13800138000"}, PartError.PERSONAL_NUMBER), ({"note": "长" * 1001}, PartError.BAD_TEXT),
    ({"owner_code": "没有这个", "owner_name": ""}, PartError.UNKNOWN_UNIT), ({"owner_code": "a\x00b"}, PartError.BAD_TEXT),
    ({"owner_code": "长" * 99, "owner_name": "某"}, PartError.BAD_TEXT), ({"state": "坏"}, PartError.BAD_STATE),
    ({"accuracy": "D"}, PartError.BAD_ACCURACY), ({"surveyed_on": "2026-13-01"}, PartError.BAD_DAYS), ({"surveyed_on": "2999-01-01"}, PartError.BAD_DAYS),
    ({"surveyed_on": "2026-07-02", "changed_on": "2026-07-01"}, PartError.BAD_DAYS)])
def test_what_will_not_do_is_refused_by_name(centre: Centre, given: dict[str, str], reason: ErrorCode) -> None:
    with expect_refusal(reason):
        add(centre, **given)


def test_a_body_that_is_none_of_ours_is_kept_as_given(centre: Centre) -> None:
    saved = commands.add(centre.act("admin"), new_id(), MANHOLE, Where(*IN_FIRST),
                         {"owner_code": "12990101MB1X000010", "owner_name": "某供水公司"})
    found = part(saved.id)
    assert (found.owner_id, found.owner_code, found.owner_name) == (None, "12990101MB1X000010", "某供水公司")
    assert len(saved.remarks) == 1, "a credit code with a wrong check sign is doubted, not refused"
    assert "校验码" in saved.remarks[0]


@pytest.mark.parametrize(("where", "reason"), [
    (Where(*AT_SEA), PartError.NO_AREA), (Where(), PartError.BAD_SHAPE), (Where(102.0, None), PartError.BAD_SHAPE), (Where(999.0, 4.0), PartError.BAD_SHAPE),
    (Where(float("nan"), 4.0), PartError.BAD_SHAPE), (Where(wkb=b"nothing"), PartError.BAD_SHAPE), (Where(*NEXT_DOOR), PartError.OUTSIDE),
    (Where(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}), PartError.BAD_SHAPE)])
def test_a_place_that_will_not_do_is_refused(centre: Centre, where: Where, reason: ErrorCode) -> None:
    with expect_refusal(reason):
        commands.add(centre.act("admin"), new_id(), MANHOLE, where, GIVEN)


def test_lines_and_surfaces_lie_in_the_grid_of_their_middle(centre: Centre) -> None:
    line = shapely.to_wkb(shapely.LineString([(102.0005, 40.0005), (102.0009, 40.0005), (102.0019, 40.0005)]))
    found = part(commands.add(centre.act("admin"), new_id(), TREE, Where(wkb=line), GIVEN).id)
    assert (found.shape, found.area_now_id) == ("line", centre.areas["990101001001002"])
    green = {"type": "Polygon", "coordinates": [[[102.0002, 40.0002], [102.0004, 40.0002], [102.0004, 40.0004], [102.0002, 40.0002]]]}
    found = part(commands.add(centre.act("admin"), new_id(), TREE, Where(geometry=green), GIVEN).id)
    assert (found.shape, found.area_now_id) == ("polygon", centre.areas["990101001001001"])


def test_who_may_not_manage_parts_hears_why(centre: Centre) -> None:
    from jingwei.accounts.errors import AccountError

    for login in ("supervisor", "acceptor", "boss", "sysadmin"):
        with expect_refusal(AccountError.NO_RIGHT):
            add(centre, by=login)
    held = add(centre)
    with expect_refusal(AccountError.NO_RIGHT):
        commands.change_state(centre.act("supervisor"), held, "damaged")
    for login in ("neighbour", "sysadmin"):
        with expect_refusal(KernelError.NOT_FOUND):
            commands.change_state(centre.act(login), held, "damaged")


def test_a_correction_says_what_it_changed_and_nothing_else(centre: Centre) -> None:
    held = add(centre)
    actor = centre.act("admin")
    commands.correct(actor, held, {"owner_code": "YL", "note": "一号井"}, reason="核查时发现")
    commands.correct(actor, held, {"note": "一号井"})
    found = part(held)
    assert (found.owner_code, found.owner_name, found.note, found.name) == ("YL", "园林所", "一号井", "供水井盖")
    detail = queries.part_detail(actor, held)
    assert [change.said for change in detail.history] == ["登记部件", "更正部件信息"]
    last = detail.history[-1]
    assert (last.by, last.reason) == ("admin示例", "核查时发现")
    assert {each["name"]: (each["before"], each["after"]) for each in last.what} == {
        "权属单位代码": ("HW", "YL"), "权属单位名称": ("环卫所", "园林所"), "备注": ("", "一号井")}


def test_state_changes_are_dated_and_the_grave_ones_need_a_reason(centre: Centre) -> None:
    held, actor = add(centre), centre.act("admin")
    commands.change_state(actor, held, "破损", on="2026-08-01")
    assert (part(held).state, part(held).changed_on) == ("damaged", date(2026, 8, 1))
    with expect_refusal(PartError.SAME_STATE):
        commands.change_state(actor, held, "damaged")
    with expect_refusal(PartError.NEEDS_REASON):
        commands.change_state(actor, held, "lost", reason=" ")
    with expect_refusal(PartError.BAD_DAYS):
        commands.change_state(actor, held, "intact", on="2026-06-30")
    commands.retire(actor, held, reason="道路改造")
    for change in (lambda: commands.correct(actor, held, {"note": "x"}), lambda: commands.move(actor, held, Where(*IN_SECOND))):
        with expect_refusal(PartError.RETIRED):
            change()
    commands.change_state(actor, held, "intact")
    assert verbs(f"part:{held}") == ["part.added", "part.state_changed", "part.retired", "part.state_changed"]


def test_a_move_keeps_the_grid_of_the_survey_and_the_county(centre: Centre, operator: object) -> None:
    held, actor = add(centre), centre.act("admin")
    commands.move(actor, held, Where(*IN_SECOND), reason="重新测量")
    found = part(held)
    assert (found.area_now_id, found.area_then_id) == (centre.areas["990101001001002"], centre.areas["990101001001001"])
    commands.move(actor, held, Where(*IN_SECOND))
    assert verbs(f"part:{held}") == ["part.added", "part.moved"], "the same place again changes nothing"
    with expect_refusal(PartError.LEAVES_COUNTY):
        commands.move(operator, held, Where(*NEXT_DOOR))  # type: ignore[arg-type]
    with expect_refusal(PartError.OUTSIDE):
        commands.move(actor, held, Where(*NEXT_DOOR))


def test_a_list_is_filtered_by_what_is_known(centre: Centre) -> None:
    actor = centre.act("admin")
    first, second = add(centre), add(centre, IN_SECOND, DRAIN, owner_code="HW-1", accuracy="B", note="靠近学校")
    third = add(centre, IN_SECOND, TREE, owner_code="", owner_name="绿色公司")
    commands.change_state(actor, first, "damaged")

    def ids(**wanted: object) -> set[object]:
        return {line.id for line in queries.list_parts(actor, PartFilter(**wanted)).rows}  # type: ignore[arg-type]

    assert ids() == {first, second, third}
    assert ids(classes=[MANHOLE]) == {first}
    assert ids(classes=["gbt47678.5-2026/component/01"]) == {first, second}, "a whole major class"
    assert ids(states=["damaged"]) == {first}
    assert ids(area="990101001001002") == {second, third}
    assert ids(area="990101001") == {first, second, third}
    assert ids(owner="HW") == {first, second}, "a unit with all below it"
    assert ids(words="学校") == {second}
    assert ids(words="绿色") == {third}
    assert ids(number="99010104002") == {third}
    assert ids(accuracy="B") == {second}
    commands.retire(actor, third, reason="移植", removed=True)
    assert ids() == {first, second}
    assert ids(gone=True) == {first, second, third}
    assert ids(states=["removed"]) == {third}
    assert ids(words="a\x00") == set()


@pytest.mark.parametrize("wanted", [
    {"classes": ["x"]}, {"classes": ["gbt47678.5-2026/matter/06010"]}, {"states": ["坏"]}, {"area": "999999"}, {"area": "990102000000"},
    {"area": "\x00"}, {"owner": "没有"}, {"accuracy": "D"}])
def test_a_filter_that_is_not_known_is_refused(centre: Centre, wanted: dict[str, object]) -> None:
    with expect_refusal(PartError.UNKNOWN_FILTER):
        queries.list_parts(centre.act("admin"), PartFilter(**wanted))  # type: ignore[arg-type]


def test_a_page_costs_the_same_few_statements_at_any_size(centre: Centre) -> None:
    client = centre.client("supervisor")
    costs = []
    for many in (2, 50):
        for _ in range(many - Part.objects.count()):
            add(centre)
        client.get("/api/parts")
        with CaptureQueriesContext(connection) as caught:
            assert len(client.get("/api/parts?limit=50").json()["rows"]) == many
        costs.append(len(caught))
    assert costs[0] == costs[1] <= 4, costs


def test_pages_follow_each_other_without_hole_or_repeat(centre: Centre) -> None:
    ids = {add(centre) for _ in range(7)}
    actor, seen, after = centre.act("supervisor"), [], ""
    while True:
        page = queries.list_parts(actor, PartFilter(), after=after, limit=3)
        seen += [line.id for line in page.rows]
        if page.next is None:
            break
        after = page.next
    assert len(seen) == 7
    assert set(seen) == ids
    with expect_refusal(PartError.UNKNOWN_PAGE):
        queries.list_parts(actor, PartFilter(), after="x'")


def test_nobody_sees_parts_outside_the_scope(centre: Centre) -> None:
    held = add(centre)
    assert queries.list_parts(centre.act("neighbour"), PartFilter()).rows == []
    with expect_refusal(KernelError.NOT_FOUND):
        queries.part_detail(centre.act("neighbour"), held)
    assert queries.near(centre.act("neighbour"), *IN_FIRST) == []


def test_counts_by_class_and_state(centre: Centre) -> None:
    actor = centre.act("boss")
    first = add(centre)
    add(centre)
    add(centre, class_code=TREE)
    commands.change_state(centre.act("admin"), first, "damaged")
    found = queries.counts(actor, PartFilter())
    assert [(line.class_name, line.states, line.count) for line in found.classes] == [
        ("供水井盖", {"damaged": 1, "intact": 1}, 2), ("行道树", {"intact": 1}, 1)]
    assert (found.count, found.states["damaged"], found.states["removed"]) == (3, 1, 0)


def test_parts_near_a_point_come_nearest_first(centre: Centre) -> None:
    far, close = add(centre, (102.0009, 40.0005)), add(centre, (102.00051, 40.0005))
    gone = add(centre, IN_FIRST)
    commands.retire(centre.act("admin"), gone, reason="拆除")
    found = queries.near(centre.act("supervisor"), *IN_FIRST, 50)
    assert [line.id for line in found] == [close, far]
    assert found[0].metres == pytest.approx(0.9, abs=0.1)
    assert queries.near(centre.act("supervisor"), *IN_FIRST, 5, limit=1)[0].id == close
    assert queries.near(centre.act("supervisor"), 10.0, 89.9999, 500) == []


def test_the_chain_and_numbers_of_a_part(centre: Centre) -> None:
    held = add(centre)
    detail = queries.part_detail(centre.act("supervisor"), held)
    assert [place["name"] for place in detail.chain][-2:] == ["柳溪社区", "柳溪一号单元"]
    assert detail.geometry == {"type": "Point", "coordinates": [102.0005, 40.0005]}
    assert (detail.may_manage, detail.part["owner_ours"], detail.part["class_name"]) == (False, True, "供水井盖")
    assert [each["number"] for each in detail.numbers] == ["99010101001000001"]
    assert PartNumber.objects.count() == 1

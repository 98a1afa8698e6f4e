"""Cases from another system's table: what the mapping may say, what a row may say, what becomes of its times."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import case_table, commands
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, NumberBlock, Step
from jingwei.formats.errors import FormatError
from jingwei.journal import queries as journaled
from jingwei.journal.models import Entry, SubjectKey
from jingwei.kernel.errors import ErrorCode, Refusal
from jingwei.worklist.models import Item
from tests.cases.conftest import AT_SEA, GARBAGE, IN_FIRST, NEXT_DOOR, SCHEME, Row, expect_refusal

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
COLUMNS = {"id": "编号", "text": "情况", "lon": "经度", "lat": "纬度", "place": "位置", "class": "类别", "state": "状态",
           "unit": "单位", "reported_at": "上报", "filed_at": "立案", "due_at": "截止", "handled_at": "处置", "closed_at": "结案"}
SAID: dict[str, Any] = {
    "source": "old", "zone": "Asia/Shanghai", "time_formats": ["%Y-%m-%d %H:%M", "%Y/%m/%d"], "columns": COLUMNS,
    "classes": {"暴露垃圾": GARBAGE}, "states": {"办结": "closed", "处理中": "handling"}, "units": {"环卫": "HW"}}
SOUND = {"编号": "A1", "情况": "垃圾堆放", "经度": str(IN_FIRST[0]), "纬度": str(IN_FIRST[1]), "类别": "暴露垃圾",
         "上报": "2026-03-02 09:00"}


def row(number: int = 2, **cells: str) -> Row:
    return Row(number, {**dict.fromkeys(COLUMNS.values(), ""), **SOUND, **cells})


def taken(*rows: Row, actor: Any = None, dry_run: bool = False, **said: Any) -> tuple[Any, dict[int, ErrorCode]]:
    """The outcome, and the refusals by row number."""
    refused: dict[int, ErrorCode] = {}

    def reject(one: Row, refusal: Refusal) -> None:
        refused[one.number] = refusal.reason

    outcome = commands.import_cases(actor or accounts.operator(), rows, case_table.Mapping.parse(SAID | said),
                                    reject=reject, dry_run=dry_run)
    assert outcome.rejected == len(refused)
    return outcome, refused


def without(*names: str) -> dict[str, str]:
    return {name: column for name, column in COLUMNS.items() if name not in names}


@pytest.mark.parametrize(("said", "named"), [
    ({"colums": {}}, "colums"),
    ({"columns": COLUMNS | {"phone": "电话"}}, "columns.phone"),
    ({"columns": without("lon", "reported_at")}, "lon、reported_at"),
    ({"columns": COLUMNS | {"text": ""}}, "text"),
    ({"columns": ["编号"]}, "columns"),
    ({"columns": COLUMNS | {"id": 5}}, "columns"),
    ({"source": ""}, "source"),
    ({"source": 7}, "source"),
    ({"source": "二十个字以上的来源名称放不进案件编号里去的"}, "source"),
    ({"channel": "pigeon"}, "channel"),
    ({"zone": None}, "zone"),
    ({"time_formats": []}, "time_formats"),
    ({"time_formats": "%Y-%m-%d"}, "time_formats"),
    ({"classes": ["a"]}, "classes"),
    ({"states": {"办结": "ended"}}, "states: ended"),
    ({"defaults": {"state": "open"}}, "states: open"),
    ({"defaults": {"place": "x"}}, "defaults.place"),
])
def test_a_mapping_is_refused_by_the_name_of_what_is_wrong(said, named):
    with pytest.raises(Refusal) as caught:
        case_table.Mapping.parse(SAID | said)
    assert caught.value.reason is CaseError.BAD_MAPPING
    assert caught.value.details == {"what": named}


def test_a_mapping_with_an_unknown_zone_or_area_is_refused_before_any_row(centre):
    with pytest.raises(Refusal) as caught:
        case_table.Mapping.parse(SAID | {"zone": "Asia/Nowhere"})
    assert caught.value.reason is FormatError.TIME_ZONE
    with expect_refusal(CaseError.BAD_MAPPING):
        taken(row(), defaults={"area": "999999"})
    assert Case.objects.count() == 0


@pytest.mark.parametrize(("cells", "why"), [
    ({"编号": ""}, CaseError.BAD_SOURCE_ID),
    ({"编号": "x" * 61}, CaseError.BAD_SOURCE_ID),
    ({"编号": "A\u200b1"}, CaseError.BAD_SOURCE_ID),
    ({"编号": "A\x001"}, CaseError.BAD_SOURCE_ID),
    ({"情况": ""}, CaseError.MISSING),
    ({"情况": "　"}, CaseError.MISSING),
    ({"情况": "字" * 4001}, CaseError.TOO_LONG),
    ({"情况": "a\x00b"}, CaseError.BAD_TEXT),
    ({"位置": "a\x07b"}, CaseError.BAD_TEXT),
    ({"上报": ""}, CaseError.MISSING),
    ({"上报": "1970-01-01 00:00"}, FormatError.TIME_YEAR),
    ({"上报": "9999-12-31 00:00"}, FormatError.TIME_YEAR),
    ({"上报": "2026-02-30 09:00"}, FormatError.TIME_NOT_UNDERSTOOD),
    ({"上报": "２０２６-03-02 09:00"}, FormatError.TIME_DIGITS),
    ({"上报": "yesterday"}, FormatError.TIME_NOT_UNDERSTOOD),
    ({"上报": "2027-01-01 00:00"}, CaseError.BAD_TIME),
    ({"截止": "9999-12-31 00:00"}, FormatError.TIME_YEAR),
    ({"立案": "2026-03-01 09:00"}, CaseError.TIMES_CROSSED),
    ({"立案": "2026-03-04 09:00", "处置": "2026-03-03 09:00"}, CaseError.TIMES_CROSSED),
    ({"处置": "2026-03-04 09:00", "结案": "2026-03-03 09:00"}, CaseError.TIMES_CROSSED),
    ({"类别": "无此类"}, CaseError.UNKNOWN_CLASS),
    ({"类别": f"{SCHEME}/matter/99999"}, CaseError.UNKNOWN_CLASS),
    ({"状态": "飞走了"}, CaseError.BAD_STATE),
    ({"状态": "处理中", "单位": ""}, CaseError.MISSING),
    ({"单位": "无此单位"}, CaseError.UNKNOWN_UNIT),
    ({"经度": ""}, CaseError.BAD_PLACE),
    ({"经度": "nan"}, CaseError.BAD_PLACE),
    ({"纬度": "inf"}, CaseError.BAD_PLACE),
    ({"经度": "１０２.0005"}, CaseError.BAD_PLACE),
    ({"经度": "181"}, CaseError.BAD_PLACE),
    ({"纬度": "-90.001"}, CaseError.BAD_PLACE),
    ({"经度": "东经102"}, CaseError.BAD_PLACE),
    ({"经度": str(AT_SEA[0]), "纬度": str(AT_SEA[1])}, CaseError.NO_AREA),
])
def test_a_row_that_cannot_be_true_is_turned_down_by_number_and_the_others_are_taken(centre, cells, why):
    """Issue, bad input: each row has its number and its reason; nothing of it is written."""
    outcome, refused = taken(row(2, 编号="A0"), row(3, **cells), row(4, 编号="A9"))
    assert refused == {3: why}
    assert outcome.taken == 2
    assert set(Case.objects.values_list("source_id", flat=True)) == {"old:A0", "old:A9"}
    assert Entry.objects.filter(verb="case.imported").count() == 2


def test_an_id_that_stands_twice_in_the_file_is_taken_once(centre):
    outcome, refused = taken(row(2), row(3, 情况="另一件"), row(4, 编号="A2"))
    assert (outcome.taken, refused) == (2, {3: CaseError.TWICE_IN_FILE})
    assert Case.objects.get(source_id="old:A1").text == "垃圾堆放"


def at(text: str) -> datetime:
    return datetime.strptime(text, "%m-%d %H:%M").replace(year=2026, tzinfo=ZONE)


@pytest.mark.parametrize(("cells", "state", "stays", "since"), [
    ({}, "reported", [], "03-02 09:00"),
    ({"立案": "2026-03-02 10:00", "状态": "filed"}, "filed", [("reported", "03-02 09:00", "03-02 10:00")], "03-02 10:00"),
    ({"立案": "2026-03-02 10:00", "状态": "处理中", "单位": "环卫"}, "handling",
     [("reported", "03-02 09:00", "03-02 10:00")], "03-02 10:00"),
    ({"立案": "2026-03-02 10:00", "处置": "2026-03-03 11:00", "状态": "checked", "单位": "HW"}, "checked",
     [("reported", "03-02 09:00", "03-02 10:00"), ("handling", "03-02 10:00", "03-03 11:00")], "03-03 11:00"),
    ({"立案": "2026-03-02 10:00", "处置": "2026-03-03 11:00", "结案": "2026-03-04 12:00"}, "closed",
     [("reported", "03-02 09:00", "03-02 10:00"), ("handling", "03-02 10:00", "03-03 11:00"),
      ("checked", "03-03 11:00", "03-04 12:00")], "03-04 12:00"),
    ({"结案": "2026-03-04 12:00", "状态": "办结"}, "closed", [("reported", "03-02 09:00", "03-04 12:00")], "03-04 12:00"),
    ({"上报": "2026/03/02", "结案": "2026/03/04"}, "closed", [("reported", "03-02 00:00", "03-04 00:00")], "03-04 00:00"),
])
def test_the_times_that_a_source_tells_become_stays(centre, cells, state, stays, since):
    """Times of filing, limit, handling and closing are kept where the source has them."""
    assert taken(row(**cells))[1] == {}
    case = Case.objects.get()
    assert (case.state, case.step, case.state_at) == (state, len(stays) + 1, at(since))
    kept = list(Step.objects.order_by("number").values_list("state", "began_at", "ended_at"))
    assert kept == [(name, at(began), at(ended)) for name, began, ended in stays]
    assert case.ended_at == (at(since) if state == "closed" else None)
    assert Item.objects.count() == (state != "closed")


def test_the_sources_deadline_is_that_of_the_open_case_and_of_its_handling(centre):
    due = "2026-03-05 18:00"
    taken(row(2, 立案="2026-03-02 10:00", 截止=due, 状态="处理中", 单位="HW"),
          row(3, 编号="A2", 立案="2026-03-02 10:00", 截止=due, 处置="2026-03-06 10:00", 结案="2026-03-06 11:00"))
    still = Case.objects.get(source_id="old:A1")
    over = Case.objects.get(source_id="old:A2")
    assert still.due_at == Item.objects.get().due_at == at("03-05 18:00")
    assert over.due_at is None
    assert list(over.steps.filter(state="handling").values_list("due_at", flat=True)) == [at("03-05 18:00")]


def test_words_are_translated_and_all_others_may_be_one_class(centre):
    taken(row(2), row(3, 编号="A2", 类别="从未见过"), row(4, 编号="A3", 类别=""),
          classes={"暴露垃圾": GARBAGE, "*": f"{SCHEME}/matter/09001"}, defaults={"class": f"{SCHEME}/matter/10001"})
    found = dict(Case.objects.values_list("source_id", "class_entry__code"))
    assert found == {"old:A1": "06010", "old:A2": "09001", "old:A3": "10001"}


def test_points_in_no_area_go_where_the_mapping_says(centre):
    _, refused = taken(row(2), row(3, 编号="A2", 经度=str(AT_SEA[0]), 纬度=str(AT_SEA[1])), defaults={"area": "990101001000"})
    assert refused == {}
    assert dict(Case.objects.values_list("source_id", "area_then__code")) == {
        "old:A1": "990101001001001", "old:A2": "990101001000"}


def footprint() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, Step, Entry, Item, NumberBlock, SubjectKey))


def test_a_dry_run_says_the_same_and_writes_nothing(centre):
    rows = [row(2, 情况="电话 13800138000"), row(3, 编号=""), row(4, 编号="A3", 结案="2026-03-04 12:00")]
    before = footprint()
    tried, refused = taken(*rows, dry_run=True)
    assert footprint() == before
    done, same = taken(*rows)
    assert (tried.taken, tried.rejected, refused) == (done.taken, done.rejected, same) == (2, 1, {3: CaseError.BAD_SOURCE_ID})


def test_the_same_file_again_is_all_there_already_and_what_went_on_meanwhile_stays(centre):
    taken(row(2), row(3, 编号="A2"))
    case = Case.objects.get(source_id="old:A1")
    commands.refuse(centre.act("acceptor"), case.id, reason="不属受理范围")
    before = footprint()
    again, refused = taken(row(2, 情况="改过的说明"), row(3, 编号="A2"), row(4, 编号=""))
    assert (again.taken, again.there_already, again.rejected) == (0, 2, 1)
    assert refused == {4: CaseError.BAD_SOURCE_ID}
    assert footprint() == before
    assert Case.objects.get(id=case.id).state == "refused"


def test_the_same_id_of_another_source_or_channel_is_another_case(centre):
    taken(row())
    assert taken(row(), source="other")[0].taken == 1
    assert taken(row(), channel="hotline")[0].taken == 1
    assert Case.objects.count() == 3


def test_who_may_not_import_is_refused_and_an_area_admin_imports_within_reach(centre):
    with expect_refusal(AccountError.NO_RIGHT):
        taken(row(), actor=centre.act("acceptor"))
    outcome, refused = taken(row(2), row(3, 编号="A2", 经度=str(NEXT_DOOR[0]), 纬度=str(NEXT_DOOR[1])),
                             actor=centre.act("admin"))
    assert (outcome.taken, refused) == (1, {3: CaseError.OUTSIDE})
    entry = Entry.objects.filter(verb="case.imported").get()
    assert entry.actor == centre.ids["admin"]


def test_numbers_that_identify_people_do_not_stay_in_the_words(centre):
    """Product, 'personal data': phone and identity numbers move into sealed columns and stand as tokens."""
    taken(row(情况="请回电 13800138000", 位置="联系 11010519491231002X 家门口"))
    case = Case.objects.get()
    assert "13800138000" not in case.text
    assert "11010519491231002X" not in case.place
    assert all("13800138000" not in entry.data and "1949" not in entry.data
               for entry in journaled.history(f"case:{case.id}"))
    shown = commands.reveal(centre.act("acceptor"), case.id, reason="回访")
    assert set(shown["numbers"].values()) == {"13800138000", "11010519491231002X"}


def test_a_point_that_comes_very_often_is_named_as_a_likely_default(centre):
    """The source's fallback point is told, not believed."""
    often = [row(number, 编号=f"B{number}") for number in range(2, 203)]
    outcome, _ = taken(*often, row(300, 编号="C", 经度="102.0006"), dry_run=True)
    assert outcome.repeated_points == [(*IN_FIRST, 201)]


def test_numbers_of_cases_are_those_of_the_year_in_which_they_were_reported(centre):
    taken(row(2, 上报="2025-12-31 23:59"), row(3, 编号="A2", 上报="2026-01-01 00:01"))
    years = dict(Case.objects.values_list("source_id", "number"))
    assert [years[f"old:{name}"].split("-")[1] for name in ("A1", "A2")] == ["2025", "2026"]


def test_every_button_works_on_an_imported_case(centre):
    """A case of a public channel is verified first, then goes the whole way."""
    taken(row(), channel="hotline")
    case_id = Case.objects.get().id
    with expect_refusal(CaseError.NOT_VERIFIED):
        commands.file(centre.act("acceptor"), case_id)
    commands.ask_verify(centre.act("acceptor"), case_id)
    commands.verify(centre.act("supervisor"), case_id, found=True)
    commands.file(centre.act("acceptor"), case_id)
    taken_by = commands.dispatch(centre.act("dispatcher"), case_id)
    assert taken_by.due_at is not None
    assert taken_by.due_at - Case.objects.get().dispatched_at >= timedelta(hours=4)

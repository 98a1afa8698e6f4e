"""Kinds of photo asked for by class; place and time of evidence weighed in words, never a refusal, no position kept."""

import csv
from datetime import timedelta
from importlib.resources import files
from uuid import UUID

import orjson
import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands, photo_asks, queries
from jingwei.cases.commands import Proof
from jingwei.cases.errors import CaseError
from jingwei.cases.evidence import Point, fits, lines, place_said, told, weigh
from jingwei.cases.models import Case, CaseFile
from jingwei.cases.photo_asks import Asked, asked, lacking
from jingwei.cases.task_errors import TaskError
from jingwei.catalogue import shipped
from jingwei.catalogue.commands import set_setting
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.formats.coordinates import wgs84_to_gcj02
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from tests.cases.conftest import GARBAGE, IN_FIRST, MONDAY_NINE, VENDOR, Centre, expect_refusal
from tests.cases.test_interface import at_most, post
from tests.files.pictures import PLACE, photo

WELL = "gbt47678.5-2026/matter/01002"
HERE = Point(*IN_FIRST)
METRE = 1 / 111_195  # of a degree of latitude


def north(metres: float, within: float | None = None) -> Point:
    return Point(HERE.lon, HERE.lat + metres * METRE, within)


# --- which photos are asked for ------------------------------------------------------------------------------------

@pytest.mark.parametrize(("code", "action", "mode", "found"), [
    (GARBAGE, "check_pass", "may", (("after",), False)),          # by the major class
    (GARBAGE, "verify_true", "may", None),                        # its row names other deeds
    (GARBAGE, "close", "may", None),
    (WELL, "feed_back", "may", (("before", "after"), False)),     # nothing is required as long as nobody decides so
    (WELL, "feed_back", "by_class", (("before", "after"), True)),
    (WELL, "feed_back", "none", None),
    (VENDOR, "check_pass", "by_class", None),                     # people in the picture
    ("gbt47678.5-2026/matter/06028", "check_pass", "by_class", None),   # the longest prefix counts
    ("gbt47678.5-2026/matter/04001", "verify_true", "by_class", (("near", "far"), False)),
    ("elsewhere-1/matter/99", "check_pass", "by_class", None), ("", "check_pass", "by_class", None),
])
def test_what_is_asked_hangs_on_class_deed_and_place(code, action, mode, found):
    answer = asked(code, action, mode)
    assert (answer and (answer.shots, answer.must)) == found


def test_the_table_says_of_every_row_why_and_whence_and_asks_nothing_unknown():
    rows = list(csv.DictReader(files("jingwei.cases").joinpath("data/photo_asks.csv").read_text("utf-8").splitlines()))
    assert len(photo_asks.table()) == sum(len(row["actions"].split()) for row in rows)
    for row in rows:
        assert all(row[name] for name in ("why", "source", "confidence")), row
        assert set(row["shots"].split()) <= set(photo_asks.SHOTS), row
        assert set(row["actions"].split()) <= photo_asks.ON_THE_SPOT, row
        assert row["must"] == "0" or "安全" in row["why"] + row["source"], "only for safety"
        assert not {row["must"], row["place"]} - {"0", "1"}, row
    known = {f"{one.kind}/{one.code}" for one in shipped.classes("gbt47678.5-2026")}
    assert [row["class"] for row in rows if not any(code.startswith(row["class"]) for code in known)] == []


def test_photos_lack_only_where_they_must_be_there():
    must = Asked(("near", "far"), True, False, "")
    assert lacking(must, {"near"}) == ("far",)
    assert lacking(must, {"far", "near", "after"}) == lacking(must._replace(must=False), ()) == lacking(None, ()) == ()


# --- place and time, weighed -----------------------------------------------------------------------------------------

@pytest.mark.parametrize(("seen", "words", "fit"), [
    (None, "没有位置", None),
    (north(0), "位置相符", True), (north(79), "位置相符", True),          # a phone that says nothing errs as phones do
    (north(85), "相差 80 米", False),
    (north(120, 20), "相差 120 米（误差约 20 米）", False), (north(69, 20), "位置相符", True),
    (north(400, 380), "位置相符", True),                                  # within its own doubt
    (north(1500, 10), "相差 1.5 公里（误差约 10 米）", False),
    (north(30, 900), "定位误差约 900 米，不作比较", None),                # blind
])
def test_the_place_is_said_with_its_doubt(seen, words, fit):
    found = weigh(HERE, seen, now=MONDAY_NINE)
    assert (place_said(found), fits(found)) == (words, fit)


def test_a_photo_that_writes_the_shifted_degrees_of_its_country_is_not_held_against_anybody():
    shifted = Point(*wgs84_to_gcj02(*IN_FIRST))
    found = weigh(HERE, shifted, file="f", now=MONDAY_NINE)
    assert place_said(found) == "位置相符（按火星坐标换算）"
    assert place_said(weigh(HERE, shifted, now=MONDAY_NINE)).startswith("相差"), "the browser tells WGS-84"


@pytest.mark.parametrize(("before", "words"), [
    (None, "没有拍摄时间"), (timedelta(seconds=50), "送出时刚拍"), (timedelta(minutes=3), "送出前 3 分钟拍"), (timedelta(hours=5), "送出前 5 小时拍"),
    (timedelta(hours=47), "送出前 47 小时拍"), (timedelta(days=2), "送出前 2 天拍"), (-timedelta(minutes=4), "送出时刚拍"), (-timedelta(hours=1), "相机时间不准"),
])
def test_the_age_of_a_photo_is_said(before, words):
    found = weigh(HERE, None, file="f", taken=before if before is None else MONDAY_NINE - before, now=MONDAY_NINE)
    assert lines([told(found)])[0]["said"] == f"没有位置，{words}"


def test_no_position_is_in_what_is_kept():
    kept = told(weigh(HERE, north(120, 20), now=MONDAY_NINE))
    assert kept == {"away": 120, "within": 20}
    assert lines([kept]) == [{"what": "手机定位", "file": "", "fits": False, "said": "相差 120 米（误差约 20 米）"}]


# --- through a case --------------------------------------------------------------------------------------------------

def picture(centre: Centre, login: str, placed: bool = False, shade: int = 90) -> UUID:
    ensure_key()
    return add(centre.act(login), photo(placed=placed, shade=shade), "p.jpg").id


def to_check(centre: Centre, **more: object) -> UUID:
    case_id = centre.handled(**more)
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    return case_id


def action(centre: Centre, case_id: UUID, login: str, name: str) -> dict:
    return next(one for one in queries.detail(centre.act(login), case_id).actions if one["action"] == name)


@pytest.mark.django_db
def test_an_action_tells_which_photos_its_class_asks_for(centre: Centre) -> None:
    case_id = to_check(centre)
    assert action(centre, case_id, "supervisor2", "check_pass")["photos"] == {
        "shots": [{"shot": "after", "name": "处置后"}], "must": False, "place": False, "why": "市容类问题凭处置后的样子判断是否整改到位"}
    assert action(centre, case_id, "supervisor2", "check_fail")["photos"] is None
    set_setting(accounts.operator(), "photos_asked", "none")
    assert action(centre, case_id, "supervisor2", "check_pass")["photos"] is None


@pytest.mark.django_db
def test_kinds_of_photo_are_kept_with_the_files_and_taken_back_with_the_step(centre: Centre) -> None:
    case_id = to_check(centre)
    near, plain = picture(centre, "supervisor2", shade=1), picture(centre, "supervisor2", shade=2)
    with expect_refusal(TaskError.UNKNOWN_SHOT):
        commands.check(centre.act("supervisor2"), case_id, passed=True, files=[near], proof=Proof(shots={near: "sideways"}))
    with expect_refusal(CaseError.UNKNOWN_FILE):
        commands.check(centre.act("supervisor2"), case_id, passed=True, files=[near], proof=Proof(shots={plain: "near"}))
    commands.check(centre.act("supervisor2"), case_id, passed=True, files=[near, plain], proof=Proof(shots={near: "after"}))
    found = queries.detail(centre.act("acceptor"), case_id).files
    assert [(one["file_id"], one["shot"]) for one in found] == [(near, "after"), (plain, "")]
    commands.undo(centre.act("supervisor2"), case_id)
    assert not CaseFile.objects.filter(case_id=case_id).exists()


@pytest.mark.django_db
def test_only_where_a_place_decides_so_photos_must_be_there_and_a_reason_does_as_well(centre: Centre) -> None:
    """国办函〔2026〕12号: no forced photos but where safety needs them."""
    case_id = centre.handled()
    Case.objects.filter(id=case_id).update(class_entry_id=_class_id(WELL))
    commands.feed_back(centre.act("handler"), case_id, text="已更换")
    commands.undo(centre.act("handler"), case_id)
    set_setting(accounts.operator(), "photos_asked", "by_class")
    after = picture(centre, "handler")
    with expect_refusal(TaskError.PHOTOS_WANTED) as caught:
        commands.feed_back(centre.act("handler"), case_id, text="已更换", files=[after], proof=Proof(shots={after: "after"}))
    assert "还缺处置前照片（井盖缺损危及行人和车辆" in caught.value.text("zh")
    with expect_refusal(TaskError.PHOTOS_WANTED):
        commands.feed_back(centre.act("handler"), case_id, text="已更换", proof=Proof(no_photo=" \n"))
    commands.feed_back(centre.act("handler"), case_id, text="已更换", proof=Proof(no_photo="到场前已盖好，电话 13800138000"))
    line = queries.detail(centre.act("acceptor"), case_id).timeline[-1]
    assert line["no_photo"].startswith("到场前已盖好")
    assert "13800138000" not in line["no_photo"], "numbers are sealed in these words, too"


@pytest.mark.django_db
def test_evidence_is_weighed_beside_the_check_and_shown_to_who_decides(centre: Centre) -> None:
    """Neither the handler nor a colleague sees it; whose deed it was does."""
    case_id = to_check(centre)
    placed, plain = picture(centre, "supervisor2", placed=True), picture(centre, "supervisor2", shade=3)
    Case.objects.filter(id=case_id).update(lon=PLACE[0], lat=PLACE[1])
    with clock.held_at(MONDAY_NINE + timedelta(minutes=10)):
        commands.check(centre.act("supervisor2"), case_id, passed=True, files=[placed, plain],
                       proof=Proof(position=Point(PLACE[0], PLACE[1] + 300 * METRE, 12)))

    def seen(login: str) -> list[dict]:
        return queries.detail(centre.act(login), case_id).timeline[-1]["evidence"]

    assert [(one["what"], one["said"], one["fits"]) for one in seen("acceptor")] == [
        ("手机定位", "相差 300 米（误差约 10 米）", False), ("照片", "位置相符，送出前 2 天拍", True), ("照片", "没有位置，没有拍摄时间", None)]
    assert [one["file"] for one in seen("acceptor")] == ["", str(placed), str(plain)]
    assert seen("leader1") == seen("dispatcher") == seen("supervisor2") == seen("acceptor")
    assert seen("supervisor") == seen("handler") == seen("boss") == []
    kept = str(Entry.objects.filter(subject=f"case:{case_id}").order_by("-number").first().data)
    assert "evidence" in kept
    assert [degrees for degrees in ("120.12", "30.54") if degrees in kept] == [], "distances, no positions"


@pytest.mark.django_db
def test_evidence_never_refuses_anything(centre: Centre) -> None:
    case_id = to_check(centre)
    answer = post(centre.client("supervisor2"), f"/api/cases/{case_id}/check", {"yes": True, "position": {"lon": 1.0, "lat": 2.0, "metres": 5}})
    assert answer.status_code == 200, answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("more", [
    {"position": {"lon": 181, "lat": 0}}, {"position": {"lon": 1}}, {"position": {"lon": 1, "lat": 1, "metres": -1}}, {"position": [1, 2]},
    {"shots": {"x": "near"}}, {"shots": ["near"]}, {"no_photo": "字" * 1001}, {"no_photo": "字" * 201}, {"no_photo": "\x00"},
])
def test_what_means_nothing_is_refused_in_words(centre: Centre, more: dict) -> None:
    case_id = to_check(centre)
    answer = post(centre.client("supervisor2"), f"/api/cases/{case_id}/check", {"yes": True} | more)
    assert 400 <= answer.status_code < 500, answer.content


@pytest.mark.django_db
def test_a_check_without_photos_costs_no_statement_more(centre: Centre) -> None:
    case_id, other = to_check(centre), to_check(centre)
    client = centre.client("supervisor2")
    post(client, f"/api/cases/{other}/check", {"yes": True})
    with at_most(10):
        post(client, f"/api/cases/{case_id}/check", {"yes": True, "position": {"lon": IN_FIRST[0], "lat": IN_FIRST[1], "metres": 5}})
    assert orjson.loads(Entry.objects.filter(subject=f"case:{case_id}").order_by("-number").first().data)["evidence"] == [{"away": 0, "within": 5}]


def _class_id(code: str) -> int:
    from jingwei.catalogue.queries import book
    from jingwei.journal.queries import generations

    return book(generations()).by_code[code].id

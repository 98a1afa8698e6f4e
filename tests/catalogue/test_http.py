"""The catalogue over HTTP: what is read, what is refused, in which words; once per key."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.queries import Role
from jingwei.catalogue import commands, queries, shipped
from jingwei.catalogue.models import WorkCalendar
from jingwei.journal import queries as journal
from tests.cast import EVERYWHERE, OTHER_TOWN, TOWN
from tests.catalogue.conftest import rows
from tests.catalogue.test_matrix import CODES, _draw_areas

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.catalogue.urls")]

OLD = "gbt30428.2-2013"
STANDARD = "类别 | 大类代码 | 大类名称 | 小类代码 | 小类名称 | 立案条件 | 处置时限 | 结案条件"


@pytest.fixture
def admin(cast, operator):
    commands.install_scheme(operator, OLD)
    commands.import_standard(operator, OLD, rows(
        STANDARD, "事件 | 01 | 市容环境 | 10 | 暴露垃圾 | 公共场所有暴露垃圾 | 4小时 | 清除"))
    commands.import_rules(operator, OLD, rows(
        "类别 | 分类代码 | 区域编码 | 责任单位编码", "事件 | 01 |  | B-1", "事件 | 0101 |  | "))
    return cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))


def test_it_shows_a_class_with_its_standard_and_where_it_went(admin):
    found = admin.get(f"/api/classes/{OLD}/matter/0110").json()
    assert (found["full_code"], found["name"], found["major_name"]) == (f"{OLD}/matter/0110", "暴露垃圾", "市容环境")
    (condition,) = found["conditions"]
    assert (condition["limit_value"], condition["limit_unit"], condition["closing"]) == ("4", "work_hour", "清除")
    assert found["crossing"]["code"] == "06010"


def test_it_lists_classes_page_by_page(admin):
    first = admin.get("/api/classes?limit=50").json()
    assert len(first["items"]) == 50
    seen, page = [row["full_code"] for row in first["items"]], first
    while page["next"]:
        page = admin.get(f"/api/classes?limit=50&after={page['next']}").json()
        seen += [row["full_code"] for row in page["items"]]
    assert seen == sorted(set(seen))
    assert len(seen) == sum(len(code) == 4 for code in [row.code for row in shipped.classes(OLD)])
    named = admin.get("/api/classes?kind=matter&words=垃圾").json()["items"]
    assert {row["code"] for row in named} == {"0110", "0111", "0120", "0131", "0132"}
    assert [row["code"] for row in admin.get("/api/classes?kind=matter&words=0110").json()["items"]] == ["0110"]


def test_it_offers_the_classes_by_which_new_cases_are_classified(admin, operator):
    assert admin.get("/api/classes?offered=true").json()["items"] == [], "the national list of 2026 is not installed here"
    commands.set_setting(operator, "offered_schemes", f"own-1, {OLD}")
    found = admin.get("/api/classes?offered=true&words=垃圾").json()["items"]
    assert {row["scheme"] for row in found} == {OLD}


def test_it_says_who_answers_and_by_which_rule(admin):
    ask = f"/api/responsible?class_code={OLD}/matter/"
    told = admin.get(f"{ask}0110").json()
    assert {name: told[name] for name in ("unit_code", "unit_name", "reason", "area_code", "prefix", "behind")} == {
        "unit_code": "B-1", "unit_name": "城市管理局", "reason": "rule", "area_code": "", "prefix": "01", "behind": []}
    assert admin.get(f"{ask}0101").json()["reason"] == "nobody"
    assert admin.get(f"{ask}0201").json()["reason"] == "no_rule"
    assert admin.get(f"{ask}9999").status_code == 404
    assert admin.get(f"{ask}0110&owner=示例公司&at=2026-11-23T22:00:00%2B08:00").json()["unit_code"] == "B-1"
    assert [admin.get(f"{ask}0110&at={at}").status_code for at in ("2026-11-23T22:00:00", "9999-12-31T23:59:00Z")] == [400, 400]


def test_it_lists_the_rules_in_force_page_by_page(admin):
    first = admin.get("/api/rules?limit=1").json()
    (rule,) = first["items"]
    assert (rule["prefix"], rule["prefix_name"], rule["unit_name"], rule["area_code"]) == ("01", "市容环境", "城市管理局", "")
    second = admin.get(f"/api/rules?limit=1&after={first['next']}").json()
    assert (second["items"][0]["prefix"], second["items"][0]["unit_code"], second["next"]) == ("0101", "", None)
    assert [row["prefix"] for row in admin.get("/api/rules?words=城市管理").json()["items"]] == ["01"]
    assert [row["prefix"] for row in admin.get("/api/rules?words=0101").json()["items"]] == ["0101"]


def test_rules_of_areas_out_of_reach_are_not_told(cast, operator):
    _draw_areas()
    commands.install_scheme(operator, OLD)
    commands.import_rules(operator, OLD, rows(
        "类别 | 分类代码 | 区域编码 | 责任单位编码", "事件 | 01 |  | B-1", f"事件 | 02 | {CODES[TOWN]} | B-1",
        f"事件 | 03 | {CODES[OTHER_TOWN]} | B-1"))
    here = cast.client(cast.of(Role.AREA_ADMIN, TOWN))
    assert [row["prefix"] for row in here.get("/api/rules").json()["items"]] == ["01", "02"]
    everywhere = cast.client(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    assert [row["prefix"] for row in everywhere.get("/api/rules").json()["items"]] == ["01", "02", "03"]


def test_it_shows_and_edits_the_calendar(admin):
    before = admin.get("/api/calendar?year=2026").json()
    assert before["version"] == "v0-2026"
    assert before["slots"][0] == [["08:00", "12:00"], ["14:00", "18:00"]]
    assert {"on": "2026-10-01", "word": "off", "name": "国庆节"} in before["days"]
    assert all(day["on"].startswith("2026") for day in before["days"])
    body = {"slots": [[["09:00", "17:00"]]] * 5 + [[], []], "days": [{"on": "2026-11-27", "word": "work"}]}
    tried = admin.post("/api/calendar", {**body, "dry_run": True}, content_type="application/json").json()
    assert [finding["code"] for finding in tried["findings"]][-1:] == ["work.redundant"]
    assert WorkCalendar.objects.count() == 0
    made = admin.post("/api/calendar", body, content_type="application/json").json()
    assert (made["version"], made["changed"]) == ("v1", True)
    assert admin.get("/api/calendar").json()["slots"][0] == [["09:00", "17:00"]]


def test_the_same_key_is_one_version(admin):
    body = {"days": [{"on": "2026-11-27", "word": "off", "name": "停电"}]}
    headers = {"Idempotency-Key": "edit-27-november"}
    first = admin.post("/api/calendar", body, content_type="application/json", headers=headers)
    again = admin.post("/api/calendar", body, content_type="application/json", headers=headers)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert WorkCalendar.objects.count() == 1


def test_it_sets_limits_and_settings(admin):
    assert admin.put("/api/stage-limits/accept", {"value": "20", "unit": "urgent_minute"},
                     content_type="application/json").json() == {"changed": True}
    limits = {row["stage"]: row for row in admin.get("/api/stage-limits").json()["items"]}
    assert (limits["accept"]["value"], limits["accept"]["unit"]) == ("20", "urgent_minute")
    assert limits["accept"]["default"] == "15 work_minute"
    assert limits["close"]["value"] is None
    assert admin.put("/api/settings/work_day_convention", {"value": "end_of_day"},
                     content_type="application/json").json() == {"changed": True}
    settings = {row["name"]: row for row in admin.get("/api/settings").json()["items"]}
    assert settings["work_day_convention"]["setting"] == "end_of_day"
    assert settings["work_day_convention"]["allowed"] == ["time_preserving", "end_of_day"]
    assert settings["work_day_convention"]["source"]


BAD = [
    ("post", "/api/calendar", {"slots": [[["08:00", "07:00"]]] * 7}, 400, "catalogue.slots_wrong"),
    ("post", "/api/calendar", {"slots": [[]] * 7}, 422, "catalogue.no_work"),
    ("post", "/api/calendar", {"slots": [[]] * 6}, 400, "request.invalid"),
    ("post", "/api/calendar", {"days": [{"on": "2026-02-30", "word": "off"}]}, 400, "request.invalid"),
    ("post", "/api/calendar", {"days": [{"on": "2026-02-03", "word": "holiday"}]}, 400, "request.invalid"),
    ("post", "/api/calendar", {"zone": "Mars/Base"}, 400, "catalogue.zone_unknown"),
    ("post", "/api/calendar", {"area": "404"}, 404, "catalogue.area_unknown"),
    ("post", "/api/calendar", {"colour": "red"}, 400, "request.invalid"),
    ("put", "/api/stage-limits/accept", {"value": "0", "unit": "work_hour"}, 400, "catalogue.limit_wrong"),
    ("put", "/api/stage-limits/accept", {"value": "NaN", "unit": "work_hour"}, 400, "request.invalid"),
    ("put", "/api/stage-limits/nap", {"value": "1", "unit": "work_hour"}, 400, "catalogue.stage_unknown"),
    ("put", "/api/settings/flow_profile", {"value": "village"}, 400, "catalogue.setting_value"),
    ("put", "/api/settings/colour", {"value": "red"}, 400, "catalogue.setting_unknown"),
    ("get", "/api/classes?limit=0", None, 400, "request.invalid"),
    ("get", f"/api/classes/{OLD}/matter/9999", None, 404, "catalogue.class_unknown"),
    ("get", "/api/calendar?area=404", None, 404, "catalogue.area_unknown"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), BAD)
def test_bad_input_is_refused_in_words(admin, method, path, body, status, code):
    """T3: a coded refusal, never a fault of the server."""
    data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    answer = getattr(admin, method)(path, **data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]
    assert WorkCalendar.objects.count() == 0


def test_what_stands_in_memory_costs_no_statement(admin):
    generations = journal.generations()
    with CaptureQueriesContext(connection) as cold:
        queries.book(generations)
        queries.work_calendar(generations)
    assert len(cold) <= 7
    with CaptureQueriesContext(connection) as warm:
        found = queries.book(generations)
        found.responsible(next(iter(found.classes)), "1/2/3/")
        queries.work_calendar(generations, "1/2/3/")
    assert len(warm) == 0


def test_a_change_is_seen_by_the_next_request_of_any_process(admin, operator):
    before = queries.book(journal.generations())
    commands.set_setting(operator, "flow_profile", "township")
    assert queries.book(journal.generations()) is not before
    assert queries.book(journal.generations()).setting("flow_profile") == "township"

"""Lists of cases: whichever way a list is asked of the database, it shows the same rows in the same order."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case
from jingwei.cases.queries import listing
from jingwei.grids import queries as ground
from jingwei.kernel import clock
from tests.cases.conftest import GARBAGE, IN_SECOND, MONDAY_NINE, SCHEME, VENDOR, expect_refusal

pytestmark = pytest.mark.django_db

WORDS = [
    {}, {"states": ["reported"]}, {"states": ["reported", "filed", "handling"]}, {"classes": [VENDOR]},
    {"states": ["filed", "handling", "filed"], "classes": [VENDOR, GARBAGE, VENDOR]}, {"states": ["closed"]},
    {"area": "990101001001001"}, {"area": "990101001001002", "states": ["reported", "handling"]}, {"unit": "HW"},
    {"unit": "HW", "states": ["handling"], "classes": [GARBAGE]}, {"channel": "hotline"}, {"late": True},
    {"since": MONDAY_NINE + timedelta(minutes=3)}, {"until": MONDAY_NINE + timedelta(minutes=3)}, {"mine": True},
    {"mine": True, "states": ["reported"], "classes": [VENDOR]},
    {"states": ["closed", "refused"]}, {"late": True, "states": ["closed", "handling"]},
    {"due_before": MONDAY_NINE + timedelta(minutes=16)}, {"due_before": MONDAY_NINE + timedelta(hours=3), "late": True},
    {"due_before": MONDAY_NINE + timedelta(hours=9), "states": ["handling"], "area": "990101"},
    {"state_before": MONDAY_NINE + timedelta(minutes=2)}, {"state_since": MONDAY_NINE + timedelta(minutes=2)},
    {"state_since": MONDAY_NINE + timedelta(minutes=1), "state_before": MONDAY_NINE + timedelta(minutes=3), "states": ["filed"]},
    {"ended_since": MONDAY_NINE + timedelta(minutes=6)}, {"ended_since": MONDAY_NINE, "states": ["closed"], "unit": "HW"},
    {"ended_until": MONDAY_NINE + timedelta(minutes=6)}, {"ended_since": MONDAY_NINE, "ended_until": MONDAY_NINE + timedelta(days=9)},
    {"ended_late": True}, {"ended_late": False}, {"ended_late": True, "ended_since": MONDAY_NINE, "area": "990101001"},
    {"filed_since": MONDAY_NINE + timedelta(minutes=1)}, {"filed_since": MONDAY_NINE, "states": ["closed"], "classes": [GARBAGE]},
]


@pytest.fixture
def cases(centre):
    """Thirteen in two unit grids, of two classes, in five states, the pairs reported at the same moment."""
    for minute in range(5):
        with clock.held_at(MONDAY_NINE + timedelta(minutes=minute)):
            centre.report(class_code=VENDOR if minute % 2 else GARBAGE, at=IN_SECOND, channel="hotline")
            if minute < 3:
                centre.handled(class_code=GARBAGE if minute else VENDOR)
            else:
                commands.file(centre.act("acceptor"), centre.report("supervisor2", class_code=VENDOR))
    commands.refuse(centre.act("acceptor"), centre.report(), reason="重复上报")
    in_time, late = centre.checked(), centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(minutes=7)):
        commands.close(centre.act("leader1"), in_time)
    with clock.held_at(MONDAY_NINE + timedelta(hours=8)):
        commands.feed_back(centre.act("handler"), late, text="已清理")
        commands.confirm(centre.act("dispatcher"), late)
        commands.check(centre.act("supervisor"), late, passed=True)
        commands.close(centre.act("leader1"), late)
    return Case.objects.select_related("class_entry")


def expected(centre, cases, login, wanted):
    """The ids of the rows that must be shown, found without the database's help."""
    actor, found = centre.act(login), []
    paths = ground.path_of_code(wanted["area"]) if wanted.get("area") else ""
    for case in cases.order_by("-reported_at", "-id"):
        mine = wanted.get("mine") and case.reported_by == actor.user_id
        fits = (
            (mine if wanted.get("mine") else actor.covers("case.read", case.area_path, case.unit_path))
            and (not wanted.get("states") or case.state in wanted["states"])
            and (not wanted.get("classes") or f"{SCHEME}/matter/{case.class_entry.code}" in wanted["classes"])
            and (paths is not None and case.area_path.startswith(paths))
            and (not wanted.get("unit") or (case.unit_id is not None and case.unit.code == wanted["unit"]))
            and (not wanted.get("channel") or case.channel == wanted["channel"])
            and (not wanted.get("late") or (case.due_at is not None and case.due_at < clock.now()))
            and _in_time(case, wanted))
        if fits:
            found.append(case.id)
    return found


def _in_time(case, wanted):
    """Whether the case's times fit every filter that names one."""
    columns = {"since": "reported_at", "until": "reported_at", "due_before": "due_at"}
    for name, limit in wanted.items():
        head, _, end = name.rpartition("_")
        if name not in columns and end not in ("since", "until", "before"):
            continue
        at = getattr(case, columns.get(name) or f"{head}_at")
        if at is None or (at < limit) == (end == "since"):
            return False
    if "ended_late" in wanted:
        overran = any(step.due_at and step.due_at < step.ended_at for step in case.steps.all())
        return case.ended_at is not None and overran == wanted["ended_late"]
    return True


def _may_ask(centre, login, wanted):
    """Whether something can lie in the area asked for that this person sees."""
    path = ground.path_of_code(wanted["area"]) if "area" in wanted else ""
    seen = [grant.area_path for grant in centre.act(login).grants if "case.read" in grant.rights]
    return not path or any(path.startswith(area) or area.startswith(path) for area in seen)


@pytest.mark.parametrize("wide", [0.0, 2.0], ids=["state by state", "all together"])
@pytest.mark.parametrize("login", ["supervisor", "acceptor", "handler", "villager", "neighbour", "sysadmin"])
def test_every_filter_shows_what_fits_and_lies_within_reach_page_by_page(centre, cases, monkeypatch, wide, login):
    """Pages of two, so that cases of the same moment are torn apart; nothing twice, nothing left out, nothing foreign."""
    monkeypatch.setattr(listing, "_WIDE", wide)
    for words in WORDS:
        if not _may_ask(centre, login, words):
            with expect_refusal(CaseError.UNKNOWN_FILTER):
                queries.list_cases(centre.act(login), queries.Filter(**words))
            continue
        shown, after = [], ""
        while True:
            page = queries.list_cases(centre.act(login), queries.Filter(**words), limit=2, after=after)
            shown += [row.id for row in page.rows]
            if page.next is None:
                break
            after = page.next
        assert shown == expected(centre, cases, login, words), words
        actor, asked = centre.act(login), queries.Filter(**words)
        assert queries.count_cases(actor, asked) == len(shown), words
        assert {point.id for point in queries.points(actor, asked).points} == set(shown), words
        together = queries.points(actor, asked, limit=1)
        assert sum(cluster.count for cluster in together.clusters) + len(together.points) == len(shown), words
    assert login not in ("acceptor", "supervisor") or expected(centre, cases, login, {})


def test_a_line_holds_python_values_on_every_database(centre, cases):
    """Times with a zone, ids as UUID: the statement is written by hand, and SQLite keeps both as text."""
    line = queries.list_cases(centre.act("acceptor"), queries.Filter(states=["handling"])).rows[0]
    case = Case.objects.get(id=line.id)
    assert (line.reported_at, line.state_at, line.due_at) == (case.reported_at, case.state_at, case.due_at)
    assert (line.area, line.unit, line.class_code) == ("990101001001001", "HW", GARBAGE)


def test_one_list_costs_two_statements_once_the_caches_are_warm(centre, cases, django_assert_num_queries):
    """B2: with signing in three, whatever the scope; page two as well."""
    actor, wanted = centre.act("acceptor"), queries.Filter(states=["reported", "filed", "handling"], classes=[VENDOR])
    after = queries.list_cases(actor, wanted, limit=1).next
    with django_assert_num_queries(2):
        queries.list_cases(actor, wanted, limit=1)
    with django_assert_num_queries(2):
        queries.list_cases(actor, wanted, limit=1, after=after)


def test_the_new_filters_tell_cases_apart(centre, cases):
    """None of them lets everything through or nothing: the comparison above would prove little."""
    for words in WORDS[-17:]:
        found = queries.count_cases(centre.act("acceptor"), queries.Filter(**words))
        assert found < cases.count(), words
    counted = {late: queries.count_cases(centre.act("acceptor"), queries.Filter(ended_late=late)) for late in (True, False)}
    assert counted == {True: 1, False: 2}


def test_the_map_shows_points_of_the_box_and_else_clusters(centre, cases):
    """A box that holds one of the two grids; few points as they are, many counted together, each in its own place."""
    actor, box = centre.act("acceptor"), (102.0, 40.0, 102.001, 40.001)
    inside = {case.id for case in cases if case.lon < 102.001}
    shown = queries.points(actor, queries.Filter(), box)
    assert {point.id for point in shown.points} == inside
    assert shown.clusters == []
    assert {(point.lon, point.lat) for point in shown.points} == {(102.0005, 40.0005)}
    clusters = queries.points(actor, queries.Filter(), limit=3)
    assert clusters.points == []
    assert {(round(each.lon, 4), round(each.lat, 4)): each.count for each in clusters.clusters} == {
        (102.0005, 40.0005): len(inside), (102.0015, 40.0005): cases.count() - len(inside)}
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        late = queries.count_cases(actor, queries.Filter(late=True))
        assert sum(each.late for each in queries.points(actor, queries.Filter(), limit=3).clusters) == late > 0


def test_a_count_costs_two_statements_and_the_map_four_at_the_most(centre, cases, django_assert_num_queries,
                                                                  django_assert_max_num_queries):
    actor = centre.act("acceptor")
    for words in WORDS:
        if "area" in words:
            continue
        queries.list_cases(actor, queries.Filter(**words))
        with django_assert_max_num_queries(2):
            queries.list_cases(actor, queries.Filter(**words))
        with django_assert_max_num_queries(2):
            queries.count_cases(actor, queries.Filter(**words))
    with django_assert_num_queries(2):
        queries.points(actor, queries.Filter())
    with django_assert_num_queries(4):
        queries.points(actor, queries.Filter(), limit=1)


@pytest.mark.parametrize("query", ["west=x", "north=91", "west=nan", "limit=x", "state_before=2026-11-01", "ended_late=perhaps",
                                   "due_before=9999-99-99T00:00:00Z"])
def test_bad_questions_about_counts_and_points_are_refused(centre, query):
    answer = centre.client("acceptor").get(f"/api/cases/points?{query}")
    assert answer.status_code == 400, answer.content
    if "=" in query and query.split("=")[0] not in ("west", "north", "limit"):
        assert centre.client("acceptor").get(f"/api/cases/count?{query}").status_code == 400


def test_counts_and_points_are_answered_in_the_lists_words(centre, cases):
    client = centre.client("acceptor")
    query = "state=handling&state=filed&class_code=" + VENDOR
    assert client.get(f"/api/cases/count?{query}").json() == {"count": len(client.get(f"/api/cases?{query}").json()["rows"])}
    shown = client.get(f"/api/cases/points?{query}&west=101&south=39&east=103&north=41").json()
    assert set(shown) == {"points", "clusters"}
    assert set(shown["points"][0]) == {"id", "number", "lon", "lat", "state", "late", "due_at", "class_name", "place"}
    assert client.get("/api/cases/points?west=101&south=41&east=103&north=42").json() == {"points": [], "clusters": []}
    assert client.get("/api/cases?state_since=0001-01-01T00:00:00Z&ended_since=9999-12-31T23:59:59Z").json()["rows"] == []


@pytest.mark.parametrize("path", ["/api/cases", "/api/cases/count", "/api/cases/points", "/api/todo"])
@pytest.mark.parametrize(("parameter", "value"), [
    ("state", "nonsense"), ("state", "%00"), ("channel", "pigeon"), ("class_code", f"{SCHEME}/matter/99999"),
    ("class_code", "%EF%BC%90"), ("unit", "XX"), ("unit", "%00"), ("area", "990199"), ("area", "%00"), ("area", "字")])
def test_a_filter_with_an_unknown_code_is_refused_by_its_name(centre, path, parameter, value):
    """An empty list would say that there is nothing, where nothing was asked."""
    if path == "/api/todo" and parameter != "state":
        return
    answer = centre.client("acceptor").get(f"{path}?{parameter}={value}")
    assert (answer.status_code, answer.json()["code"], answer.json()["params"]["what"]) == (
        422, "case.unknown_filter", parameter)


def test_the_area_of_others_is_refused_like_one_that_does_not_exist(centre):
    told = [centre.client("neighbour").get(f"/api/cases?area={area}").json()["code"] for area in ("990101", "990199")]
    assert told == ["case.unknown_filter"] * 2


def test_asking_by_every_filter_still_costs_at_most_four_statements(centre, cases, django_assert_max_num_queries):
    client = centre.client("acceptor")
    query = f"area=990101&unit=HW&channel=hotline&class_code={GARBAGE}&state=handling&limit=50"
    for path in ("/api/cases", "/api/cases/count"):
        client.get(f"{path}?{query}")
        with django_assert_max_num_queries(4):
            assert client.get(f"{path}?{query}").status_code == 200

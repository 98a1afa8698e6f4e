"""Lists of cases: whichever way a list is asked of the database, it shows the same rows in the same order."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, queries
from jingwei.cases.models import Case
from jingwei.cases.queries import listing
from jingwei.grids import queries as ground
from jingwei.kernel import clock
from tests.cases.conftest import GARBAGE, IN_SECOND, MONDAY_NINE, SCHEME, VENDOR

pytestmark = pytest.mark.django_db

WORDS = [
    {}, {"states": ["reported"]}, {"states": ["reported", "filed", "handling"]}, {"classes": [VENDOR]},
    {"states": ["filed", "handling", "filed"], "classes": [VENDOR, GARBAGE, VENDOR]}, {"states": ["closed"]},
    {"area": "990101001001001"}, {"area": "990101001001002", "states": ["reported", "handling"]}, {"unit": "HW"},
    {"unit": "HW", "states": ["handling"], "classes": [GARBAGE]}, {"channel": "hotline"}, {"late": True},
    {"since": MONDAY_NINE + timedelta(minutes=3)}, {"until": MONDAY_NINE + timedelta(minutes=3)}, {"mine": True},
    {"classes": [f"{SCHEME}/matter/99999"]}, {"area": "990199"}, {"mine": True, "states": ["reported"], "classes": [VENDOR]},
]


@pytest.fixture
def cases(centre):
    """Ten cases in two unit grids, of two classes, in three states, the pairs reported at the same moment."""
    for minute in range(5):
        with clock.held_at(MONDAY_NINE + timedelta(minutes=minute)):
            centre.report(class_code=VENDOR if minute % 2 else GARBAGE, at=IN_SECOND, channel="hotline")
            if minute < 3:
                centre.handled(class_code=GARBAGE if minute else VENDOR)
            else:
                commands.file(centre.act("acceptor"), centre.report("supervisor2", class_code=VENDOR))
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
            and ("since" not in wanted or case.reported_at >= wanted["since"])
            and ("until" not in wanted or case.reported_at < wanted["until"]))
        if fits:
            found.append(case.id)
    return found


@pytest.mark.parametrize("wide", [0.0, 2.0], ids=["state by state", "all together"])
@pytest.mark.parametrize("login", ["supervisor", "acceptor", "handler", "villager", "neighbour", "sysadmin"])
def test_every_filter_shows_what_fits_and_lies_within_reach_page_by_page(centre, cases, monkeypatch, wide, login):
    """Pages of two, so that cases of the same moment are torn apart; nothing twice, nothing left out, nothing foreign."""
    monkeypatch.setattr(listing, "_WIDE", wide)
    for words in WORDS:
        shown, after = [], ""
        while True:
            page = queries.list_cases(centre.act(login), queries.Filter(**words), limit=2, after=after)
            shown += [row.id for row in page.rows]
            if page.next is None:
                break
            after = page.next
        assert shown == expected(centre, cases, login, words), words
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

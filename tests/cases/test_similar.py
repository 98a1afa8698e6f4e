"""Similar open cases by place, time and words (product C5), and problems that come back (INS-31, PB-25)."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Repeat, Spot
from jingwei.kernel import clock
from tests.cases.conftest import GARBAGE, IN_FIRST, IN_SECOND, MONDAY_NINE, NEXT_DOOR, VENDOR, expect_refusal
from tests.cases.test_following import read_on
from tests.cases.test_interface import at_most

pytestmark = pytest.mark.django_db

LIGHT, DARK = "枫林路12号门前路灯不亮", "路灯坏了，枫林路12号门口一片漆黑"
CLOSE_BY = (IN_FIRST[0] + 0.0002, IN_FIRST[1])  # 17 m


def closed(centre, **more):
    case_id = centre.checked(**more)
    commands.close(centre.act("leader1"), case_id)
    read_on()
    return case_id


def test_an_open_case_near_by_is_named_with_what_speaks_for_it(centre):
    first = centre.report(text=LIGHT)
    centre.report(text="人行道上堆放建筑垃圾", at=IN_SECOND)
    read_on()
    with clock.held_at(MONDAY_NINE + timedelta(hours=3)):
        found = queries.similar_to(centre.act("acceptor"), lon=CLOSE_BY[0], lat=CLOSE_BY[1], text=DARK)
    best = found[0]
    assert (best.id, best.metres, best.hours, best.state) == (first, 17, 3, "reported")
    assert best.words[:2] == ("枫林路12号门", "路灯")


def test_a_case_is_not_like_itself_and_what_is_over_or_merged_is_not_offered(centre):
    first, second, third = (centre.report(text=LIGHT) for _ in range(3))
    closed(centre, text=LIGHT)
    assert {one.id for one in queries.similar_cases(centre.act("acceptor"), first)} == {second, third}
    commands.merge(centre.act("acceptor"), second, into=third)
    assert [one.id for one in queries.similar_cases(centre.act("acceptor"), first)] == [third]  # before the reader, too
    read_on()
    assert Spot.objects.get(case_id=second).ended_at is not None
    commands.unmerge(centre.act("acceptor"), second, reason="不是同一处")
    read_on()
    assert {one.id for one in queries.similar_cases(centre.act("acceptor"), first)} == {second, third}


def test_the_class_plays_no_part(centre):
    """B15: candidates are found without it."""
    other_class = centre.report(text=LIGHT, class_code=VENDOR)
    none = centre.report(text=LIGHT, class_code="")
    mine = centre.report(text=LIGHT, class_code=GARBAGE)
    read_on()
    assert {one.id for one in queries.similar_cases(centre.act("acceptor"), mine)} == {other_class, none}


def test_nobody_is_shown_what_lies_outside_their_reach(centre):
    centre.report("neighbourworker", at=NEXT_DOOR, text=LIGHT)
    read_on()
    assert queries.similar_to(centre.act("acceptor"), lon=NEXT_DOOR[0], lat=NEXT_DOOR[1], text=LIGHT) == []
    assert len(queries.similar_to(centre.act("neighbour"), lon=NEXT_DOOR[0], lat=NEXT_DOOR[1], text=LIGHT)) == 1


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 91), (float("nan"), 0), (0, float("inf"))])
def test_a_place_that_is_none_is_refused_in_words(centre, lon, lat):
    with expect_refusal(CaseError.BAD_PLACE):
        queries.similar_to(centre.act("acceptor"), lon=lon, lat=lat, text=LIGHT)


@pytest.mark.parametrize(("lon", "lat"), [(180, 90), (-180, -90), (0, 90), (180, 0)])
def test_the_ends_of_the_earth_are_places(centre, lon, lat):
    assert queries.similar_to(centre.act("acceptor"), lon=lon, lat=lat, text=LIGHT) == []


def test_looking_for_similar_ones_costs_two_statements_beside_signing_in(centre):
    for _ in range(8):
        centre.report(text=LIGHT)
    read_on()
    client = centre.client("acceptor")
    body = {"lon": IN_FIRST[0], "lat": IN_FIRST[1], "text": LIGHT}
    client.post("/api/similar-cases", body, content_type="application/json")
    with at_most(3):
        answer = client.post("/api/similar-cases", body, content_type="application/json")
    assert len(answer.json()["items"]) == 5


def test_what_comes_back_after_closing_is_marked_and_told_from_what_is_still_open(centre):
    """INS-31: the same place again; a duplicate of an open case is no repeat."""
    first = closed(centre, text=LIGHT)
    with clock.held_at(MONDAY_NINE + timedelta(days=3)):
        again = centre.report(text=DARK, at=CLOSE_BY, class_code=GARBAGE)
        other = centre.report(text="枫林路12号门前流动摊贩", class_code=VENDOR)
        read_on()
    assert Case.objects.get(id=again).marks == "|repeat|"
    assert Case.objects.get(id=other).marks == ""
    assert [(one.id, one.metres) for one in queries.repeats_of(centre.act("acceptor"), again)] == [(first, 17)]
    assert queries.repeats_of(centre.act("acceptor"), other) == []
    assert {one.id for one in queries.similar_cases(centre.act("acceptor"), again)} == {other}


@pytest.mark.parametrize(("days", "class_code", "later_class", "marked"), [
    (29, "", "", True),                # by its words
    (31, "", "", False),               # too long ago: the setting says 30 days
    (3, GARBAGE, VENDOR, False),       # classed otherwise when filed
    (3, "", GARBAGE, True),
])
def test_a_repeat_is_judged_by_class_or_by_words_within_the_days_of_the_setting(centre, days, class_code, later_class, marked):
    closed(centre, text=LIGHT)
    with clock.held_at(MONDAY_NINE + timedelta(days=days)):
        again = centre.report(text=LIGHT if not later_class else "请看照片", class_code=class_code)
        if later_class:
            commands.file(centre.act("acceptor"), again, class_code=later_class)
        read_on()
    assert Repeat.objects.filter(case_id=again).exists() == ("|repeat|" in Case.objects.get(id=again).marks) == marked


def test_a_repeat_filed_under_another_class_is_none_any_more(centre):
    closed(centre, text=LIGHT)
    again = centre.report(text=LIGHT, class_code=GARBAGE)
    read_on()
    assert Case.objects.get(id=again).marks == "|repeat|"
    commands.file(centre.act("acceptor"), again, class_code=VENDOR)
    read_on()
    assert (Case.objects.get(id=again).marks, Repeat.objects.count()) == ("", 0)


def test_what_was_refused_or_void_does_not_come_back(centre):
    refused = centre.report(text=LIGHT)
    commands.refuse(centre.act("acceptor"), refused, reason="不属于受理范围")
    read_on()
    again = centre.report(text=LIGHT)
    read_on()
    assert Case.objects.get(id=again).marks == ""


def test_a_case_reopened_is_open_again_where_similar_ones_are_looked_for(centre):
    first = closed(centre, text=LIGHT)
    commands.reopen(centre.act("leader1"), first, reason="又不亮了")
    new = centre.report(text=LIGHT)
    read_on()
    assert [one.id for one in queries.similar_cases(centre.act("acceptor"), new)] == [first]


def test_a_step_that_is_undone_leaves_the_case_open_here_too(centre):
    first, new = centre.report(text=LIGHT), centre.report(text=LIGHT)
    commands.refuse(centre.act("acceptor"), first, reason="不属于受理范围")
    read_on()
    assert queries.similar_cases(centre.act("acceptor"), new) == []
    commands.undo(centre.act("acceptor"), first)
    read_on()
    assert [one.id for one in queries.similar_cases(centre.act("acceptor"), new)] == [first]

"""Whose duties meet when cases become one, and who goes along with whom, as tables."""

import pytest

from jingwei.cases import beside, workflow
from jingwei.cases.merging import clash, going_along, together

APART = (("handle", "check"), ("file", "command"))


@pytest.mark.parametrize(("leading", "joining", "found"), [
    ({"handle": ["an"]}, {"check": ["an"]}, ("handle", "check")),      # handled the one, checked the other
    ({"check": ["an"]}, {"handle": ["an"]}, ("handle", "check")),      # whichever leads
    ({"file": ["bo"], "handle": ["an"]}, {"command": ["bo"]}, ("file", "command")),
    ({"handle": ["an"]}, {"check": ["bo"]}, None),
    ({"handle": ["an"]}, {"handle": ["an"]}, None),
    ({"report": ["an"]}, {"check": ["an"]}, None),                     # duties that are not apart
    ({"handle": ["an"], "check": ["an"]}, {"check": ["an"]}, None),    # it was so before: nothing new
    ({}, {}, None),
])
def test_cases_are_not_joined_where_one_person_would_hold_duties_that_are_apart(leading, joining, found):
    """STF-14, AT-09: the whole counts."""
    assert clash(APART, leading, joining) == found


def test_the_duties_of_both_are_remembered_once():
    assert together({"report": ["an"], "file": ["bo"]}, {"report": ["ce", "an"], "check": ["di"]}) == {
        "report": ["an", "ce"], "file": ["bo"], "check": ["di"]}


@pytest.mark.parametrize(("joined_to", "case", "along"), [
    ({"b": "a"}, "b", set()),
    ({"c": "b", "b": "a"}, "b", {"c"}),                                # c came through b
    ({"d": "c", "c": "b", "b": "a", "e": "a"}, "b", {"c", "d"}),
    ({"c": "a", "b": "a"}, "a", {"b", "c"}),
    ({"b": "a", "a": "b"}, "a", {"b"}),                                # never stored, and no endless walk
])
def test_what_came_through_a_case_goes_along_with_it(joined_to, case, along):
    assert going_along(joined_to, case) == along


@pytest.mark.parametrize(("state", "posts", "marks", "answer"), [
    ("reported", {"acceptor"}, [], "yes"), ("filed", {"acceptor"}, [], "yes"), ("reported", {"dispatcher"}, [], "wrong_role"),
    ("handling", {"acceptor"}, [], "wrong_role"),                      # with a unit: the shift leader's
    ("handling", {"shift_leader"}, [], "yes"), ("checked", {"town_officer"}, [], "yes"), ("closed", {"shift_leader"}, [], "wrong_state"),
    ("merged", {"acceptor"}, ["merged"], "wrong_state"),
])
def test_who_may_merge_in_which_state(state, posts, marks, answer):
    assert beside.decide("merge", state, posts, marks)[0] == answer


def test_only_what_is_merged_is_unmerged():
    assert beside.possible("merged", {"acceptor"}, ["merged"]) == ["unmerge"]
    for state, (_, kind) in workflow.STATES.items():
        assert kind == "open" or state == "merged" or "unmerge" not in beside.possible(state, {"acceptor", "shift_leader"}, [])

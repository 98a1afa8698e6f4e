"""The small table of an appeal, every row and every sequence of deeds: nobody reviews their own, nobody both (C4)."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.cases.appeal import APART, ASKERS, DEEDS, FIRST, ROWS, SECOND, START, STATES, decide, find, possible

EVERY_POST = sorted({*ASKERS, *FIRST, *SECOND, "supervisor", "acceptor", "leader"})


@pytest.mark.parametrize(("state", "deed", "posts", "done", "answer"), [
    (START, "ask", {"handler"}, set(), "yes"),
    (START, "ask", {"supervisor"}, set(), "wrong_role"),
    ("asked", "agree", {"dispatcher"}, set(), "yes"),
    ("asked", "agree", {"town_officer"}, set(), "yes"),
    ("asked", "agree", {"shift_leader"}, set(), "wrong_role"),
    ("asked", "agree", {"dispatcher"}, {"ask"}, "apart"),
    ("asked", "agree", {"dispatcher"}, {"handled"}, "apart"),
    ("asked", "agree", {"dispatcher"}, {"overran"}, "apart"),
    ("asked", "grant", {"shift_leader"}, set(), "wrong_state"),       # no second review without a first
    ("agreed", "grant", {"shift_leader"}, set(), "yes"),
    ("agreed", "grant", {"evaluator"}, set(), "yes"),
    ("agreed", "grant", {"dispatcher"}, set(), "wrong_role"),
    ("agreed", "grant", {"dispatcher", "evaluator"}, {"first"}, "apart"),
    ("agreed", "refuse", {"dispatcher", "evaluator"}, {"first"}, "apart"),
    ("agreed", "grant", {"evaluator"}, {"ask"}, "apart"),
    ("asked", "withdraw", {"handler"}, {"ask"}, "yes"),
    ("agreed", "withdraw", {"handler"}, {"ask"}, "yes"),
    ("asked", "withdraw", {"handler"}, set(), "not_own"),
    ("granted", "withdraw", {"handler"}, {"ask"}, "wrong_state"),
    ("refused", "grant", {"evaluator"}, set(), "wrong_state"),
])
def test_who_may_do_what(state, deed, posts, done, answer):
    assert decide(state, deed, posts, done)[0] == answer


def test_every_state_has_a_way_on_or_is_an_end():
    for state, (_, kind) in STATES.items():
        assert bool([row for row in ROWS if row[0] == state]) is (kind == "open"), state
        assert any(row[3] == state for row in ROWS), "reachable"
    assert {row[1] for row in ROWS} == set(DEEDS)


def test_a_grant_needs_two_reviews_whatever_the_order():
    """Every path to `granted` passes one first and one second review."""
    paths = [[row] for row in ROWS if row[0] == START]
    ends = []
    while paths:
        path = paths.pop()
        after = [row for row in ROWS if row[0] == path[-1][3]]
        paths += [[*path, row] for row in after]
        if path[-1][3] == "granted":
            ends.append([row[4] for row in path])
    assert ends == [["ask", "first", "second"]]


MOVES = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(sorted(DEEDS))), max_size=12)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(MOVES, st.lists(st.sets(st.sampled_from(EVERY_POST)), min_size=4, max_size=4), st.sets(st.integers(0, 3)))
def test_whatever_posts_people_hold_three_different_people_stand_behind_a_grant(moves, posts, handlers):
    """Four people with any posts, who do anything in any order: who asked, reviewed first and second are never the same."""
    state, did = START, {}
    for person, deed in moves:
        done = {duty for duty, who in did.items() if who == person} | ({"handled"} if person in handlers else set())
        answer, row = decide(state, deed, posts[person], done)
        if answer == "yes":
            state = row[3]
            did[row[4]] = person
    if state == "granted":
        assert len({did["ask"], did["first"], did["second"]}) == 3
        assert not {did["first"], did["second"]} & handlers


def test_the_buttons_are_exactly_what_is_allowed():
    for state, post in product([START, *STATES], EVERY_POST):
        for done in (set(), {"ask"}, {"first"}):
            assert possible(state, {post}, done) == [
                row[1] for row in ROWS if row[0] == state and decide(state, row[1], {post}, done)[0] == "yes"]
    assert {later for _, later in APART} == {"first", "second"}
    assert find("asked", "grant") is None

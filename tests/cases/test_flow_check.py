"""What is found in a flow before it is published, and that whatever passes runs to an end."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jingwei.accounts.rights import Role
from jingwei.cases import flow_edit as edit
from jingwei.cases.flow import Row, Usual
from jingwei.cases.flow_check import LEAST_APART, LEVELS, NOT_SUPERVISING, WORDS, check, faults
from jingwei.cases.flow_course import after, beginnings, facts_at, leads_to_end, signs_at
from jingwei.cases.flow_deeds import BEARS, duty_of, must_need, targets
from jingwei.cases.flow_document import parse, to_document
from jingwei.cases.shipped import flows, versions
from jingwei.cases.workflow import ACTIONS, START, STATES
from jingwei.catalogue import shipped as catalogue
from tests.cases.flows import STAGES, edited

CITY, TOWNSHIP = flows()["city"], flows()["township"]


@pytest.mark.parametrize("flow", versions().values(), ids=lambda flow: f"{flow.code}-{flow.version}")
def test_in_what_is_shipped_nothing_is_found(flow):
    assert check(flow, catalogue.stage_limits()) == []


@pytest.mark.parametrize("flow", flows().values(), ids=lambda flow: flow.code)
def test_every_row_that_is_shipped_is_one_that_its_action_bears(flow):
    for row in flow.rows:
        bears = BEARS[row.action]
        assert row.to in targets(row.state, row.action, levels=flow.levels)
        assert row.duty == duty_of(row.state, row.action)
        assert set(must_need(row.state, row.action)) <= set(row.needs)
        assert set(bears.must) <= set(row.asks) <= {*bears.must, *bears.may}


def test_every_action_says_what_its_code_bears_and_the_posts_are_those_of_the_axes():
    assert set(BEARS) == set(ACTIONS)
    sides = {role.code for role in Role if role.duty in ("handling", "command")}
    assert sides == NOT_SUPERVISING


def without(flow, *rows):
    for state, action in rows:
        flow = edit.remove_row(flow, state, action)
    return flow


def posts(flow, state, action, *who):
    return edit.put_row(flow, flow.find(state, action)._replace(posts=who))


def given_row(flow, state, action, **changed):
    """As a document from outside might have it: what a step counts as is not put right."""
    return replace(flow, rows=tuple(row._replace(**changed) if (row.state, row.action) == (state, action) else row for row in flow.rows))


BROKEN = {  # what is found: the flow, where (state, action)
    "no_report": (without(CITY, (START, "report")), ("", "")),
    "twice": (replace(CITY, rows=(*CITY.rows, CITY.rows[-1])), ("refused", "reopen")),
    "move": (given_row(CITY, "filed", "dispatch", to="closed"), ("filed", "dispatch")),
    "duty": (given_row(CITY, "checking", "check_pass", duty="report"), ("checking", "check_pass")),
    "need_dropped": (given_row(CITY, "checked", "close", needs=()), ("checked", "close")),
    "ask_dropped": (given_row(CITY, "filed", "return", asks=()), ("filed", "return")),
    "ask_idle": (given_row(CITY, "handling", "sign", asks=("text",)), ("handling", "sign")),
    "post_side": (posts(CITY, "checking", "check_pass", "supervisor", "handler"), ("checking", "check_pass")),
    "apart_weak": (edit.set_apart(CITY, "check", "handle", apart=False), ("", "")),
    "forced": (edit.set_apart(posts(posts(posts(posts(CITY, "verifying", "verify_true", "supervisor"), "verifying", "return", "supervisor"),
                                          "verifying", "verify_false", "supervisor"), "reported", "solve", "supervisor"),
                              "verify", "solve", apart=True), ("", "")),
    "unreachable": (without(TOWNSHIP, ("filed", "pass_up"), ("checked", "pass_up")), ("passed_up", "")),
    "never": (given_row(CITY, "reported", "refuse", needs=("held_by_unit",)), ("reported", "refuse")),
    "no_end": (without(CITY, ("checked", "rework"), ("checked", "return")), ("checked", "")),
    "nobody_told": (replace(CITY, usual=tuple(step for step in CITY.usual if step.action != "dispatch")), ("filed", "")),
    "no_holder": (given_row(TOWNSHIP, "checked", "rework", needs=()), ("checked", "rework")),
    "usual_nowhere": (replace(CITY, usual=(*CITY.usual, Usual("filed", "close"))), ("filed", "close")),
    "usual_way_out": (replace(CITY, usual=(*CITY.usual, Usual("filed", "void"))), ("filed", "void")),
    "clock_unknown": (edit.set_clock(CITY, "checking", "stage:sleep"), ("checking", "")),
    "clock_nowhere": (edit.set_clock(CITY, "suspended", "class"), ("suspended", "")),
    "no_clock": (edit.set_clock(CITY, "checking", ""), ("checking", "")),
    "return_forward": (given_row(CITY, "filed", "return", to="checking"), ("filed", "return")),
}


@pytest.mark.parametrize("code", WORDS)
def test_each_fault_is_found_where_it_is_and_said_in_words(code):
    flow, where = BROKEN[code]
    found = [each for each in check(flow, STAGES) if each.code == code]
    assert (found[0].state, found[0].action) == where
    assert found[0].grade == WORDS[code][0]
    assert "{" not in found[0].zh + found[0].en
    assert STATES[where[0]][0] in found[0].zh if where[0] and code not in ("need_dropped", "ask_dropped", "ask_idle", "post_side", "no_holder",
                                                                         "usual_way_out") else found[0].zh


def test_a_note_does_not_keep_a_flow_from_being_published():
    assert check(BROKEN["no_clock"][0], STAGES)
    assert not faults(BROKEN["no_clock"][0], STAGES)


@pytest.mark.parametrize("pair", LEAST_APART)
@pytest.mark.parametrize("flow", [CITY, TOWNSHIP], ids=lambda flow: flow.code)
def test_what_the_standard_keeps_apart_cannot_be_let_go(flow, pair):
    """STF-14, AT-09: not by dropping the pair, not by counting the deed as something else, not by its post."""
    assert "apart_weak" in {each.code for each in faults(edit.set_apart(flow, *pair, apart=False), STAGES)}
    for row in [row for row in flow.rows if row.duty in ("check", "close")]:
        assert "duty" in {each.code for each in faults(given_row(flow, row.state, row.action, duty="report"), STAGES)}
        assert "post_side" in {each.code for each in faults(posts(flow, row.state, row.action, "handler"), STAGES)}


def test_a_case_the_check_of_which_failed_must_have_a_way_on():
    found = [each for each in faults(BROKEN["no_end"][0], STAGES) if each.code == "no_end"]
    assert "核查不通过时" in found[0].zh


def test_a_limit_by_level_needs_levels():
    assert "clock_unknown" in {each.code for each in faults(edit.set_clock(CITY, "handling", "level:township"), STAGES)}
    assert not faults(edit.set_clock(TOWNSHIP, "handling", "class"), STAGES)
    assert {f"township_{level}" for level in LEVELS} <= set(catalogue.stage_limits())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(edited(wild=True))
def test_whatever_is_edited_is_checked_and_said_and_never_breaks(flow):
    for found in check(flow, STAGES):
        assert found.zh
        assert found.en
    assert parse(to_document(flow)) == flow


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(edited(wild=False), st.data())
def test_what_passes_runs_to_an_end_from_wherever_it_came(flow, data):
    """Random steps, then the usual ones by whoever they wait for: never nowhere to go, never nobody told, an end within reach."""
    assume(not faults(flow, STAGES))
    where = data.draw(st.sampled_from(beginnings(flow)))
    where = after(flow, where, flow.find(START, "report"))
    for _ in range(data.draw(st.integers(0, 25))):
        rows = possible(flow, where)
        if where.ended:
            break
        assert rows, where
        assert waited_for(flow, where, rows)
        where = after(flow, where, data.draw(st.sampled_from(rows)))
    ahead, seen = [where], {where}
    while ahead and not any(each.ended for each in seen):
        here = ahead.pop(0)
        news = [then for then in (after(flow, here, row) for row in possible(flow, here)) if then not in seen]
        seen.update(news)
        ahead += news
    assert any(each.ended for each in seen), where


def possible(flow, where):
    """By the engine's own decision, asked for everybody together."""
    everyone = {post for row in flow.rows for post in row.posts}
    if where.state in ("handling", "suspended") and where.level != "community":
        everyone -= {"community_officer"}
    return list(flow.possible(where.state, everyone, facts=facts_at(where)))


def waited_for(flow, where, rows):
    step = flow.usual_step(where.state, [row.action for row in rows], signs_at(where))
    told = flow.waits_for_posts(where.state, signs_at(where), in_community=where.level == "community")
    return step and told & set(flow.find(where.state, step).posts)


def test_an_end_is_reached_only_by_ways_there_are():
    one, two, end = (replace(beginnings(CITY)[0], state=state) for state in ("reported", "filed", "closed"))
    row = Row("filed", "void", ("shift_leader",), "void", "close")
    assert leads_to_end({one: [], two: [(row, end)], end: []}) == {two, end}

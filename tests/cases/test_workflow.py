"""The flow tables, walked whole: every state, action and post of both profiles, allowed and refused."""

import ast
from pathlib import Path

import pytest

from jingwei.accounts.rights import Role
from jingwei.cases import workflow
from jingwei.cases.events import EVENT_OF

# Written by hand from product C3, CAS-01 … CAS-40 and standards §5; s supervisor, a acceptor, l shift leader,
# d dispatcher, h handler, c community officer, t town officer, y county officer. "action>state: posts"
CITY = """
:          report>reported:saldhcty
reported:  ask_verify>verifying:al solve>closed:s file>filed:al refuse>refused:al
verifying: verify_true>verified:s verify_false>reported:s return>reported:s
verified:  file>filed:al refuse>refused:al
filed:     dispatch>handling:d return>verified:d void>void:l
handling:  sign>handling:h hand_on>handling:h return>filed:h ask_extension>handling:h ask_suspension>handling:h
handling:  extend>handling:d suspend>suspended:d decline>handling:d feed_back>fed_back:h void>void:l
suspended: resume>handling:d void>void:l
fed_back:  confirm>checking:d rework>handling:d
checking:  check_pass>checked:s check_fail>checked:s return>fed_back:s
checked:   close>closed:l rework>handling:al return>checking:al
closed:    reopen>filed:l
refused:   reopen>reported:l
"""
TOWNSHIP = """
:          report>reported:saldhcty
reported:  solve>closed:s accept>handling:c hand_on>filed:c refuse>refused:ct
filed:     dispatch>handling:t pass_up>passed_up:t return>reported:t void>void:t
handling:  sign>handling:h hand_on>filed:c return>filed:h ask_extension>handling:hc ask_suspension>handling:hc
handling:  extend>handling:t suspend>suspended:t decline>handling:t feed_back>checking:hc void>void:t
suspended: resume>handling:t void>void:t
passed_up: feed_back>checking:y return>filed:y
checking:  check_pass>checked:s check_fail>checked:s
checked:   close>closed:t rework>handling:t return>checking:t pass_up>passed_up:t
closed:    reopen>filed:t
refused:   reopen>reported:t
"""
POSTS = {"s": "supervisor", "a": "acceptor", "l": "shift_leader", "d": "dispatcher", "h": "handler",
         "c": "community_officer", "t": "town_officer", "y": "county_officer"}
NEVER = ("system_admin", "security_admin", "audit_admin", "area_admin", "leader", "evaluator", "operator")


def by_hand(text: str) -> dict[tuple[str, str, str], str]:
    allowed = {}
    for line in text.strip().splitlines():
        state, deeds = line.split(":", 1)
        for deed in deeds.split():
            way, posts = deed.split(":")
            action, target = way.split(">")
            for sign in posts:
                allowed[state.strip(), action, POSTS[sign]] = target
    return allowed


@pytest.mark.parametrize(("profile", "text"), [("city", CITY), ("township", TOWNSHIP)])
def test_every_state_action_and_post_is_allowed_or_refused_as_written_by_hand(profile, text):
    """CAS-01…06, CAS-09…14, STF-14; "every (state, action, role) of both profiles walked"."""
    allowed = by_hand(text)
    walked = 0
    for state in ("", *workflow.STATES):
        for action in workflow.ACTIONS:
            for role in (*POSTS.values(), *NEVER):
                answer, row = workflow.decide(profile, state, action, {role}, facts=workflow.NEEDS)
                target = allowed.get((state, action, role))
                assert (row[3] if answer == "yes" else None) == target, (state, action, role, answer)
                walked += 1
    assert walked == (len(workflow.STATES) + 1) * len(workflow.ACTIONS) * (len(POSTS) + len(NEVER))


@pytest.mark.parametrize("profile", workflow.PROFILES)
def test_every_state_can_be_reached_and_every_open_one_has_an_exit(profile):
    rows = workflow.rows_of(profile)
    reached, before = {workflow.START}, set()
    while reached != before:
        before = set(reached)
        reached |= {row[3] for row in rows if row[0] in reached}
    named = {row[0] for row in rows} | {row[3] for row in rows}
    assert reached == named
    leads_on = {row[0] for row in rows if row[3] != row[0]}
    assert {state for state in named if state and workflow.STATES[state][1] != "ended"} <= leads_on


@pytest.mark.parametrize("profile", workflow.PROFILES)
@pytest.mark.parametrize(("earlier", "later"), [("handle", "check_pass"), ("handle", "check_fail"), ("handle", "close")])
def test_nobody_checks_or_closes_what_they_handled(profile, earlier, later):
    """AT-09, STF-14: whatever posts one holds, the same person does not handle and check."""
    state = "checked" if later == "close" else "checking"
    everyone = set(POSTS.values())
    answer, detail = workflow.decide(profile, state, later, everyone, duties={earlier}, facts=workflow.NEEDS)
    assert (answer, detail) == ("apart", "handle")
    assert workflow.decide(profile, state, later, everyone, facts=workflow.NEEDS)[0] == "yes"


def test_in_the_city_nobody_dispatches_what_they_filed():
    """Two axes: the supervision centre files, the directing centre dispatches (CJ/T 292, standards §5)."""
    answer, detail = workflow.decide("city", "filed", "dispatch", {"dispatcher"}, duties={"file"})
    assert (answer, detail) == ("apart", "file")


@pytest.mark.parametrize("need", workflow.NEEDS)
def test_each_need_refuses_by_its_own_name(need):
    rows = [(profile, row) for profile in workflow.PROFILES for row in workflow.rows_of(profile) if need in row[5]]
    assert rows, f"nothing needs {need}"
    for profile, row in rows:
        held = [fact for fact in workflow.NEEDS if fact != need]
        assert workflow.decide(profile, row[0], row[1], set(row[2]), facts=held)[0] == need


def test_the_buttons_are_the_rows_one_may_take():
    names = [row[1] for row in workflow.possible("city", "handling", {"handler"}, facts=("nothing_asked",))]
    assert names == ["sign", "hand_on", "return", "ask_extension", "ask_suspension", "feed_back"]
    assert workflow.possible("city", "closed", {"handler"}) == ()


def test_names_are_complete():
    actions = {row[1] for profile in workflow.PROFILES for row in workflow.rows_of(profile)}
    assert actions == set(workflow.ACTIONS) == set(EVENT_OF)
    posts = {role for profile in workflow.PROFILES for row in workflow.rows_of(profile) for role in row[2]}
    assert posts == set(workflow.ROLE_NAMES)
    assert {code: Role.named(code).zh for code in posts} == workflow.ROLE_NAMES
    duties = {row[4] for profile in workflow.PROFILES for row in workflow.rows_of(profile)}
    assert duties == set(workflow.DUTIES)


def test_the_table_imports_nothing():
    tree = ast.parse(Path(workflow.__file__).read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_verify_is_before_filing_and_check_before_closing():
    """Standards §5, terms trap: 核实 verify, 核查 check."""
    assert "核实" in workflow.ACTIONS["verify_true"][0]
    assert "核查" in workflow.ACTIONS["check_pass"][0]
    assert workflow.find("city", "verified", "file")
    assert workflow.find("city", "checked", "close")

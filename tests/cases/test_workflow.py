"""The shipped flows, walked whole: every state, action and post, allowed and refused."""

import ast
import json
from pathlib import Path

import pytest

from jingwei.accounts.rights import Role
from jingwei.cases import workflow
from jingwei.cases.events import EVENT_OF
from jingwei.cases.flow import Row, Usual
from jingwei.cases.flow_document import Unreadable, parse, to_document
from jingwei.cases.shipped import flows, versions

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
# CAS-18, CAS-19, CAS-20: the three kinds that a township tells apart from the ordinary one.
COORDINATION = """
:          report>reported:saldhcty
reported:  accept>handling:c refuse>refused:ct hand_on>filed:c
filed:     dispatch>handling:t return>reported:t void>void:t
handling:  sign>handling:h hand_on>filed:c return>filed:h ask_extension>handling:hc ask_suspension>handling:hc
handling:  extend>handling:t suspend>suspended:t decline>handling:t feed_back>fed_back:hc void>void:t
suspended: resume>handling:t void>void:t
fed_back:  note>replying:t rework>handling:t void>void:t
replying:  reply>closed:c return>fed_back:c void>void:t
closed:    reopen>filed:t
refused:   reopen>reported:t
"""
# A dispute goes as coordination does; its unit or community answers once the mediation beside it came to a result.
MEDIATION = COORDINATION
SUDDEN = """
:          report>reported:saldhcty
reported:  dispatch>handling:t pass_up>passed_up:t refuse>refused:ct
filed:     dispatch>handling:t pass_up>passed_up:t void>void:t
handling:  sign>handling:h follow>handling:s return>filed:h ask_extension>handling:h extend>handling:t decline>handling:t
handling:  feed_back>checking:h pass_up>passed_up:t void>void:t
passed_up: follow>passed_up:s feed_back>checking:y return>filed:y
checking:  check_pass>checked:s check_fail>checked:s
checked:   close>closed:t rework>handling:t return>checking:t pass_up>passed_up:t
closed:    reopen>filed:t
refused:   reopen>reported:t
"""
APPROVAL = """
:            report>reported:saldhcty
reported:    submit>reviewing:c refuse>refused:ct
reviewing:   approve>publicising:t refuse>refused:t return>reported:t void>void:t
publicising: grant>closed:t object>reviewing:ct void>void:t
refused:     reopen>reported:t
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


@pytest.mark.parametrize(("profile", "text"), [
    ("city", CITY), ("township", TOWNSHIP), ("coordination", COORDINATION), ("mediation", MEDIATION), ("sudden", SUDDEN), ("approval", APPROVAL)])
def test_every_state_action_and_post_is_allowed_or_refused_as_written_by_hand(profile, text):
    """CAS-01…06, CAS-09…14, STF-14; "every (state, action, role) of both profiles walked"."""
    allowed = by_hand(text)
    flow, walked = flows()[profile], 0
    for state in ("", *workflow.STATES):
        for action in workflow.ACTIONS:
            for role in (*POSTS.values(), *NEVER):
                answer, row = flow.decide(state, action, {role}, facts=workflow.NEEDS)
                target = allowed.get((state, action, role))
                assert (row[3] if answer == "yes" else None) == target, (state, action, role, answer)
                walked += 1
    assert walked == (len(workflow.STATES) + 1) * len(workflow.ACTIONS) * (len(POSTS) + len(NEVER))


@pytest.mark.parametrize("profile", flows())
def test_every_state_can_be_reached_and_every_open_one_has_an_exit(profile):
    rows = flows()[profile].rows
    reached, before = {workflow.START}, set()
    while reached != before:
        before = set(reached)
        reached |= {row[3] for row in rows if row[0] in reached}
    named = {row[0] for row in rows} | {row[3] for row in rows}
    assert reached == named
    leads_on = {row[0] for row in rows if row[3] != row[0]}
    assert {state for state in named if state and workflow.STATES[state][1] != "ended"} <= leads_on


@pytest.mark.parametrize("profile", ["city", "township", "sudden"])
@pytest.mark.parametrize(("earlier", "later"), [("handle", "check_pass"), ("handle", "check_fail"), ("handle", "close")])
def test_nobody_checks_or_closes_what_they_handled(profile, earlier, later):
    """AT-09, STF-14: whatever posts one holds, the same person does not handle and check."""
    state = "checked" if later == "close" else "checking"
    everyone = set(POSTS.values())
    answer, detail = flows()[profile].decide(state, later, everyone, duties={earlier}, facts=workflow.NEEDS)
    assert (answer, detail) == ("apart", "handle")
    assert flows()[profile].decide(state, later, everyone, facts=workflow.NEEDS)[0] == "yes"


@pytest.mark.parametrize(("profile", "state", "action", "earlier"), [
    ("coordination", "fed_back", "note", "handle"), ("coordination", "replying", "reply", "check"),
    ("coordination", "filed", "dispatch", "handle"), ("approval", "reviewing", "approve", "accept"), ("approval", "publicising", "object", "file")])
def test_in_coordination_and_approval_too_two_people_decide(profile, state, action, earlier):
    """Whoever handled takes no note of it, whoever accepted does not approve, and the other way round."""
    answer, detail = flows()[profile].decide(state, action, set(POSTS.values()), duties={earlier}, facts=workflow.NEEDS)
    assert (answer, detail) == ("apart", earlier)


def test_in_the_city_nobody_dispatches_what_they_filed():
    """Two axes: the supervision centre files, the directing centre dispatches (CJ/T 292, standards §5)."""
    answer, detail = flows()["city"].decide("filed", "dispatch", {"dispatcher"}, duties={"file"})
    assert (answer, detail) == ("apart", "file")


@pytest.mark.parametrize("need", workflow.NEEDS)
def test_each_need_refuses_by_its_own_name(need):
    rows = [(flow, row) for flow in flows().values() for row in flow.rows if need in row.needs]
    assert rows, f"nothing needs {need}"
    for flow, row in rows:
        held = [fact for fact in workflow.NEEDS if fact != need]
        assert flow.decide(row.state, row.action, set(row.posts), facts=held)[0] == need


def test_the_buttons_are_the_rows_one_may_take():
    names = [row[1] for row in flows()["city"].possible("handling", {"handler"}, facts=("nothing_asked",))]
    assert names == ["sign", "hand_on", "return", "ask_extension", "ask_suspension", "feed_back"]
    assert flows()["city"].possible("closed", {"handler"}) == ()


def test_names_are_complete():
    actions = {row.action for flow in flows().values() for row in flow.rows}
    assert actions == set(workflow.ACTIONS) == set(EVENT_OF)
    posts = {post for flow in flows().values() for row in flow.rows for post in row.posts}
    assert posts == set(workflow.ROLE_NAMES)
    assert {code: Role.named(code).zh for code in posts} == workflow.ROLE_NAMES
    duties = {row.duty for flow in flows().values() for row in flow.rows}
    assert duties == set(workflow.DUTIES)
    assert {ask for flow in flows().values() for row in flow.rows for ask in row.asks} == set(workflow.ASKS)
    assert {sign for flow in flows().values() for step in flow.usual for sign in step.signs} == set(workflow.SIGNS)


def test_the_words_import_nothing():
    tree = ast.parse(Path(workflow.__file__).read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_verify_is_before_filing_and_check_before_closing():
    """Standards §5, terms trap: 核实 verify, 核查 check."""
    assert "核实" in workflow.ACTIONS["verify_true"][0]
    assert "核查" in workflow.ACTIONS["check_pass"][0]
    assert flows()["city"].find("verified", "file")
    assert flows()["city"].find("checked", "close")


@pytest.mark.parametrize("flow", versions().values(), ids=lambda flow: f"{flow.code}-{flow.version}")
def test_a_flow_and_its_document_say_the_same(flow):
    assert parse(to_document(flow)) == flow
    assert parse(json.loads(json.dumps(to_document(flow)))) == flow


@pytest.mark.parametrize(("path", "value", "where"), [
    (("code",), "City Nine", "code"), (("name",), " ", "name"), (("version",), True, "version"), (("version",), 2 ** 15, "version"),
    (("levels",), 1, "levels"), (("rows",), {}, "rows"), (("rows", 3), [], "rows[3]"), (("rows", 3, "posts"), [], "rows[3].posts"),
    (("rows", 3, "posts"), ["handler", "handler"], "rows[3].posts"), (("rows", 3, "to"), "", "rows[3].to"),
    (("rows", 3, "action"), "burn", "rows[3].action"), (("rows", 3, "needs"), ["luck"], "rows[3].needs"),
    (("rows", 3, "asks"), "reason", "rows[3].asks"), (("rows", 3, "because"), "", "rows[3].because"),
    (("apart", 0), ["handle"], "apart[0]"), (("apart", 0), ["handle", "sleep"], "apart[0]"),
    (("clocks", "handling"), "whenever", "clocks.handling"), (("clocks", "sleeping"), "class", "clocks.sleeping"),
    (("usual", 1, "signs"), ["red"], "usual[1].signs"), (("verify_first",), ["rumour"], "verify_first"), (("rows", 3, "posts"), None, "rows[3].posts"),
])
def test_what_no_flow_can_mean_is_named_with_its_place(path, value, where):
    document = to_document(flows()["city"])
    at = document
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    with pytest.raises(Unreadable) as found:
        parse(document)
    assert found.value.where == where


def test_what_lacks_in_a_document_is_named():
    document = to_document(flows()["city"])
    del document["apart"]
    with pytest.raises(Unreadable) as found:
        parse(document)
    assert found.value.where == "apart"


def test_what_may_be_left_out_of_a_row_is_nothing():
    document = to_document(flows()["city"])
    document["rows"][0] = {"state": "", "action": "report", "posts": ["handler"], "to": "reported", "duty": "report"}
    document["usual"][0] = {"state": "reported", "action": "file"}
    assert parse(document).rows[0] == Row("", "report", ("handler",), "reported", "report", (), ())
    assert parse(document).usual[0] == Usual("reported", "file", ())

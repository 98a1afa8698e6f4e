"""Flows changed at random, as somebody at the editor might change them."""

from hypothesis import strategies as st

from jingwei.cases import flow_edit as edit
from jingwei.cases.flow import Flow, Row, Usual
from jingwei.cases.flow_deeds import BEARS, targets
from jingwei.cases.shipped import flows
from jingwei.cases.workflow import ACTIONS, ASKS, CHANNEL_NAMES, DUTIES, NEEDS, ROLE_NAMES, SIGNS, START, STATES

STAGES = ("accept", "verify", "file", "dispatch", "confirm", "check", "close", "township_forward", "township_county",
          "township_community", "township_town", "coordination_reply", "mediation_handle", "sudden_accept", "sudden_handle", "publicity")

_states, _posts = st.sampled_from([START, *STATES]), st.lists(st.sampled_from([*ROLE_NAMES]), min_size=1, max_size=4, unique=True)
_some = {"needs": st.lists(st.sampled_from([*NEEDS]), max_size=2, unique=True), "asks": st.lists(st.sampled_from([*ASKS]), max_size=3, unique=True)}


@st.composite
def wild_rows(draw) -> Row:
    """A row of known words that need not make sense."""
    return Row(draw(_states), draw(st.sampled_from([*ACTIONS])), tuple(draw(_posts)), draw(st.sampled_from([*STATES])), "",
               tuple(draw(_some["needs"])), tuple(draw(_some["asks"])))


@st.composite
def sensible_rows(draw, levels: bool) -> Row:
    """A row that its action's code bears, done by whoever."""
    ways = [(state, action, to) for action, bears in BEARS.items() for state in bears.ways for to in targets(state, action, levels=levels)]
    state, action, to = draw(st.sampled_from(ways))
    bears = BEARS[action]
    return Row(state, action, tuple(draw(_posts)), to, "", bears.needs, bears.must)


@st.composite
def edited(draw, wild: bool, most: int = 6) -> Flow:
    """A shipped flow after some edits."""
    flow = draw(st.sampled_from([*flows().values()]))
    for _ in range(draw(st.integers(1, most))):
        flow = draw(_edits(flow, wild))
    return flow


@st.composite
def _edits(draw, flow: Flow, wild: bool) -> Flow:
    what = draw(st.sampled_from(["post", "remove", "row", "clock", "apart", "usual", "verify_first", "need"]))
    some = draw(st.sampled_from(flow.rows)) if flow.rows else None
    if what == "row" or some is None:
        row = draw(wild_rows() if wild else sensible_rows(flow.levels))
        return edit.put_row(flow, row, new=flow.find(row.state, row.action) is None)
    if what == "post":
        return edit.put_row(flow, some._replace(posts=tuple(draw(_posts))))
    if what == "need":
        return edit.put_row(flow, some._replace(needs=tuple(draw(_some["needs"])) if wild else some.needs))
    if what == "remove":
        return edit.remove_row(flow, some.state, some.action)
    if what == "clock":
        limit = draw(st.sampled_from(["", "class", "level:township", "stage:check", *(["stage:no_such"] if wild else [])]))
        return edit.set_clock(flow, draw(st.sampled_from([*STATES])), limit)
    if what == "apart":
        pair = draw(st.lists(st.sampled_from([*DUTIES]), min_size=2, max_size=2, unique=True))
        return edit.set_apart(flow, *pair, apart=draw(st.booleans()))
    if what == "usual":
        steps = draw(st.lists(st.builds(Usual, st.just(some.to), st.sampled_from([*ACTIONS]), st.lists(
            st.sampled_from([*SIGNS]), max_size=1).map(tuple)), max_size=3))
        return edit.set_usual(flow, some.to, steps)
    return edit.set_verify_first(flow, draw(st.lists(st.sampled_from([*CHANNEL_NAMES]), max_size=3, unique=True)))

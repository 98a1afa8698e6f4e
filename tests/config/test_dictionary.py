"""The words of every code, from the rooms' own tables."""

import pytest

from jingwei.accounts.queries import Role
from jingwei.cases import marks, workflow
from jingwei.catalogue.limits import UNITS
from jingwei.config import english
from jingwei.grids.codes import Kind
from jingwei.grids.staffing import Post
from jingwei.registry.parts.states import STATES
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_everybody_signed_in_learns_what_codes_are_called(cast: Cast) -> None:
    told = cast.client(cast.of(None)).get("/api/dictionary").json()
    codes = {
        "states": set(workflow.STATES), "state_kinds": set(workflow.STATES), "actions": set(workflow.ACTIONS),
        "channels": set(workflow.CHANNELS), "limit_units": set(UNITS), "posts": {role.code for role in Role},
        "staffing_posts": {post.value for post in Post}, "area_kinds": {kind.value for kind in Kind},
        "part_states": set(STATES), "marks": {code for code, name in marks.NAMES.items() if name}}
    assert {kind: set(names) for kind, names in told.items()} == codes
    for kind, names in told.items():
        if kind != "state_kinds":
            assert [name for name in names.values() if not name or name.isascii()] == []
    assert (told["states"]["filed"], told["channels"]["hotline"], told["area_kinds"]["unit"]) == ("待派遣", "热线", "单元网格")


def test_whoever_reads_english_is_told_english_names(cast: Cast) -> None:
    """States, actions, channels, units of time and posts are whole; what has no English name keeps its Chinese one."""
    client = cast.client(cast.of(None))
    chinese = client.get("/api/dictionary").json()
    told = client.get("/api/dictionary", headers={"Accept-Language": "en"}).json()
    assert {kind: set(names) for kind, names in told.items()} == {kind: set(names) for kind, names in chinese.items()}
    for kind in ("states", "actions", "marks", "channels", "limit_units", "posts", "staffing_posts"):
        assert [name for name in told[kind].values() if not name.isascii()] == [], kind
    assert (told["states"]["filed"], told["area_kinds"]["quasi_village"]) == ("To dispatch", "类似村社区的单位")


def test_no_english_name_stands_for_a_code_that_is_gone(cast: Cast) -> None:
    told = cast.client(cast.of(None)).get("/api/dictionary").json()
    assert [(kind, code) for kind, names in english.NAMES.items() for code in names if code not in told[kind]] == []

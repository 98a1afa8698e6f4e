"""The words of every code, from the rooms' own tables."""

import pytest

from jingwei.accounts.queries import Role
from jingwei.cases import workflow
from jingwei.catalogue.limits import UNITS
from jingwei.grids.codes import Kind
from jingwei.grids.staffing import Post
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_everybody_signed_in_learns_what_codes_are_called(cast: Cast) -> None:
    told = cast.client(cast.of(None)).get("/api/dictionary").json()
    codes = {
        "states": set(workflow.STATES), "state_kinds": set(workflow.STATES), "actions": set(workflow.ACTIONS),
        "channels": set(workflow.CHANNELS), "limit_units": set(UNITS), "posts": {role.code for role in Role},
        "staffing_posts": {post.value for post in Post}, "area_kinds": {kind.value for kind in Kind}}
    assert {kind: set(names) for kind, names in told.items()} == codes
    for kind, names in told.items():
        if kind != "state_kinds":
            assert [name for name in names.values() if not name or name.isascii()] == []
    assert (told["states"]["filed"], told["channels"]["hotline"], told["area_kinds"]["unit"]) == ("待派遣", "热线", "单元网格")

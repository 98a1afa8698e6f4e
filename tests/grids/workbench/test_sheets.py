"""The sheets of a plan, whichever way its communities are told."""

import pytest

from jingwei.grids.models import PlanVersion
from jingwei.grids.queries.plan_sheet import communities_of, sheets
from tests.grids.workbench.conftest import Divided

pytestmark = pytest.mark.django_db


def test_every_community_has_its_units_whether_its_path_or_its_code_comes_first(divided: Divided) -> None:
    """Paths are ordered as text: that of area 10 comes before that of area 6, its code after."""
    plan = PlanVersion.objects.get(pk=divided.draft)
    told = communities_of(plan)
    forth, back = sheets(plan, told), sheets(plan, told[::-1])
    assert [(sheet.community.pk, len(sheet.units), len(sheet.groups)) for sheet in forth] == [
        (sheet.community.pk, len(sheet.units), len(sheet.groups)) for sheet in reversed(back)]
    assert all(sheet.units for sheet in forth)

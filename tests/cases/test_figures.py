"""How many cases a place had, by month: what the archive of a grid shows, equal to what the list counts."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, queries
from jingwei.grids import ports
from jingwei.grids import queries as ground
from jingwei.kernel import clock
from tests.cases.conftest import IN_SECOND, MONDAY_NINE

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)


def test_open_now_and_reported_and_closed_by_month(centre, django_assert_num_queries):
    """GRD-01: the archive of a grid."""
    centre.report()
    commands.close(centre.act("leader1"), centre.checked())
    commands.refuse(centre.act("acceptor"), centre.report(), reason="重复上报")
    centre.report(at=IN_SECOND)
    centre._keys.clear()
    with clock.held_at(MONDAY_NINE + MONTH):
        centre.report()
    centre._keys.clear()
    county = ground.path_of_code("990101")
    months = [(MONDAY_NINE - timedelta(days=1), MONDAY_NINE + timedelta(days=1)),
              (MONDAY_NINE + timedelta(days=1), MONDAY_NINE + MONTH),
              (MONDAY_NINE + MONTH, MONDAY_NINE + 2 * MONTH)]
    with django_assert_num_queries(2):
        found = queries.figures(county, months)
    assert found == (3, ((4, 1), (0, 0), (1, 0))), "what was refused is neither open nor closed"
    inside = ground.locate(*IN_SECOND)
    assert inside is not None
    assert queries.figures(inside.path, months[:1]) == (1, ((1, 0),))
    assert queries.figures(county, []) == (3, ())


def test_the_archive_is_wired_to_the_cases(centre):
    path = ground.path_of_code("990101")
    found = ports.cases_of(path, [(MONDAY_NINE - MONTH, MONDAY_NINE + MONTH)])
    assert found is not None
    before = found.open
    centre.report()
    assert ports.cases_of(path, [(MONDAY_NINE - MONTH, MONDAY_NINE + MONTH)]).open == before + 1

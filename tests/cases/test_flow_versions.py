"""Which flow a case runs by: that of the nearest place which published its own, and of the version it began with."""

from dataclasses import replace

import pytest

from jingwei.cases import commands, flow_book, queries
from jingwei.cases.flow_document import to_document
from jingwei.cases.models import Case, LocalFlow
from jingwei.cases.shipped import flows
from jingwei.grids import queries as ground
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from tests.cases.conftest import IN_FIRST, IN_SECOND, IN_VILLAGE, MONDAY_NINE
from tests.cases.test_interface import at_most

pytestmark = pytest.mark.django_db


def published(code: str, version: int, area: int | None = None, **changed) -> None:
    """A version that is in force from now on, as a command leaves it."""
    flow = replace(flows()[code], version=version, **changed)
    LocalFlow.objects.filter(code=code, area_id=area, state="published").update(state="retired")
    LocalFlow.objects.create(code=code, version=version, area_id=area, state="published", document=to_document(flow), based_on=1,
                             made_at=MONDAY_NINE, published_at=MONDAY_NINE)
    journal.bump("flows")


def test_a_place_s_own_flow_goes_before_that_of_everywhere(centre):
    published("city", 1001, name="到处")
    published("city", 1002, ground.place_by_code("990101", generations()).area_id, name="示例区的")
    paths = dict(LocalFlow.objects.values_list("version", "area__path"))
    known = generations()
    assert flow_book.in_force("city", f"{paths[1002]}7/8/", known).name == "示例区的"
    assert flow_book.in_force("city", "990/", known).name == "到处"
    assert flow_book.in_force("township", f"{paths[1002]}7/", known) == flows()["township"]


def test_running_cases_keep_the_version_they_began_with(centre):
    """Issue: running cases keep their version. Here the new one lets only the shift leader file."""
    before = centre.report("supervisor", at=IN_FIRST)
    only_leader = tuple(row._replace(posts=("shift_leader",)) if row.action == "file" else row for row in flows()["city"].rows)
    published("city", 1001, rows=only_leader)
    after = centre.report("supervisor", at=IN_SECOND)
    assert [Case.objects.get(id=each).profile_version for each in (before, after)] == [1, 1001]
    offered = [{one["action"] for one in queries.detail(centre.act("acceptor"), each).actions} for each in (before, after)]
    assert "file" in offered[0]
    assert "file" not in offered[1]
    commands.file(centre.act("acceptor"), before)
    commands.file(centre.act("leader1"), after)


def test_a_later_version_changes_nothing_of_a_case_that_began_under_an_earlier_one(centre):
    published("city", 1001, name="第一")
    case_id = centre.report("supervisor")
    published("city", 1002, name="第二")
    case = Case.objects.get(id=case_id)
    assert flow_book.of(case).name == "第一"
    flow_book.forget()  # another process, or this one tomorrow
    assert flow_book.of(case).name == "第一"


def test_a_flow_of_one_s_own_costs_no_statement_once_it_is_known(centre):
    published("city", 1001)
    case_id = centre.report("supervisor")
    queries.detail(centre.act("acceptor"), case_id)
    acceptor = centre.act("acceptor")
    with at_most(5):
        assert queries.detail(acceptor, case_id).case["state"] == "reported"


def test_a_version_that_never_was_is_no_flow(centre):
    centre.report("villager", at=IN_VILLAGE)
    with pytest.raises(KeyError):
        flow_book.version("township", 1001)
    with pytest.raises(KeyError):
        flow_book.version("nowhere", 1)

"""Filters shared with an area: who sees them, who changes them, and what becomes of them."""

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, users
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries
from jingwei.cases.commands.views import MOST
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ViewEvent
from jingwei.cases.models import SavedView, SharedView
from jingwei.cases.search_errors import SearchError
from jingwei.grids import commands as grids
from jingwei.grids import queries as ground
from jingwei.journal.models import Entry
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from tests.cases.conftest import expect_refusal
from tests.cases.test_following import boss, read_on  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

COUNTY, STREET, COMMUNITY = "990101000000", "990101001000", "990101001001"


def seen_by(centre, login):
    return [view.name for view in queries.shared_views(centre.act(login))]


def test_a_view_is_seen_by_who_works_within_the_area_in_the_post_it_is_for(centre):
    leader = centre.act("leader1")
    commands.share_view(leader, "全区超期", "late=true", area=COUNTY)
    commands.share_view(leader, "街道井盖", "words=%E4%BA%95%E7%9B%96", area=STREET)
    commands.share_view(leader, "受理员看", "state=reported", area=COUNTY, role="acceptor")
    assert seen_by(centre, "leader1") == ["全区超期", "受理员看", "街道井盖"]
    assert seen_by(centre, "acceptor") == ["全区超期", "受理员看"]
    assert seen_by(centre, "supervisor") == ["全区超期", "街道井盖"]
    assert seen_by(centre, "villager") == ["全区超期"]
    for login in ("neighbour", "sysadmin"):
        assert seen_by(centre, login) == []
    first = queries.shared_views(centre.act("acceptor"))[1]
    assert (first.by, first.area, first.area_name, first.role, first.role_name, first.own) == (
        "leader1示例", COUNTY, "示例区", "acceptor", "受理员", False)
    assert queries.shared_views(leader)[0].own


def test_only_who_shared_it_changes_or_withdraws_it_and_everybody_may_copy_it(centre):
    leader, acceptor = centre.act("leader1"), centre.act("acceptor")
    view = commands.share_view(leader, "超期", "late=true", area=COUNTY)
    with expect_refusal(AccountError.NO_RIGHT):
        commands.change_shared_view(acceptor, view, "我的", "", area=COUNTY)
    with expect_refusal(SearchError.VIEW_NOT_YOURS):
        commands.change_shared_view(centre.act("dispatcher"), view, "我的", "", area=COUNTY)
    with expect_refusal(SearchError.VIEW_NOT_YOURS):
        commands.withdraw_view(acceptor, view)
    for login in ("neighbour", "sysadmin"):
        with expect_refusal(KernelError.NOT_FOUND):
            commands.withdraw_view(centre.act(login), view)
    shared = queries.shared_views(acceptor)[0]
    commands.save_view(acceptor, shared.name, shared.query)
    commands.change_shared_view(leader, view, "超期两天", "late=true&state=filed", area=STREET, role="supervisor")
    assert seen_by(centre, "acceptor") == []
    assert seen_by(centre, "supervisor") == ["超期两天"]
    commands.withdraw_view(leader, view)
    assert not SharedView.objects.exists()
    assert [(own.name, own.query) for own in queries.views(acceptor)] == [("超期", "late=true")]
    entries = Entry.objects.filter(subject=f"view:{view}").order_by("number")
    assert [entry.verb for entry in entries] == [event.value for event in ViewEvent]
    assert not any("超期" in entry.data or "late" in entry.data for entry in entries)


def test_what_somebody_left_behind_is_withdrawn_by_who_manages_the_area(centre):
    view = commands.share_view(centre.act("leader1"), "超期", "late=true", area=STREET)
    users.dismiss(accounts.operator(), centre.ids["leader1"])
    commands.withdraw_view(centre.act("admin"), view)
    assert not SharedView.objects.exists()


def test_a_town_shares_with_those_who_work_in_it(centre):
    commands.share_view(centre.act("town"), "本镇超期", "late=true", area="990101100000")
    assert (seen_by(centre, "villager"), seen_by(centre, "supervisor")) == (["本镇超期"], [])


@pytest.mark.parametrize(("login", "area", "role", "reason"), [
    ("acceptor", COUNTY, "", AccountError.NO_RIGHT), ("leader1", "990102000000", "", SearchError.VIEW_AREA),
    ("leader1", "", "", SearchError.VIEW_AREA), ("leader1", "\x00", "", SearchError.VIEW_AREA), ("leader1", "990100000000", "", SearchError.VIEW_AREA),
    ("leader1", COUNTY, "mayor", SearchError.VIEW_ROLE), ("town", COUNTY, "", SearchError.VIEW_AREA),
    ("community", COUNTY, "", AccountError.NO_RIGHT)])
def test_nobody_shares_further_than_they_answer_for(centre, login, area, role, reason):
    with expect_refusal(reason):
        commands.share_view(centre.act(login), "超期", "late=true", area=area, role=role)
    assert not SharedView.objects.exists()


def test_nobody_shares_more_than_fits_a_menu_nor_numbers_of_people(centre):
    leader = centre.act("leader1")
    for number in range(MOST):
        commands.share_view(leader, f"筛选{number}", "words=13800138000&late=true", area=STREET)
    with expect_refusal(CaseError.VIEWS_FULL):
        commands.share_view(leader, "再一个", "", area=STREET)
    commands.save_view(leader, "自己的", "words=13800138000")
    kept = [*SharedView.objects.values_list("query", flat=True), *SavedView.objects.values_list("query", flat=True)]
    assert not any("138001" in query for query in kept)
    assert all("late=true" in query for query in kept[:-1])


def test_a_shared_view_goes_along_when_its_area_is_moved(centre, boss):  # noqa: F811 - the fixture
    commands.share_view(centre.act("leader1"), "社区", "", area=COMMUNITY)
    street = grids.create_area(boss, "990101002000", "东街街道", "street", parent_id=centre.areas[COUNTY])
    grids.move(boss, centre.areas[COMMUNITY], street)
    read_on()
    assert SharedView.objects.get().area_path == ground.path_of_code(COMMUNITY)
    assert seen_by(centre, "supervisor") == ["社区"]


def test_shared_views_over_the_interface(centre):
    client, key = centre.client("leader1"), {"content_type": "application/json"}
    body = {"name": "超期", "query": "late=true", "area": STREET, "role": ""}
    made = client.post("/api/views/shared", body, **key)
    assert made.status_code == 201
    address = f"/api/views/shared/{made.json()['id']}"
    assert client.put(address, body | {"name": "新名"}, **key).status_code == 200
    assert [view["name"] for view in centre.client("supervisor").get("/api/views/shared").json()] == ["新名"]
    assert client.put(address, {"name": "少了区域"}, **key).status_code == 400
    assert client.delete(address).status_code == 200
    assert client.delete(f"/api/views/shared/{new_id()}").status_code == 404
    assert client.get("/api/views/shared").json() == []


def test_a_supervisor_with_two_posts_sees_what_is_for_either(centre):
    leader = centre.act("leader1")
    commands.share_view(leader, "镇里看", "", area="990101100000")
    assert seen_by(centre, "supervisor") == []
    grants.give(accounts.operator(), centre.ids["supervisor"], "supervisor", "990101100200")
    assert seen_by(centre, "supervisor") == ["镇里看"]

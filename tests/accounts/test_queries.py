"""Lists narrowed to what the asker may reach."""

from uuid import UUID

import pytest

from jingwei.accounts import jobs, ports, queries
from jingwei.accounts.commands import grants, invitations, sign_in, tokens, units, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import DeviceToken, Invitation, Session
from jingwei.accounts.queries import Role
from jingwei.journal import commands as journal_commands
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from tests.accounts.asking import refused
from tests.cast import EVERYWHERE, OTHER_TOWN, PASSWORD, TOWN, VILLAGE

pytestmark = pytest.mark.django_db


def logins(page) -> list[str]:
    return [row.login for row in page.items]


@pytest.fixture
def towns(cast):
    """Two people here, one there, one everywhere, one in both, one without a role."""
    cast.hire("here.one", Role.SUPERVISOR, TOWN, home="B-1-1")
    cast.hire("here.two", Role.HANDLER, VILLAGE, home="B-2")
    cast.hire("there.one", Role.SUPERVISOR, OTHER_TOWN)
    cast.hire("over.all", Role.LEADER, EVERYWHERE)
    both = cast.hire("both.towns", Role.LEADER, TOWN)
    grants.give(queries.operator(), both.id, "leader", "330199002", area_path=OTHER_TOWN)
    cast.hire("no.role")
    return cast


def test_an_area_administrator_sees_the_people_of_his_area(towns):
    actor = towns.actor(towns.hire("boss", Role.AREA_ADMIN, TOWN))
    page = queries.staff(actor)
    assert logins(page) == ["boss", "both.towns", "here.one", "here.two"]
    both = next(row for row in page.items if row.login == "both.towns")
    assert both.roles == ("leader",)
    assert [role.area_code for role in queries.person(actor, both.id).roles] == ["330199001"]


def test_one_tied_to_a_unit_sees_the_people_of_that_unit(towns):
    actor = towns.actor(towns.hire("boss", Role.AREA_ADMIN, TOWN, unit="B-1"))
    assert logins(queries.staff(actor)) == ["here.one"]


def test_who_gives_roles_also_sees_people_without_one(towns):
    actor = towns.actor(towns.hire("boss", Role.SECURITY_ADMIN, TOWN))
    assert logins(queries.staff(actor)) == ["boss", "both.towns", "here.one", "here.two", "no.role"]


def test_who_reaches_everywhere_sees_all_and_the_dismissed_when_asked(towns, operator):
    actor = towns.actor(towns.hire("boss", Role.SYSTEM_ADMIN, EVERYWHERE))
    gone = towns.hire("gone.one")
    users.dismiss(operator, gone.id)
    assert len(logins(queries.staff(actor))) == 7
    assert logins(queries.staff(actor, active=False)) == ["gone.one"]
    assert len(logins(queries.staff(actor, active=None))) == 8


def test_pages_go_on_after_the_last_login_without_gap_or_repeat(towns, operator):
    seen, after = [], ""
    for _ in range(10):
        page = queries.staff(operator, after=after, limit=2)
        seen += logins(page)
        if page.next is None:
            break
        after = page.next
    assert seen == ["both.towns", "here.one", "here.two", "no.role", "over.all", "there.one"]


def test_people_are_found_by_the_beginning_of_the_login_or_part_of_the_name(towns, operator):
    towns.hire("zz.last", name="欧阳演示")
    assert logins(queries.staff(operator, find="HERE.")) == ["here.one", "here.two"]
    assert logins(queries.staff(operator, find="阳演")) == ["zz.last"]
    assert logins(queries.staff(operator, find="%")) == []


def test_names_are_kept_until_somebody_is_renamed(towns, operator, django_assert_num_queries):
    person = towns.hire("wang.li", name="王示例")
    ids = [person.id, None, UUID(int=7)]
    assert queries.names_of(ids) == {person.id: "王示例"}
    with django_assert_num_queries(1):  # the generation
        queries.names_of([person.id])
    with django_assert_num_queries(0):
        queries.names_of([person.id], {"accounts": queries._names[0]})
    users.rename(operator, person.id, "王样例")
    assert queries.names_of(ids) == {person.id: "王样例"}


def test_the_book_of_units_holds_paths_and_units_out_of_use(cast, operator):
    units.deactivate(operator, cast.units["B-2"])
    book = queries.unit_book()
    assert book[cast.units["B-2"]].active is False
    assert book[cast.units["B-1-1"]].path == f"{cast.units['B-1']}/{cast.units['B-1-1']}/"
    assert book[cast.units["B-1-1"]].name == "环卫站"


def test_the_people_of_a_unit_are_those_within_reach(towns):
    everybody = {row.login: row.unit_code for row in queries.staff(queries.operator(), limit=200).items}
    unit = next(code for code in everybody.values() if code)
    told = queries.staff(queries.operator(), unit=unit, limit=200)
    assert {row.login for row in told.items} == {login for login, code in everybody.items() if code == unit}
    assert queries.staff(queries.operator(), unit="NO-SUCH").items == []
    actor = towns.actor(towns.hire("boss", Role.SECURITY_ADMIN, TOWN))
    seen = {row.login for row in queries.staff(actor, limit=200).items}
    assert {row.login for row in queries.staff(actor, unit=unit, limit=200).items} == {
        login for login in seen if everybody.get(login) == unit}


def test_online_are_those_with_a_session_within_reach_and_how_long_is_counted_nowhere(towns):
    actor = towns.actor(towns.hire("boss", Role.SECURITY_ADMIN, TOWN))
    for login in ("here.one", "there.one"):
        person = queries.staff(queries.operator(), find=login).items[0]
        sign_in.admit(person.id)
        sign_in.admit(person.id)
    told = queries.online(actor)
    assert {(row.login, row.sessions) for row in told} == {("here.one", 2), ("boss", 1)}
    refused(lambda: queries.online(towns.actor(towns.of(Role.AREA_ADMIN))), AccountError.NO_RIGHT)
    with clock.held_at(clock.now() + sign_in.LASTS):
        assert queries.online(actor) == []


def sign_ins_of(actor, **more):
    journal_commands.number_entries()
    return queries.sign_ins(actor, **more)


def test_the_auditor_reads_who_signed_in_newest_first(cast, operator):
    person = cast.hire("wang.li", Role.SUPERVISOR, name="王示例")
    invitations.accept(users.reset(operator, person.id).token, PASSWORD)
    auditor = cast.actor(cast.of(Role.AUDIT_ADMIN, EVERYWHERE))
    for login, password in (("wang.li", PASSWORD), ("wang.li", "x"), ("nobody", "x")):
        try:
            sign_in.sign_in(login, password, address="192.0.2.7")
        except Refusal:
            continue
    told = sign_ins_of(auditor).items
    assert [(row.verb, row.login) for row in told] == [
        ("signin.refused", ""), ("signin.refused", "wang.li"), ("signin.accepted", "wang.li"),
        ("signin.accepted", cast.of(Role.AUDIT_ADMIN, EVERYWHERE).login)]
    assert told[0].source == told[1].source != ""
    assert told[1].name == "王示例"


def test_the_log_is_turned_page_by_page_over_quiet_stretches(cast, operator, monkeypatch):
    monkeypatch.setattr(queries, "_WINDOW", 7)
    monkeypatch.setattr(queries, "_WINDOWS", 2)
    auditor = cast.actor(cast.of(Role.AUDIT_ADMIN, EVERYWHERE))
    person = cast.hire("wang.li", Role.SUPERVISOR)
    for number in range(40):
        users.rename(operator, person.id, f"王示例{number}")
        if number % 13 == 0:
            sign_in.admit(person.id)
    seen, before = [], None
    for _ in range(100):
        page = sign_ins_of(auditor, before=before, limit=2)
        seen += [row.position for row in page.items]
        before = page.before
        if before is None:
            break
    assert len(seen) == 5
    assert seen == sorted(set(seen), reverse=True)


def test_an_auditor_of_one_town_reads_of_that_town(cast):
    auditor = cast.actor(cast.of(Role.AUDIT_ADMIN, TOWN))
    for login, area in (("here.one", TOWN), ("there.one", OTHER_TOWN), ("over.all", EVERYWHERE)):
        sign_in.admit(cast.hire(login, Role.LEADER, area).id)
    assert {row.login for row in sign_ins_of(auditor).items} == {"here.one", cast.of(Role.AUDIT_ADMIN, TOWN).login}


def test_what_has_expired_is_swept_and_what_has_not_stays(cast, operator):
    person = cast.of(Role.SUPERVISOR)
    actor = cast.actor(person)
    tokens.issue_token(actor, "手机")
    users.reset(operator, person.id)
    cast.keys.clear()
    tokens.issue_token(cast.actor(person), "手机")
    assert jobs.sweep() == 0
    with clock.held_at(clock.now() + sign_in.LASTS):
        assert jobs.sweep() == 1  # the session
    with clock.held_at(clock.now() + 8 * 2 * sign_in.LASTS):
        assert jobs.sweep() == 1  # the link, a week after it expired
        assert jobs.sweep() == 0
    assert [model.objects.count() for model in (Session, Invitation, DeviceToken)] == [0, 0, 1]
    with clock.held_at(clock.now() + tokens.LASTS):
        assert jobs.sweep() == 1


def test_ones_own_roles_tell_the_names_of_area_and_unit(cast, operator, monkeypatch):
    """The desk's corner says: 处置人员，柳溪街道，城市管理局."""
    monkeypatch.setattr(ports, "_area_names", lambda paths: {path: "柳溪街道" for path in paths if path == TOWN})
    person = cast.hire("wang.li", Role.HANDLER, TOWN, unit="B-1")
    grants.give(operator, person.id, "leader", "*", area_path=EVERYWHERE)
    grants.give(operator, person.id, "leader", "330199002", area_path=OTHER_TOWN)
    told = [(role.code, role.name, role.area_code, role.area_name, role.unit_code, role.unit_name)
            for role in queries.me(cast.actor(person)).roles]
    assert told == [("handler", "处置人员", "330199001", "柳溪街道", "B-1", "城市管理局"),
                    ("leader", "领导", "", "全部区域", "", ""),
                    ("leader", "领导", "330199002", "330199002", "", "")]  # a name nobody knows: the code

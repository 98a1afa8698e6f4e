"""Roles over areas and units, with dates, kept apart by duty (STF-14, AT-09)."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.accounts import queries
from jingwei.accounts.commands import grants
from jingwei.accounts.commands.following import follow_areas
from jingwei.accounts.errors import AccountError
from jingwei.accounts.queries import Right, Role
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from tests.accounts.asking import refused, send
from tests.cast import CODE_OF, EVERYWHERE, OTHER_TOWN, TOWN, VILLAGE

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_role_reaches_its_area_and_below(cast):
    actor = cast.actor(cast.of(Role.ACCEPTOR, TOWN))
    assert actor.covers(Right.CASE_READ.value, TOWN)
    assert actor.covers(Right.CASE_READ.value, VILLAGE)
    assert not actor.covers(Right.CASE_READ.value, OTHER_TOWN)
    assert not actor.covers(Right.USER_GRANT.value, TOWN)


def test_a_role_tied_to_a_unit_reaches_what_that_unit_or_one_below_holds(cast):
    actor = cast.actor(cast.of(Role.HANDLER, TOWN, unit="B-1"))
    bureau, station, water = (queries.unit_by_code(code).path for code in ("B-1", "B-1-1", "B-2"))
    assert actor.covers(Right.CASE_READ.value, VILLAGE, bureau)
    assert actor.covers(Right.CASE_READ.value, VILLAGE, station)
    assert not actor.covers(Right.CASE_READ.value, VILLAGE, water)
    assert not actor.covers(Right.CASE_READ.value, OTHER_TOWN, bureau)


def test_a_withdrawn_role_is_gone_at_the_next_request(cast):
    person = cast.of(Role.LEADER)
    client = cast.client(person)
    assert [send(client, "GET /units").status_code for _ in range(2)] == [200, 200]
    grants.withdraw(cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE)), person.grant)
    assert send(client, "GET /units").status_code == 403
    refused(lambda: grants.withdraw(queries.operator(), person.grant), KernelError.NOT_FOUND)


def test_a_role_given_is_there_at_the_next_request(cast):
    person = cast.of(None)
    client = cast.client(person)
    assert send(client, "GET /units").status_code == 403
    grants.give(cast.actor(cast.of(Role.SECURITY_ADMIN, TOWN)), person.id, "supervisor", CODE_OF[VILLAGE])
    assert send(client, "GET /units").status_code == 200


def test_a_role_with_dates_begins_and_ends_to_the_minute_with_warm_caches(cast, operator):
    """Sunday evening: not yet. Monday: yes. The moment it ends: no."""
    with clock.held_at(MONDAY - DAY):
        person = cast.hire("stand.in")
        grants.give(operator, person.id, "leader", "*", since=MONDAY, until=MONDAY + DAY)
        client = cast.client(person, by="token")  # lasts longer than a session
    last = MONDAY + DAY - timedelta(seconds=1)
    for at, status in ((MONDAY - DAY, 403), (MONDAY - timedelta(seconds=1), 403), (MONDAY, 200), (last, 200),
                       (MONDAY + DAY, 403)):
        with clock.held_at(at):
            assert send(client, "GET /units").status_code == status, at


@pytest.mark.parametrize(("since", "until"), [
    (None, MONDAY - DAY), (None, MONDAY), (MONDAY + DAY, MONDAY + DAY), (MONDAY + 2 * DAY, MONDAY + DAY),
    (None, datetime(2027, 1, 1)),  # noqa: DTZ001  # no zone
])
def test_it_refuses_dates_that_make_no_time(cast, operator, since, until):
    person = cast.of(None)
    with clock.held_at(MONDAY):
        refused(lambda: grants.give(operator, person.id, "leader", "*", since=since, until=until),
                AccountError.BAD_DATES)


def test_duties_clash_wherever_the_areas_are(cast, operator):
    """AT-09: a handler of one town is no supervisor of another; the operator too is bound."""
    person = cast.of(Role.HANDLER, TOWN)
    told = refused(lambda: grants.give(operator, person.id, "supervisor", CODE_OF[OTHER_TOWN], area_path=OTHER_TOWN),
                   AccountError.ROLE_CLASH)
    assert "处置人员" in told.text("zh")
    assert "handler" in told.text("en")
    assert [grant.role for grant in queries.grants_of(person.id)] == ["handler"]


def test_duties_may_follow_one_another(cast, operator):
    """Handler until Monday, evaluator from Monday: no day with both."""
    with clock.held_at(MONDAY - 30 * DAY):
        person = cast.hire("turn.over")
        grants.give(operator, person.id, "handler", "*", until=MONDAY)
        refused(lambda: grants.give(operator, person.id, "evaluator", "*", since=MONDAY - DAY),
                AccountError.ROLE_CLASH)
        later = grants.give(operator, person.id, "evaluator", "*", since=MONDAY)
        helping = cast.hire("helping.out")
        grants.give(operator, helping.id, "evaluator", "*", since=MONDAY)
        grants.give(operator, helping.id, "handler", "*", until=MONDAY)  # ends when the other begins
        refused(lambda: grants.give(operator, person.id, "supervisor", "*", since=MONDAY + DAY),
                AccountError.ROLE_CLASH)
        grants.withdraw(operator, later)
        grants.give(operator, person.id, "supervisor", "*", since=MONDAY)


def test_the_security_administrator_gives_himself_nothing(cast):
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE))
    refused(lambda: grants.give(security, security.user_id, "leader", "*"), AccountError.NOT_ONESELF)
    refused(lambda: grants.withdraw(security, cast.of(Role.SECURITY_ADMIN, EVERYWHERE).grant),
            AccountError.NOT_ONESELF)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_are_made_at_the_keyboard_only(cast, role):
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE))
    refused(lambda: grants.give(security, cast.of(None).id, role, "*"), AccountError.ADMINISTRATORS_AT_KEYBOARD)


@pytest.mark.parametrize("role", ["operator", "", "Leader", "leader\0", "root" * 100])
def test_nobody_gives_what_is_no_role(cast, operator, role):
    refused(lambda: grants.give(operator, cast.of(None).id, role, "*"), AccountError.ROLE_UNKNOWN)


@pytest.mark.parametrize("code", ["", "999", "330199\0", "*\u200b", "１", "/" * 500])
def test_a_missing_or_unknown_area_is_not_everywhere(cast, operator, code):
    refused(lambda: grants.give(operator, cast.of(None).id, "leader", code), AccountError.AREA_UNKNOWN)


def test_an_administrator_of_one_town_gives_roles_there_only(cast):
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, TOWN))
    person = cast.of(None)
    for code in ("*", "330199", CODE_OF[OTHER_TOWN]):
        refused(lambda code=code: grants.give(security, person.id, "leader", code), AccountError.RIGHT_ELSEWHERE)
    grants.give(security, person.id, "leader", CODE_OF[TOWN])


def test_the_same_role_twice_is_refused(cast, operator):
    person = cast.of(Role.HANDLER, TOWN)
    refused(lambda: grants.give(operator, person.id, "handler", CODE_OF[TOWN], area_path=TOWN),
            AccountError.ROLE_HELD)
    grants.give(operator, person.id, "handler", CODE_OF[VILLAGE], area_path=VILLAGE)


def test_roles_follow_an_area_that_moves_and_their_caches_end(cast, operator):
    here, below, other = (cast.of(Role.LEADER, area) for area in (TOWN, VILLAGE, OTHER_TOWN))
    actors = [cast.actor(person) for person in (here, below, other)]
    assert [actor.grants[0].area_path for actor in actors] == [TOWN, VILLAGE, OTHER_TOWN]
    follow_areas([(TOWN, "9/11/")])
    actors = [cast.actor(person) for person in (here, below, other)]
    assert [actor.grants[0].area_path for actor in actors] == ["9/11/", "9/11/111/", OTHER_TOWN]

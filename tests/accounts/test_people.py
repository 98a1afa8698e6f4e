"""People: created without a role, reset, dismissed at once (issue: dismissal ends every session and token)."""

from uuid import UUID

import pytest

from jingwei.accounts import queries
from jingwei.accounts.commands import grants, invitations, sign_in, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import DeviceToken, Invitation, RoleGrant, Session, User
from jingwei.accounts.queries import Role
from jingwei.kernel.errors import KernelError
from tests.accounts.asking import refused, send
from tests.cast import EVERYWHERE, OTHER_TOWN, PASSWORD, TOWN, VILLAGE

pytestmark = pytest.mark.django_db


def with_password(person):
    invitations.accept(users.reset(queries.operator(), person.id).token, PASSWORD)
    return person


def test_a_new_person_can_do_nothing_and_cannot_sign_in(cast):
    person = cast.hire("xin.ren")
    assert queries.grants_of(person.id) == ()
    refused(lambda: sign_in.sign_in("xin.ren", ""), AccountError.SIGN_IN_REFUSED)
    assert send(cast.client(person), "GET /users").status_code == 403
    profile = send(cast.client(person), "GET /me").json()
    assert (profile["login"], profile["rights"], profile["roles"]) == ("xin.ren", [], [])


def test_a_login_is_given_once_whatever_its_case(cast, operator):
    person = cast.hire("wang.li")
    for typed in ("wang.li", "WANG.LI", "ｗａｎｇ．ｌｉ", " wang.li "):
        refused(lambda typed=typed: users.create(operator, typed, "李演示"), AccountError.LOGIN_TAKEN)
    users.dismiss(operator, person.id)
    refused(lambda: users.create(operator, "wang.li", "李演示"), AccountError.LOGIN_TAKEN)


def test_a_client_may_choose_the_id_and_repeat_the_request(cast):
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    body = {"id": "01960000-0000-7000-8000-000000000001", "login": "new.one", "name": "王示例"}
    answers = [send(client, "POST /users", body, **{"Idempotency-Key": "hire-new-one"}) for _ in range(2)]
    assert [answer.json() for answer in answers] == [{"id": body["id"]}] * 2
    assert send(client, "POST /users", body | {"login": "other.one"}).status_code == 409
    assert User.objects.filter(login="other.one").count() == 0


@pytest.mark.parametrize("by", ["session", "token"])
def test_a_dismissed_person_is_out_at_the_next_request_even_with_warm_caches(cast, operator, by):
    """Issue: dismissal ends every session and token at once."""
    person = cast.of(Role.SUPERVISOR)
    client = cast.client(person, by=by)
    for _ in range(2):
        assert send(client, "GET /units").status_code == 200
    users.dismiss(cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE)), person.id)
    answer = send(client, "GET /units")
    assert (answer.status_code, answer.json()["code"]) == (401, "account.not_signed_in")


def test_closing_the_row_alone_shuts_the_door(cast):
    """Were a session left behind, the statement that looks it up still asks whether its person is active."""
    person = cast.of(Role.SUPERVISOR)
    client = cast.client(person, by="token")
    browser = cast.client(person)
    User.objects.filter(pk=person.id).update(active=False, password="")
    assert Session.objects.filter(user=person.id).exists()
    assert [send(each, "GET /me").status_code for each in (client, browser)] == [401, 401]


def test_dismissal_leaves_no_way_in(cast, operator):
    person = with_password(cast.of(Role.SUPERVISOR))
    link = users.reset(operator, person.id)
    invitations.accept(link.token, PASSWORD)
    pending = users.reset(operator, person.id)
    cast.client(person, by="token")
    users.dismiss(operator, person.id)
    row = User.objects.get(pk=person.id)
    assert (row.active, row.password, row.locked_until) == (False, "", None)
    for left in (Session, DeviceToken, Invitation):
        assert not left.objects.filter(user=person.id).exists()
    assert queries.grants_of(person.id) == ()
    refused(lambda: invitations.accept(pending.token, PASSWORD), AccountError.INVITATION_UNKNOWN)
    refused(lambda: sign_in.sign_in(person.login, PASSWORD), AccountError.SIGN_IN_REFUSED)
    refused(lambda: sign_in.admit(person.id), AccountError.SIGN_IN_REFUSED)
    for act in (lambda: users.reset(operator, person.id), lambda: users.rename(operator, person.id, "王示例"),
                lambda: users.dismiss(operator, person.id),
                lambda: grants.give(operator, person.id, "supervisor", "*")):
        refused(act, AccountError.USER_DISMISSED)
    assert queries.names_of([person.id])[person.id] == person.name  # timelines still say who it was


def test_a_reset_ends_the_old_password_and_the_link_sets_the_next(cast, operator):
    person = with_password(cast.of(Role.SUPERVISOR))
    client = cast.client(person)
    invited = users.reset(cast.actor(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE)), person.id)
    assert send(client, "GET /me").status_code == 401
    refused(lambda: sign_in.sign_in(person.login, PASSWORD), AccountError.SIGN_IN_REFUSED)
    invitations.accept(invited.token, "另一个很长的口令 7")
    assert sign_in.sign_in(person.login.upper(), "另一个很长的口令 ７").user_id == person.id


def test_using_a_link_ends_sessions_opened_meanwhile(cast, operator):
    """By another door, such as a directory: whoever held the account before does not keep it."""
    person = cast.of(Role.SUPERVISOR)
    invited = users.reset(operator, person.id)
    meanwhile = sign_in.admit(person.id).key
    invitations.accept(invited.token, PASSWORD)
    assert queries.actor_of_session(meanwhile) is None


def test_an_answer_with_a_link_is_not_kept(cast, operator):
    """What `once` keeps of an answer would be a key lying in a table."""
    from jingwei.journal.models import Answer

    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    person = cast.of(Role.SUPERVISOR)
    key = {"Idempotency-Key": "reset-0001"}
    links = {send(client, f"POST /users/{person.id}/reset", {}, **key).json()["link"] for _ in range(2)}
    tokens = {send(client, "POST /tokens", {"name": "手机"}, **key).json()["token"] for _ in range(2)}
    assert len(links) == len(tokens) == 2
    assert Answer.objects.count() == 0
    assert all(link.startswith("http://testserver/first/") for link in links)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_system_administrator_cannot_take_over_an_administrators_account(cast, operator, role):
    """Whoever holds the link can act in the post: the three are kept apart (8.1.5)."""
    system = cast.actor(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    victim = cast.hire("admin.two", role, EVERYWHERE)
    refused(lambda: users.reset(system, victim.id), AccountError.ADMINISTRATORS_AT_KEYBOARD)
    assert users.reset(operator, victim.id).login == "admin.two"


def test_nobody_dismisses_or_resets_himself(cast):
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE))
    system = cast.actor(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    refused(lambda: users.dismiss(security, security.user_id), AccountError.NOT_ONESELF)
    refused(lambda: users.reset(system, system.user_id), AccountError.NOT_ONESELF)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_no_administrators_post_is_left_empty(cast, operator, role):
    """Audit that cannot be stopped: the last auditor is not dismissed by the one he audits."""
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE))
    last = with_password(cast.of(role, EVERYWHERE))
    refused(lambda: users.dismiss(security, last.id), AccountError.LAST_ADMINISTRATOR)
    refused(lambda: grants.withdraw(security, last.grant), AccountError.LAST_ADMINISTRATOR)
    newcomer = cast.hire("admin.two", role, EVERYWHERE)
    refused(lambda: users.dismiss(security, last.id), AccountError.LAST_ADMINISTRATOR)  # has no password yet
    with_password(newcomer)
    users.dismiss(security, last.id)
    assert not User.objects.get(pk=last.id).active


def test_a_person_partly_outside_is_seen_but_not_acted_upon(cast, operator):
    person = cast.hire("two.towns", Role.SUPERVISOR, VILLAGE)
    grants.give(operator, person.id, "supervisor", "330199002", area_path=OTHER_TOWN)
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, TOWN))
    seen = queries.person(security, person.id)
    assert [role.area_code for role in seen.roles] == ["330199001001"]  # the role elsewhere is not told
    refused(lambda: users.dismiss(security, person.id), AccountError.RIGHT_ELSEWHERE)
    users.dismiss(cast.actor(cast.of(Role.SECURITY_ADMIN, EVERYWHERE)), person.id)


def test_somebody_outside_is_not_found_and_neither_is_nobody(cast):
    security = cast.actor(cast.of(Role.SECURITY_ADMIN, TOWN))
    outside = cast.of(Role.SUPERVISOR, OTHER_TOWN)
    everywhere = cast.of(Role.LEADER, EVERYWHERE)
    for user_id in (outside.id, everywhere.id, UUID(int=5)):
        refused(lambda user_id=user_id: users.dismiss(security, user_id), KernelError.NOT_FOUND)
        refused(lambda user_id=user_id: queries.person(security, user_id), KernelError.NOT_FOUND)


def test_ended_roles_stay_on_record(cast, operator):
    person = cast.of(Role.SUPERVISOR)
    users.dismiss(operator, person.id)
    grant = RoleGrant.objects.get(user=person.id)
    assert grant.until is not None

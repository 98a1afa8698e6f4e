"""Every command leaves an entry beside its write, without names, logins, passwords or tokens (habit 7, 8.1.4.3)."""

import base64
import inspect
import pkgutil
from importlib import import_module

import pytest

from jingwei.accounts import commands, events, factor, queries
from jingwei.accounts.commands import (
    grants,
    import_staff,
    import_units,
    invitations,
    passwords,
    recovery,
    second_factor,
    sessions,
    sign_in,
    tokens,
    units,
    users,
)
from jingwei.accounts.queries import Role
from jingwei.journal import commands as journal_commands
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from tests.accounts.test_imports import STAFF, UNITS, table
from tests.cast import EVERYWHERE, PASSWORD, area_path_of

pytestmark = pytest.mark.django_db

SILENT = {
    "import_files.units_of_file": "reads a file for import_units, which tells",
    "import_files.staff_of_file": "reads a file for import_staff, which tells",
    "sessions.renew": "lengthens a session that is in use: nobody decided anything",
    "second_factor.use_code": "part of show and renew_recovery, which tell",
    "sign_in.still_counting": "a list of columns",
    "sessions.drop_all": "part of the command that calls it",
    "following.follow_areas": "part of the move of an area, which grids tell",
    "grants.end_all_grants": "part of users.dismiss",
    "grants.not_the_last": "a check",
    "sign_in.begin_try": "part of sign_in and change_password, which tell how it ended",
    "sign_in.hashed": "a computation",
    "sign_in.take_turn": "counts in memory", "sign_in.make_room": "part of signing in, which is told",
    "sessions.in_person": "a check", "sessions.signed_in_fully": "a check",
    "passwords.prove": "a check; a failure is told by sign_in.failed",
    "second_factor.begin": "offers a secret that is not in force until second_factor.confirm tells so",
    "second_factor.end": "part of a dismissal or a reset, which tell",
    "imports.cells": "reading", "imports.in_batches": "the caller's commands tell", "imports.finish": "part of imports",
}


def written() -> set[str]:
    """Every public function of the commands."""
    found = set()
    for module in pkgutil.iter_modules(commands.__path__):
        loaded = import_module(f"{commands.__name__}.{module.name}")
        found |= {f"{module.name}.{name}" for name, value in vars(loaded).items()
                  if inspect.isfunction(value) and value.__module__ == loaded.__name__ and not name.startswith("_")}
    return found


@pytest.fixture
def deeds(cast, operator, asked):
    """One way to do each."""
    person = cast.hire("wang.li", Role.SUPERVISOR, home="B-1-1")
    other = cast.hire("li.yan")
    actor = cast.actor(person)
    token = users.reset(operator, person.id).token
    bureau, water = cast.units["B-1"], cast.units["B-2"]

    def guess() -> None:
        with pytest.raises(Refusal):
            sign_in.sign_in("wang.li", "x", address="192.0.2.7")

    issued = tokens.issue_token(actor, "手机")
    boss = cast.hire("shen.ji", Role.AUDIT_ADMIN, EVERYWHERE)
    phone, printed = {}, []

    def half():
        key = sign_in.admit(boss.id).key
        return queries.half_signed_in(key), key

    def confirm() -> None:
        admin, key = half()
        phone["secret"] = base64.b32decode(second_factor.begin(admin, key).secret)
        step = factor.step_at(clock.now())
        printed.extend(second_factor.confirm(admin, key, factor.code_of(phone["secret"], step - 1)).recovery)

    def show() -> None:
        second_factor.show(*half(), factor.code_of(phone["secret"], factor.step_at(clock.now())))
        second_factor.show(*half(), printed[0])

    def renew() -> None:
        admin = queries.actor_of_session(second_factor.show(*half(), printed[1]).key)
        recovery.renew_recovery(admin, factor.code_of(phone["secret"], factor.step_at(clock.now()) + 1))

    return {
        "second_factor.confirm": confirm,
        "second_factor.show": show,
        "recovery.renew_recovery": renew,
        "second_factor.reset": lambda: second_factor.reset(operator, boss.id),
        "units.create": lambda: units.create(operator, "N-1", "新局"),
        "units.rename": lambda: units.rename(operator, bureau, "改名局"),
        "units.change": lambda: units.change(operator, bureau, name="又改名局"),
        "units.move": lambda: units.move(operator, bureau, "C-1"),
        "units.deactivate": lambda: units.deactivate(operator, water),
        "units.activate": lambda: units.activate(operator, water),
        "users.create": lambda: users.create(operator, "zhao.yang", "赵样例"),
        "users.rename": lambda: users.rename(operator, other.id, "李样例"),
        "users.change": lambda: users.change(operator, other.id, name="李演示", unit_code="B-1"),
        "users.transfer": lambda: users.transfer(operator, other.id, "C-2"),
        "invitations.accept": lambda: invitations.accept(token, PASSWORD),
        "sign_in.sign_in": lambda: sign_in.sign_in("wang.li", PASSWORD, address="192.0.2.7"),
        "sign_in.failed": guess,
        "sign_in.admit": lambda: sign_in.admit(person.id),
        "passwords.change_password": lambda: passwords.change_password(actor, PASSWORD, "换成另一个口令 88"),
        "tokens.issue_token": lambda: tokens.issue_token(actor, "平板"),
        "tokens.revoke_token": lambda: tokens.revoke_token(actor, tokens.issue_token(actor, "平板").id),
        "sessions.sign_out": lambda: sessions.sign_out(actor, sign_in.admit(person.id).key),
        "sessions.end_sessions": lambda: sessions.end_sessions(operator, person.id),
        "grants.give": lambda: grants.give(operator, other.id, "leader", "*"),
        "grants.withdraw": lambda: grants.withdraw(operator, person.grant),
        "users.reset": lambda: users.reset(operator, other.id),
        "invitations.issue": lambda: users.reset(operator, other.id),
        "users.dismiss": lambda: users.dismiss(operator, other.id),
        "invitations.invite_first_administrators": lambda: invitations.invite_first_administrators(operator, "http://x"),
        "import_units.import_units": lambda: import_units.import_units(operator, table(UNITS, "N-7|新七局||")),
        "import_staff.import_staff": lambda: import_staff.import_staff(
            operator, table(STAFF, "chen.xin|陈示例|||"), area_path_of),
    }, [issued.token, phone, printed]


def test_every_command_leaves_an_entry(deeds):
    acts, _ = deeds
    assert set(acts) | set(SILENT) == written()
    for name, act in acts.items():
        journal_commands.number_entries()
        before = journal.last_position()
        act()
        journal_commands.number_entries()
        assert journal.last_position() > before, name


def test_the_journal_holds_no_name_login_password_or_token(deeds):
    acts, (token, phone, printed) = deeds
    for act in acts.values():
        act()
    journal_commands.number_entries()
    entries = journal.since(0, limit=10_000)
    told = "\n".join(f"{entry.subject} {entry.data}" for entry in entries)
    for planted in ("wang", "li.yan", "zhao", "示例", "演示", "样例", "局", "口令", PASSWORD, "192.0.2", token,
                    factor.typed(phone["secret"]), printed[0], printed[0].replace("-", ""),
                    "argon2", "手机", "平板", "first/"):
        assert planted not in told, planted
    verbs = {entry.verb for entry in entries}
    every = {event.value for listed in (events.UnitEvent, events.UserEvent, events.SignInEvent, events.ImportEvent)
             for event in listed}
    assert verbs == every - {"user.locked"}


def test_an_entry_tells_who_did_it_how_and_where(cast):
    security = cast.of(Role.SECURITY_ADMIN, EVERYWHERE)
    person = cast.of(Role.SUPERVISOR)
    users.dismiss(cast.actor(security), person.id)
    entry = journal.history(f"user:{person.id}")[-1]
    assert (entry.verb, entry.actor, entry.via, entry.area_path) == (
        "user.dismissed", security.id, "session", person.area)
    assert queries.names_of([entry.actor])[security.id] == security.name

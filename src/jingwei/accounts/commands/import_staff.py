"""Staff from a table: one row per person and role. Passwords never stand in files: new people get one-time links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from jingwei.accounts import words
from jingwei.accounts.commands import grants, users
from jingwei.accounts.commands.imports import Cells, Outcome, Rejected, Row, cells, finish, in_batches
from jingwei.accounts.commands.invitations import issue
from jingwei.accounts.errors import AccountError, RowError
from jingwei.accounts.events import ImportEvent
from jingwei.accounts.models import RoleGrant, Unit, User
from jingwei.accounts.reachable import at_keyboard, not_ended, require
from jingwei.accounts.rights import Right, Role, clash, roles_listed
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

COLUMNS = {
    "login": ("登录名", "账号", "login"),
    "name": ("姓名", "name"),
    "unit": ("单位编码", "单位", "unit"),
    "role": ("岗位", "角色", "role"),
    "area": ("区域编码", "区域", "网格编码", "area"),
    "unit_scope": ("限于单位", "unit_scope"),
}


LINKS_LAST = timedelta(days=3)  # handed out on paper or in person; 30 minutes would not do for a whole office


@dataclass(frozen=True, slots=True)
class _Post:
    row: int
    role: Role
    area_code: str
    area_path: str
    unit: str

    @property
    def what(self) -> tuple[str, str, str]:
        return self.role.code, self.area_path, self.unit


@dataclass(frozen=True, slots=True)
class _There:
    """The account that has this login already."""

    id: UUID
    name: str
    unit: str
    password: bool
    held: frozenset[tuple[str, str, str]]


@dataclass(slots=True)
class _Person:
    """`unit` '': the file does not say, so what is there stays."""

    row: int
    login: str
    name: str
    unit: str
    there: _There | None = None
    posts: list[_Post] = field(default_factory=list)

    def news(self) -> list[_Post]:
        return [post for post in self.posts if self.there is None or post.what not in self.there.held]

    def moves(self) -> bool:
        return self.there is not None and self.unit not in ("", self.there.unit)

    def differs(self) -> bool:
        return self.there is not None and (self.name != self.there.name or self.moves() or bool(self.news()))


def import_staff(actor: Actor, rows: Iterable[Row], area_path_of: Callable[[str], str | None], *,
                 dry_run: bool = False, links_for_all: bool = False) -> Outcome:
    """Create people and give roles; rename and transfer those who differ; nobody is dismissed, no role withdrawn.

    `area_path_of`: the path of an area by its code, None if there is none; '*' in the file is everywhere.
    `links_for_all`: also for people of the file who were there before and have no password; only at the keyboard.

    Creating people and giving roles are two people's work, and only the keyboard does both: the system administrator
    takes the people of a file and leaves the roles, the security administrator gives the roles to those who are there.
    """
    if not actor.holds(Right.USER_GRANT.value):
        require(actor, Right.USER_CREATE)
    if links_for_all and not at_keyboard(actor):
        raise Refusal(AccountError.ADMINISTRATORS_AT_KEYBOARD)
    outcome = Outcome(dry_run)
    people = _within(actor, _people(cells(rows, COLUMNS, ("login", "name")), area_path_of, outcome), outcome)

    def take(person: _Person) -> None:
        if not dry_run:
            _take(actor, person, outcome, links_for_all)
        if person.there is None:
            outcome.created += 1
        elif person.differs():
            outcome.updated += 1
        else:
            outcome.unchanged += 1

    if dry_run:
        for person in people:
            take(person)
    else:
        in_batches(people, take, lambda person: person.row, outcome)
    return finish(actor, ImportEvent.STAFF, outcome)


def _within(actor: Actor, people: list[_Person], outcome: Outcome) -> list[_Person]:
    """Of each person what this actor may do at all; whether to this one is decided when it is done."""
    if not actor.holds(Right.USER_GRANT.value):
        left = sum(len(person.news()) for person in people)
        if left:
            outcome.remarks.append(Rejected(0, RowError.POSTS_LEFT, {"count": left}))
        return [replace(person, posts=[]) for person in people]
    if not actor.holds(Right.USER_CREATE.value):
        for person in people:
            if person.there is None:
                outcome.reject(person.row, RowError.NOT_CREATED)
        return [replace(person, name=person.there.name, unit="") for person in people if person.there is not None]
    return people


def _take(actor: Actor, person: _Person, outcome: Outcome, links_for_all: bool) -> None:
    if person.there is None:
        user_id = users.create(actor, person.login, person.name, unit_code=person.unit)
    else:
        user_id = person.there.id
        if person.name != person.there.name:
            users.rename(actor, user_id, person.name)
        if person.moves():
            users.transfer(actor, user_id, person.unit)
    for post in person.news():
        grants.give(actor, user_id, post.role.code, post.area_code, area_path=post.area_path, unit_code=post.unit)
    if person.there is None or (links_for_all and not person.there.password):
        tail = journal.hold(f"user:{user_id}")
        outcome.invited.append(issue(actor, tail, User.objects.get(pk=user_id), LINKS_LAST))


def _people(rows: list[Cells], area_path_of: Callable[[str], str | None], outcome: Outcome) -> list[_Person]:
    units = dict(Unit.objects.values_list("code", "active"))
    people: dict[str, _Person] = {}
    for row in rows:
        try:
            person = _read_person(row, units)
            post = _read_post(row, units, area_path_of)
            _add(people, person, post)
        except Refusal as refusal:
            outcome.reject(row.number, refusal.reason, **refusal.details)
    return list(people.values())


def _read_person(row: Cells, units: dict[str, bool]) -> _Person:
    if not row["login"]:
        raise Refusal(RowError.EMPTY, column=COLUMNS["login"][0])
    return _Person(row.number, words.login(row["login"]), words.name(row["name"]), _read_unit(row["unit"], units))


def _read_unit(code: str, units: dict[str, bool]) -> str:
    if not code:
        return ""
    code = words.code(code)
    if code not in units:
        raise Refusal(AccountError.UNIT_UNKNOWN)
    if not units[code]:
        raise Refusal(AccountError.UNIT_INACTIVE)
    return code


def _read_post(row: Cells, units: dict[str, bool], area_path_of: Callable[[str], str | None]) -> _Post | None:
    if not row["role"]:
        return None
    role = Role.meant(row["role"])
    if role is None:
        raise Refusal(AccountError.ROLE_UNKNOWN, role=row["role"][:40], roles=roles_listed())
    if not row["area"]:
        raise Refusal(RowError.EMPTY, column=COLUMNS["area"][0])
    code = words.area_code(row["area"])
    path = "" if code == grants.EVERYWHERE else area_path_of(code) if code else None
    if path is None:
        raise Refusal(AccountError.AREA_UNKNOWN)
    return _Post(row.number, role, code, path, _read_unit(row["unit_scope"], units))


def _add(people: dict[str, _Person], person: _Person, post: _Post | None) -> None:
    """Join the row to the person's earlier ones; refuses what contradicts them or what the person holds."""
    first = people.get(person.login)
    if first is None:
        first = replace(person, there=_there(person.login))
    elif first.name != person.name or person.unit not in ("", first.unit):
        raise Refusal(RowError.DIFFERS, first=first.row)
    if post is None:
        if person.login in people:
            raise Refusal(RowError.REPEATED, first=first.row)
    else:
        for other in first.posts:
            if other.what == post.what:
                raise Refusal(RowError.REPEATED, first=other.row)
        _no_clash(first, post)
        first.posts.append(post)
    people[person.login] = first


def _no_clash(person: _Person, post: _Post) -> None:
    codes = {other.role.code for other in person.posts} | {
        code for code, _, _ in (person.there.held if person.there else ())}
    excluded = clash({role for code in codes if (role := Role.named(code))}, post.role)
    if excluded:
        raise Refusal(AccountError.ROLE_CLASH, held=excluded.code, wanted=post.role.code,
                      held_zh=excluded.zh, wanted_zh=post.role.zh)


def _there(login: str) -> _There | None:
    user = User.objects.filter(login=login).select_related("unit").first()
    if user is None:
        return None
    if not user.active:
        raise Refusal(AccountError.USER_DISMISSED)
    held = RoleGrant.objects.filter(not_ended(), user=user).values_list("role", "area_path", "unit__code")
    return _There(user.pk, user.name, user.unit.code if user.unit else "", bool(user.password),
                  frozenset((role, path, unit or "") for role, path, unit in held))

"""The invented staff, taken on: units, people, roles, posts on the grids, leave."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts.commands import grants, units, users
from jingwei.accounts.queries import grants_of, unit_book
from jingwei.cli.demo.hours import LOCAL
from jingwei.cli.demo.people import Absence, People, Posting
from jingwei.grids import commands as grids
from jingwei.grids import queries as places
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.ids import new_id


class Cast:
    """Who is who, by login: ids, and the actor each is once signed in."""

    def __init__(self, ids: Mapping[str, UUID], people: People) -> None:
        self._ids = ids
        self._members = {member.login: member for member in people.members}
        self._units = {unit.code: unit.id for unit in unit_book().values()}
        self._actors: dict[str, Actor] = {}

    def id_of(self, login: str) -> UUID:
        return self._ids[login]

    def actor(self, login: str) -> Actor:
        """The person with the roles in force at the held moment, asked for once."""
        if login not in self._actors:
            member = self._members[login]
            self._actors[login] = Actor(self._ids[login], login, grants_of(self._ids[login]), via="session",
                                        unit_id=self._units[member.unit], name=member.name)
        return self._actors[login]


def take_on(actor: Actor, people: People, at: datetime) -> Cast:
    """Units, people with their roles, and posts, as of `at`. Nobody has a password yet."""
    ids: dict[str, UUID] = {}
    paths: dict[str, str] = {}
    with clock.held_at(at), transaction.atomic():
        for unit in people.units:
            units.create(actor, unit.code, unit.name, kind=unit.kind, parent_code=unit.parent)
        for member in people.members:
            ids[member.login] = users.create(actor, member.login, member.name, unit_code=member.unit,
                                             user_id=new_id(int(at.timestamp() * 1000)))
            for post in member.appointments:
                if post.area not in paths:
                    paths[post.area] = places.path_of_code(post.area) or ""
                grants.give(actor, ids[member.login], post.role, post.area, area_path=paths[post.area],
                            unit_code=post.unit)
        _post(actor, people.postings, ids)
    with clock.held_at(at):
        return Cast(ids, people)


def _post(actor: Actor, postings: Sequence[Posting], ids: Mapping[str, UUID]) -> None:
    for posting in postings:
        place = places.place_by_code(posting.grid)
        assert place is not None, posting.grid
        grids.staff(actor, place.area_id, ids[posting.login], posting.post, posting.since, until=posting.until)


def leave_begins(absence: Absence) -> datetime:
    """Midnight there before the first day."""
    return _midnight(absence.since)


def let_go(actor: Actor, absence: Absence, ids: Cast) -> None:
    """Put somebody's leave into the book."""
    grids.set_absent(actor, ids.id_of(absence.login), _midnight(absence.since),
                     _midnight(absence.until + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), LOCAL)

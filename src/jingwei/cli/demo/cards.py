"""One account of each role with a password of this home, told once and kept in one file that only its owner reads."""

import secrets
from collections import Counter
from collections.abc import Sequence

from jingwei.accounts.commands import invitations, users
from jingwei.accounts.queries import Role
from jingwei.cli.demo.people import People
from jingwei.cli.demo.staff import Cast
from jingwei.cli.demo.stories import Story
from jingwei.cli.demo.words import Card
from jingwei.kernel.actor import Actor

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"     # none that can be taken for another
_NAMED = 100                                   # whom a task waits for by name comes before who did much


def choose(people: People, stories: Sequence[Story]) -> list[tuple[Role, str]]:
    """For each role the person who has most to do with the cases still open."""
    busy: Counter[str] = Counter()
    for story in stories:
        if story.open:
            busy.update(step.who for step in story.steps)
            waiting = story.steps[-1].args.get("person")
            busy.update({waiting: _NAMED} if waiting else {})
    return [(role, max(people.holding(role.code), key=lambda login: busy[login])) for role in Role]


def hand_out(actor: Actor, people: People, stories: Sequence[Story], cast: Cast) -> list[Card]:
    """Give the chosen their passwords, each through a one-time link as any newcomer gets one."""
    members = {member.login: member for member in people.members}
    units = {unit.code: unit.name for unit in people.units}
    cards = []
    for role, login in choose(people, stories):
        password = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
        invitations.accept(users.reset(actor, cast.id_of(login)).token, password)
        cards.append(Card(role.zh, login, password, members[login].name, units[members[login].unit]))
    return cards

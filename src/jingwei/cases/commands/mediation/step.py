"""The one way a mediation goes on: hold the case, sides by the table, change, what is due, the case's mark, one entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from jingwei.cases import mediation as rules
from jingwei.cases import timing
from jingwei.cases.commands import rows
from jingwei.cases.commands.attach import known_files
from jingwei.cases.commands.mediation import due, sealed
from jingwei.cases.commands.step import Moving, may_see, roles_towards
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import Case, Mediation, MediationFile, Mediator
from jingwei.files import queries as files_of
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

_SIDES = {
    (rules.MEDIATOR,): Words("这件调解的调解员", "a mediator of this mediation"),
    (rules.MEDIATOR, rules.OPENER): Words("这件调解的调解员或登记人", "a mediator or whoever took it in"),
}
_ANYBODY = Words("调解员、登记人或能开始调解的岗位", "a mediator, whoever took it in or a post that may begin one")


@dataclass(frozen=True, slots=True)
class Mediated:
    """The answer to a deed: where the mediation stands now."""

    id: UUID
    case_id: UUID
    state: str
    outcome: str


@dataclass(slots=True)
class Going:
    """A mediation in the middle of a deed. `values`: what is sealed, written back when the deed is done."""

    moving: Moving
    mediation: Mediation
    people: list[UUID]
    values: dict[str, Any]

    @property
    def now(self) -> datetime:
        return self.moving.now

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(timing.zone())).date()

    @property
    def deed(self) -> Words:
        return named(self.moving.action)

    def enter(self, state: str) -> None:
        self.mediation.state, self.mediation.state_at = state, self.now

    def say(self, what: Words, text: str, most: int = rules.TEXT_MOST, *, needed: bool = False) -> str:
        return sealed.said(self.values, self.deed, what, text, most, needed=needed)


Change = Callable[[Going], None]


def named(deed: str) -> Words:
    return Words(rules.DEEDS[deed].name, deed.replace("_", " "))


def sides_of(actor: Actor, case: Case, mediation: Mediation, people: Sequence[UUID]) -> frozenset[str]:
    """On which sides this person stands."""
    found = set()
    if actor.user_id is not None and actor.user_id in people:
        found.add(rules.MEDIATOR)
    if actor.user_id is not None and actor.user_id == mediation.opened_by:
        found.add(rules.OPENER)
    if set(rules.POSTS) & roles_towards(case, actor):
        found.add(rules.STAFF)
    return frozenset(found)


def people_of(mediation_id: UUID) -> list[UUID]:
    """Who mediates now, in the order in which they came."""
    return list(Mediator.objects.filter(mediation=mediation_id, until=None).order_by("id").values_list("user", flat=True))


def go_on(actor: Actor, mediation_id: UUID, deed: str, event: Enum, change: Change, *, files: Sequence[UUID] = ()) -> Mediated:
    """Do one deed. Refuses in words; nothing is written once it refuses."""
    with transaction.atomic(savepoint=False):
        case_id = Mediation.objects.filter(id=mediation_id).values_list("case_id", flat=True).first()
        if case_id is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"case:{case_id}")
        case = rows.read(case_id, to_change=True)
        mediation, people = Mediation.objects.get(id=mediation_id), people_of(mediation_id)
        assert case is not None
        sides = sides_of(actor, case, mediation, people)
        if not rules.inside(sides) and not may_see(case, actor):
            raise Refusal(KernelError.NOT_FOUND)
        permitted(mediation, sides, deed)
        moving = Moving(actor, case, deed, clock.now(), generations())
        going = Going(moving, mediation, people, sealed.opened(mediation))
        change(going)
        tie(going, files)
        sealed.keep(mediation, going.values)
        mediation.save()
        due.show_due(case, mediation, due.open_visits(mediation))
        mark(moving, mediation.state)
        if moving.changed:
            rows.update(case, moving.changed)
        moving.told["mediation"] = str(mediation.id)
        journal.record(actor, tail, event, moving.told, area_path=case.area_path)
        return Mediated(mediation.id, case.id, mediation.state, mediation.outcome)


def permitted(mediation: Mediation, sides: frozenset[str], deed: str) -> None:
    """Nothing, or the refusal that names the rule."""
    answer, row = rules.decide(mediation.state, deed, sides), rules.DEEDS[deed]
    if answer == "side":
        raise Refusal(MediationError.NOT_YOURS, deed=named(deed), who=_SIDES.get(row.sides, _ANYBODY))
    if answer == "state":
        raise Refusal(MediationError.NOT_NOW, deed=named(deed), state=Words(rules.STATES[mediation.state], mediation.state))


def mark(moving: Moving, state: str) -> None:
    """The case says how its mediation stands."""
    text = moving.case.marks
    for other, name in rules.MARK_OF.items():
        text = with_mark(text, name) if other == state else without_mark(text, name)
    if text != moving.case.marks:
        moving.set(marks=text)


def tie(going: Going, ids: Sequence[UUID]) -> None:
    """Documents that came with the deed. Photos are not taken: their shown copies lie in clear."""
    wanted = known_files(going.moving.actor, ids)
    for row in files_of.of_ids(wanted):
        if row.kind != "document":
            raise Refusal(MediationError.NOT_DOCUMENT, file=row.name[:60])
    MediationFile.objects.bulk_create(
        [MediationFile(mediation=going.mediation, file_id=file_id, deed=going.moving.action) for file_id in wanted], ignore_conflicts=True)


def chosen(what: Words, value: str, options: Any) -> str:
    """The code, if there is such a choice; else the refusal that names those there are."""
    if value in options:
        return value
    possible = Words("、".join(f"{code}（{_name(row)}）" for code, row in options.items()), ", ".join(options))
    raise Refusal(MediationError.UNKNOWN_CHOICE, what=what, value=value[:40], possible=possible)


def _name(row: Any) -> str:
    return row if isinstance(row, str) else str(row.name)


def day_of(what: Words, day: date, *, since: date, until: date, rule: Words) -> date:
    """The day, if it lies between two."""
    if not since <= day <= until:
        raise Refusal(MediationError.BAD_DAY, what=what, value=day.isoformat(), rule=rule)
    return day

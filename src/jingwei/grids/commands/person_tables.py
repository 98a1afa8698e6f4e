"""Tables that say who is on which area: postings, shifts. Row by row, in batches; refused rows leave the others alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import transaction

from jingwei.accounts.queries import Right
from jingwei.formats.rows import Row
from jingwei.grids.commands.standing import changed
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Grade, taken_over
from jingwei.grids.models import Area
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_BATCH = 500

People = Callable[[set[str]], dict[str, UUID]]
"""Ids of active users by login."""


class Draft(Protocol):
    """A row as it was read."""

    @property
    def row(self) -> int: ...
    @property
    def area_code(self) -> str: ...
    @property
    def login(self) -> str: ...


AnyDraft = TypeVar("AnyDraft", bound=Draft)


@dataclass(slots=True)
class Taken:
    """What an import did. `standing`: rows that say what stands already."""

    made: int
    standing: int
    findings: list[Found]


@dataclass(frozen=True, slots=True)
class Entry:
    """The one journal entry of an import: the beginning of its subject, its verb, the file's hash."""

    subject: str
    verb: Enum
    file_hash: str


def take_table(actor: Actor, rows: Sequence[Row], drafts: Sequence[AnyDraft], findings: list[Found], people: People,
               take: Callable[[Area, UUID, AnyDraft], int], entry: Entry, *, system: str, dry_run: bool) -> Taken:
    """`take`: makes what a draft says and returns 1, or 0 where it stands already. `dry_run`: the same, each batch undone."""
    findings += [taken_over(row.number, finding) for row in rows for finding in row.findings]
    users = people({draft.login for draft in drafts})
    codes = sorted({draft.area_code for draft in drafts})
    areas = {area.code: area for area in Area.objects.filter(
        system=system, code__in=codes, status="active", plan__state="published")}
    taken = Taken(0, 0, findings)
    for start in range(0, len(drafts), _BATCH):
        with transaction.atomic(durable=not dry_run):
            for draft in drafts[start:start + _BATCH]:
                try:
                    made = take(*_named(actor, draft, users, areas), draft)
                except Refusal as refusal:
                    findings.append(Found(draft.row, refusal.reason, refusal.details, Grade.REFUSED))
                else:
                    taken.made, taken.standing = taken.made + made, taken.standing + 1 - made
            if dry_run:
                transaction.set_rollback(True)
    findings.sort(key=lambda one: one.row)
    if not dry_run:
        _record(actor, len(rows), taken, entry)
    return taken


def _named(actor: Actor, draft: Draft, users: dict[str, UUID], areas: dict[str, Area]) -> tuple[Area, UUID]:
    user_id, area = users.get(draft.login), areas.get(draft.area_code)
    if area is None or not actor.covers(Right.STAFFING_MANAGE.value, area.path):
        raise Refusal(GridError.UNKNOWN_AREA, code=draft.area_code[:40])
    if user_id is None:
        raise Refusal(GridError.UNKNOWN_PERSON, person=draft.login)
    return area, user_id


def _record(actor: Actor, rows: int, taken: Taken, entry: Entry) -> None:
    with transaction.atomic(durable=True):
        refused = sum(one.grade is Grade.REFUSED for one in taken.findings)
        journal.record_new(actor, f"{entry.subject}:{entry.file_hash[:40] or today().isoformat()}", entry.verb,
                           {"file": entry.file_hash, "made": taken.made, "rows": rows, "refused": refused})
        changed(on_map=False)

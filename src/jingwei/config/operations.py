"""The journal as an operation log: who did what to what, in Chinese, for the audit administrator.

Every verb of every room has a sentence (`SAID` in the room's events); things and people are named by what they are
called on screens. Nothing of an entry's data is shown but the words and counts that a sentence asks for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import orjson

from jingwei.accounts import events as accounts_events
from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, Role
from jingwei.cases import events as cases_events
from jingwei.cases import queries as cases
from jingwei.catalogue import events as catalogue_events
from jingwei.config import events as home_events
from jingwei.files import events as files_events
from jingwei.grids import events as grids_events
from jingwei.grids import queries as grids
from jingwei.journal import events as journal_events
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor
from jingwei.notices import events as notices_events
from jingwei.notices import queries as notices
from jingwei.registry import events as registry_events
from jingwei.registry import queries as registry

ROOMS = (accounts_events, cases_events, catalogue_events, files_events, grids_events, home_events, journal_events,
         notices_events, registry_events)
SAID: dict[str, str] = {event.value: text for room in ROOMS for event, text in room.SAID.items()}
_THINGS = {"calendar:all": "工作日历", "home:backups": "备份", "home:suggestions": "建议", "journal:verifications": "日志",
           "journal:exports": "日志", "journal:keys": "密钥", "notices:rules": "通知规则", "notices:settings": "通知设置"}
_BY_VIA = {"cli": "服务器操作员", "job": "后台任务", "source": "接入的系统"}


@dataclass(frozen=True, slots=True)
class Operation:
    """`by`: who did it. `said`: what was done. `subject_name`: '' where a thing has none."""

    position: int
    at: datetime
    by: str
    verb: str
    said: str
    subject: str
    subject_name: str
    via: str


@dataclass(frozen=True, slots=True)
class Operations:
    """`next`: pass it as `before`; None at the end. A page may be short, or empty, before the end."""

    items: list[Operation]
    next: int | None


def operations(actor: Actor, *, before: int | None = None, verb: str = "", subject: str = "", by: str = "",
               since: datetime | None = None, until: datetime | None = None, limit: int = 50) -> Operations:
    """Entries within the auditor's reach, newest first.

    `verb`: one, or a kind ('user.'). `subject`: 'case:…', a kind ('case:'), or the number of a case.
    `by`: login or id of a person.
    """
    accounts.require(actor, Right.AUDIT_READ)
    who, what = _person(by), _subject(subject)
    verbs = _verbs(verb)
    if "\0" in verb + subject + by or (by and who is None) or (subject and not what) or (verb and not verbs):
        return Operations([], None)
    areas = [grant.area_path for grant in actor.grants if Right.AUDIT_READ.value in grant.rights]
    wanted = journal.Wanted(verbs, what, who, since, until, areas)
    places, following = journal.positions(wanted, before=before, limit=limit)
    entries = sorted(journal.at_positions(places), key=lambda seen: -seen.position)
    named = _names(entries)
    people = accounts.names_of(seen.actor for seen in entries)
    return Operations([_told(seen, named, people) for seen in entries], following)


def _verbs(text: str) -> list[str]:
    if not text.endswith("."):
        return [text] if text in SAID else []
    return [verb for verb in SAID if verb.startswith(text)]


def _person(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return accounts.ids_of_logins([text.strip().lower()], dismissed=True).get(text.strip().lower())


def _subject(text: str) -> str:
    """The subject that is meant; '' for a case number that is none."""
    if not text or ":" in text:
        return text
    case = cases.id_of_number(text)
    return f"case:{case}" if case else ""


def _told(seen: journal.Seen, named: dict[str, str], people: dict[UUID, str]) -> Operation:
    by = people.get(seen.actor, "") if seen.actor else _BY_VIA.get(seen.via, "")
    return Operation(seen.position, seen.at, by, seen.verb, _sentence(seen.verb, seen.data), seen.subject,
                     named.get(seen.subject, ""), seen.via)


def _sentence(verb: str, data: str) -> str:
    text = SAID.get(verb, verb)
    if "{" not in text:
        return text
    told = orjson.loads(data)
    role = Role.named(str(told.get("role", "")))
    return text.format_map(_Shown(told | ({"role": role.zh} if role else {})))


class _Shown(dict[str, Any]):
    """Counts, codes and words of ours; whatever else a sentence might come to ask for is not shown."""

    def __missing__(self, key: str) -> str:
        return "？"


def _names(entries: Iterable[journal.Seen]) -> dict[str, str]:
    """What each subject is called, a statement or two for each kind of thing on the page."""
    by_kind: dict[str, dict[str, str]] = defaultdict(dict)
    for seen in entries:
        kind, _, rest = seen.subject.partition(":")
        by_kind[kind][rest] = seen.subject
    found = {subject: _THINGS[subject] for subject in (seen.subject for seen in entries) if subject in _THINGS}
    for kind, rests in by_kind.items():
        if kind in _NAMING:
            found |= {rests[rest]: name for rest, name in _NAMING[kind](list(rests)).items() if name}
    return found


def _of_ids(find: Callable[[set[int]], dict[int, str]]) -> Callable[[list[str]], dict[str, str]]:
    def named(rests: list[str]) -> dict[str, str]:
        ids = {int(rest): rest for rest in rests if rest.isascii() and rest.isdigit() and len(rest) < 19}
        return {ids[key]: name for key, name in find(set(ids)).items() if key in ids}

    return named


def _of_uuids(find: Callable[[set[UUID]], dict[UUID, str]]) -> Callable[[list[str]], dict[str, str]]:
    def named(rests: list[str]) -> dict[str, str]:
        ids = {key: rest for rest in rests if (key := _uuid(rest))}
        return {ids[key]: name for key, name in find(set(ids)).items()}

    return named


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _area_names(ids: set[int]) -> dict[int, str]:
    return {key: name for key, (_, name) in grids.names_of(ids).items()}


def _unit_names(ids: set[int]) -> dict[int, str]:
    book = accounts.unit_book()
    return {key: book[key].name for key in ids if key in book}


def _people(ids: set[UUID]) -> dict[UUID, str]:
    return accounts.names_of(ids)


_NAMING: dict[str, Callable[[list[str]], dict[str, str]]] = {
    "case": _of_uuids(cases.numbers_of), "user": _of_uuids(_people), "absence": _of_uuids(_people),
    "certificate": _of_uuids(_people), "area": _of_ids(_area_names), "area_staffing": _of_ids(_area_names),
    "area_rota": _of_ids(_area_names), "area_households": _of_ids(_area_names), "area_team": _of_ids(grids.team_names),
    "grid_system": grids.system_names,
    "unit": _of_ids(_unit_names), "plan": _of_ids(grids.plan_titles), "announcement": _of_uuids(notices.titles_of),
    "connector": _of_uuids(notices.connector_names), "choice": _of_uuids(_people),
    "part": _of_uuids(registry.numbers_of),
    "scheme": lambda rests: {rest: rest for rest in rests},
}


def every_verb() -> set[str]:
    """The verbs of every room's enums."""
    return {event.value for room in ROOMS for kind in vars(room).values()
            if isinstance(kind, type) and issubclass(kind, Enum) and kind is not Enum for event in kind}

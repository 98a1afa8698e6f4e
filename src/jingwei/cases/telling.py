"""Who is told what of a case: what its journal says, and when its time is up. Reads the case as it stands now.

Three statements a told entry (the case, the generations, the lines), one more where somebody asked for time; the ways
out of the house add theirs (notices/commands/telling.py).
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from jingwei.accounts import queries as accounts
from jingwei.cases import channels, flow_book, listening, telling_meetings, telling_referrals, told, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.step import signs_of
from jingwei.cases.events import ACTION_OF
from jingwei.cases.models import Adjustment, Appeal, Case
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.ports import Seen
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.notices import commands as notices
from jingwei.notices import queries as in_force
from jingwei.notices.commands import LONGEST_BODY, LONGEST_TITLE, Telling, rendered
from jingwei.worklist import queries as worklist

_UNDO = timedelta(seconds=workflow.UNDO_SECONDS)
_FURTHEST = timedelta(hours=1)  # after the service stood still: what fell due before is seen in the lists
_NEWS = timedelta(days=1)  # the reader begins with the first entry there ever was: nobody is told of years
_SEVERAL = 3
_AT_ONCE = 2000


def tell_of(seen: Seen) -> None:
    """Tell of one entry. Nobody is told what they did themselves."""
    if seen.at < clock.now() - _NEWS:
        return
    data: dict[str, Any] = orjson.loads(seen.data)
    fitting = told.fitting(seen.verb, str(data.get("to") or data.get("state", "")))
    if not fitting:
        return
    known = generations()
    kinds = in_force.in_force(known).kinds
    fitting = tuple(rule for rule in fitting if rule.kind in kinds and kinds[rule.kind].active)
    if fitting:
        tellings = _TELLINGS[seen.subject.partition(":")[0]]
        notices.tell_all(tellings(seen, data, fitting, known), known)


def _of_case(seen: Seen, data: dict[str, Any], rules: Iterable[told.Rule], known: dict[str, int]) -> list[tuple[Telling, list[UUID]]]:
    case = rows.read(UUID(seen.subject.removeprefix("case:")))
    if case is None:
        return []
    values = words_of(case, known)
    action = ACTION_OF.get(seen.verb, "")
    tellings = []
    for rule in rules:
        users = _whom(rule, case, seen.verb, data, known) - {seen.actor}
        tellings.append((Telling(
            rule.kind, seen.subject, rendered(rule.title, values, LONGEST_TITLE), rendered(rule.body, values, LONGEST_BODY),
            f"/cases/{case.id}", seen.at, f"{seen.position}:{rule.kind}", place=case.area_path, unit=case.unit_path,
            not_before=seen.at + _UNDO if action in workflow.UNDOABLE else None), [user for user in users if user]))
    return tellings


_TELLINGS = {"case": _of_case, "meeting": telling_meetings.tellings, "referral": telling_referrals.tellings}
"""What is told of an entry, with those who hear of it, by the kind of its subject."""


def take_back(seen: Seen) -> None:
    """A step was undone: what told of it is no longer so."""
    notices.untell(seen.subject, datetime.fromisoformat(orjson.loads(seen.data)["at"]))


def _whom(rule: told.Rule, case: Case, verb: str, data: dict[str, Any], known: dict[str, int]) -> set[UUID | None]:
    if rule.whom in ("units", "rung"):
        return set(_named(rule, case, data, known))
    if rule.whom == "reporter":
        quiet = channels.listed(catalogue.book(known).setting(channels.SILENT, case.area_path))
        return set() if case.channel in quiet else {case.reported_by}
    if rule.whom == "reviewers":
        return set(listening.waiting_for(f"appeal:{data['appeal']}"))
    if rule.whom == "appellant":
        return set(Appeal.objects.filter(id=data["appeal"]).values_list("asked_by", flat=True))
    if rule.whom == "asker":
        kind = {"case.extended": "extension", "case.suspended": "suspension"}.get(verb)
        decided = Adjustment.objects.filter(case_id=case.id, state__in=("granted", "declined"))
        asked = (decided.filter(kind=kind) if kind else decided).order_by("-at", "-id").values_list("asked_by", flat=True).first()
        return {asked}
    if data.get("to") and case.state != data["to"]:
        return set()  # somebody has gone on with it meanwhile: it waits for these people no more
    return set(due_people(case))


def _named(rule: told.Rule, case: Case, data: dict[str, Any], known: dict[str, int]) -> set[UUID]:
    """The units that the entry names, or the post of a ladder's rung, where that stands."""
    book = accounts.unit_book(known)
    if rule.whom == "units":
        ids = data.get("units") or [data.get("unit")]
        return {user for unit in ids if unit in book for user in accounts.holding(["handler"], case.area_path, book[unit].path)}
    if data["where"] == "holder":
        return due_people(case)
    if data["where"] == "unit":
        return accounts.holding([data["post"]], case.area_path, case.unit_path)
    (path,) = grids.paths_of([data["area"]]) or [case.area_path]
    return accounts.holding([data["post"]], path)


def due_people(case: Case) -> set[UUID]:
    """For whom a case waits now: the person it names, or else who holds one of its posts there."""
    if case.person is not None:
        return {case.person}
    posts = flow_book.of(case).waits_for_posts(case.state, signs_of(case), in_community=case.level == "community")
    return accounts.holding(posts, case.area_path, case.unit_path)


def words_of(case: Case, known: dict[str, int]) -> dict[str, str]:
    """What templates may name: nothing that people wrote, nobody's name."""
    entry = catalogue.book(known).classes.get(case.class_entry_id or 0)
    area = grids.names_of({case.area_now_id}, known).get(case.area_now_id, ("", ""))[1]
    unit = accounts.unit_book(known).get(case.unit_id) if case.unit_id else None
    due = f"期限 {listening.shown(case.due_at)}。" if case.due_at else ""
    return {"number": case.number, "class": entry.name if entry else "未分类", "area": area or "未定区域",
            "unit": unit.name if unit else "承办单位", "due": due}


def tell_due(now: datetime) -> int:
    """Tell of what is late since the last time, and of what will be soon. Returns how many lines were made."""
    known = generations()
    ahead = timedelta(minutes=in_force.in_force(known).soon_minutes)
    late_since = notices.advance("late", now, _FURTHEST)
    soon_since = notices.advance("soon", now + ahead, _FURTHEST)
    return _tell_between(told.LATE, late_since, now, known) + _tell_between(told.SOON, soon_since, now + ahead, known)


def _tell_between(verb: str, after: datetime, until: datetime, known: dict[str, int]) -> int:
    (rule,) = told.fitting(verb, "")
    due = worklist.falling_due(list(workflow.STATES), after, until, _AT_ONCE)
    if not due or not in_force.in_force(known).kinds[rule.kind].active:
        return 0
    ids = [UUID(one.subject.removeprefix("case:")) for one in due if one.subject.startswith("case:")]
    cases = {f"case:{case.id}": case for case in Case.objects.filter(id__in=ids)}
    heard: dict[UUID, list[Case]] = defaultdict(list)
    quiet: list[Case] = []  # nobody is there to be told; the robots of the place are
    for one in due:
        case = cases.get(one.subject)
        if case is None:
            continue
        people = {one.person} if one.person else accounts.holding(one.posts, one.area_path, one.unit_path)
        for user in people:
            heard[user].append(case)
        quiet.append(case)
    return notices.tell_all([*_single(rule, heard, quiet, known, until), *_several(rule, heard, until)], known)


def _single(rule: told.Rule, heard: dict[UUID, list[Case]], every: Iterable[Case], known: dict[str, int],
            until: datetime) -> list[tuple[Telling, list[UUID]]]:
    """One telling a case, to those who have few; the robots hear of each."""
    listening: dict[UUID, list[UUID]] = defaultdict(list)
    for user, some in heard.items():
        for case in some if len(some) <= _SEVERAL else ():
            listening[case.id].append(user)
    found = []
    for case in every:
        values = words_of(case, known)
        found.append((Telling(
            rule.kind, f"case:{case.id}", rendered(rule.title, values, LONGEST_TITLE), rendered(rule.body, values, LONGEST_BODY),
            f"/cases/{case.id}", until, f"{rule.kind}:{case.id}:{case.step}", place=case.area_path,
            unit=case.unit_path), listening[case.id]))
    return found


def _several(rule: told.Rule, heard: dict[UUID, list[Case]], until: datetime) -> list[tuple[Telling, list[UUID]]]:
    """Who has many at once hears of them together."""
    return [(Telling(rule.kind, "", told.MANY[rule.kind].format(count=len(some)),
                     "、".join(case.number for case in some[:10]) + ("……" if len(some) > 10 else ""), "/cases?mine=1",
                     until, f"{rule.kind}:{until.isoformat()}", robots=False), [user])
            for user, some in heard.items() if len(some) > _SEVERAL]

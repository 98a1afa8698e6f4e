"""Automatic dispatch (自动派遣): what waits for dispatch goes to the unit of its rule where the rule says that nobody need confirm.

Run by a job. Only a case that was never dispatched: what a unit returned waits for a person. It waits out the minute in
which whoever filed it may take that back.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import answering, flow_book, workflow
from jingwei.cases.commands.dispatch import dispatch
from jingwei.cases.models import Case
from jingwei.catalogue import queries as catalogue
from jingwei.journal.ports import fence
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import Refusal

log = logging.getLogger(__name__)

AT_ONCE = 500
NAME = "cases.rules"
_COLUMNS = ("id", "profile", "profile_version", "class_entry_id", "area_path", "part_id", "marks")


def dispatch_due(now: datetime) -> int:
    """Dispatch what may go by itself. Returns how many went. One statement where no rule dispatches by itself."""
    known = generations()
    book = catalogue.book(known)
    if not book.automatic:
        return 0
    waiting = Case.objects.filter(
        state="filed", dispatched_at=None, returns=0, state_at__lte=now - timedelta(seconds=workflow.UNDO_SECONDS),
        class_entry_id__in=_classes(book)).only(*_COLUMNS)
    sent, last = 0, None
    while some := list((waiting.filter(id__gt=last) if last else waiting).order_by("id")[:AT_ONCE]):
        last = some[-1].id
        sent += sum(_sent(case, book, now, known) for case in some)
    return sent


def _classes(book: Any) -> list[int]:
    """The classes that some automatic rule speaks of, wherever and whenever."""
    spoken = [key[:3] for key, rules in book.rules.items() if any(rule.automatic for rule in rules)]
    return [pk for pk, row in book.classes.items() if any(
        (row.scheme, row.kind) == (scheme, kind) and row.code.startswith(prefix) for scheme, kind, prefix in spoken)]


def _sent(case: Case, book: Any, now: datetime, known: dict[str, int]) -> bool:
    named = answering.named(case, book, now, known)
    row = flow_book.of(case).find("filed", "dispatch")
    unit = accounts.unit_book(known).get(named.unit_id or 0)
    if named.rule is None or not named.rule.automatic or unit is None or not unit.active or row is None:
        return False
    try:
        return _dispatched(case.id, Actor(None, NAME, (Grant(row.posts[0], case.area_path, frozenset({Right.CASE_READ.value})),),
                                          via="job"))
    except Refusal as refusal:  # a person was quicker, or something is missing: it waits for the dispatcher
        log.info("case %s was not dispatched by its rule: %s", case.id, refusal)
        return False


def _dispatched(case_id: UUID, actor: Actor) -> bool:
    with transaction.atomic():
        dispatch(actor, case_id, by_itself=True)
        fence()
        return True

"""Why a deadline is when it is: every interval counted and every one skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.cases import clock as clocks
from jingwei.cases import timing
from jingwei.cases.queries.detail import seen_case
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Explained:
    """A due instant (None while the clock stands still or no limit is known) with its reckoning."""

    due: clocks.Due | None
    because: str


def explain_case(actor: Actor, case_id: UUID) -> Explained:
    """The clock that runs in the case's present state. `because`: running | suspended | ended | no_limit."""
    case = seen_case(actor, case_id)
    known = generations()
    book = catalogue.book(known)
    if case.ended_at is not None or case.state == "merged":
        return Explained(None, "ended")
    state = "handling" if case.state == "suspended" else case.state
    start = case.state_at
    pauses: list[tuple[datetime, datetime | None]] = []
    extensions: list[clocks.Limit] = []
    if state == "handling" and case.dispatched_at is not None:
        start = case.dispatched_at
        stopped, extensions = timing.handling_history(case)
        pauses = [*stopped]
    else:
        pauses = [*timing.time_merged(case)]
    if case.state == "suspended":
        pauses.append((case.state_at, None))
    due = timing.reckoned(case, state, start, known, book, pauses=pauses, extensions=extensions, as_before=True)
    if due is None:
        return Explained(None, "no_limit")
    return Explained(due, "suspended" if case.state == "suspended" else "running")


def explain_limit(start: datetime, limit: clocks.Limit, *, calendar: clocks.WorkCalendar | None = None,
                  pauses: Sequence[tuple[datetime, datetime | None]] = (), extensions: Sequence[clocks.Limit] = (),
                  convention: Any = clocks.Convention.TIME_PRESERVING) -> clocks.Due:
    """A limit reckoned apart from any case, by the calendar in force unless another is given."""
    return clocks.due(start, limit, calendar or timing.calendar_in_force(generations()), pauses, extensions,
                      convention=convention)

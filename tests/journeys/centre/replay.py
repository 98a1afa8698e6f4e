"""One case played again from its journal entries by the flow table alone, and what its rows should say. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from jingwei.cases import clock as clocks
from jingwei.cases.events import EVENT_OF
from jingwei.cases.flow import Row
from jingwei.cases.shipped import flows

CITY = flows()["city"]
ACTION_OF = {event.value: action for action, event in EVENT_OF.items()}
# An entry is written a moment after the instant that its step counts from.
MOMENT = timedelta(seconds=20)
_LEFT_OUT = ("case.imported", "case.reported", "case.revealed")


class Told(NamedTuple):
    """An entry as the journal has it."""

    position: int
    number: int
    verb: str
    actor: str
    at: datetime
    area_path: str
    data: dict[str, Any]


class Stay(NamedTuple):
    """A stay in one state: as replayed, or as a row has it. `action` '' while it lasts."""

    state: str
    unit: int | None
    began: datetime
    ended: datetime | None
    action: str
    actor: str
    due: datetime | None
    limit: tuple[Decimal, str] | None = None


@dataclass(frozen=True)
class Rules:
    """What a replay looks up. `roles`: the posts of a person towards a place and a unit."""

    roles: Callable[[str, str, int | None], frozenset[str]]
    stage: Callable[[str, str], tuple[Decimal, str] | None]
    conditions: dict[int, tuple[Decimal, str] | None]
    calendar: clocks.WorkCalendar
    convention: str


@dataclass
class Replay:
    """Goes through the entries of one case and notes what the flow would not have allowed."""

    case: str
    rules: Rules
    channel: str = ""
    reporter: str = ""
    state: str = ""
    since: datetime | None = None
    unit: int | None = None
    asked: str = ""
    verified: bool | None = None
    checked: bool | None = None
    area_path: str = ""
    limit: tuple[Decimal, str] | None = None
    dispatched: datetime | None = None
    left: datetime | None = None  # when the unit last stopped handling
    imported: bool = False
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    extensions: list[clocks.Limit] = field(default_factory=list)
    duties: dict[str, set[str]] = field(default_factory=dict)
    stays: list[Stay] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)

    def play(self, entries: list[Told]) -> "Replay":
        for number, entry in enumerate(entries, 1):
            if entry.number != number:
                self.faults.append(f"{self.case}: entry {number} is numbered {entry.number}")
            if entry.verb in _LEFT_OUT:
                self._begin(entry, number)
            else:
                self._step(entry)
        return self

    def _begin(self, entry: Told, number: int) -> None:
        if entry.verb == "case.revealed":
            return
        if number != 1:
            self.faults.append(f"{self.case}: {entry.verb} is entry {number}")
        self.state, self.since, self.channel = entry.data["to"], entry.at, entry.data["channel"]
        self.area_path, self.imported = entry.area_path, entry.verb == "case.imported"
        if not self.imported:
            self.reporter = entry.actor
            self.duties["report"] = {entry.actor}

    def _step(self, entry: Told) -> None:
        action, told = ACTION_OF[entry.verb], entry.data
        if told["from"] != self.state:
            self.faults.append(f"{self.case}: entry {entry.number} leaves {told['from']}, it was {self.state}")
        mine = frozenset(duty for duty, people in self.duties.items() if entry.actor in people)
        answer, row = CITY.decide(
            self.state, action, self.rules.roles(entry.actor, self.area_path, self.unit), duties=mine,
            facts=self._facts(entry.actor))
        if answer != "yes":
            self.faults.append(f"{self.case}: entry {entry.number} {action} in {self.state}: {answer}")
            row = CITY.find(self.state, action)
        if row is None:
            return
        self._keep_apart(row.duty, entry)
        self._move(action, row, entry)
        if told["to"] != self.state or told["step"] != len(self.stays) + 1:
            self.faults.append(f"{self.case}: entry {entry.number} says {told['to']} step {told['step']}, "
                               f"it is {self.state} step {len(self.stays) + 1}")

    def _facts(self, actor: str) -> set[str]:
        holds = {
            "verified_if_public": self.channel not in CITY.verify_first or self.verified is True,
            "check_passed": self.checked is True, "own_report": bool(actor) and self.reporter == actor,
            "extension_asked_or_given": self.asked in ("", "extension"),
            "suspension_asked_or_given": self.asked in ("", "suspension"),
            "something_asked": bool(self.asked), "nothing_asked": not self.asked,
            "filed_before": not self.duties.get("solve"),
        }
        return {name for name, held in holds.items() if held}

    def _keep_apart(self, duty: str, entry: Told) -> None:
        """STF-14, AT-09: told from the actors of the entries, whatever the engine said."""
        for earlier, later in CITY.apart:
            if later == duty and entry.actor in self.duties.get(earlier, set()):
                self.apart.append(f"{self.case}: entry {entry.number}: {entry.actor} did {earlier}, then {later}")
        self.duties.setdefault(duty, set()).add(entry.actor)

    def _move(self, action: str, row: Row, entry: Told) -> None:
        before, told = self.state, entry.data
        due_before, unit_before = self.due(), self.unit
        self._remember(action, told)
        if row.to == before and action != "hand_on":
            return
        self.stays.append(Stay(before, unit_before, self.since or entry.at, entry.at, action, entry.actor, due_before[0],
                               due_before[1]))
        if before == "handling":
            self.left = entry.at
        elif row.to == "handling" and action != "dispatch" and self.left:
            self.pauses.append((self.left, entry.at))
        if action == "dispatch":
            self.dispatched, self.pauses, self.extensions = entry.at, [], []
        if action == "reopen" or (action == "return" and before == "handling"):
            self.unit, self.dispatched = None, None
        self.state, self.since, self.asked = row.to, entry.at, ""

    def _remember(self, action: str, told: dict[str, Any]) -> None:
        if action in ("verify_true", "verify_false"):
            self.verified = action == "verify_true"
        if action in ("check_pass", "check_fail"):
            self.checked = action == "check_pass"
        if action in ("rework", "feed_back", "reopen") or (action == "return" and self.state == "checked"):
            self.checked = None
        if action == "file":
            self.limit = self.rules.conditions[told["condition"]] if told["condition"] else None
        if action in ("dispatch", "hand_on"):
            self.unit = told["unit"]
        if action == "extend":
            self.extensions.append(clocks.Limit(Decimal(told["value"]), clocks.Unit(told["unit"])))
        self.asked = {"ask_extension": "extension", "ask_suspension": "suspension", "extend": "", "suspend": "",
                      "decline": ""}.get(action, self.asked)

    def due(self) -> tuple[datetime | None, tuple[Decimal, str] | None]:
        """When the present state is due, and by which limit, reckoned from the entries so far."""
        named = CITY.clocks.get(self.state)
        if named is None or self.since is None or (self.imported and not self.stays):
            return None, None
        if named == "class":
            if self.limit is None:
                return None, None
            start, limit, more = self.dispatched or self.since, self.limit, (self.pauses, self.extensions)
        else:
            found = self.rules.stage(named.removeprefix("stage:"), self.area_path)
            if found is None:
                return None, None
            start, limit, more = self.since, found, ([], [])
        value, unit = limit
        at = clocks.due(start, clocks.Limit(value, clocks.Unit(unit)), self.rules.calendar, *more,
                        convention=self.rules.convention).at
        return at, limit

    def alike(self, ours: datetime | None, theirs: datetime | None, limit: tuple[Decimal, str] | None) -> bool:
        """Whether two due instants are the same but for the moment between a step and its entry."""
        if ours is None or theirs is None or limit is None:
            return ours is theirs
        low, high = sorted((ours, theirs))
        if high - low <= MOMENT:
            return True
        return clocks.Unit(limit[1]).working and clocks.elapsed_working(low, high, self.rules.calendar) <= MOMENT

"""From a row of somebody else's table to a case: columns, times, names of classes and states by a mapping file.

Pure: no database, no clock. The mapping is TOML; `docs/manual` describes it, `Mapping.parse` refuses what it
does not know, so that a misspelt key is never silently ignored.
"""

import math
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from jingwei.cases import workflow
from jingwei.cases.errors import CaseError
from jingwei.formats.times import parse_local, zone_named
from jingwei.kernel.errors import Refusal

COLUMNS = ("id", "text", "lon", "lat", "place", "class", "state", "unit", "reported_at", "filed_at", "due_at",
           "handled_at", "closed_at")
REQUIRED = ("id", "text", "lon", "lat", "reported_at")
TIMES = ("reported_at", "filed_at", "due_at", "handled_at", "closed_at")
_DEFAULTS = ("state", "class", "unit", "area")
WITH_UNIT = frozenset({"handling", "suspended", "fed_back", "checking", "checked"})  # rework leads back to it
_UNHANDLED = frozenset({"reported", "verifying", "verified", "filed", "refused"})
_LONGEST_SOURCE = 19  # with the longest id of a row it fits the column, so that no two ids are cut to the same
_KEYS = {"source", "channel", "zone", "time_formats", "columns", "classes", "states", "defaults", "units"}


@dataclass(frozen=True)
class Mapping:
    """How a source's columns and words are read.

    columns: ours → theirs. classes, states, units: their word → our code; a word that is not listed is taken as our
    code, unless "*" says what all others are. defaults: of `state`, `class`, `unit` where the source says nothing,
    and `area`: the code of the area that takes cases whose point lies in none.
    """

    source: str
    channel: str
    zone: str
    time_formats: tuple[str, ...]
    columns: Dict[str, str]
    classes: Dict[str, str] = field(default_factory=dict)
    states: Dict[str, str] = field(default_factory=dict)
    units: Dict[str, str] = field(default_factory=dict)
    defaults: Dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, raw: Dict[str, Any]) -> "Mapping":
        """From the parsed TOML. Refuses unknown, missing and wrongly typed keys by name."""
        for name in sorted(set(raw) - _KEYS):
            raise Refusal(CaseError.BAD_MAPPING, what=name)
        columns, classes, states, units, defaults = (
            _words(raw, name) for name in ("columns", "classes", "states", "units", "defaults"))
        for table, known in (("columns", COLUMNS), ("defaults", _DEFAULTS)):
            for name in sorted(set(_words(raw, table)) - set(known)):
                raise Refusal(CaseError.BAD_MAPPING, what=f"{table}.{name}")
        wrong = [name for name in REQUIRED if not columns.get(name)] + _wrong(raw)
        if wrong:
            raise Refusal(CaseError.BAD_MAPPING, what="、".join(wrong))
        for state in {*states.values(), *([defaults["state"]] if "state" in defaults else [])}:
            if state not in workflow.STATES:
                raise Refusal(CaseError.BAD_MAPPING, what=f"states: {state}")
        zone_named(raw["zone"])
        return cls(source=raw["source"], channel=raw.get("channel", "import"), zone=raw["zone"],
                   time_formats=tuple(raw["time_formats"]), columns=columns, classes=classes, states=states, units=units,
                   defaults=defaults)


def _words(raw: Dict[str, Any], name: str) -> dict[str, str]:
    """A table of texts; absent is empty."""
    table = raw.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise Refusal(CaseError.BAD_MAPPING, what=name)
    return dict(table)


def _wrong(raw: Dict[str, Any]) -> list[str]:
    """Which of the keys beside the tables are missing or not what they should be."""
    formats = raw.get("time_formats")
    sound = {
        "source": isinstance(raw.get("source"), str) and 0 < len(raw["source"]) <= _LONGEST_SOURCE,
        "channel": raw.get("channel", "import") in workflow.CHANNELS,
        "zone": isinstance(raw.get("zone"), str) and bool(raw["zone"]),
        "time_formats": isinstance(formats, list) and bool(formats) and all(isinstance(one, str) for one in formats),
    }
    return [name for name, holds in sound.items() if not holds]


@dataclass(frozen=True, slots=True)
class Told:
    """What one row tells, in our words; times in UTC."""

    source_id: str
    text: str
    place: str
    lon: float
    lat: float
    class_code: str
    state: str
    unit_code: str
    times: Dict[str, datetime | None]


def read_row(values: Dict[str, str], mapping: Mapping, now: datetime) -> Told:
    """One row in our words. Refuses, by code, what cannot be true."""
    def cell(name: str) -> str:
        return values.get(mapping.columns.get(name, ""), "").strip()

    source_id = cell("id")
    if not source_id or len(source_id) > 60 or not source_id.isprintable():
        raise Refusal(CaseError.BAD_SOURCE_ID, value=source_id[:40])
    if not cell("text"):
        raise Refusal(CaseError.MISSING, action="导入", what="情况说明")
    times = {name: _time(cell(name), mapping, now, ahead=name == "due_at") for name in TIMES}
    if times["reported_at"] is None:
        raise Refusal(CaseError.MISSING, action="导入", what="上报时间")
    order = [at for name in ("reported_at", "filed_at", "handled_at", "closed_at") if (at := times[name])]
    if order != sorted(order):
        raise Refusal(CaseError.TIMES_CROSSED)
    state = _ours(cell("state"), mapping.states) or ("closed" if times["closed_at"] else "")
    state = state or mapping.defaults.get("state", "reported")
    if state not in workflow.STATES:
        raise Refusal(CaseError.BAD_STATE, state=cell("state")[:40], why="没有对照到流程的状态")
    if times["closed_at"] and workflow.STATES[state][1] != "ended":
        raise Refusal(CaseError.BAD_STATE, state=workflow.STATES[state][0], why="与结案时间矛盾")
    return Told(
        source_id=source_id, text=cell("text"), place=cell("place")[:256], lon=_degrees(cell("lon"), 180),
        lat=_degrees(cell("lat"), 90), times=times, state=state,
        class_code=_ours(cell("class"), mapping.classes) or mapping.defaults.get("class", ""),
        unit_code=_ours(cell("unit"), mapping.units) or mapping.defaults.get("unit", ""))


def _ours(word: str, words: Dict[str, str]) -> str:
    return words.get(word) or (words.get("*", word) if word else "")


def _degrees(text: str, most: int) -> float:
    try:
        value = float(text) if text.isascii() else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > most:
        raise Refusal(CaseError.BAD_PLACE, lon=text[:20] or "空", lat="")
    return value


def _time(text: str, mapping: Mapping, now: datetime, *, ahead: bool) -> datetime | None:
    if not text:
        return None
    at = parse_local(text, mapping.zone, mapping.time_formats)
    if not ahead and at > now + timedelta(minutes=10):
        raise Refusal(CaseError.BAD_TIME, value=text[:30])
    return at


def dispatched(told: Told) -> datetime | None:
    """Since when a unit has had the case: the filing, where the source says when; None while no unit has it."""
    if told.state in _UNHANDLED:
        return None
    return told.times["filed_at"] or told.times["handled_at"] or told.times["reported_at"]


def handling_minutes(told: Told) -> int | None:
    """The source's due instant as a limit that runs on from the dispatch, for clocks that stop or get more time.

    Rounded up to whole minutes; one minute where it was over before it began.
    """
    due, since = told.times["due_at"], dispatched(told) or told.times["filed_at"]
    if due is None or since is None or workflow.STATES[told.state][1] == "ended":
        return None
    return max(1, -((since - due) // timedelta(minutes=1)))


def stays(told: Told) -> list[tuple[str, datetime, datetime]]:
    """The finished stays that the source's times speak of: (state, began, ended), in order."""
    marks = [(state, at) for state, name in (("reported", "reported_at"), ("filed", "filed_at"),
             ("checked", "handled_at")) if (at := told.times.get(name))]
    if told.times.get("handled_at") and told.times.get("filed_at"):
        marks = [(("handling" if state == "filed" else state), at) for state, at in marks]
    closed = told.times.get("closed_at")
    found = [(state, began, ended) for (state, began), (_, ended) in pairwise(marks)]
    if closed and marks:
        found.append((marks[-1][0], marks[-1][1], closed))
    return found

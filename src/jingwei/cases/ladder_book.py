"""The ladders in force: those of the nearest area that has its own, else the shipped ones."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.cases.ladder import Key, Rung
from jingwei.cases.models import Ladder
from jingwei.kernel.paths import within

Local = Mapping[tuple[Key, str], tuple[Rung, ...]]  # ladder and area path -> rungs


@cache
def _rows() -> tuple[dict[str, str], ...]:
    text = files("jingwei.cases").joinpath("data/ladders.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def shipped_ladders() -> dict[Key, tuple[Rung, ...]]:
    """What came with the product, by profile, state and level."""
    found: dict[Key, tuple[Rung, ...]] = {}
    for row in _rows():
        key = row["profile"], row["state"], row["level"]
        rung = Rung(row["when"], row["where"], row["post"], row["does"], row["gives"])
        found[key] = (*found.get(key, ()), rung)
    return found


def sources(key: Key) -> list[dict[str, str]]:
    """Where each shipped rung comes from and how sure that is."""
    return [{name: row[name] for name in ("source", "confidence", "note")} for row in _rows()
            if (row["profile"], row["state"], row["level"]) == key]


def read_local() -> dict[tuple[Key, str], tuple[Rung, ...]]:
    """Every ladder that an area set. One statement."""
    rows = Ladder.objects.values_list("profile", "state", "level", "area__path", "rungs")
    return {((profile, state, level), path or ""): rungs_of(stored) for profile, state, level, path, stored in rows}


def rungs_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Rung, ...]:
    return tuple(Rung(str(one["when"]), str(one["where"]), str(one["post"]), str(one["does"]), str(one["gives"])) for one in stored)


def at(key: Key, area_path: str, local: Local) -> tuple[tuple[Rung, ...], str | None]:
    """The rungs in force at a place, and the path of the area that set them (None: shipped)."""
    own = [path for known, path in local if known == key and within(area_path, path)]
    if own:
        nearest = max(own, key=len)
        return local[key, nearest], nearest
    return shipped_ladders().get(key, ()), None

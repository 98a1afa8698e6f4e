"""Which photos a deed on the spot asks for, by class: the table `data/photo_asks.csv`, which says why of each. Pure.

Nothing is asked that is not in the table: staff are not made to take pictures where a class does not need them.
"""

import csv
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

SHOTS = {"near": "近景", "far": "远景", "before": "处置前", "after": "处置后"}
# The deeds that may bring photos of their own.
ON_THE_SPOT = frozenset({"verify_true", "verify_false", "solve", "feed_back", "check_pass", "check_fail"})


class Asked(NamedTuple):
    """`must`: without them a reason is to be given. `place`: where one stands is asked as well, never required."""

    shots: tuple[str, ...]
    must: bool
    place: bool
    why: str


@cache
def table() -> Mapping[tuple[str, str], Asked]:
    """By prefix of the class ("matter/0100") and action."""
    found: dict[tuple[str, str], Asked] = {}
    text = files("jingwei.cases").joinpath("data/photo_asks.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        asked = Asked(tuple(row["shots"].split()), row["must"] == "1", row["place"] == "1", row["why"])
        for action in row["actions"].split():
            assert (row["class"], action) not in found, row
            found[row["class"], action] = asked
    return found


def asked(class_code: str, action: str, mode: str = "may") -> Asked | None:
    """What an action asks for on a case of this class ("scheme/kind/code"), by the longest prefix; None: nothing.

    `mode` is the place's own will (setting photos_asked): `may` requires nothing, as long as nobody decides otherwise;
    `by_class` requires what the table says must be; `none` asks nothing.
    """
    if mode == "none":
        return None
    own = class_code.partition("/")[2]
    for end in range(len(own), own.find("/") + 1, -1):
        found = table().get((own[:end], action))
        if found is not None:
            return found._replace(must=found.must and mode == "by_class") if found.shots or found.place else None
    return None


def lacking(wanted: Asked | None, given: Collection[str]) -> tuple[str, ...]:
    """The shots that must be there and are not."""
    return tuple(shot for shot in wanted.shots if shot not in given) if wanted is not None and wanted.must else ()


def named(shots: Collection[str]) -> str:
    return "、".join(SHOTS[shot] for shot in shots)

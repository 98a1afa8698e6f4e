"""What the product brings along: national schemes, crosswalk, defaults, holidays. Read from its own data folder."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jingwei.catalogue.holidays import Calendar, merged, read_table


@dataclass(frozen=True, slots=True)
class ShippedScheme:
    """A national scheme. `replaced_on`, `valid_from`: ISO dates or ''."""

    code: str
    title_zh: str
    title_en: str
    minor_digits: int
    component_word: str
    matter_word: str
    valid_from: str
    replaced_on: str
    source: str
    confidence: str


class ShippedClass(NamedTuple):
    kind: str
    code: str
    name_zh: str
    name_en: str
    source: str
    confidence: str


class Crossing(NamedTuple):
    """Where a class of an older scheme went. `code` '': it left the list. `relation`: same, moved, gone, to_monitoring."""

    scheme: str
    kind: str
    code: str
    relation: str
    confidence: str


class Default(NamedTuple):
    """A default with where it comes from. `allowed`: the choices of a setting; empty where any text will do."""

    value: str
    unit: str
    allowed: tuple[str, ...]
    source: str
    confidence: str
    note: str


def content(name: str) -> bytes:
    """A file of the data folder."""
    return files("jingwei.catalogue").joinpath("data", name).read_bytes()


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(content(name).decode("utf-8").splitlines())


@cache
def schemes() -> dict[str, ShippedScheme]:
    return {
        row["scheme"]: ShippedScheme(
            row["scheme"], row["title_zh"], row["title_en"], int(row["minor_digits"]), row["component_word"],
            row["matter_word"], row["valid_from"], row["replaced_on"], row["source"], row["confidence"])
        for row in _rows("schemes.csv")}


def classes(scheme: str) -> tuple[ShippedClass, ...]:
    """The classes of a scheme, each major class before its minor ones."""
    return tuple(ShippedClass(*(row[name] for name in ShippedClass._fields)) for row in _rows(f"{scheme}.csv"))


@cache
def _crosswalk() -> dict[tuple[str, str, str], Crossing]:
    return {
        (row["from_scheme"], row["from_kind"], row["from_code"]): Crossing(
            row["to_scheme"], row["to_kind"], row["to_code"], row["relation"], row["confidence"])
        for row in _rows("crosswalk.csv")}


def crossing(scheme: str, kind: str, code: str) -> Crossing | None:
    """Where a class stands in the scheme that followed, or None if nothing is known."""
    return _crosswalk().get((scheme, kind, code))


@cache
def defaults() -> dict[str, Default]:
    """Every default by key: stage.<stage>, setting.<name>, calendar.zone, calendar.slots."""
    return {
        row["key"]: Default(
            row["value"], row["unit"], tuple(row["allowed"].split("|")) if row["allowed"] not in ("", "*") else (),
            row["source"], row["confidence"], row["note"])
        for row in _rows("defaults.csv")}


def stage_limits() -> dict[str, tuple[Decimal, str] | None]:
    """Every stage the product knows and its default limit; None: no clock runs."""
    return {
        key.removeprefix("stage."): (Decimal(row.value), row.unit) if row.value else None
        for key, row in defaults().items() if key.startswith("stage.")}


def settings() -> dict[str, Default]:
    """Every setting the product knows."""
    return {
        key.removeprefix("setting."): row for key, row in defaults().items() if key.startswith("setting.")}


@cache
def holidays() -> Calendar:
    """The official lists of the years the product was shipped with."""
    return merged(read_table(content("holidays.csv")))

"""What may be said of a part: texts, bodies, state, days. The same rules for a screen, a table and a map layer."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from jingwei.accounts import queries as accounts
from jingwei.kernel.errors import Refusal
from jingwei.kernel.masking import mask
from jingwei.kernel.wording import Words
from jingwei.registry.errors import PartError, PartRemark
from jingwei.registry.parts import credit_code
from jingwei.registry.parts.days import day_in
from jingwei.registry.parts.fields import BY_KEY
from jingwei.registry.parts.states import accuracy_in, state_in

BODIES = ("supervisor", "owner", "maintainer")
TEXTS = ("name", "source", "note")
GIVEN = (*TEXTS, *(f"{body}_{what}" for body in BODIES for what in ("code", "name")), "state", "surveyed_on", "changed_on",
         "accuracy")
"""The keys that `described` takes, each a text."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(slots=True)
class Described:
    """Columns of a part by attribute name, and what is odd about them."""

    columns: dict[str, Any] = field(default_factory=dict)
    remarks: list[tuple[PartRemark, dict[str, Any]]] = field(default_factory=list)


def unit_codes(generations: dict[str, int]) -> dict[str, Any]:
    """Units by code. No statement while nothing changed."""
    return {unit.code: unit for unit in accounts.unit_book(generations).values()}


def described(given: Mapping[str, str], units: Mapping[str, Any], today: date) -> Described:
    """The columns that `given` names; refuses the first that will not do. A key that is not given is not touched."""
    found = Described()
    for key in TEXTS:
        if key in given:
            found.columns[key] = text(key, given[key])
    if "name" in given and not found.columns["name"]:
        raise Refusal(PartError.NO_NAME)
    for body in BODIES:
        if f"{body}_code" in given or f"{body}_name" in given:
            _body(found, body, given.get(f"{body}_code", ""), given.get(f"{body}_name", ""), units)
    if "state" in given:
        found.columns["state"] = state(given["state"])
    if "accuracy" in given:
        accuracy = accuracy_in(given["accuracy"])
        if accuracy is None:
            raise Refusal(PartError.BAD_ACCURACY, accuracy=given["accuracy"][:10])
        found.columns["accuracy"] = accuracy
    for key in ("surveyed_on", "changed_on"):
        if key in given:
            found.columns[key] = day(given[key], today)
    return found


def state(word: str) -> str:
    code = state_in(word)
    if code is None:
        raise Refusal(PartError.BAD_STATE, state=word[:20])
    return code


def day(given: str, today: date) -> date | None:
    """The day meant; None where nothing stands. Refuses what is no day, or one to come."""
    if not given.strip():
        return None
    found = day_in(given)
    if found is None or found > today:
        raise Refusal(PartError.BAD_DAYS, day=given[:20])
    return found


def in_order(surveyed: date, changed: date | None) -> None:
    if changed is not None and changed < surveyed:
        raise Refusal(PartError.BAD_DAYS, day=changed.isoformat())


def text(key: str, given: str) -> str:
    """One visible line as long as the standard allows, without numbers that identify a person."""
    longest, shown = BY_KEY[key].longest, partial(Words, BY_KEY[key].zh)
    cleaned = unicodedata.normalize("NFC", given[:4 * longest + 4].replace("\r\n", " ").replace("\n", " ")).strip()
    if len(cleaned) > longest or any(unicodedata.category(sign) in _UNSEEN for sign in cleaned):
        raise Refusal(PartError.BAD_TEXT, field=shown(key.replace("_", " ")), longest=longest)
    if mask(cleaned).values:
        raise Refusal(PartError.PERSONAL_NUMBER, field=shown(key.replace("_", " ")))
    return cleaned


def _body(found: Described, body: str, code: str, name: str, units: Mapping[str, Any]) -> None:
    """One of the bodies: a unit of ours by its code, or code and name as they were given."""
    code = unicodedata.normalize("NFKC", code[:200]).strip()
    name = text(f"{body}_name", name)
    column = BY_KEY[f"{body}_code"]
    if len(code) > column.longest or any(not sign.isprintable() or sign.isspace() for sign in code):
        raise Refusal(PartError.BAD_TEXT, field=Words(column.zh, f"{body} code"), longest=column.longest)
    unit = units.get(code)
    if unit is None and code and not name:
        raise Refusal(PartError.UNKNOWN_UNIT, code=code)
    found.columns |= {f"{body}_id": unit.id if unit else None, f"{body}_code": code,
                      f"{body}_name": name or (unit.name if unit else "")}
    if unit is None and credit_code.doubtful(code):
        found.remarks.append((PartRemark.CREDIT_CODE, {"field": Words(column.zh, f"{body} code"), "code": code}))

"""Photos that a deed asks for, and what speaks for one having been done on the spot, with the page of a case. No statement."""

from collections.abc import Sequence
from typing import Any

import orjson

from jingwei.cases import evidence, photo_asks
from jingwei.cases.commands.proof import asked_of
from jingwei.cases.commands.step import roles_towards
from jingwei.cases.models import Case
from jingwei.journal.queries import Seen
from jingwei.kernel.actor import Actor

# Who decides upon what was found on the spot, and hence weighs it.
DECIDING = frozenset({"acceptor", "shift_leader", "dispatcher", "town_officer", "county_officer"})


def photos_asked(case: Case, action: str, book: Any) -> dict[str, Any] | None:
    """For the form of an action: the kinds of photo with their names, whether they must be there, and why."""
    wanted = asked_of(case, action, book)
    if wanted is None:
        return None
    return {"shots": [{"shot": shot, "name": photo_asks.SHOTS[shot]} for shot in wanted.shots], "must": wanted.must,
            "place": wanted.place, "why": wanted.why}


def beside(lines: list[dict[str, Any]], entries: Sequence[Seen], case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The timeline with the reason why there is no photo, for all who see it; the evidence only for those who decide
    and for the person whose deed it was."""
    deciding, own = bool(roles_towards(case, actor) & DECIDING), actor.user_id
    return [{**line, **_beside(entry, deciding or (own is not None and entry.actor == own))} for line, entry in zip(lines, entries, strict=True)]


def _beside(entry: Seen, weighing: bool) -> dict[str, Any]:
    if '"evidence"' not in entry.data and '"no_photo"' not in entry.data:
        return {"no_photo": "", "evidence": []}
    data = orjson.loads(entry.data)
    return {"no_photo": data.get("no_photo", ""), "evidence": evidence.lines(data.get("evidence", [])) if weighing else []}

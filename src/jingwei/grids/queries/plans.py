"""Versions of the division: those in force, and for who manages the ground those still to come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from jingwei.accounts.queries import Right
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion
from jingwei.grids.placing import BASE
from jingwei.kernel.actor import Actor

_VERBS = {"rename": "renamed", "move": "moved", "retire": "retired", "note": "noted"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`publish_at`: when a draft is to be published; `publish_why`: why that did not happen. `edits`: deeds on it.

    `changes`: how many areas it brings (new), draws (drawn), renames, moves, ends (retired); those of none left out.
    """

    id: int
    system: str
    number: int | None
    title: str
    state: str
    valid_from: datetime | None
    valid_to: datetime | None
    publish_at: datetime | None
    publish_why: str
    edits: int
    changes: dict[str, int]


def plans(actor: Actor, *, system: str = BASE) -> list[PlanLine]:
    """Plan versions, newest first; drafts only for those who manage areas everywhere. Four statements."""
    rows = PlanVersion.objects.filter(system_id=system).exclude(state__in=["dropped", "dropping"])
    if not actor.covers(Right.AREA_MANAGE.value, ""):
        rows = rows.filter(state="published")
    found = list(rows.order_by("-id").values_list("id", "system_id", "number", "title", "state", "valid_from", "valid_to", "publish_at", "publish_why",
                                             "edit"))
    changes = _changes(row[0] for row in found)
    return [PlanLine(*row, changes[row[0]]) for row in found]


def plan_titles(ids: set[int]) -> dict[int, str]:
    """The titles of plan versions by id."""
    return dict(PlanVersion.objects.filter(pk__in=ids).values_list("id", "title"))


def _changes(plan_ids: Iterable[int]) -> defaultdict[int, dict[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    wanted = list(plan_ids)
    for name, rows in (("new", Area.objects.all()), ("drawn", Boundary.objects.all())):
        for plan_id, count in rows.filter(plan_id__in=wanted).values_list("plan_id").annotate(n=Count("id")):
            found[plan_id][name] = count
    changed = PlanChange.objects.filter(plan_id__in=wanted).values_list("plan_id", "verb").annotate(n=Count("id"))
    for plan_id, verb, count in changed:
        found[plan_id][_VERBS[verb]] = count
    return found

"""Announcements in force, for whoever works in their area."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jingwei.accounts.queries import Right, names_of
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span
from jingwei.notices.models import Announcement

__all__ = ["Told", "announcements", "readable", "titles_of"]

_MOST = 50


@dataclass(frozen=True, slots=True)
class Told:
    """`area_code` '': the whole of what its author manages. `may_withdraw`: by the asker."""

    id: UUID
    title: str
    text: str
    area_code: str
    made_by_name: str
    made_at: datetime
    until: datetime
    may_withdraw: bool


def announcements(actor: Actor) -> list[Told]:
    """Those in force, the newest first."""
    rows = list(readable(actor).order_by("-made_at", "-id")[:_MOST])
    names = names_of(row.made_by for row in rows)
    return [
        Told(row.pk, row.title, row.text, row.area_code, names.get(row.made_by, "") if row.made_by else "", row.made_at,
             row.until, actor.covers(Right.AREA_MANAGE.value, row.area_path))
        for row in rows]


def readable(actor: Actor) -> QuerySet[Announcement]:
    """In force, and told to an area in which, below which or above which the actor has a post."""
    now = clock.now()
    reached = Q(area_path="")
    for path in {grant.area_path for grant in actor.grants}:
        if not path:
            reached = Q()
            break
        low, high = span(path)
        reached |= Q(area_path__gte=low, area_path__lt=high) | Q(area_path__in=_above(path))
    return Announcement.objects.filter(reached, until__gt=now, withdrawn_at=None)


def _above(path: str) -> list[str]:
    parts = path.rstrip("/").split("/")
    return ["".join(f"{part}/" for part in parts[:depth]) for depth in range(1, len(parts))]


def titles_of(ids: set[UUID]) -> dict[UUID, str]:
    """Titles by id, for logs."""
    return dict(Announcement.objects.filter(id__in=ids).values_list("id", "title"))

"""What waits for somebody who leaves an area, and the sheets of hand-overs (交接单)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right, narrow
from jingwei.grids import ports
from jingwei.grids.days import today
from jingwei.grids.models import HandOver, Staffing
from jingwei.grids.queries.reading import readable
from jingwei.grids.queries.searching import chain_words
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span


@dataclass(frozen=True, slots=True)
class WorkLine:
    number: str
    stage: str
    title: str
    due_at: datetime | None
    link: str


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What waits for the person of a posting on its area, while they do not go on working there in another post."""

    user_name: str
    area_name: str
    items: list[WorkLine]


@dataclass(frozen=True, slots=True)
class SheetItem:
    """`to_name`: who has it now, '' for whoever comes first. `done`: it was finished before it could be moved."""

    number: str
    stage: str
    title: str
    due_at: datetime | None
    to_name: str
    done: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A hand-over as it is printed. `work`: pass | release | keep; `moved_at` None while its day is still to come."""

    id: int
    area_id: int
    area_name: str
    area_code: str
    chain: str
    post: str
    duties: list[str]
    from_name: str
    since: date
    until: date | None
    to_name: str
    on: date
    work: str
    moved_at: datetime | None
    items: list[SheetItem]
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    id: int
    area_name: str
    area_code: str
    from_name: str
    to_name: str
    on: date
    items: int


def open_work(actor: Actor, staffing_id: int) -> OpenWork:
    """For whoever arranges the staffing there."""
    posting = Staffing.objects.select_related("area").filter(pk=staffing_id, void=False).first()
    if posting is None:
        raise Refusal(KernelError.NOT_FOUND)
    area = readable(actor, posting.area_id)
    if not actor.covers(Right.STAFFING_MANAGE.value, area.path):
        raise no_right(actor, Right.STAFFING_MANAGE)
    found = ports.waiting_for(posting.user_id, area.path, kept_elsewhere(posting, today()))
    names = accounts.names_of([posting.user_id])
    return OpenWork(names.get(posting.user_id, ""), area.name,
                    [WorkLine(one.number, one.stage, one.title, one.due_at, one.link) for one in found])


def kept_elsewhere(posting: Staffing, on: date) -> list[str]:
    """Where else the person of a posting works on a day or later: nothing there is taken from them."""
    rows = Staffing.objects.filter(Q(until=None) | Q(until__gte=on), user_id=posting.user_id, void=False).exclude(pk=posting.id)
    return sorted(rows.values_list("area__path", flat=True).distinct())


def sheets(actor: Actor, area_id: int | None = None, *, before: int = 0, limit: int = 50) -> tuple[list[SheetLine], int | None]:
    """Hand-overs at and below an area where one arranges the staffing, the newest first. Three statements at most."""
    rows = narrow(HandOver.objects.all(), actor, Right.STAFFING_MANAGE, area="area__path")
    if area_id is not None:
        low, high = span(readable(actor, area_id).path)
        rows = rows.filter(area__path__gte=low, area__path__lt=high)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id").values_list(
        "id", "area__name", "area__code", "posting__user_id", "heir_id", "on", "items")[:limit + 1])
    following = found[limit - 1][0] if len(found) > limit else None
    names = accounts.names_of(user for row in found[:limit] for user in row[3:5])
    return [SheetLine(row[0], row[1], row[2], names.get(row[3], ""), names.get(row[4], "") if row[4] else "", row[5], len(row[6]))
            for row in found[:limit]], following


def sheet(actor: Actor, sheet_id: int) -> Sheet:
    """For whoever arranges the staffing there, and for the two whom it names."""
    row = HandOver.objects.select_related("area", "posting").filter(pk=sheet_id).first()
    if row is None:
        raise Refusal(KernelError.NOT_FOUND)
    mine = actor.user_id is not None and actor.user_id in (row.posting.user_id, row.heir_id)
    if not (mine or actor.covers(Right.STAFFING_MANAGE.value, row.area.path)):
        raise Refusal(KernelError.NOT_FOUND)
    people = {UUID(item["to"]) for item in row.items if item.get("to")} | {row.posting.user_id, row.heir_id, row.by}
    names = accounts.names_of(people)
    items = [SheetItem(item["number"], item["stage"], item["title"],
                       datetime.fromisoformat(item["due_at"]) if item["due_at"] else None,
                       names.get(UUID(item["to"]), "") if item.get("to") else "", bool(item.get("done"))) for item in row.items]
    return Sheet(
        row.id, row.area_id, row.area.name, row.area.code, chain_words(row.area_id), row.posting.post, row.posting.duties,
        names.get(row.posting.user_id, ""), row.posting.since, row.posting.until, names.get(row.heir_id, "") if row.heir_id else "",
        row.on, row.work, row.moved_at, items, row.at, names.get(row.by, "") if row.by else "")

"""Connectors without their secrets, the rules and settings in force, and what could not be sent."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import Count, Q

from jingwei.accounts.queries import Right, names_of, require
from jingwei.journal.vault import unseal_many
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.notices import ports
from jingwei.notices.models import Connector, Delivery
from jingwei.notices.queries.settings import in_force

_MOST = 200


@dataclass(frozen=True, slots=True)
class KindOfConnector:
    """What there is to connect, and what it must be told."""

    kind: str
    name: str
    way: str
    fields: list[ports.Field]


@dataclass(frozen=True, slots=True)
class Connected:
    """`settings`: without secrets. `secrets`: the fields of those that are set. `state`: well | failing | resting | off."""

    id: UUID
    kind: str
    kind_name: str
    way: str
    name: str
    settings: dict[str, str]
    secrets: list[str]
    area_code: str
    unit_code: str
    per_minute: int
    active: bool
    state: str
    error: str
    failures: int
    open_until: datetime | None
    sent_at: datetime | None
    waiting: int
    parked: int


@dataclass(frozen=True, slots=True)
class Settings:
    quiet_from: time
    quiet_until: time
    soon_minutes: int


@dataclass(frozen=True, slots=True)
class Office:
    """All that the page of notices shows."""

    kinds: list[ports.Kind]
    settings: Settings
    connectors: list[Connected]
    offered: list[KindOfConnector]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Parked:
    id: UUID
    connector_id: UUID
    connector_name: str
    way: str
    receiver: str
    title: str
    error: str
    tries: int
    at: datetime | None


def office(actor: Actor) -> Office:
    """Rules, settings, connectors. Five statements at the most."""
    require(actor, Right.SYSTEM_READ)
    force = in_force()
    offered = [KindOfConnector(one.kind, one.name, one.way, list(one.fields)) for one in ports.connectors().values()]
    return Office(list(force.kinds.values()), Settings(force.quiet_from, force.quiet_until, force.soon_minutes),
                  _connected(), offered, actor.holds(Right.SYSTEM_MANAGE.value))


def _connected() -> list[Connected]:
    rows = list(Connector.objects.order_by("made_at", "id"))
    counts = {pk: (waiting, parked) for pk, waiting, parked in Delivery.objects.filter(
        state__in=("waiting", "parked")).values_list("connector_id").annotate(
            waiting=Count("id", filter=Q(state="waiting")), parked=Count("id", filter=Q(state="parked")))}
    opened = unseal_many({f"connector:{row.id}": bytes(row.sealed) for row in rows})
    now = clock.now()
    return [_shown(row, opened.get(f"connector:{row.id}", {}), counts.get(row.id, (0, 0)), now) for row in rows]


def _shown(row: Connector, settings: dict[str, str], counts: tuple[int, int], now: datetime) -> Connected:
    kind = ports.connectors().get(row.kind)
    fields = kind.fields if kind else ()
    resting = row.open_until is not None and row.open_until > now
    state = "off" if not row.active else "resting" if resting else "failing" if row.failures else "well"
    return Connected(
        row.id, row.kind, kind.name if kind else row.kind, row.way, row.name,
        {field.name: settings.get(field.name, "") for field in fields if not field.secret},
        [field.name for field in fields if field.secret and settings.get(field.name)],
        row.area_code, row.unit_code, row.per_minute, row.active, state, row.error, row.failures,
        row.open_until if resting else None, row.sent_at, *counts)


def parked(actor: Actor) -> list[Parked]:
    """What was given up on, the newest first. Three statements."""
    require(actor, Right.SYSTEM_READ)
    rows = list(Delivery.objects.filter(state="parked").select_related("connector").defer("connector__sealed").order_by("-at", "-id")[:_MOST])
    names = names_of(row.user for row in rows)
    return [Parked(row.id, row.connector_id, row.connector.name, row.connector.way,
                   names.get(row.user, "") if row.user else "", row.title, row.error, row.tries, row.at) for row in rows]


def connector_names(ids: set[UUID]) -> dict[UUID, str]:
    """Names by id, for logs."""
    return dict(Connector.objects.filter(id__in=ids).values_list("id", "name"))

"""What waits to go out by one connector: claimed by one process, sent outside any transaction, noted one by one.

At least once: a process that dies after sending and before noting sends again with the same key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jingwei.accounts.queries import active_people
from jingwei.journal.ports import fence
from jingwei.journal.vault import unseal
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id
from jingwei.notices import limits, ports
from jingwei.notices.errors import TellingError
from jingwei.notices.limits import Parcel
from jingwei.notices.models import Choice, Connector, Delivery, Message, Sending
from jingwei.notices.ports import Outcome, Words

_LEASE = timedelta(seconds=60)
_BUDGET = 15.0  # seconds a job may go on beginning new sendings: others wait for the same worker
_AT_ONCE = 300
_WHAT = {"mail": "邮箱", "sms": "手机号"}


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: UUID
    kind: str
    way: str
    settings: dict[str, str]
    failures: int
    parcels: list[Parcel[Delivery]]


def waiting_connectors(now: datetime) -> list[UUID]:
    """The connectors by which something may go out now. What an unreachable one did not take for a day is parked."""
    Delivery.objects.filter(state="waiting", due_from__lt=now - limits.GIVE_UP, next_try__lt=now).filter(
        Q(connector__open_until__gt=now) | Q(connector__active=False)).update(
            state="parked", at=now, error=Refusal(TellingError.TOO_OLD).text())
    due = Delivery.objects.filter(state="waiting", next_try__lte=now, connector__active=True)
    free = due.filter(Q(connector__open_until=None) | Q(connector__open_until__lte=now))
    return sorted(set(free.values_list("connector_id", flat=True)))


def deliver(connector_id: UUID) -> int:
    """Send what may go out now; returns how many sendings went through. Stops at the first that finds nobody there."""
    claimed = _claim(connector_id)
    if claimed is None:
        return 0
    sent, end = 0, monotonic() + _BUDGET
    try:
        for parcel in claimed.parcels:
            if monotonic() > end:
                break
            Sending.objects.create(connector_id=claimed.id, at=clock.now())
            key, outcome = _send(claimed, parcel)
            _note(claimed, parcel, key, outcome)
            sent += outcome.state == "sent"
            if outcome.state != "sent" and not outcome.receiver:
                break
    finally:
        Connector.objects.filter(id=claimed.id).update(busy_until=None)
    return sent


def _claim(connector_id: UUID) -> _Claimed | None:
    """What goes out now, by whoever comes first; the limit of the minute is counted over all processes."""
    now = clock.now()
    with transaction.atomic():
        one = Connector.objects.select_for_update().filter(id=connector_id, active=True).first()
        if one is None or (one.busy_until and one.busy_until > now) or (one.open_until and one.open_until > now):
            return None
        Sending.objects.filter(connector=one, at__lte=now - limits.WINDOW).delete()
        allowed = one.per_minute - Sending.objects.filter(connector=one).count()
        rows = list(Delivery.objects.filter(connector=one, state="waiting", next_try__lte=now).order_by("next_try", "id")[:_AT_ONCE])
        parcels, later = limits.parcels([(row.user, row.gather, row) for row in rows], allowed)
        Delivery.objects.filter(id__in=[row.id for row in later], gather=False).update(gather=True)
        if not parcels:
            return None
        Connector.objects.filter(id=one.id).update(busy_until=now + _LEASE)
        settings = unseal(f"connector:{one.id}", bytes(one.sealed))
    return _Claimed(one.id, one.kind, one.way, settings, one.failures, parcels)


def _send(claimed: _Claimed, parcel: Parcel[Delivery]) -> tuple[UUID, Outcome]:
    rows = parcel.rows
    before = {row.sent_as for row in rows}  # the same digest again carries the same key, one with more in it another
    known = before.pop() if len(before) == 1 else None
    key = rows[0].id if len(rows) == 1 else known or new_id()
    connector = ports.connectors().get(claimed.kind)
    if connector is None:
        return key, Outcome("refused", Refusal(TellingError.NO_CONNECTOR, kind=claimed.kind))
    to = ""
    if claimed.way != "chat":
        to = address_of(rows[0].user, claimed.way)
        if not to:
            return key, Outcome("refused", Refusal(TellingError.NO_RECEIVER, what=_WHAT[claimed.way]), receiver=True)
    if len(rows) > 1 and key != known:
        Delivery.objects.filter(id__in=[row.id for row in rows]).update(sent_as=key)
    return key, connector.send(claimed.settings, to, _words(rows), str(key))


def _words(rows: Sequence[Delivery]) -> Words:
    if len(rows) == 1:
        return Words(rows[0].title, (rows[0].body,) if rows[0].body else (), ports.whole(rows[0].link))
    title, lines = limits.gathered([row.title for row in rows])
    return Words(title, lines, ports.whole("/messages"))


def address_of(user: UUID | None, way: str) -> str:
    """Where this person wants to be told by this way, '' if nowhere or no longer working here."""
    choice = Choice.objects.filter(user=user).first() if user else None
    if choice is None or choice.sealed is None or not active_people([choice.user]):
        return ""
    return str(unseal(f"choice:{choice.user}", bytes(choice.sealed)).get(way, ""))


def _note(claimed: _Claimed, parcel: Parcel[Delivery], key: UUID, outcome: Outcome) -> None:
    now = clock.now()
    rows = Delivery.objects.filter(id__in=[row.id for row in parcel.rows], state="waiting")
    why = outcome.why.text()[:400] if outcome.why else ""
    with transaction.atomic():
        if outcome.state == "sent":
            rows.update(state="sent", sent_as=key, at=now, error="")
            Connector.objects.filter(id=claimed.id).update(failures=0, open_until=None, error="", sent_at=now)
        else:
            for row in parcel.rows:
                over = outcome.state == "refused" or now + limits.pause(row.tries + 1) > row.due_from + limits.GIVE_UP
                rows.filter(id=row.id).update(
                    tries=row.tries + 1, error=why, **({"state": "parked", "at": now} if over else {
                        "next_try": now + limits.pause(row.tries + 1)}))
            if not outcome.receiver:
                alone = limits.left_alone(claimed.failures + 1)
                Connector.objects.filter(id=claimed.id).update(
                    failures=claimed.failures + 1, error=why, open_until=now + alone if alone else None)
        fence()


def forget_old(now: datetime) -> int:
    """Messages of a quarter and what went out a month ago are gone; what is parked stays until somebody deals with it."""
    return (Message.objects.filter(made_at__lt=now - timedelta(days=90)).delete()[0]
            + Delivery.objects.filter(state__in=("sent", "dropped"), at__lt=now - timedelta(days=30)).delete()[0])



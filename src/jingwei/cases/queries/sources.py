"""Systems that send by themselves: who signed a request, and how they are set up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import signing
from jingwei.cases.models import Source
from jingwei.cases.signing import Stamp
from jingwei.cases.source_errors import SourceError
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose request it is, and by what it was signed."""

    actor: Actor
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Never the secret; `keyed`: whether one was made."""

    id: UUID
    kind: str
    name: str
    area_code: str
    active: bool
    trusted: bool
    keyed: bool
    heard_at: datetime | None
    too_many: int
    too_many_at: datetime | None


def signed(kind: str, *, source: str, time: str, nonce: str, signature: str, body: bytes) -> Signed:
    """Whoever signed this body for this way in. Refuses alike what is unknown, unsigned and wrongly signed. Two statements."""
    row, secret = _secret(kind, source)
    if not signing.well_formed(time, nonce) or not signing.genuine(secret, kind, time, nonce, body, signature) or row is None or not secret:
        raise Refusal(SourceError.NOT_SIGNED)
    now = clock.now()
    if not signing.in_time(time, now.timestamp()):
        raise Refusal(SourceError.OUT_OF_TIME, minutes=signing.WINDOW // 60, now=now.isoformat(timespec="seconds"))
    if not row.active:
        raise Refusal(SourceError.PAUSED)
    grants = (Grant("", row.area_path, frozenset({Right.CASE_REPORT.value})), Grant("", "", frozenset({Right.FILE_ADD.value})))
    return Signed(Actor(None, f"source:{row.id}", grants=grants, via="source"), Stamp(row.id, nonce))


def sources(actor: Actor) -> list[SourceLine]:
    """One statement beside signing in."""
    require(actor, Right.SYSTEM_MANAGE)
    return [SourceLine(row.id, row.kind, row.name, row.area_code, row.active, row.trusted, row.sealed is not None, row.heard_at,
                       row.too_many, row.too_many_at) for row in Source.objects.order_by("made_at", "id")]


def flooding(actor: Actor, since: datetime) -> list[str]:
    """Names of sources within reach of which something was refused since then, because too much came."""
    rows: Any = narrow(Source.objects.filter(too_many_at__gt=since), actor, Right.CASE_REVEAL, area="area_path")
    return list(rows.order_by("made_at").values_list("name", flat=True))


def _secret(kind: str, given: str) -> tuple[Source | None, str]:
    try:
        source_id = UUID(given)
    except ValueError:
        return None, ""
    row = Source.objects.filter(id=source_id, kind=kind).first()
    if row is None or row.sealed is None:
        return None, ""
    return row, str(journal.unseal(f"source:{row.id}", bytes(row.sealed))["secret"])

"""Connectors made, changed, tried and removed; rules and settings of the installation. By whoever looks after the system."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.db import transaction

from jingwei.accounts import ports as areas
from jingwei.accounts.queries import Right, require, unit_by_code
from jingwei.journal import commands as journal
from jingwei.journal.vault import unseal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.kernel.wording import Words
from jingwei.notices import ports
from jingwei.notices.errors import TellingError
from jingwei.notices.events import TellingEvent
from jingwei.notices.models import Connector, Rule, Setting
from jingwei.notices.queries.settings import DEFAULTS

_LONGEST_NAME, _LONGEST_FIELD, _FASTEST = 60, 500, 600
_ORDER = ("mail", "sms", "chat")
CHANGED = "notices"


@dataclass(frozen=True, slots=True)
class Described:
    """A connector as it is to be. `settings`: by field; a secret that is left out stays as it is."""

    name: str
    settings: Mapping[str, str]
    area_code: str = ""
    unit_code: str = ""
    per_minute: int = 20
    active: bool = True


def connect(actor: Actor, kind: str, described: Described) -> UUID:
    """A new way out. Returns its id."""
    require(actor, Right.SYSTEM_MANAGE)
    connector = _known(kind)
    columns, settings, pk = _columns(described, connector), _settings(connector, described.settings, {}), new_id()
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"connector:{pk}")
        Connector.objects.create(id=pk, kind=kind, way=connector.way, made_at=clock.now(),
                                 sealed=journal.seal(f"connector:{pk}", settings), **columns)
        journal.bump(CHANGED)
        journal.record(actor, tail, TellingEvent.CONNECTED, {"kind": kind, "area": described.area_code, "unit": described.unit_code})
    return pk


def reconnect(actor: Actor, connector_id: UUID, described: Described) -> None:
    """Change one; what it could not send before is tried anew."""
    require(actor, Right.SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"connector:{connector_id}")
        found = _found(connector_id)
        connector = _known(found.kind)
        before = unseal(f"connector:{found.id}", bytes(found.sealed))
        settings = _settings(connector, described.settings, before)
        Connector.objects.filter(id=found.id).update(
            sealed=journal.seal(f"connector:{found.id}", settings), failures=0, open_until=None, error="",
            **_columns(described, connector))
        journal.bump(CHANGED)
        journal.record(actor, tail, TellingEvent.RECONNECTED, {"kind": found.kind, "area": described.area_code,
                                                               "unit": described.unit_code, "active": described.active})


def cut(actor: Actor, connector_id: UUID) -> None:
    """Remove one with all that waits for it and with its secrets."""
    require(actor, Right.SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"connector:{connector_id}")
        found = _found(connector_id)
        found.delete()
        journal.forget(f"connector:{connector_id}")
        journal.bump(CHANGED)
        journal.record(actor, tail, TellingEvent.CUT, {"kind": found.kind})


def try_out(actor: Actor, connector_id: UUID, to: str = "") -> None:
    """Send one message now, and refuse with what went wrong. Outside any transaction, for it may take seconds."""
    require(actor, Right.SYSTEM_MANAGE)
    found = _found(connector_id)
    connector = _known(found.kind)
    if connector.way != "chat" and not to.strip():
        raise Refusal(TellingError.NEEDS_RECEIVER, way=Words(ports.WAY_NAMES[connector.way], connector.way))
    outcome = connector.send(unseal(f"connector:{found.id}", bytes(found.sealed)), to.strip(),
                             ports.Words("这是一条试发的通知", ("收到它说明连接正常，不必处理。",), ports.whole("/")), str(new_id()))
    with transaction.atomic(savepoint=False):
        journal.record_new(actor, f"connector:{found.id}", TellingEvent.TRIED, {"state": outcome.state})
        if outcome.state == "sent":
            Connector.objects.filter(id=found.id).update(failures=0, open_until=None, error="", sent_at=clock.now())
    if outcome.why is not None:
        raise outcome.why


def set_rule(actor: Actor, kind: str, *, active: bool, urgent: bool, ways: tuple[str, ...]) -> None:
    """What this installation does with a kind instead of what is shipped."""
    require(actor, Right.SYSTEM_MANAGE)
    if kind not in {one.code for one in ports.kinds()}:
        raise Refusal(KernelError.NOT_FOUND)
    if set(ways) - set(ports.WAYS):
        raise Refusal(TellingError.BAD_CHOICE, what=Words("通知方式", "way"), value="、".join(sorted(set(ways) - set(ports.WAYS)))[:40])
    with transaction.atomic(savepoint=False):
        tail = journal.hold("notices:rules")
        Rule.objects.update_or_create(kind=kind, defaults={
            "active": active, "urgent": urgent, "ways": "".join(f"|{way}" for way in _ORDER if way in ways)})
        journal.bump(CHANGED)
        journal.record(actor, tail, TellingEvent.RULED, {"kind": kind, "active": active, "urgent": urgent, "ways": sorted(set(ways))})


def set_settings(actor: Actor, *, quiet_from: time, quiet_until: time, soon_minutes: int) -> None:
    """Quiet hours for everybody who chose none, and how long before its time something counts as soon."""
    require(actor, Right.SYSTEM_MANAGE)
    if not 5 <= soon_minutes <= 2880:
        raise Refusal(TellingError.BAD_CHOICE, what=Words("提前多少分钟", "minutes before"), value=soon_minutes)
    values = {"quiet_from": f"{quiet_from:%H:%M}", "quiet_until": f"{quiet_until:%H:%M}", "soon_minutes": str(soon_minutes)}
    assert set(values) == set(DEFAULTS)
    with transaction.atomic(savepoint=False):
        tail = journal.hold("notices:settings")
        for name, value in values.items():
            Setting.objects.update_or_create(name=name, defaults={"value": value})
        journal.bump(CHANGED)
        journal.record(actor, tail, TellingEvent.SET, values)


def _known(kind: str) -> ports.Connector:
    found = ports.connectors().get(kind)
    if found is None:
        names = {code: one.name for code, one in ports.connectors().items()}
        raise Refusal(TellingError.KIND_UNKNOWN, value=kind[:20],
                      possible=Words("、".join(names.values()), ", ".join(names)))
    return found


def _found(connector_id: UUID) -> Connector:
    found = Connector.objects.filter(id=connector_id).first()
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return found


def _columns(described: Described, connector: ports.Connector) -> dict[str, object]:
    name = unicodedata.normalize("NFC", described.name).strip()
    if not 0 < len(name) <= _LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise Refusal(TellingError.BAD_NAME, most=_LONGEST_NAME)
    if not 1 <= described.per_minute <= _FASTEST:
        raise Refusal(TellingError.BAD_RATE, most=_FASTEST)
    chat = connector.way == "chat"  # mail and SMS go to people, wherever these work
    area, unit = described.area_code if chat else "", described.unit_code if chat else ""
    place = areas.area_path_of(area) if area and "\0" not in area else ""
    held = unit_by_code(unit) if unit else None
    if place is None or (unit and held is None) or "\0" in area:
        raise Refusal(TellingError.PLACE_UNKNOWN)
    return {"name": name, "area_path": place, "area_code": area, "unit_path": held.path if held and held.path else "",
            "unit_code": unit, "per_minute": described.per_minute, "active": described.active}


def _settings(connector: ports.Connector, given: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    fields = {field.name: field for field in connector.fields}
    for name, text in given.items():
        if name not in fields or len(text) > _LONGEST_FIELD or any(ord(sign) < 32 for sign in text):
            field = fields.get(name)
            raise Refusal(TellingError.FIELD_UNKNOWN, field=field.zh if field else name[:20])
    # A kept secret must not be led to another host by whoever may not see it.
    moved = any(given.get(name, "").strip() != before[name] for name in ("host", "url") if name in before and not fields[name].secret)
    settings = {}
    for name, field in fields.items():
        text = given.get(name, "").strip()
        if not text and field.secret and before.get(name):
            if moved:
                raise Refusal(TellingError.SECRET_AGAIN, field=field.zh)
            text = before[name]
        settings[name] = text or field.default
        if field.needed and not settings[name]:
            raise Refusal(TellingError.FIELD_MISSING, field=field.zh)
    connector.check(settings)
    return settings

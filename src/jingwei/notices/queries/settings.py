"""What is in force in this installation: settings, rules, connectors, kept in memory until one is changed."""

from dataclasses import dataclass, field
from datetime import time
from uuid import UUID

from jingwei.journal import queries as journal
from jingwei.notices import ports
from jingwei.notices.models import Connector, Rule, Setting
from jingwei.notices.ports import Kind

DEFAULTS = {"quiet_from": "21:00", "quiet_until": "07:00", "soon_minutes": "60"}


@dataclass(frozen=True, slots=True)
class Robot:
    id: UUID
    place: str
    unit: str


@dataclass(frozen=True, slots=True)
class InForce:
    """`ready`: one connector by way, for people. `robots`: groups, each with its area and unit."""

    quiet_from: time
    quiet_until: time
    soon_minutes: int
    kinds: dict[str, Kind]
    ready: dict[str, UUID] = field(default_factory=dict)
    robots: tuple[Robot, ...] = ()


_kept: tuple[int, InForce | None] = (0, None)


def in_force(generations: dict[str, int] | None = None) -> InForce:
    """One statement for the generations unless they are handed in; three more after a change."""
    global _kept
    generation = (journal.generations() if generations is None else generations).get("notices", 1)
    if _kept[1] is None or _kept[0] != generation:
        _kept = generation, _read()
    assert _kept[1] is not None
    return _kept[1]


def forget() -> None:
    """Read it anew at the next question: the database was put back to an earlier state."""
    global _kept
    _kept = (0, None)


def _read() -> InForce:
    values = DEFAULTS | dict(Setting.objects.values_list("name", "value"))
    changed = {rule.kind: rule for rule in Rule.objects.all()}
    kinds = {}
    for kind in ports.kinds():
        rule = changed.get(kind.code)
        kinds[kind.code] = kind if rule is None else Kind(
            kind.code, kind.name, kind.whom, rule.active, rule.urgent, tuple(way for way in rule.ways.split("|") if way))
    active = Connector.objects.filter(active=True).order_by("made_at", "id")
    rows = list(active.values_list("id", "way", "area_path", "unit_path"))
    return InForce(
        time.fromisoformat(values["quiet_from"]), time.fromisoformat(values["quiet_until"]), int(values["soon_minutes"]),
        kinds, {way: pk for pk, way, _, _ in reversed(rows) if way != "chat"},
        tuple(Robot(pk, place, unit) for pk, way, place, unit in rows if way == "chat"))

"""The index of the version in force, in process and in one file that processes share.

Cached under the generation "grids": one statement when somebody changed the ground, none while nobody did.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q

from jingwei.grids.lineage import lineage
from jingwei.grids.models import Area, Boundary, PlanChange, PlanVersion
from jingwei.journal import queries as journal

if TYPE_CHECKING:
    from jingwei.grids.locate import Hit, Index

_GENERATION = "grids"
_KEPT = 4  # indexes of older versions that stay in memory for questions about the past
_building = Lock()


@dataclass(frozen=True, slots=True)
class Version:
    """A published plan version as the cache knows it. `drawn`, `drawing`: the newest version at or before it that
    has outlines, and the name of their present state; 0 and '' where nothing was ever drawn.
    """

    plan_id: int
    system: str
    valid_from: datetime
    drawn: int
    drawing: str


@dataclass(frozen=True, slots=True)
class Spans:
    """Areas of an index that were not there all the time. `gone`: those that have ended by now."""

    begun: dict[int, datetime]
    ended: dict[int, datetime]
    gone: frozenset[int]


@dataclass(slots=True)
class Ground:
    """Everything cached for one generation."""

    generation: int
    versions: dict[str, list[Version]]  # by system, newest first
    indexes: dict[str, "Index"] = field(default_factory=dict)
    spans: dict[str, "Spans"] = field(default_factory=dict)
    places: dict[int, Any] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)  # path: how many areas lie there
    districts: dict[str, str] = field(default_factory=dict)  # path: that of the district it lies in
    maps: dict[str, Any] = field(default_factory=dict)  # what each scope's map shows, by its version
    drawn: str = ""  # the name of the map's present state


_ground = Ground(-1, {})


def folder() -> Path:
    return Path(settings.HOME.index)


def ground(generations: dict[str, int] | None = None) -> Ground:
    """The cache of the present generation; made anew when the ground changed."""
    global _ground
    known = journal.generations() if generations is None else generations
    generation = known.get(_GENERATION, 1)
    kept = _ground
    if kept.generation == generation:
        return kept
    fresh = Ground(generation, _versions())
    wanted = {key_of(version) for versions in fresh.versions.values() for version in versions}
    fresh.indexes = {key: index for key, index in kept.indexes.items() if key in wanted}
    _ground = fresh
    return fresh


def _versions() -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    rows = PlanVersion.objects.filter(state="published").order_by("system_id", "number").values_list(
        "id", "system_id", "valid_from", "drawing")
    for plan_id, system, valid_from, drawing in rows:
        if valid_from is None:
            continue  # the table forbids it
        versions = found.setdefault(system, [])
        before = versions[0] if versions else None
        if drawing or before is None:
            versions.insert(0, Version(plan_id, system, valid_from, plan_id if drawing else 0, drawing))
        else:
            versions.insert(0, Version(plan_id, system, valid_from, before.drawn, before.drawing))
    return found


def forget() -> None:
    """Drop the cache whatever the generation says: for tests, whose database is rolled back."""
    global _ground
    _ground = Ground(-1, {})


def key_of(version: Version) -> str:
    return f"{version.system}-{version.drawn}-{version.drawing}"


def version_at(cache: Ground, system: str, at: datetime | None) -> Version | None:
    """The version in force at a moment; the newest when none is given."""
    versions = cache.versions.get(system, [])
    if at is None:
        return versions[0] if versions else None
    return next((version for version in versions if version.valid_from <= at), None)


def index_of(cache: Ground, version: Version) -> "Index | None":
    """The index of a version, from memory, from its file, or built now. None where nothing is drawn."""
    if not version.drawing:
        return None
    key = key_of(version)
    index = cache.indexes.get(key)
    if index is None:
        with _building:
            index = cache.indexes.get(key) or _load_or_build(version, key)
            while len(cache.indexes) >= _KEPT:
                cache.indexes.pop(next(iter(cache.indexes)))
            cache.indexes[key] = index
    return index


def _load_or_build(version: Version, key: str) -> "Index":
    from jingwei.grids.locate import Index

    index = Index.load(folder(), key)
    if index is None:
        index = build(PlanVersion.objects.get(pk=version.drawn), key)
    return index


def build(plan: PlanVersion, key: str = "") -> "Index":
    """Build the index of a plan with boundaries and keep its file."""
    from jingwei.grids.locate import Index, Shape

    order = {plan_id: place for place, plan_id in enumerate(lineage(plan))}
    standing = Q(area__status="active")
    if plan.valid_from is not None:
        standing |= Q(area__valid_to__gt=plan.valid_from)
    ending = PlanChange.objects.filter(plan=plan, verb="retire").values("area_id")
    rows = Boundary.objects.filter(standing, plan_id__in=list(order), area__plan_id__in=list(order)).exclude(area_id__in=ending).values_list(
        "area_id", "area__code", "area__level", "wkb", "plan_id")
    newest: dict[int, tuple[int, Shape]] = {}
    for area_id, code, level, wkb, plan_id in rows.iterator(chunk_size=2000):
        place = order[plan_id]
        if area_id not in newest or newest[area_id][0] < place:
            newest[area_id] = place, Shape(area_id, code, level, bytes(wkb))
    index = Index.build(shape for _, shape in newest.values())
    key = key or f"{plan.system_id}-{plan.id}-{plan.drawing}"
    index.save(folder(), key)
    _forget(f"{plan.system_id}-{plan.id}-", key)
    return Index.load(folder(), key) or index


def _forget(beginning: str, key: str) -> None:
    """Files of earlier states of the same version; whoever still maps one keeps its pages."""
    for path in folder().glob(f"{beginning}*"):
        if path.name.partition(".")[0] != key:
            path.unlink(missing_ok=True)


def hit(cache: Ground, version: Version, lon: float, lat: float, at: datetime | None) -> "Hit | None":
    index = index_of(cache, version)
    return index.one(lon, lat, skip=absent(cache, version, at)) if index else None


def absent(cache: Ground, version: Version, at: datetime | None) -> Collection[int]:
    """Areas in the index that were not there at the moment: made later or ended before it."""
    key = key_of(version)
    spans = cache.spans.get(key)
    if spans is None:
        spans = cache.spans[key] = _spans(version)
    if at is None:
        return spans.gone
    later = {area for area, begin in spans.begun.items() if at < begin}
    return later | {area for area, end in spans.ended.items() if end <= at}


def _spans(version: Version) -> Spans:
    """Single changes inside a version; what versions bring or end as a whole the index knows by itself."""
    drawn_from = PlanVersion.objects.get(pk=version.drawn).valid_from
    single = Q(valid_from__isnull=False) | Q(valid_to__gt=drawn_from)
    rows = Area.objects.filter(single, system=version.system, plan__state="published").values_list(
        "id", "valid_from", "valid_to")
    begun, ended = {}, {}
    for area, begin, end in rows:
        if begin:
            begun[area] = begin
        if end:
            ended[area] = end
    return Spans(begun, ended, frozenset(ended))

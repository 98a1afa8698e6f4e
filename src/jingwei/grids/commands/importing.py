"""Files of areas into a plan version: checked as a whole, staged in batches, switched by one short transaction.

Killed at any point nothing of it is visible; the same file imported again goes on where it stopped.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from jingwei.accounts.queries import Right
from jingwei.formats.source import MB, Source, chunks
from jingwei.grids import divisions, staging
from jingwei.grids.codes import Kind
from jingwei.grids.commands.comparing import Comparison, Work
from jingwei.grids.commands.publishing import publish_plan
from jingwei.grids.commands.standing import changed, drawn_anew, in_force, known_system, lock_system, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import PlanEvent
from jingwei.grids.findings import Found, Remark, counts, found, refused
from jingwei.grids.layer_fields import DENSE, Bounds, Fields
from jingwei.grids.models import Area, GridSystem, PlanChange, PlanVersion
from jingwei.grids.placing import BASE
from jingwei.grids.ports import Progress
from jingwei.grids.rows import AreaRow, Reading
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from jingwei.formats.layers import Layer

BATCH = 2_500  # rows of one transaction: a fraction of a second
_BATCH_BYTES = 8 * MB
_LARGEST = 1_024 * MB
_STATISTICS_FROM = 10_000


@dataclass(slots=True)
class Imported:
    """What an import did. `plan_id` None: the file says what stands already. `findings`: for the list of rejects."""

    plan_id: int | None
    published: int | None  # the number it got, None while a draft
    new: int = 0
    renamed: int = 0
    moved: int = 0
    redrawn: int = 0
    changed: int = 0  # of those that stood, one or more of the three
    unchanged: int = 0
    findings: list[Found] = field(default_factory=list)

    @property
    def refused(self) -> list[Found]:
        return refused(self.findings)

    def counts(self) -> dict[str, int]:
        return {"new": self.new, "renamed": self.renamed, "moved": self.moved, "redrawn": self.redrawn,
                "unchanged": self.unchanged, "refused": len(self.refused)}


def import_divisions(actor: Actor, source: Source, *, title: str = "", system: str = BASE, top_level: int = 1,
                     publish: bool = True, valid_from: datetime | None = None,
                     progress: Progress | None = None) -> Imported:
    """Import a table of divisions or of any other tree (`divisions.read` says which columns).

    Areas that stand already are renamed or moved where the file says so, never removed. `progress`: called with
    rows done and rows in all. 704,749 rows take under a minute on two cores.
    """
    permit(actor, Right.AREA_MANAGE, "")
    digest = _digest(source)
    reading = check_divisions(source, system=system, top_level=top_level)
    return stage(actor, reading, system=system, title=title or "区划导入", file_hash=digest,
                 options={"top_level": top_level}, publish=publish, valid_from=valid_from, progress=progress)


def check_divisions(source: Source, *, system: str = BASE, top_level: int = 1) -> Reading:
    """Read and check as the import does, write nothing."""
    from jingwei.formats.tables import read_table

    known_system(system)
    return divisions.read(read_table(source), lambda codes: known_levels(system, codes), top_level=top_level)


def import_areas(actor: Actor, source: Source, fields: Fields, *, title: str = "", system: str = BASE, crs: str = "",
                 layer: str = "", encoding: str = "", by_place: bool = False, publish: bool = False,
                 valid_from: datetime | None = None, bounds: Bounds = DENSE, progress: Progress | None = None) -> Imported:
    """Import a map layer. `by_place`: parents are the areas of the level above whose outlines stand already, found by
    the largest shared area. Unit grids that cross the outline of a community are refused either way (AT-04).

    Left as a draft unless `publish`.
    """
    permit(actor, Right.AREA_MANAGE, "")
    digest = _digest(source)
    reading = check_areas(source, fields, system=system, crs=crs, layer=layer, encoding=encoding, by_place=by_place,
                          bounds=bounds)
    return stage(actor, reading, system=system, title=title or "图层导入", file_hash=digest,
                 options={"fields": repr(fields), "crs": crs, "layer": layer, "by_place": by_place,
                          **({"encoding": encoding} if encoding else {})},
                 publish=publish, valid_from=valid_from, progress=progress, bounds=bounds)


def check_areas(source: Source, fields: Fields, *, system: str = BASE, crs: str = "", layer: str = "",
                encoding: str = "", by_place: bool = False, bounds: Bounds = DENSE) -> Reading:
    """Read and check a layer as the import does, write nothing."""
    from jingwei.formats.layers import read_layer
    from jingwei.grids import layers
    from jingwei.grids.commands import surroundings

    known_system(system)
    _has_under(system, fields)  # before anything is read
    features = read_layer(source, crs=crs or None, layer=layer or None, encoding=encoding, surfaces=True)
    _has_parents(system, fields, features)
    around = surroundings.of(system, fields, features, by_place=by_place)
    return layers.read(features, fields, grounds=around.grounds, beside=around.beside, by_place=by_place, bounds=bounds,
                       known=lambda codes: known_levels(system, codes))


def _has_under(system: str, fields: Fields) -> None:
    """Refuse an area to put everything under that does not stand, once instead of at each row."""
    if fields.under and ("\0" in fields.under or not known_levels(system, {fields.under})):
        raise Refusal(GridError.UNDER_UNKNOWN, code=fields.under[:40])


def _has_parents(system: str, fields: Fields, features: "Layer") -> None:
    """Refuse a field of parents of which not one is known: the wrong field, or the wrong order of files."""
    if not fields.parent or fields.parent not in features.fields:
        return
    from jingwei.grids.layers import text_of

    parents = sorted({text for feature in features if (text := text_of(feature.properties.get(fields.parent)))})
    own = {text_of(feature.properties.get(fields.code)) for feature in features}
    if parents and own.isdisjoint(parents) and not known_levels(system, {parent for parent in parents if "\0" not in parent}):
        raise Refusal(GridError.PARENTS_UNKNOWN, field=fields.parent, count=len(parents), first=parents[0][:40])


def known_levels(system: str, codes: set[str]) -> Mapping[str, int]:
    """The levels of those of the codes that stand now."""
    levels: dict[str, int] = {}
    ordered = sorted(codes)
    for start in range(0, len(ordered), BATCH):
        rows = Area.objects.filter(system=system, code__in=ordered[start:start + BATCH], status="active",
                                   plan__state="published")
        levels.update(rows.values_list("code", "level"))
    return levels


def stage(actor: Actor, reading: Reading, *, system: str, title: str, file_hash: str, options: Mapping[str, Any],
          publish: bool, valid_from: datetime | None, progress: Progress | None, bounds: Bounds = DENSE,
          ending: Sequence[int] = (), rules: Mapping[str, Any] | None = None) -> Imported:
    """Stage what was read, then leave a draft or publish it. `ending`: ids of areas that end with it; `rules`: by which
    the division was drawn, those of the version in force if left out.
    """
    outcome = Imported(None, None, findings=list(reading.findings))
    if not reading.rows:
        _nothing_taken(outcome)
    plan = _begin(actor, system, title, hashlib.sha256(f"{file_hash}{sorted(options.items())}".encode()).hexdigest())
    comparison = Comparison(system, plan.id, reading)
    done = 0
    for batch in batches(reading.rows):
        work = _stage_batch(plan, comparison, batch)
        add_up(outcome, work)
        done += len(batch)
        if progress:
            progress(done, len(reading.rows))
    _stage_ends(plan, ending)
    outcome.findings += _unit_counts(plan, bounds)
    return _finish(actor, plan, outcome, file_hash, publish, valid_from, rules)


def _stage_ends(plan: PlanVersion, ending: Sequence[int]) -> None:
    for start in range(0, len(ending), BATCH):
        with transaction.atomic(durable=True):
            PlanChange.objects.bulk_create(
                [PlanChange(plan=plan, area_id=area, verb="retire") for area in ending[start:start + BATCH]],
                ignore_conflicts=True)


def _unit_counts(plan: PlanVersion, bounds: Bounds) -> list[Found]:
    """Responsibility grids that got units by this plan and have too few or too many without a reason (AT-04 v)."""
    touched = Area.objects.filter(plan=plan, kind=Kind.UNIT, parent__kind=Kind.RESPONSIBILITY).values("parent_id")
    counted = Area.objects.filter(Q(plan=plan) | Q(plan__state="published"), kind=Kind.UNIT, status="active",
                                  parent_id__in=touched, parent__note="")
    low, high = bounds.units
    rows = counted.values_list("parent__code").annotate(n=Count("id")).order_by("parent__code")
    return [found(0, Remark.UNIT_COUNT, code=code, count=count, low=low, high=high)
            for code, count in rows if not low <= count <= high]


def _begin(actor: Actor, system: str, title: str, key: str) -> PlanVersion:
    """The unfinished plan of the same file, or a new one. Another unfinished import has to end first."""
    with transaction.atomic(durable=True):
        held = lock_system(system)
        plan = PlanVersion.objects.select_for_update().filter(system=held, state="staging").first()
        if plan is None:
            plan = PlanVersion(system=held, title=title.strip()[:100], state="staging", file_hash=key,
                               created_at=clock.now(), created_by=actor.user_id)
        elif plan.file_hash != key:
            raise Refusal(GridError.IMPORT_UNFINISHED, title=plan.title, plan=plan.id)
        plan.based_on = held.version
        plan.save()
    return plan


def batches(rows: Sequence[AreaRow]) -> Iterator[list[AreaRow]]:
    """As many rows as one short transaction takes."""
    batch: list[AreaRow] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.wkb or b"")
        if len(batch) >= BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _stage_batch(plan: PlanVersion, comparison: Comparison, batch: list[AreaRow]) -> Work:
    """One transaction: look at what stands, give identifiers and paths, insert."""
    try:
        with transaction.atomic(durable=True):
            version = GridSystem.objects.select_for_update().values_list("version", flat=True).get(pk=plan.system_id)
            state = PlanVersion.objects.filter(pk=plan.id).values_list("state", flat=True).get()
            if version != plan.based_on or state != "staging":
                raise Refusal(GridError.CHANGED_MEANWHILE)
            work = comparison.look(batch)
            ids = staging.reserve_ids(len(work.new)) if work.new else []
            staging.insert_areas(comparison.place(work, ids))
            units = {spot.id for row, spot in work.placed if row.kind is Kind.UNIT} | {
                there["id"] for row, there in work.standing if row.kind is Kind.UNIT}
            staging.insert_boundaries(staging.boxed(plan.id, comparison.outlines(work), units))
            PlanChange.objects.bulk_create(
                [PlanChange(plan=plan, **change) for change in comparison.changes(work)], ignore_conflicts=True)
    except IntegrityError as error:
        raise Refusal(GridError.CHANGED_MEANWHILE) from error
    return work


def add_up(outcome: Imported, work: Work) -> None:
    """What a batch came to, into the outcome of the whole."""
    outcome.new += len(work.new) + work.staged_before
    outcome.renamed += work.renamed
    outcome.moved += work.moved
    outcome.redrawn += work.redrawn
    outcome.changed += work.changed
    outcome.unchanged += work.unchanged
    outcome.findings += work.findings


def _finish(actor: Actor, plan: PlanVersion, outcome: Imported, file_hash: str, publish: bool,
            valid_from: datetime | None, rules: Mapping[str, Any] | None) -> Imported:
    """The switch: one short transaction that makes the draft whole, with one journal entry for the import."""
    outcome.findings.sort(key=lambda one: one.row)
    told = outcome.counts()
    if not any(told[what] for what in ("new", "renamed", "moved", "redrawn")):
        PlanVersion.objects.filter(pk=plan.id).delete()
        if not outcome.unchanged:
            _nothing_taken(outcome)
        return outcome
    with transaction.atomic(durable=True):
        tail = journal.hold(f"plan:{plan.id}")
        held = PlanVersion.objects.select_for_update().get(pk=plan.id)
        if held.state != "staging":
            raise Refusal(GridError.CHANGED_MEANWHILE)
        held.state, held.counts, held.rules = "draft", told, _rules(held, rules)
        held.save(update_fields=["state", "counts", "rules"])
        if held.boundary_set.exists():
            drawn_anew(held)
        journal.record(actor, tail, PlanEvent.IMPORTED,
                       {"system": held.system_id, "file": file_hash, "rows": told, "findings": counts(outcome.findings)})
        changed(on_map=False)
    if outcome.new >= _STATISTICS_FROM:
        staging.refresh_statistics()
    outcome.plan_id = plan.id
    if publish:
        outcome.published = publish_plan(actor, plan.id, valid_from=valid_from)
    return outcome


def _rules(plan: PlanVersion, told: Mapping[str, Any] | None) -> dict[str, Any]:
    before = in_force(plan.system_id)
    return dict(told) if told is not None else before.rules if before else {}


def _nothing_taken(outcome: Imported) -> None:
    wrong = outcome.refused
    raise Refusal(GridError.NOTHING_TAKEN, refused=len({found.row for found in wrong}), first=wrong[0].text() if wrong else "-",
                  findings=wrong)


def _digest(source: Source) -> str:
    digest = hashlib.sha256()
    for piece in chunks(source, _LARGEST):
        digest.update(piece)
    return digest.hexdigest()

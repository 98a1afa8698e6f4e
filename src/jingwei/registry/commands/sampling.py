"""Prove a survey by a sample (CAT-02, AT-07): draw it from a published seed, record what is found, conclude."""

import hashlib
import math
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words
from jingwei.registry.commands.describing import text
from jingwei.registry.errors import PartError, SampleError
from jingwei.registry.events import SampleEvent
from jingwei.registry.models import Part, PartSample, SampledPart
from jingwei.registry.parts import sampling, shapes
from jingwei.registry.parts.states import ACCURACY
from jingwei.registry.queries.filters import Filter, area_path, filtered
from jingwei.registry.queries.samples import COLUMN_OF, found_of
from jingwei.registry.reach import may_see_parts

MOST, LONGEST = 5_000, 60
LONGEST_NOTE = 200
_THEN = ("number", "name", "class_entry_id", "owner_name", "state", "accuracy", "lon", "lat")


def draw_sample(actor: Actor, sample_id: UUID, title: str, seed: str, size: int, *, area: str = "",
                classes: Sequence[str] = ()) -> int:
    """Draw `size` parts in service of an area (the actor's own if left out), stratified by class. Returns how many.

    The seed is published before: who has it and the numbers can repeat the draw (`parts.sampling.draw`).
    """
    client_id(sample_id)
    if not 1 <= size <= MOST:
        raise Refusal(SampleError.BAD_SIZE, most=MOST)
    seed, title = _line(seed), _line(title or "部件抽样核查")
    with transaction.atomic(savepoint=False):
        known, path = generations(), _managed(actor, area)
        rows = filtered(actor, Filter(classes=classes, area=area), known)
        held = {row[0]: row for row in rows.order_by("number").values_list("number", "id", "class_entry_id")}
        if not held:
            raise Refusal(SampleError.NOTHING_THERE)
        drawn = _drawn(held, size, seed, catalogue.book(known))
        sample = PartSample(
            id=sample_id, title=title, seed=seed, area_id=_area_id(area, known), area_path=path, classes=list(classes), size=len(drawn),
            population=len(held), digest=hashlib.sha256("\n".join(held).encode()).hexdigest(), drawn_at=clock.now(),
            threshold=Decimal(catalogue.book(known).setting("part_accuracy_percent", path)) / 100)
        try:
            sample.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(PartError.EXISTS) from error
        _keep(sample, [held[number][1] for number in drawn], known)
        journal.record_new(actor, f"part_sample:{sample.id}", SampleEvent.DRAWN, {
            "size": sample.size, "population": sample.population, "seed": seed, "digest": sample.digest}, area_path=path)
        return sample.size


def look_at(actor: Actor, sample_id: UUID, place: int, marks: Mapping[str, bool | None], *, lon: float | None = None,
            lat: float | None = None, note: str = "") -> None:
    """Record what was found of one part of a sample. `marks`: by `parts.sampling.ATTRIBUTES`; what is left out stays.

    `lon`, `lat`: where it was found. If `place` is not marked, it is right within the part's class of accuracy.
    """
    unknown = [name for name in marks if name not in COLUMN_OF]
    if unknown:
        raise Refusal(SampleError.UNKNOWN_MARK, name=unknown[0][:20])
    with transaction.atomic(savepoint=False):
        sample, tail = _held(actor, sample_id)
        row = SampledPart.objects.select_for_update(of=("self",)).filter(sample=sample, place=place).first()
        if row is None:
            raise Refusal(KernelError.NOT_FOUND)
        if lon is not None and lat is not None:
            _found_at(row, lon, lat, marks)
        for name, mark in marks.items():
            setattr(row, COLUMN_OF[name], mark)
        row.note, row.looked_at = text("note", note)[:LONGEST_NOTE], clock.now()
        row.save()
        journal.record(actor, tail, SampleEvent.LOOKED_AT, {"place": place, "number": row.then["number"], "found": found_of(row)},
                       area_path=sample.area_path)


def conclude(actor: Actor, sample_id: UUID) -> dict[str, Any]:
    """The verdict, kept as it is now. Refuses while a part has not been looked at."""
    with transaction.atomic(savepoint=False):
        sample, tail = _held(actor, sample_id)
        results = [sampling.right(found_of(row)) for row in SampledPart.objects.filter(sample=sample).order_by("place")]
        if left := sum(result is None for result in results):
            raise Refusal(SampleError.NOT_DONE, count=left)
        verdict = sampling.judge(results, Fraction(sample.threshold))
        told = {"size": verdict.size, "right": verdict.right, "passes": verdict.passes, "share": verdict.share,
                "proven": verdict.proven, "words": verdict.words}
        sample.verdict, sample.concluded_at = told, clock.now()
        sample.save(update_fields=["verdict", "concluded_at"])
        journal.record(actor, tail, SampleEvent.CONCLUDED, {name: told[name] for name in ("size", "right", "passes")},
                       area_path=sample.area_path)
        return told


def _held(actor: Actor, sample_id: UUID) -> tuple[PartSample, journal.Tail]:
    tail = journal.hold(f"part_sample:{sample_id}")
    sample = PartSample.objects.select_for_update(of=("self",)).filter(pk=sample_id).first()
    if sample is None or not may_see_parts(actor, sample.area_path):
        raise Refusal(KernelError.NOT_FOUND)
    if not actor.covers(Right.PART_MANAGE.value, sample.area_path):
        raise no_right(actor, Right.PART_MANAGE)
    if sample.concluded_at is not None:
        raise Refusal(SampleError.FINISHED)
    return sample, tail


def _managed(actor: Actor, area: str) -> str:
    """The path of the area asked for, or of the only one the actor manages."""
    if not actor.holds(Right.PART_MANAGE.value):
        raise no_right(actor, Right.PART_MANAGE)
    if area:
        path = area_path(actor, area)
    else:
        own = {grant.area_path for grant in actor.grants if Right.PART_MANAGE.value in grant.rights}
        if len(own) != 1:
            raise Refusal(PartError.UNKNOWN_FILTER, what=Words("区域", "area"), value="-")
        path = own.pop()
    if not actor.covers(Right.PART_MANAGE.value, path):
        raise no_right(actor, Right.PART_MANAGE)
    return path


def _area_id(area: str, known: dict[str, int]) -> int | None:
    place = grids.place_by_code(area, known) if area else None
    return place.area_id if place else None


def _drawn(held: Mapping[str, Any], size: int, seed: str, book: Any) -> list[str]:
    strata: dict[str, list[str]] = {}
    for number, _, class_id in held.values():
        entry = book.classes.get(class_id)
        strata.setdefault(entry.full_code if entry else "", []).append(number)
    return sorted(number for _, number in sampling.draw(strata, size, seed))


def _keep(sample: PartSample, ids: list[Any], known: dict[str, int]) -> None:
    """The sheet: parts by number, as they are registered now."""
    classes = catalogue.book(known).classes
    rows = []
    for start in range(0, len(ids), 500):
        rows += Part.objects.filter(pk__in=ids[start:start + 500]).values("id", *_THEN)
    rows.sort(key=lambda row: str(row["number"]))
    SampledPart.objects.bulk_create([
        SampledPart(sample=sample, place=place, part_id=row["id"], then={
            **{name: row[name] for name in _THEN if name != "class_entry_id"},
            "class": classes[row["class_entry_id"]].full_code, "class_name": classes[row["class_entry_id"]].name})
        for place, row in enumerate(rows, 1)], batch_size=200)


def _found_at(row: SampledPart, lon: float, lat: float, marks: Mapping[str, bool | None]) -> None:
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise Refusal(PartError.BAD_SHAPE, why=Words("经纬度不成立", "no longitude and latitude"))
    row.found_lon, row.found_lat = lon, lat
    allowed = ACCURACY.get(row.then["accuracy"])
    if "place" not in marks and allowed is not None:
        row.place_right = shapes.metres(row.then["lon"], row.then["lat"], lon, lat) <= allowed


def _line(given: str) -> str:
    cleaned = unicodedata.normalize("NFC", given[:4 * LONGEST]).strip()
    if not 1 <= len(cleaned) <= LONGEST or not cleaned.isprintable():
        raise Refusal(SampleError.BAD_SEED, longest=LONGEST)
    return cleaned

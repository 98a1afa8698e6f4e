"""A file as a layer of the base map: staged in batches beside what is shown, then shown by one short transaction.

Killed at any point nothing of it is visible; the same file imported again goes on where it stopped.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max

from jingwei.accounts.queries import Right
from jingwei.formats.source import MB, Source, chunks
from jingwei.grids import staging
from jingwei.grids.commands.standing import changed, permit
from jingwei.grids.errors import GridError
from jingwei.grids.events import LayerEvent
from jingwei.grids.findings import Found, counts, refused
from jingwei.grids.layer_fields import BASE_LAYERS
from jingwei.grids.models import BaseFeature, LayerVersion
from jingwei.grids.ports import Progress
from jingwei.grids.queries.map import drawn_bounds
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from jingwei.grids.base_layers import BaseReading, BaseRow

BATCH = 2_500
_REMOVED_AT_ONCE = 5_000
_LARGEST = 1_024 * MB
_COLUMNS = ("version_id", "name", "kind", "wkb", "west", "south", "east", "north", "zoom", "spot",
            "households")


@dataclass(slots=True)
class ImportedLayer:
    """`number`: the layer's version that is shown now. `unchanged`: the file was shown already.

    `households`: in all; None, and no field, where the file tells none.
    """

    number: int
    count: int
    unchanged: bool = False
    findings: list[Found] = field(default_factory=list)
    households_field: str = ""
    households: int | None = None

    @property
    def refused(self) -> list[Found]:
        return refused(self.findings)


def import_layer(actor: Actor, source: Source, layer: str, *, name: str = "", kind: str = "", households: str = "",
                 crs: str = "", sublayer: str = "", encoding: str = "",
                 progress: Progress | None = None) -> ImportedLayer:
    """Show a file as streets, buildings, water or green, instead of what was shown as such before.

    `name`, `kind`, `households` (of buildings): fields of the file; `sublayer`: which layer, where the file has several;
    `encoding`: of its texts, where they cannot be told. Rows whose shape cannot be used are refused, the others taken.
    """
    permit(actor, Right.AREA_MANAGE, "")
    _known(layer)
    told = (("households", households),) if layer == "buildings" else ()
    key = _key(source, layer, name, kind, crs, sublayer, *told, *((("encoding", encoding),) if encoding else ()))
    shown = LayerVersion.objects.filter(layer=layer, state="current").first()
    reading = check_layer(source, layer, name=name, kind=kind, households=households, crs=crs, sublayer=sublayer,
                          encoding=encoding)
    if shown is not None and shown.key == key:
        _remove_old(layer)  # what a killed run left
        return _outcome(shown.number or 0, reading, unchanged=True)
    if not reading.rows:
        wrong = refused(reading.findings)
        raise Refusal(GridError.NOTHING_TAKEN, refused=len(wrong), first=wrong[0].text() if wrong else "-",
                      findings=wrong)
    version = _begin(actor, layer, key)
    for start in range(version.rows, len(reading.rows), BATCH):
        _stage(version, reading.rows[start:start + BATCH], start)
        if progress:
            progress(min(start + BATCH, len(reading.rows)), len(reading.rows))
    number = _switch(actor, version, reading)
    _remove_old(layer)
    return _outcome(number, reading)


def _outcome(number: int, reading: "BaseReading", *, unchanged: bool = False) -> ImportedLayer:
    return ImportedLayer(number, len(reading.rows), unchanged, reading.findings, reading.households_field, reading.households)


def check_layer(source: Source, layer: str, *, name: str = "", kind: str = "", households: str = "", crs: str = "",
                sublayer: str = "", encoding: str = "") -> "BaseReading":
    """Read and check as the import does, write nothing."""
    from jingwei.formats.layers import read_layer
    from jingwei.grids import base_layers, lying

    _known(layer)
    features = read_layer(source, crs=crs or None, layer=sublayer or None, encoding=encoding, surfaces=layer != "streets")
    reading = base_layers.read(layer, features, name=name, kind=kind, households=households)
    reading.findings[:0] = lying.check([row.box for row in reading.rows], drawn_bounds(), features.crs_in)
    return reading


def _known(layer: str) -> None:
    if layer not in BASE_LAYERS:
        raise Refusal(GridError.UNKNOWN_LAYER, layer=layer[:20])


def _key(source: Source, *how: Any) -> str:
    digest = hashlib.sha256(repr(how).encode())
    for piece in chunks(source, _LARGEST):
        digest.update(piece)
    return digest.hexdigest()


def _begin(actor: Actor, layer: str, key: str) -> LayerVersion:
    """The unfinished version of the same file, or a new one; what another file left unfinished is given up."""
    with transaction.atomic(durable=True):
        unfinished = LayerVersion.objects.select_for_update().filter(layer=layer, state="staging")
        version = unfinished.filter(key=key).first()
        unfinished.exclude(key=key).update(state="dropping")
        if version is None:
            version = LayerVersion.objects.create(layer=layer, key=key, created_at=clock.now(), created_by=actor.user_id)
    return version


def _stage(version: LayerVersion, rows: "Sequence[BaseRow]", done: int) -> None:
    """One transaction: the rows, and how far the file has been taken."""
    with transaction.atomic(durable=True):
        begun = LayerVersion.objects.filter(pk=version.id, state="staging", rows=done)
        if not begun.update(rows=done + len(rows)):
            raise Refusal(GridError.CHANGED_MEANWHILE)  # somebody imports the same layer
        staging.insert("grids_base_feature", _COLUMNS, [
            (version.id, row.name, row.kind, row.wkb, *row.box, row.zoom, row.spot, row.households) for row in rows])


def _switch(actor: Actor, version: LayerVersion, reading: "BaseReading") -> int:
    """The short transaction after which everybody sees the new layer."""
    with transaction.atomic(durable=True):
        tail = journal.hold(f"map_layer:{version.layer}")
        rows = LayerVersion.objects.filter(layer=version.layer)
        if rows.select_for_update().filter(pk=version.id, state="staging").first() is None:
            raise Refusal(GridError.CHANGED_MEANWHILE)
        number = int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
        rows.filter(state="current").update(state="dropping")
        rows.filter(pk=version.id).update(state="current", number=number, count=len(reading.rows))
        journal.record(actor, tail, LayerEvent.REPLACED, {
            "number": number, "file": version.key, "count": len(reading.rows),
            "refused": len({one.row for one in refused(reading.findings)}), "findings": counts(reading.findings)})
        changed()
    return number


def _remove_old(layer: str) -> None:
    """Features nobody sees any more, in batches; may be killed and repeated."""
    for version in LayerVersion.objects.filter(layer=layer, state="dropping"):
        while _remove_some(version.id):
            pass
        LayerVersion.objects.filter(pk=version.id, state="dropping").update(state="dropped", rows=F("count"))


def _remove_some(version_id: int) -> bool:
    with transaction.atomic():
        some = list(BaseFeature.objects.filter(version_id=version_id).values_list("id", flat=True)[:_REMOVED_AT_ONCE])
        gone = BaseFeature.objects.filter(pk__in=some)
        gone._raw_delete(gone.db)
    return bool(some)

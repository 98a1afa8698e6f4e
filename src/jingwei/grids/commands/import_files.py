"""Files of the ground as they come, by their bytes: tables, map layers. What the keyboard and the screen both call."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from jingwei.accounts.queries import Right, ids_of_logins, require
from jingwei.formats.imports import Counts, Told, rejected, said
from jingwei.formats.rows import Table
from jingwei.formats.source import MB, Source, whole
from jingwei.formats.tables import read_table
from jingwei.grids.commands.base_layers import check_layer, import_layer
from jingwei.grids.commands.importing import Imported, check_areas, check_divisions, import_areas, import_divisions
from jingwei.grids.commands.previewing import foretell
from jingwei.grids.commands.rota import import_rota
from jingwei.grids.commands.staffing import import_staffing
from jingwei.grids.commands.standing import permit
from jingwei.grids.findings import Found, Grade
from jingwei.grids.layer_fields import Fields
from jingwei.grids.placing import BASE
from jingwei.grids.ports import Progress
from jingwei.kernel.actor import Actor

_LARGEST = 1_024 * MB


@dataclass(frozen=True, slots=True)
class AreasTold(Told):
    """`plan`: the version that holds the changes, null if there are none. `published`: the number it got."""

    renamed: int = 0
    moved: int = 0
    redrawn: int = 0
    plan: int | None = None
    published: int | None = None


@dataclass(frozen=True, slots=True)
class LayerTold(Told):
    """`number`: of the layer's version in use. `replaced`: it is a new one. `households`: in all, read from
    `households_field`; null where the file tells none.
    """

    number: int | None = None
    replaced: bool = False
    households: int | None = None
    households_field: str = ""


def divisions_of_file(actor: Actor, source: Source, *, title: str = "", system: str = BASE, top_level: int = 1,
                      dry_run: bool = False, progress: Progress | None = None) -> AreasTold:
    """`import_divisions` over a table, published at once."""
    permit(actor, Right.AREA_MANAGE, "")
    table = partial(read_table, source)
    if dry_run:
        return _told(foretell(check_divisions(source, system=system, top_level=top_level), system=system), table, True)
    return _told(import_divisions(actor, source, title=title, system=system, top_level=top_level, progress=progress),
                 table)


def areas_of_file(actor: Actor, source: Source, fields: Fields, *, title: str = "", system: str = BASE, crs: str = "",
                  layer: str = "", encoding: str = "", by_place: bool = False, dry_run: bool = False,
                  progress: Progress | None = None) -> AreasTold:
    """`import_areas` over a map layer, published at once."""
    permit(actor, Right.AREA_MANAGE, "")
    if dry_run:
        reading = check_areas(source, fields, system=system, crs=crs, layer=layer, encoding=encoding, by_place=by_place)
        return _told(foretell(reading, system=system), None, True)
    return _told(import_areas(actor, source, fields, title=title, system=system, crs=crs, layer=layer,
                              encoding=encoding, by_place=by_place, publish=True, progress=progress), None)


def staffing_of_file(actor: Actor, source: Source, *, system: str = BASE, sheet: str | None = None,
                     dry_run: bool = False) -> Told:
    """`import_staffing` over a table."""
    require(actor, Right.STAFFING_MANAGE)
    table = partial(read_table, source, sheet=sheet)
    digest = hashlib.sha256(whole(source, _LARGEST)).hexdigest()
    posted = import_staffing(actor, table(), ids_of_logins, file_hash=digest, system=system, dry_run=dry_run)
    remarks, rejects, listed = _sorted_out(posted.findings, table)
    return Told(dry_run, Counts(posted.made, 0, posted.standing, len(rejects)), remarks, rejects, listed)


def rota_of_file(actor: Actor, source: Source, *, system: str = BASE, sheet: str | None = None,
                 dry_run: bool = False) -> Told:
    """`import_rota` over a table."""
    require(actor, Right.STAFFING_MANAGE)
    table = partial(read_table, source, sheet=sheet)
    digest = hashlib.sha256(whole(source, _LARGEST)).hexdigest()
    done = import_rota(actor, table(), ids_of_logins, file_hash=digest, system=system, dry_run=dry_run)
    remarks, rejects, listed = _sorted_out(done.findings, table)
    return Told(dry_run, Counts(done.made, 0, done.standing, len(rejects)), remarks, rejects, listed)


def layer_of_file(actor: Actor, source: Source, layer: str, *, name: str = "", kind: str = "", households: str = "",
                  crs: str = "", sublayer: str = "", encoding: str = "", dry_run: bool = False,
                  progress: Progress | None = None) -> LayerTold:
    """`import_layer` over a map layer; `added`: its features, `unchanged` if the file is in use already."""
    permit(actor, Right.AREA_MANAGE, "")
    how = {"name": name, "kind": kind, "households": households, "crs": crs, "sublayer": sublayer, "encoding": encoding}
    if dry_run:
        reading = check_layer(source, layer, **how)
        remarks, rejects, listed = _sorted_out(reading.findings, None)
        return LayerTold(True, Counts(len(reading.rows), rejected=len(rejects)), remarks, rejects, listed,
                         households=reading.households, households_field=reading.households_field)
    outcome = import_layer(actor, source, layer, **how, progress=progress)
    remarks, rejects, listed = _sorted_out(outcome.findings, None)
    counts = Counts(unchanged=outcome.count, rejected=len(rejects)) if outcome.unchanged else Counts(
        outcome.count, rejected=len(rejects))
    return LayerTold(False, counts, remarks, rejects, listed, outcome.number, not outcome.unchanged,
                     outcome.households, outcome.households_field)


def _told(outcome: Imported, table: Callable[[], Table] | None, dry_run: bool = False) -> AreasTold:
    remarks, rejects, listed = _sorted_out(outcome.findings, table)
    return AreasTold(
        dry_run, Counts(outcome.new, outcome.changed, outcome.unchanged, len(rejects)), remarks, rejects, listed,
        outcome.renamed, outcome.moved, outcome.redrawn, outcome.plan_id, outcome.published)


def _sorted_out(findings: list[Found], table: Callable[[], Table] | None) -> tuple[Any, ...]:
    """Findings, rejects and their list, in the order of `Told`."""
    remarks = said(each for each in findings if each.grade is not Grade.REFUSED)
    return remarks, *rejected((each for each in findings if each.grade is Grade.REFUSED), table)

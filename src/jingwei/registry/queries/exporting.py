"""Parts as a table or a map layer in the columns of the standard (table 2 of GB/T 47678.5)."""

import tempfile
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Any

from jingwei.accounts import queries as accounts
from jingwei.catalogue import queries as catalogue
from jingwei.formats.table_writing import CsvWriter
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.registry.errors import PartError
from jingwei.registry.parts import fields
from jingwei.registry.parts.days import packed
from jingwei.registry.parts.states import STATES
from jingwei.registry.queries.filters import Filter, filtered

FORMATS = ("csv", "xlsx", "gpkg")
AT_ONCE = 50_000
"""Parts of one export over HTTP; the command line has no such bound."""
_PORTION = 2_000
_STREETS, _COMMUNITIES = ("street", "town", "township", "joint"), ("community", "village", "quasi_village")
_BODIES = ("supervisor", "owner", "maintainer")
_COLUMNS = ("number", "name", "state", "surveyed_on", "changed_on", "source", "note", "accuracy", "lon", "lat", "class_entry_id",
            "area_now_id", *(f"{body}_{what}" for body in _BODIES for what in ("id", "code", "name")), "wkb")


def write_parts(actor: Actor, wanted: Filter, path: str | PathLike[str], form: str, *, abbreviated: bool = False,
                most: int | None = None) -> int:
    """Write the parts that fit to a file that is there whole or not at all. Returns how many.

    `abbreviated`: columns by the standard's abbreviations; a map layer always has those. `most`: refuse more.
    """
    if form not in FORMATS:
        raise Refusal(PartError.UNKNOWN_FORMAT, format=form[:20])
    if most is not None and (count := filtered(actor, wanted, generations()).count()) > most:
        raise Refusal(PartError.TOO_MANY, count=count, most=most)
    if form == "gpkg":
        return _layer(actor, wanted, path)
    columns = fields.headers(abbreviated=abbreviated)
    rows = (fields.told(row, abbreviated=abbreviated) for row in rows_of(actor, wanted))
    if form == "xlsx":
        from jingwei.formats.workbook_writing import write_workbook

        return write_workbook(path, "部件", columns, rows)
    with CsvWriter(path, columns) as table:
        for row in rows:
            table.write(row)
    return table.count


def parts_file(actor: Actor, wanted: Filter, form: str, *, abbreviated: bool = False) -> bytes:
    """The same as bytes, at most AT_ONCE parts."""
    with tempfile.TemporaryDirectory(prefix="jingwei-") as folder:
        path = Path(folder) / "parts"
        write_parts(actor, wanted, path, form, abbreviated=abbreviated, most=AT_ONCE)
        return path.read_bytes()


def rows_of(actor: Actor, wanted: Filter) -> Iterator[dict[str, Any]]:
    """Parts by number, by the keys of `fields`, with `wkb` beside. One statement for two thousand, one for their areas."""
    known = generations()
    book, units = catalogue.book(known), accounts.unit_book(known)
    rows = filtered(actor, wanted, known).order_by("number").values(*_COLUMNS)
    after, above = "", dict[int, dict[str, str]]()
    while some := list(rows.filter(number__gt=after)[:_PORTION]):
        _look_up(above, {row["area_now_id"] for row in some})
        for row in some:
            yield _told(row, book, units, above[row["area_now_id"]])
        after = some[-1]["number"]


def _told(row: dict[str, Any], book: Any, units: Any, above: dict[str, str]) -> dict[str, Any]:
    entry = book.classes.get(row["class_entry_id"])
    told = {**row, **above, "state": STATES[row["state"]], "surveyed_on": packed(row["surveyed_on"]),
            "changed_on": packed(row["changed_on"]), "class_code": entry.code if entry else ""}
    for body in _BODIES:
        unit = units.get(row[f"{body}_id"])
        if unit is not None:
            told[f"{body}_name"] = unit.name
    return told


def _look_up(above: dict[int, dict[str, str]], ids: set[int]) -> None:
    """Unit grid, street and community of areas, kept for the next portion."""
    for area_id, chain in grids.above_all(ids - above.keys()).items():
        told = {"unit_grid": chain[-1].code if chain else "", "street_code": "", "street_name": "", "community_code": "", "community_name": ""}
        for place in chain:
            if place.level in _STREETS:
                told |= {"street_code": place.code[:9], "street_name": place.name}
            elif place.level in _COMMUNITIES:
                told |= {"community_code": place.code[:12], "community_name": place.name}
        above[area_id] = told


def _layer(actor: Actor, wanted: Filter, path: str | PathLike[str]) -> int:
    """Layers part_points, part_lines, part_surfaces of a GeoPackage, as far as there are any."""
    import numpy as np
    import shapely

    from jingwei.formats.feature_writing import FeatureLayer, write_features

    rows = list(rows_of(actor, wanted))
    shapes = shapely.from_wkb([bytes(row["wkb"]) for row in rows])
    kinds = shapely.get_type_id(shapes) if len(rows) else np.array([], dtype=int)
    headers = [column for column in fields.COLUMNS if column.key not in ("lon", "lat")]
    layers = []
    for name, geometry, types in (("part_points", "Point", (0,)), ("part_lines", "MultiLineString", (1, 5)),
                                  ("part_surfaces", "MultiPolygon", (3, 6))):
        places = np.flatnonzero(np.isin(kinds, types))
        if len(places) or (name == "part_points" and not rows):
            columns = {column.abbr: np.array([str(rows[place].get(column.key) or "") for place in places], dtype=object)
                       for column in headers}
            layers.append(FeatureLayer(name, geometry, np.asarray(shapes, dtype=object)[places], columns))
    write_features(path, layers, "EPSG:4490")
    return len(rows)

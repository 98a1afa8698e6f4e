"""The ground of the demonstration, entered as a town enters its own: divisions first, then the grids as map layers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import shapely

from jingwei.cli.demo.district import District, Feature
from jingwei.grids import commands, queries
from jingwei.grids.commands import Fields, Kind
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

SETTLING = timedelta(hours=3)   # from the first entry to the last


def lay_ground(actor: Actor, district: District, at: datetime) -> None:
    """Divisions with outlines, responsibility grids, unit grids: three plan versions, an hour apart, from `at` on."""
    with clock.held_at(at):
        _whole(commands.import_divisions(actor, _divisions(district), title="区划", valid_from=at))
        for area in district.areas:
            place = queries.place_by_code(area.code)
            assert place is not None, area.code
            if area.geometry is not None:
                commands.redraw(actor, place.area_id, shapely.to_wkb(area.geometry))
            if area.note:
                commands.describe(actor, place.area_id, note=area.note)
    grid_of = {unit: grid.code for grid in district.responsibility_grids for unit in grid.units}
    _lay(actor, "责任网格", at + timedelta(hours=1), district.layers()["responsibility_grids"],
         Fields("code", "name", 6, Kind.RESPONSIBILITY, parent="community", note="note"))
    units = [Feature({**row.properties, "grid": grid_of[row.properties["code"]]}, row.geometry)
             for row in district.layers()["unit_grids"]]
    _lay(actor, "单元网格", at + timedelta(hours=2), units, Fields("code", "code", 7, Kind.UNIT, parent="grid", note="note"))


def lay_base_map(actor: Actor, files: Mapping[str, Path], at: datetime) -> None:
    """Streets, water, greens and buildings, from files as a surveyor hands them over."""
    with clock.held_at(at):
        for layer, path in files.items():
            outcome = commands.import_layer(actor, path, layer)
            if outcome.refused:
                raise RuntimeError(f"the demonstration's own {layer} were refused: {outcome.refused[0].text()}")


def _lay(actor: Actor, title: str, at: datetime, rows: Sequence[Feature], fields: Fields) -> None:
    with clock.held_at(at):
        _whole(commands.import_areas(actor, geojson(rows), fields, title=title, publish=True, valid_from=at))


def _whole(outcome: commands.Imported) -> None:
    if outcome.refused:
        raise RuntimeError(f"the demonstration's own ground was refused: {outcome.refused[0].text()}")


def _divisions(district: District) -> bytes:
    rows = [("code", "name", "parent_code")]
    rows += [(area.code.ljust(12, "0"), area.name, area.parent and area.parent.ljust(12, "0")) for area in district.areas]
    return "\n".join(",".join(row) for row in rows).encode()


def geojson(rows: Iterable[Feature]) -> bytes:
    """A layer as RFC 7946 has it: degrees, longitude first."""
    features: list[dict[str, Any]] = [
        {"type": "Feature", "properties": row.properties, "geometry": orjson.Fragment(shapely.to_geojson(row.geometry))}
        for row in rows]
    return orjson.dumps({"type": "FeatureCollection", "features": features})

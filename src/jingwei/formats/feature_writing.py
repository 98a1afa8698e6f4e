"""Features out: a GeoPackage with layers of points, lines or surfaces, there whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.formats.atomic import atomic_file
from jingwei.formats.quiet import quiet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FeatureLayer:
    """`geometry`: Point, MultiLineString or MultiPolygon; single lines and surfaces are made multiple ones."""

    name: str
    geometry: str
    shapes: "NDArray[np.object_]"
    fields: Mapping[str, "NDArray[Any]"]


def write_features(path: str | os.PathLike[str], layers: list[FeatureLayer], crs: str) -> None:
    """Longitude first, in `crs`; an existing file is replaced."""
    from pyogrio.raw import write
    from shapely import to_wkb

    with tempfile.TemporaryDirectory(dir=Path(path).absolute().parent, prefix=".jingwei-") as folder:
        made = Path(folder) / "layers.gpkg"
        for number, layer in enumerate(layers):
            with quiet("pyogrio"):
                write(str(made), geometry=to_wkb(_several(layer)), field_data=list(layer.fields.values()),
                      fields=list(layer.fields), layer=layer.name, driver="GPKG", geometry_type=layer.geometry, crs=crs,
                      append=number > 0)
        with atomic_file(path) as stream, made.open("rb") as source:
            while block := source.read(1 << 20):
                stream.write(block)


def _several(layer: FeatureLayer) -> "NDArray[np.object_]":
    from shapely import MultiLineString, MultiPolygon

    shapes = layer.shapes.copy()
    for index, shape in enumerate(shapes):
        if shape.geom_type == "LineString":
            shapes[index] = MultiLineString([shape])
        elif shape.geom_type == "Polygon":
            shapes[index] = MultiPolygon([shape])
    return shapes

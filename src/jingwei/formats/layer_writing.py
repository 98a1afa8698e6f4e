"""Layers out: a GeoPackage with named layers, there whole or not at all."""

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
class OutLayer:
    """`fields`: a column for each name, as long as there are shapes."""

    name: str
    shapes: "NDArray[np.object_]"
    fields: Mapping[str, "NDArray[Any]"]


def write_geopackage(path: str | os.PathLike[str], layers: list[OutLayer], crs: str) -> None:
    """Polygons of all layers in `crs`; an existing file is replaced."""
    from pyogrio.raw import write
    from shapely import get_type_id, multipolygons, to_wkb

    with tempfile.TemporaryDirectory(dir=Path(path).absolute().parent, prefix=".jingwei-") as folder:
        made = Path(folder) / "layers.gpkg"
        for number, layer in enumerate(layers):
            shapes = layer.shapes.copy()
            for index in (get_type_id(shapes) == 3).nonzero()[0]:
                shapes[index] = multipolygons([shapes[index]])
            with quiet("pyogrio"):
                write(str(made), geometry=to_wkb(shapes), field_data=list(layer.fields.values()), fields=list(layer.fields),
                      layer=layer.name, driver="GPKG", geometry_type="MultiPolygon", crs=crs, append=number > 0)
        with atomic_file(path) as stream, made.open("rb") as source:
            while block := source.read(1 << 20):
                stream.write(block)

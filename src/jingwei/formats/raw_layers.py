"""What every layer parser hands over before coordinates are converted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingwei.formats.findings import Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class RawLayer:
    """`shapes`: one shapely geometry (or None) a feature, still in `crs`; '' if the file does not name it."""

    kind: str  # geojson | gpkg | shapefile
    name: str
    crs: str
    fields: tuple[str, ...]
    properties: list[dict[str, Any]]
    shapes: "NDArray[np.object_]"
    findings: list[tuple[Finding, ...]]

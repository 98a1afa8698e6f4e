"""What every layer parser hands over before coordinates are converted."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jingwei.formats.encodings import Encoding
from jingwei.formats.findings import Finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class RawLayer:
    """`shapes`: one shapely geometry (or None) a feature, still in `crs`; '' if the file does not name it.

    `remarks`: about the layer as a whole. `count`: of its features, where not all were read; `box`: the corners its
    head tells; `encoding`: of its texts, where that is a question. `crs_named` is False where `crs` is but the
    rule of GeoJSON.
    """

    kind: str  # geojson | gpkg | shapefile | dxf
    name: str
    crs: str
    fields: tuple[str, ...]
    properties: list[dict[str, Any]]
    shapes: "NDArray[np.object_]"
    findings: list[tuple[Finding, ...]]
    remarks: list[Finding] = field(default_factory=list)
    count: int | None = None
    box: tuple[float, float, float, float] | None = None
    encoding: Encoding | None = None
    crs_named: bool = True

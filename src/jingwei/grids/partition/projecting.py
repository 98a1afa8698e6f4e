"""The projection in metres that fits the data: a CGCS2000 zone of three degrees in China, UTM elsewhere."""

from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Floats, Shapes
from jingwei.grids.partition.settings import PartitionError

_FIRST_MERIDIAN, _LAST_MERIDIAN, _FIRST_CODE = 75, 135, 4534   # CGCS2000 / 3-degree Gauss-Kruger CM 75E … 135E
_CHINA = (72.0, 3.0, 136.5, 54.5)


def metric_crs(low: Floats, high: Floats) -> str:
    """'EPSG:n' for ground between two corners in longitude and latitude."""
    lon, lat = ((low + high) / 2).tolist()
    if not (-180 <= lon <= 180 and -80 <= lat <= 84):
        raise PartitionError(f"坐标 {lon:.4f}, {lat:.4f} 不是经纬度，无法选择投影。请核对图层的坐标系")
    if _CHINA[0] <= lon <= _CHINA[2] and _CHINA[1] <= lat <= _CHINA[3]:
        meridian = min(max(round(lon / 3) * 3, _FIRST_MERIDIAN), _LAST_MERIDIAN)
        return f"EPSG:{_FIRST_CODE + (meridian - _FIRST_MERIDIAN) // 3}"
    zone = min(int((lon + 180) // 6) + 1, 60)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def to_metres(shapes: Shapes, crs: str) -> Shapes:
    """From longitude and latitude (WGS-84 and CGCS2000 are taken as equal)."""
    from pyproj import Transformer

    if not len(shapes):
        return shapes
    source = "EPSG:4490" if int(crs.removeprefix("EPSG:")) < 5000 else "OGC:CRS84"
    project = Transformer.from_crs(source, crs, always_xy=True).transform

    def convert(points: Any) -> Any:
        return np.column_stack(project(points[:, 0], points[:, 1]))

    moved: Shapes = shapely.transform(shapes, convert)
    return moved

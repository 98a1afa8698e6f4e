"""A point that surely lies inside an area, for things that are known only by the code of their grid."""

from collections.abc import Iterable

from jingwei.grids.models import Boundary
from jingwei.grids.placing import BASE

_TOGETHER = 500


def points_inside(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Longitude and latitude by code, of areas of the base system that stand and are drawn. A statement for each 500 codes."""
    import shapely

    wanted = sorted({code for code in codes if code and "\0" not in code})
    outlines: dict[str, bytes] = {}
    for start in range(0, len(wanted), _TOGETHER):
        rows = Boundary.objects.filter(
            area__code__in=wanted[start:start + _TOGETHER], area__system=BASE, area__status="active", area__plan__state="published",
            plan__state="published")
        outlines.update({code: bytes(wkb) for code, wkb in rows.order_by("plan__number").values_list("area__code", "wkb")})
    if not outlines:
        return {}
    spots = shapely.get_coordinates(shapely.point_on_surface(shapely.from_wkb(list(outlines.values())))).tolist()
    return {code: (lon, lat) for code, (lon, lat) in zip(outlines, spots, strict=True)}

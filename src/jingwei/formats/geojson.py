"""GeoJSON (RFC 7946, and the older form with a "crs" member) into properties and shapes, without GDAL.

GDAL reads the same; a test compares both. This way is faster, keeps nested properties and names each bad feature.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jingwei.formats.findings import Finding, finding
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.rings import build
from jingwei.formats.shape_errors import ShapeError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

LONLAT = "OGC:CRS84"
_GEOMETRIES = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
)


def parse_geojson(data: bytes) -> RawLayer:
    """A FeatureCollection, a Feature or a bare geometry."""
    document = _loaded(data)
    features = _features(document)
    shapes, findings = _shapes([feature.get("geometry") for feature in features])
    fields, properties = _properties(features)
    return RawLayer(
        kind="geojson", crs=_crs(document), fields=fields, properties=properties, shapes=shapes, findings=findings,
        name=str(document.get("name") or ""), crs_named=document.get("crs") is not None,
    )


def _loaded(data: bytes) -> Mapping[str, Any]:
    import orjson

    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        try:
            document = orjson.loads(data)
        except orjson.JSONDecodeError:
            # RFC 7946 wants UTF-8, Chinese desktop programs write GBK all the same
            document = orjson.loads(data.decode("gb18030"))
    except UnicodeDecodeError:
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("文字编码不对", "its encoding")) from None
    except orjson.JSONDecodeError as problem:
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words(
            f"JSON 第 {problem.lineno} 行", f"line {problem.lineno} of the JSON")) from None
    if not isinstance(document, Mapping):
        raise Refusal(ShapeError.LAYER_KIND, found="JSON")
    return document


def _features(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list) or not all(isinstance(feature, Mapping) for feature in features):
            raise Refusal(ShapeError.LAYER_BROKEN, why=Words("GeoJSON 里的 features 不是要素的列表", "the features of the GeoJSON are no list of features"))
        return features
    if kind == "Feature":
        return [document]
    if kind in _GEOMETRIES:
        return [{"type": "Feature", "geometry": document, "properties": None}]
    raise Refusal(ShapeError.LAYER_KIND, found=f"JSON（type: {str(kind)[:40]}）")


def _crs(document: Mapping[str, Any]) -> str:
    """The old "crs" member's name, else what RFC 7946 lays down: longitude and latitude."""
    member = document.get("crs")
    if member is None:
        return LONLAT
    name = (member.get("properties") or {}).get("name") if isinstance(member, Mapping) else None
    return str(name) if name else ""


def _properties(features: list[Mapping[str, Any]]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """Every feature gets every field, None where it has none. A feature's own "id" becomes the field `id`,
    unless a property has that name.
    """
    given = [feature.get("properties") for feature in features]
    held = [dict(properties) if isinstance(properties, Mapping) else {} for properties in given]
    names: dict[str, None] = {}
    if any("id" in feature for feature in features) and not any("id" in properties for properties in held):
        names["id"] = None
        for feature, properties in zip(features, held, strict=True):
            properties["id"] = feature.get("id")
    for properties in held:
        names.update(dict.fromkeys(properties))
    fields = tuple(names)
    return fields, [{name: properties.get(name) for name in fields} for properties in held]


def _shapes(geometries: list[Any]) -> tuple["Shapes", list[tuple[Finding, ...]]]:
    import numpy as np
    import orjson
    from shapely import from_geojson, is_missing

    texts = [orjson.dumps(geometry) if isinstance(geometry, Mapping) else None for geometry in geometries]
    shapes: Shapes = np.empty(len(texts), dtype=object)
    if texts:
        shapes[:] = from_geojson(np.array(texts, dtype=object), on_invalid="ignore")
    findings: list[tuple[Finding, ...]] = [()] * len(texts)
    for index in np.flatnonzero(is_missing(shapes)):
        geometry = geometries[index]
        if isinstance(geometry, Mapping):
            shapes[index], findings[index] = build(geometry)
        elif geometry is None:
            findings[index] = (finding(ShapeError.GEOMETRY_MISSING),)
        else:
            findings[index] = (finding(ShapeError.GEOMETRY_UNREADABLE),)
    return shapes, findings

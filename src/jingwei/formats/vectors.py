"""GeoPackage and Shapefile through GDAL, which is only ever handed a kind of file its bytes have shown."""

import codecs
import os
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.formats.archives import check_archive, member
from jingwei.formats.errors import FormatError
from jingwei.formats.findings import Finding, finding
from jingwei.formats.quiet import quiet
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import MB, Source, whole
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

MAX_BYTES = 1024 * MB
# a number column with gaps comes as floating point; whole numbers beyond this are no longer themselves
_EXACT = 2**53

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_CODE_PAGES = {
    "utf-8": "utf-8", "utf8": "utf-8", "65001": "utf-8", "gbk": "gb18030", "936": "gb18030", "cp936": "gb18030",
    "gb2312": "gb18030", "gb18030": "gb18030", "ansi 936": "gb18030", "54936": "gb18030", "950": "cp950",
    "ansi 950": "cp950", "big5": "cp950", "oem": "", "system": "",
}


def read_geopackage(source: Source, layer: str | None) -> RawLayer:
    """One layer with geometry: the named one, or the only one."""
    # bytes, never a path: GDAL gives a meaning to parts of paths and leaves files beside a database
    data = whole(source, MAX_BYTES)
    raw = _read(data, layer=chosen_layer(layer, _layers(data)))
    raw.kind = "gpkg"
    return raw


def read_shapefile(path: str | os.PathLike[str]) -> RawLayer:
    """A .shp with its companions beside it, whatever the case of their names."""
    shp = Path(path)
    parts: dict[str, bytes] = {}
    for beside in sorted(shp.parent.iterdir()):
        suffix = beside.suffix.lower()
        if beside.stem == shp.stem and suffix in _PARTS and suffix not in parts:
            parts[suffix] = whole(beside, MAX_BYTES)
    return _from_parts(shp.stem, parts)


def read_zipped_shapefile(data: bytes, layer: str | None) -> RawLayer:
    """A zip with one Shapefile, or with several of which `layer` names one."""
    found: dict[str, dict[str, str]] = {}
    for name in check_archive(data, max_bytes=MAX_BYTES):
        stem, suffix = os.path.splitext(_readable(name))
        base = stem.replace("\\", "/").rsplit("/", 1)[-1]
        # "._x.shp" is what macOS adds to every archive
        if suffix.lower() in _PARTS and not base.startswith("._"):
            found.setdefault(stem, {})[suffix.lower()] = name
    shapefiles = {stem.rsplit("/", 1)[-1]: members for stem, members in found.items() if ".shp" in members}
    if not shapefiles:
        raise Refusal(ShapeError.LAYER_KIND, found=Words("不含 .shp 的压缩包", "a zip without a .shp"))
    chosen = chosen_layer(layer, list(shapefiles))
    parts = {suffix: member(data, name, MAX_BYTES) for suffix, name in shapefiles[chosen].items()}
    return _from_parts(chosen, parts)


def _from_parts(name: str, parts: dict[str, bytes]) -> RawLayer:
    lacking = [suffix for suffix in (".shx", ".dbf") if not parts.get(suffix)]
    if lacking:
        raise Refusal(ShapeError.LAYER_PART_MISSING, parts="、".join(lacking))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        # an ASCII name: GDAL does not find Chinese ones in every zip. The .prj is read by pyproj, the .cpg below
        for suffix in (".shp", ".shx", ".dbf"):
            archive.writestr(f"layer{suffix}", parts[suffix])
    # read as Latin-1 every byte comes through unharmed, and the texts are decoded by us
    raw = _read(packed.getvalue(), encoding="ISO-8859-1")
    raw.kind, raw.name = "shapefile", name
    raw.crs = parts.get(".prj", b"").decode("utf-8", "replace").strip(" \r\n\t\x00\ufeff")
    _decode(raw, parts.get(".cpg", b"").decode("ascii", "ignore").strip().lower())
    return raw


def _decode(raw: RawLayer, code_page: str) -> None:
    """Undo Latin-1 in names and texts: the encoding that fits most of them.

    Bytes that make sense as UTF-8 are UTF-8, whatever the .cpg says, unless there are too few to tell.
    """
    texts = {value for row in raw.properties for value in row.values() if isinstance(value, str)}
    written = {text: text.encode("latin-1") for text in {*texts, *raw.fields} if not text.isascii()}
    if not written:
        return
    stated = _codec(code_page)
    telling = sum(map(len, written.values())) >= 12
    candidates = ("utf-8", stated, "gb18030") if telling else (stated, "utf-8", "gb18030")
    encoding = max(filter(None, candidates), key=lambda name: sum(_fits(data, name) for data in written.values()))
    decoded = {text: _decoded(data, encoding) for text, data in written.items()}
    raw.fields = tuple(decoded.get(name, name) for name in raw.fields)
    raw.properties = [
        dict(zip(raw.fields, (decoded.get(v, v) if isinstance(v, str) else v for v in row.values()), strict=True))
        for row in raw.properties
    ]


def _codec(code_page: str) -> str:
    known = _CODE_PAGES.get(code_page)
    if known is not None:
        return known
    try:
        return codecs.lookup(code_page).name if code_page else ""
    except (LookupError, ValueError):
        return ""


def _decoded(data: bytes, encoding: str) -> str:
    """A field's width may have cut the last sign of a long text in two; that much is forgiven."""
    for cut in range(4 if len(data) >= 10 else 1):
        try:
            return data[: len(data) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(FormatError.ENCODING_UNKNOWN)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        return bool(_decoded(data, encoding))
    except Refusal:
        return False


def _read(target: bytes, **options: Any) -> RawLayer:
    import numpy as np
    from pyogrio.raw import read

    try:
        with quiet("pyogrio"):
            meta, _, geometries, columns = read(target, force_2d=True, datetime_as_string=True, **options)
    except (RuntimeError, ValueError, LookupError, OverflowError, NameError):
        # its own errors are RuntimeErrors; damage also lets it trip over an unset name or an empty array
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("制图程序库读不出来", "the map library cannot read it")) from None
    if geometries is None:
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("没有图形", "no geometry"))
    shapes, findings = _shapes(geometries)
    keep = [index for index, kind in enumerate(meta["ogr_types"]) if kind != "OFTBinary"]
    fields = tuple(str(meta["fields"][index]) for index in keep)
    values = [
        _values(columns[i], meta["ogr_types"][i], meta["ogr_subtypes"][i], fields[at], findings)
        for at, i in enumerate(keep)
    ]
    rows = zip(*values, strict=True) if values else ((),) * len(shapes)
    return RawLayer(
        kind="", name=str(options.get("layer") or ""), crs=meta["crs"] or "", fields=fields,
        properties=[dict(zip(fields, row, strict=True)) for row in rows],
        shapes=np.asarray(shapes, dtype=object), findings=findings,
    )


def _shapes(geometries: Any) -> tuple["Shapes", list[tuple[Finding, ...]]]:
    import numpy as np
    from shapely import from_wkb, is_missing

    shapes: Shapes = np.empty(len(geometries), dtype=object)
    if len(geometries):
        shapes[:] = from_wkb(geometries, on_invalid="ignore")
    findings: list[tuple[Finding, ...]] = [()] * len(shapes)
    for index in np.flatnonzero(is_missing(shapes)):
        if geometries[index] is None:
            findings[index] = (finding(ShapeError.GEOMETRY_MISSING),)
            continue
        shapes[index] = from_wkb(geometries[index], on_invalid="fix")
        reason = ShapeError.GEOMETRY_UNREADABLE if shapes[index] is None else ShapeError.RING_UNCLOSED
        findings[index] = (finding(reason),)
    return shapes, findings


def _values(column: Any, kind: str, subtype: str, name: str, findings: list[tuple[Finding, ...]]) -> list[Any]:
    """A column as plain Python values: whole numbers stay whole although gaps made them floating point."""
    import numpy as np

    if column.dtype == object:
        return [value.tolist() if isinstance(value, np.ndarray) else value for value in column]
    values: list[Any] = column.tolist()
    if column.dtype.kind != "f":
        return [bool(value) for value in values] if subtype == "OFSTBoolean" else values
    whole_numbers = kind in ("OFTInteger", "OFTInteger64")
    for index, value in enumerate(values):
        if value != value:  # NaN stands for "nothing here"
            values[index] = None
        elif whole_numbers:
            if abs(value) >= _EXACT:
                findings[index] += (finding(FormatError.NUMBER_SPOILED, column=name),)
            values[index] = bool(value) if subtype == "OFSTBoolean" else int(value)
    return values


def _layers(target: bytes) -> list[str]:
    from pyogrio import list_layers

    try:
        with quiet("pyogrio"):
            listed = list_layers(target)
    except (RuntimeError, ValueError):
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("不是完整的 GeoPackage", "no complete GeoPackage")) from None
    names = [str(name) for name, geometry in listed if geometry is not None]
    if not names:
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("GeoPackage 里没有图层", "a GeoPackage without layers"))
    return names


def chosen_layer(layer: str | None, names: list[str]) -> str:
    if layer is None:
        if len(names) > 1:
            raise Refusal(ShapeError.LAYER_CHOOSE, found="、".join(names))
        return names[0]
    if layer not in names:
        raise Refusal(ShapeError.LAYER_MISSING, layer=layer, found="、".join(names))
    return layer


def _readable(name: str) -> str:
    """Chinese Windows packs names in GBK without saying so; zipfile then shows them as code page 437."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name

"""Shapefiles: a .shp with its companions, beside each other or in a zip. GDAL reads copies under names of our own."""

import os
import struct
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jingwei.formats.archives import check_archive, extract
from jingwei.formats.encodings import decide, decoder
from jingwei.formats.errors import FormatError
from jingwei.formats.findings import finding
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import MB, chunks
from jingwei.formats.vectors import MAX_BYTES, chosen_layer, read_by_gdal
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

_NEEDED = (".shp", ".shx", ".dbf")
_PARTS = (*_NEEDED, ".prj", ".cpg")
_LONGEST = 64 * 1024  # of a .prj or a .cpg
_Z, _M = range(11, 20), range(21, 32)  # kinds of shapes with heights and measures; 31: surfaces in space


@dataclass
class Parts:
    """One Shapefile: where its parts lie. `path`: beside each other, by suffix; `packed`: names in the zip `data`."""

    name: str
    path: dict[str, Path] = field(default_factory=dict)
    packed: dict[str, str] = field(default_factory=dict)
    data: bytes = b""

    @property
    def lacking(self) -> list[str]:
        return [suffix for suffix in _NEEDED if suffix not in self.path and suffix not in self.packed]


def beside(path: str | os.PathLike[str]) -> Parts:
    """A .shp with its companions beside it, whatever the case of their names."""
    shp = Path(path)
    found = Parts(shp.stem)
    for each in sorted(shp.parent.iterdir()):
        suffix = each.suffix.lower()
        if each.stem == shp.stem and suffix in _PARTS:
            found.path.setdefault(suffix, each)
    return found


def packed(data: bytes, limit: int = MAX_BYTES) -> dict[str, Parts]:
    """The Shapefiles of a zip by name. `limit`: bytes that all of it may unpack to."""
    found: dict[str, dict[str, str]] = {}
    for name in check_archive(data, max_bytes=limit):
        stem, suffix = os.path.splitext(_readable(name))
        base = stem.replace("\\", "/").rsplit("/", 1)[-1]
        # "._x.shp" is what macOS adds to every archive
        if suffix.lower() in _PARTS and not base.startswith("._"):
            found.setdefault(stem, {})[suffix.lower()] = name
    held = {stem: members for stem, members in found.items() if ".shp" in members}
    if not held:
        raise Refusal(ShapeError.LAYER_KIND, found=Words("不含 .shp 的压缩包", "a zip without a .shp"))
    short = [stem.replace("\\", "/").rsplit("/", 1)[-1] for stem in held]
    # two folders may hold equal names: then only the whole paths tell them apart
    names = short if len(set(short)) == len(short) else list(held)
    return {name: Parts(name, packed=members, data=data) for name, members in zip(names, held.values(), strict=True)}


def choose(shapefiles: Mapping[str, Parts], layer: str | None) -> Parts:
    return shapefiles[chosen_layer(layer, list(shapefiles))]


def read_shapefile(parts: Parts, *, encoding: str = "", most: int | None = None) -> RawLayer:
    """`encoding`: of its texts, believed. `most`: features to read; `RawLayer.count` has all of them."""
    if parts.lacking:
        raise Refusal(ShapeError.LAYER_PART_MISSING, parts="、".join(parts.lacking))
    with tempfile.TemporaryDirectory(prefix="jingwei-") as folder:
        # an ASCII name: GDAL does not find Chinese ones in every zip. The .prj is read by pyproj, the .cpg below
        for suffix in _NEEDED:
            _put(parts, suffix, Path(folder) / f"layer{suffix}")
        # read as Latin-1 every byte comes through unharmed, and the texts are decoded by us
        raw = read_by_gdal(str(Path(folder) / "layer.shp"), most=most, encoding="ISO-8859-1")
        head = _head(Path(folder) / "layer.shp", 100)
        raw.count = _counted(Path(folder) / "layer.shx")
        language = _head(Path(folder) / "layer.dbf", 30)[29:30]
    raw.kind, raw.name = "shapefile", parts.name
    raw.crs = _text(parts, ".prj").decode("utf-8", "replace").strip(" \r\n\t\x00\ufeff")
    raw.box = _box(head)
    if not raw.remarks and len(head) >= 36 and struct.unpack("<i", head[32:36])[0] in (*_Z, *_M):
        raw.remarks.append(finding(ShapeError.HEIGHTS_LEFT_OUT))
    _decode(raw, _text(parts, ".cpg").decode("ascii", "ignore"), language[0] if language else 0, encoding)
    return raw


def _put(parts: Parts, suffix: str, place: Path) -> None:
    if suffix in parts.packed:
        extract(parts.data, parts.packed[suffix], place, MAX_BYTES)
        return
    source = parts.path[suffix]
    if source.stat().st_size > MAX_BYTES:
        raise Refusal(FormatError.FILE_TOO_LARGE, limit_mb=MAX_BYTES // MB)
    place.symlink_to(source.absolute())


def _text(parts: Parts, suffix: str) -> bytes:
    if suffix in parts.packed:
        with tempfile.TemporaryDirectory(prefix="jingwei-") as folder:
            extract(parts.data, parts.packed[suffix], Path(folder) / "part", MAX_BYTES)
            return _head(Path(folder) / "part", _LONGEST)
    return next(chunks(parts.path[suffix], MAX_BYTES), b"")[:_LONGEST] if suffix in parts.path else b""


def _head(path: Path, size: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(size)


def _counted(shx: Path) -> int:
    return max(0, (shx.stat().st_size - 100) // 8)


def _box(head: bytes) -> tuple[float, float, float, float] | None:
    if len(head) < 68:
        return None
    west, south, east, north = struct.unpack("<4d", head[36:68])
    return (west, south, east, north) if west <= east and south <= north else None


def _decode(raw: RawLayer, cpg: str, language: int, said: str) -> None:
    texts = {value for row in raw.properties for value in row.values() if isinstance(value, str)}
    raw.encoding = encoding = decide([text.encode("latin-1") for text in {*texts, *raw.fields}], cpg=cpg, language=language,
                                     said=said)
    if not encoding.codec:
        return
    decode = decoder(encoding)
    decoded = {text: decode(text) for text in {*texts, *raw.fields}}
    raw.fields = tuple(decoded[name] for name in raw.fields)
    raw.properties = [
        dict(zip(raw.fields, (decoded[v] if isinstance(v, str) else v for v in row.values()), strict=True))
        for row in raw.properties
    ]
    sample = max((decoded[text] for text in texts if not text.isascii()), key=len, default="")[:20]
    if encoding.stated:
        raw.remarks.append(finding(FormatError.ENCODING_OTHER, stated=encoding.stated, name=encoding.name, sample=sample))
    elif encoding.sure == "no":
        raw.remarks.append(finding(FormatError.ENCODING_DOUBTFUL, name=encoding.name, sample=sample))


def _readable(name: str) -> str:
    """Chinese Windows packs names in GBK without saying so; zipfile then shows them as code page 437."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name

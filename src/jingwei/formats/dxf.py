"""DXF drawings through GDAL: the drawing's own layers are layers, texts and blocks are counted and left out.

A drawing knows no coordinate system and no fields: a feature has the name of its layer and its handle.
"""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingwei.formats.encodings import Encoding, decide, decoder
from jingwei.formats.findings import Finding, finding
from jingwei.formats.quiet import quiet
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import MB, Source, bound, whole
from jingwei.formats.vectors import chosen_layer, shapes_of
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_DXF = 256 * MB
MOST = 1_000_000  # things drawn; one block of a few bytes may stand for any number of them
_HEAD = 64 * 1024
_BEGINS = re.compile(rb"(?:\s*999\r?\n[^\n]*\n)*\s*0\r?\n\s*SECTION\r?\n")
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+(\S+)")
_VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d{4})")
_ESCAPED = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_UNICODE_SINCE = 1021  # AutoCAD 2007


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a drawing holds, by the names of its layers."""

    layers: dict[str, RawLayer]

    def one(self, layer: str | None) -> RawLayer:
        return self.layers[chosen_layer(layer, list(self.layers))]


def is_dxf(head: bytes) -> bool:
    return _BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def refuse_relatives(head: bytes) -> None:
    """DWG and binary DXF hold the same and are not read: said so, with the way out."""
    if head.startswith(b"AutoCAD Binary DXF"):
        raise Refusal(ShapeError.DRAWING_KIND, found=Words("二进制 DXF", "a binary DXF"))
    if re.match(rb"AC10\d\d\x00", head) or re.match(rb"AC10\d\d[^\r\n]{2}", head):
        raise Refusal(ShapeError.DRAWING_KIND, found="DWG")


def read_drawing(source: Source, *, encoding: str = "") -> Drawing:
    """Every layer of the drawing that holds a line, an area or a point."""
    data = whole(source, bound(source, MAX_DXF)).removeprefix(b"\xef\xbb\xbf")
    columns, geometries = _read(data)
    if len(geometries) > MOST:
        raise Refusal(ShapeError.TOO_MANY_FEATURES, most=f"{MOST:,}")
    found = _encoding(data, columns["Layer"], encoding)
    names = _decoded(columns["Layer"], found)
    shapes, findings = shapes_of(geometries)
    grouped: dict[str, list[int]] = {}
    left = [0, 0]
    for index, name in enumerate(names):
        word = _left_out(columns, index)
        if word is None:
            grouped.setdefault(name, []).append(index)
        else:
            left[word] += 1
    if not grouped:
        raise Refusal(ShapeError.DRAWING_EMPTY, texts=left[0], blocks=left[1])
    return Drawing({name: RawLayer(
        kind="dxf", name=name, crs="", fields=("Layer", "EntityHandle"), shapes=shapes[members],
        properties=[{"Layer": name, "EntityHandle": columns["EntityHandle"][index]} for index in members],
        findings=[findings[index] for index in members], encoding=found, remarks=_remarks(*left),
    ) for name, members in grouped.items()})


def closed_as_polygons(shapes: "NDArray[np.object_]") -> "NDArray[np.object_]":
    """Closed lines as the areas they go around; all else as it is."""
    from shapely import Polygon

    made = shapes.copy()
    for index in closed_lines(shapes):
        made[index] = Polygon(shapes[index])
    return made


def closed_lines(shapes: "NDArray[np.object_]") -> "NDArray[np.intp]":
    """Which of the shapes are lines that come back to where they began and go around something."""
    from shapely import get_num_points, get_type_id, is_closed

    found: NDArray[np.intp] = ((get_type_id(shapes) == 1) & is_closed(shapes) & (get_num_points(shapes) > 3)).nonzero()[0]
    return found


def _read(data: bytes) -> tuple[dict[str, Any], Any]:
    import numpy as np
    import pyogrio
    from pyogrio.raw import read

    # blocks in blocks in blocks would be drawn out to any number of lines: as points they cost nothing
    pyogrio.set_gdal_config_options({"DXF_INLINE_BLOCKS": "FALSE"})
    # read as Latin-1 every byte comes through unharmed; what the head says of a code page is looked at by us
    plain = data[:_HEAD].replace(b"$DWGCODEPAGE", b"$DWGCODEPAGX") + data[_HEAD:]
    with tempfile.TemporaryDirectory(prefix="jingwei-") as folder:
        path = Path(folder) / "drawing.dxf"  # GDAL goes by the suffix too
        path.write_bytes(plain)
        try:
            with quiet("pyogrio"):
                meta, _, geometries, columns = read(str(path), layer="entities", force_2d=True, max_features=MOST + 1)
        except (RuntimeError, ValueError, LookupError, OverflowError, NameError):
            raise Refusal(ShapeError.LAYER_BROKEN, why=Words("制图程序库读不出这份 DXF", "the map library cannot read the DXF")) from None
    if geometries is None:
        geometries = np.empty(0, dtype=object)
    return dict(zip(meta["fields"], columns, strict=True)), geometries


def _left_out(columns: dict[str, Any], index: int) -> int | None:
    """0 for a text, 1 for a block, None for what is taken."""
    classes = columns["SubClasses"][index] or ""
    if columns["Text"][index] is not None or "Text" in classes:
        return 0
    block = columns.get("BlockName")
    return 1 if (block is not None and block[index] is not None) or "AcDbBlockReference" in classes else None


def _encoding(data: bytes, names: Any, said: str) -> Encoding:
    version, page = _VERSION.search(data[:_HEAD]), _CODE_PAGE.search(data[:_HEAD])
    stated = "utf-8" if version and int(version[1]) >= _UNICODE_SINCE else (page[1].decode("ascii", "ignore") if page else "")
    found = decide({name.encode("latin-1") for name in names if name}, cpg=stated, said=said)
    words = {
        "yes": Words("图纸写明，内容相符", "the drawing says so, and the texts fit"),
        "likely": Words("图纸没有写明，试读得出", "the drawing does not say; read by trial"),
        "no": Words("图纸没有写明或写错，没有把握", "the drawing does not say, or wrongly; doubtful")}
    return found if said or not found.codec else Encoding(found.codec, found.sure, words[found.sure])


def _decoded(names: Any, encoding: Encoding) -> list[str]:
    decode = decoder(encoding)
    known = {name: _ESCAPED.sub(lambda each: chr(int(each[1], 16)), decode(name)) for name in set(names) if name}
    return [known.get(name, "0") for name in names]


def _remarks(texts: int, blocks: int) -> list[Finding]:
    remarks = [finding(ShapeError.TEXTS_LEFT_OUT, count=texts)] if texts else []
    return [*remarks, finding(ShapeError.BLOCKS_LEFT_OUT, count=blocks)] if blocks else remarks

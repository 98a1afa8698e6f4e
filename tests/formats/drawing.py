"""DXF drawings in plain text, as a drawing program would save them."""

from collections.abc import Iterable

Pairs = list[tuple[int, object]]


def polyline(layer: str, places: Iterable[tuple[float, float]], *, closed: bool = False, handle: str = "") -> Pairs:
    corners = [pair for x, y in places for pair in ((10, x), (20, y))]
    return [(0, "LWPOLYLINE"), *([(5, handle)] if handle else []), (100, "AcDbEntity"), (8, layer), (100, "AcDbPolyline"), (90, len(corners) // 2),
            (70, int(closed)), *corners]


def text(layer: str, words: str) -> Pairs:
    return [(0, "TEXT"), (8, layer), (10, 1.0), (20, 1.0), (40, 2.5), (1, words)]


def block(layer: str, name: str = "TREE", *, columns: int = 1, rows: int = 1) -> Pairs:
    return [(0, "INSERT"), (8, layer), (2, name), (10, 0.0), (20, 0.0), (70, columns), (71, rows), (44, 1.0), (45, 1.0)]


def point(layer: str, x: float, y: float) -> Pairs:
    return [(0, "POINT"), (8, layer), (10, x), (20, y)]


TREE: Pairs = [(0, "BLOCK"), (8, "0"), (2, "TREE"), (70, 0), (10, 0), (20, 0), (0, "LINE"), (8, "0"), (10, 0), (20, 0),
               (11, 1), (21, 1), (0, "ENDBLK"), (8, "0")]


def drawing(*drawn: Pairs, version: str = "AC1015", page: str | None = "ANSI_936", encoding: str = "gbk",
            blocks: Pairs = TREE) -> bytes:
    head: Pairs = [(9, "$ACADVER"), (1, version), *([(9, "$DWGCODEPAGE"), (3, page)] if page else [])]
    sections = (("HEADER", head), ("BLOCKS", blocks), ("ENTITIES", [pair for each in drawn for pair in each]))
    pairs: Pairs = []
    for name, content in sections:
        pairs += [(0, "SECTION"), (2, name), *content, (0, "ENDSEC")]
    return "".join(f"{code:>3}\n{value}\n" for code, value in [*pairs, (0, "EOF")]).encode(encoding)

"""The map of a ground as SVG, drawn by ourselves from the district's own layers: no tile, no font and no host of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import shapely

from jingwei.grids.base_layers import zoom_of
from jingwei.grids.papers.frames import Frame, fit
from jingwei.grids.papers.labels import Label, Sheet

_BUILDINGS_UP_TO = 16_000  # 1:n; smaller maps show none
_FIRST_STREETS = ((6_000, 14), (16_000, 13), (40_000, 12), (120_000, 11))  # up to 1:n, those shown from this zoom
_WIDTHS = {7: 1.9, 9: 1.8, 10: 1.6, 11: 1.3, 12: 1.0, 13: 0.7, 14: 0.4}  # millimetres by zoom
_LINE = "#0a5f68"
_STYLES = {  # colour, weight
    "grid": ("#0a5f68", 700), "unit": ("#06393f", 400), "street": ("#3a3a3a", 400), "water": ("#23628a", 400),
    "building": ("#6b6660", 400), "beside": ("#6f6f6f", 400)}


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area inside the outline. `label`: what stands in it."""

    label: str
    geometry: Any


@dataclass(frozen=True, slots=True)
class Thing:
    """A feature of the base map, or a neighbouring area."""

    name: str
    kind: str
    geometry: Any


@dataclass(slots=True)
class Ground:
    """What a map shows, in degrees. `grids`: with thick borders and bold names; `units`: with thin ones."""

    outline: Any
    grids: Sequence[Drawn] = ()
    units: Sequence[Drawn] = ()
    beside: Sequence[Thing] = ()
    layers: dict[str, Sequence[Thing]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picture:
    """`left_out`: labels of areas for which there was no room. `shows`: what the legend has to explain."""

    svg: str
    scale: int
    left_out: list[str]
    shows: list[str]
    labels: list[Label]


def frame_for(outline: Any, width: float, height: float) -> Frame:
    return fit(outline, width, height)


def layers_at(scale: int) -> tuple[tuple[str, ...], int]:
    """Which layers of the base map a scale has room for, and the zoom from which streets are shown."""
    zoom = next((zoom for most, zoom in _FIRST_STREETS if scale <= most), 10)
    return ("green", "water", "buildings", "streets") if scale <= _BUILDINGS_UP_TO else ("green", "water", "streets"), zoom


def draw(ground: Ground, frame: Frame, font: str) -> Picture:
    """The map in its frame, with scale bar and north arrow; labels never cover each other."""
    laid = _lay(ground, frame)
    sheet = Sheet(frame.width, frame.height)
    furniture = _scale_bar(frame, sheet) + _north(frame, sheet)
    left_out = _label(laid, sheet, frame)
    parts = [_surfaces(laid), _streets(laid), _borders(laid, frame), furniture, _words(sheet.labels)]
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:g} {frame.height:g}" '
           f'width="{frame.width:g}mm" height="{frame.height:g}mm" font-family="{escape(font)}"><rect width="100%" height="100%" fill="#fff"/>'
           f'{"".join(parts)}</svg>')
    return Picture(svg, frame.scale, left_out, _shown(laid), sheet.labels)


def _lay(ground: Ground, frame: Frame) -> Ground:
    window = (-3.0, -3.0, frame.width + 3, frame.height + 3)

    def place(things: Sequence[Any]) -> list[Any]:
        if not things:
            return []
        shapes = frame.laid(np.array([one.geometry for one in things], dtype=object))
        shapes = shapely.clip_by_rect(shapes, *window)
        return [(one, shape) for one, shape in zip(things, shapes.tolist(), strict=True) if not shape.is_empty]

    def areas(some: Sequence[Drawn]) -> list[Drawn]:
        return [Drawn(one.label, shape) for one, shape in place(some)]

    def features(some: Sequence[Thing]) -> list[Thing]:
        return [Thing(one.name, one.kind, shape) for one, shape in place(some)]

    return Ground(frame.laid(ground.outline), areas(ground.grids), areas(ground.units), features(ground.beside),
                  {layer: features(things) for layer, things in ground.layers.items()})


def _label(laid: Ground, sheet: Sheet, frame: Frame) -> list[str]:
    """In the order of what a reader looks for: grids, units, streets, waters, who is beside, buildings."""
    left_out = []
    for area in laid.grids:
        if not sheet.inside(area.geometry, area.label, "grid", (4.2, 3.6, 3.0, 2.6), within=False):
            left_out.append(area.label)
    for area in laid.units:
        fits = sheet.inside(area.geometry, area.label, "unit", (2.8, 2.4, 2.1, 1.8))
        if not (fits or sheet.inside(area.geometry, area.label, "unit", (1.8,), within=False)):
            left_out.append(area.label)
    window = shapely.box(1, 1, frame.width - 1, frame.height - 1)
    for name, lines, weight in _named_lines(laid.layers.get("streets", ()), window):
        sheet.along(lines, name, "street", 2.6 if weight >= 1.0 else 2.2)
    for thing in laid.layers.get("water", ()):
        _label_water(sheet, thing, window)
    outside = window.difference(laid.outline)
    for thing in laid.beside:
        sheet.inside(shapely.intersection(thing.geometry, outside), thing.name, "beside", (3.0, 2.5))
    for thing in laid.layers.get("buildings", ()):
        if thing.name and laid.outline.intersects(thing.geometry):
            sheet.inside(thing.geometry.buffer(0.6), thing.name, "building", (2.0, 1.8))
    return left_out


def _named_lines(streets: Iterable[Thing], window: Any) -> list[tuple[str, list[Any], float]]:
    """Every name with its merged lines in the window, the widest streets first."""
    by_name: dict[str, list[Any]] = {}
    widest: dict[str, float] = {}
    for thing in streets:
        if thing.name:
            by_name.setdefault(thing.name, []).append(thing.geometry)
            widest[thing.name] = max(widest.get(thing.name, 0.0), _width(thing))
    found = []
    for name, shapes in by_name.items():
        seen = shapely.intersection(shapely.union_all(shapes), window)
        lines = [part for part in shapely.get_parts(shapely.line_merge(shapely.simplify(seen, 0.1))).tolist()
                 if part.geom_type == "LineString" and part.length > 0]
        if lines:
            found.append((name, lines, widest[name]))
    return sorted(found, key=lambda one: (-one[2], one[0]))


def _label_water(sheet: Sheet, thing: Thing, window: Any) -> None:
    if not thing.name:
        return
    seen = shapely.intersection(thing.geometry, window)
    if "Line" in seen.geom_type:
        sheet.along([part for part in shapely.get_parts(seen).tolist() if part.geom_type == "LineString"], thing.name, "water", 2.4)
    elif not seen.is_empty:
        sheet.inside(seen, thing.name, "water", (3.0, 2.4, 2.0))


def _surfaces(laid: Ground) -> str:
    water = laid.layers.get("water", ())
    lines = [thing.geometry for thing in water if "Line" in thing.geometry.geom_type]
    surfaces = [thing.geometry for thing in water if "Line" not in thing.geometry.geom_type]
    return "".join((
        _path([thing.geometry for thing in laid.layers.get("green", ())], fill="#dfecd9"),
        _path(surfaces, fill="#cfe2ee"), _path(lines, stroke="#a9cbe0", width=0.6),
        _path([thing.geometry for thing in laid.layers.get("buildings", ())], fill="#e2ded8", stroke="#bdb7ae", width=0.08)))


def _streets(laid: Ground) -> str:
    """Wide ones white between two edges, narrow ones a grey line; edges first, so that crossings are open."""
    by_width: dict[float, list[Any]] = {}
    for thing in laid.layers.get("streets", ()):
        by_width.setdefault(_width(thing), []).append(thing.geometry)
    edges = [_path(shapes, stroke="#b4b4b4", width=width + 0.24 if width > 0.5 else width)
             for width, shapes in sorted(by_width.items())]
    cores = [_path(shapes, stroke="#ffffff", width=width) for width, shapes in sorted(by_width.items()) if width > 0.5]
    return "".join(edges + cores)


def _borders(laid: Ground, frame: Frame) -> str:
    sheet = shapely.box(-3, -3, frame.width + 3, frame.height + 3)
    return "".join((
        _path([shapely.difference(sheet, laid.outline)], fill="#ffffff", opacity=0.55),
        _path([thing.geometry for thing in laid.beside], stroke="#8c8c8c", width=0.2, dash="1.2 0.8"),
        _path([area.geometry for area in laid.units], stroke=_LINE, width=0.22),
        _path([area.geometry for area in laid.grids], stroke=_LINE, width=0.55),
        _path([laid.outline], stroke=_LINE, width=1.0)))


def _words(labels: Sequence[Label]) -> str:
    """Each with a white edge, so that it is read on any ground."""
    drawn = []
    for label in labels:
        colour, weight = _STYLES[label.kind]
        look = f'font-size="{label.size:g}" font-weight="{weight}" fill="{colour}"'
        drawn += [f'<text x="{x:.2f}" y="{y:.2f}" {look}{turn}>{escape(text)}</text>' for text, x, y, turn in _signs(label)]
    return (f'<g text-anchor="middle" stroke="#fff" stroke-width="0.6" stroke-linejoin="round" '
            f'paint-order="stroke">{"".join(drawn)}</g>') if drawn else ""


def _signs(label: Label) -> list[tuple[str, float, float, str]]:
    base = label.size * 0.36  # from the middle of a line down to where its signs stand
    if not label.stacked:
        turn = f' transform="rotate({label.angle:.1f} {label.x:.2f} {label.y:.2f})"' if abs(label.angle) > 0.05 else ""
        return [(label.text, label.x, label.y + base, turn)]
    step_x, step_y = np.cos(np.radians(label.angle)) * label.size, np.sin(np.radians(label.angle)) * label.size
    first = -(len(label.text) - 1) / 2
    return [(sign, label.x + step_x * (first + place), label.y + step_y * (first + place) + base, "")
            for place, sign in enumerate(label.text)]


def _scale_bar(frame: Frame, sheet: Sheet) -> str:
    metres, long = frame.bar()
    x, y = 4.0, frame.height - 5.0
    sheet.reserve(x - 2.5, y - 6.5, x + long + 14, y + 3)
    said = f"{metres / 1000:g} 公里" if metres >= 1000 else f"{metres} 米"
    half = long / 2
    return (f'<g font-size="2.6" fill="#222"><rect x="{x - 2:g}" y="{y - 6:g}" width="{long + 15:.2f}" '
            f'height="8.5" fill="#fff" fill-opacity="0.85"/><rect x="{x:g}" y="{y - 1:g}" width="{half:.2f}" height="1" fill="#222"/>'
            f'<rect x="{x:g}" y="{y - 1:g}" width="{long:.2f}" height="1" fill="none" stroke="#222" stroke-width="0.2"/>'
            f'<text x="{x:g}" y="{y - 2:g}">0</text><text x="{x + long:.2f}" y="{y - 2:g}" text-anchor="middle">{said}</text></g>')


def _north(frame: Frame, sheet: Sheet) -> str:
    x, y = frame.width - 9.0, 4.0
    sheet.reserve(x - 5, 0, frame.width, y + 16)
    return (f'<g><circle cx="{x:g}" cy="{y + 6:g}" r="6.6" fill="#fff" fill-opacity="0.85"/>'
            f'<path d="M{x:g} {y:g}l3 11l-3 -2.4l-3 2.4z" fill="#222"/>'
            f'<text x="{x:g}" y="{y + 15:g}" font-size="3.4" text-anchor="middle" '
            f'font-weight="700" fill="#222">北</text></g>')


def _shown(laid: Ground) -> list[str]:
    layers = [layer for layer in ("streets", "water", "green", "buildings") if laid.layers.get(layer)]
    return [*(["grids"] if laid.grids else []), *(["units"] if laid.units else []), *(["beside"] if laid.beside else []), *layers]


def _width(thing: Thing) -> float:
    return _WIDTHS.get(zoom_of("streets", thing.kind, ()), 0.7)


def _path(shapes: Sequence[Any], *, fill: str = "none", stroke: str = "none", width: float = 0.0, opacity: float = 1.0,
          dash: str = "") -> str:
    data = "".join(_ring(ring, closed) for shape in shapes for ring, closed in _rings(shape))
    if not data:
        return ""
    look = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    look += f' stroke-dasharray="{dash}"' if dash else ""
    look += f' stroke-width="{width:g}" stroke-linejoin="round" stroke-linecap="round"' if stroke != "none" else ""
    return f'<path d="{data}" fill="{fill}" stroke="{stroke}" fill-rule="evenodd"{look}/>'


def _rings(shape: Any) -> list[tuple[Any, bool]]:
    found: list[tuple[Any, bool]] = []
    for part in shapely.get_parts(shapely.simplify(shape, 0.03)).tolist():
        if part.geom_type == "Polygon":
            found += [(part.exterior, True), *((hole, True) for hole in part.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            found.append((part, False))
    return found


def _ring(ring: Any, closed: bool) -> str:
    points = shapely.get_coordinates(ring)
    if len(points) < 2:
        return ""
    text = "L".join(f"{x:.2f} {y:.2f}" for x, y in points.tolist())
    return f"M{text}{'Z' if closed else ''}"

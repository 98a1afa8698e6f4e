"""A picture of the demonstration district as SVG text: pure, the same bytes for the same district and cases.

One unit is one metre; north is up. Quiet greys, greens and blue below, borders by level above, cases as shapes that
can be told apart without their colour.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from jingwei.cli.demo.district import District, Feature, make_district
from jingwei.cli.demo.people import make_people
from jingwei.cli.demo.plots import Act
from jingwei.cli.demo.projection import Points, metres
from jingwei.cli.demo.stories import Story, make_stories

Shapes = npt.NDArray[np.object_]

_MARGIN = 90        # metres around the district
_FOOT = 250         # metres below it, for legend and scale
_DAY = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)    # a Friday morning there: the picture of the documents

_STYLE = """
text{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;fill:#2d3436}
.halo{paint-order:stroke;stroke:#fff;stroke-width:9;stroke-linejoin:round;stroke-opacity:.85}
.land{fill:#edece7}.water{fill:#bfd8e2}.green{fill:#d6e5cd}.field{fill:#e6ead6}.house{fill:#cfccc5}
.street{fill:none;stroke:#fff;stroke-linejoin:round;stroke-linecap:round}
.unit{fill:none;stroke:#a3a8a4;stroke-width:2}.grid{fill:none;stroke:#7c8a87;stroke-width:4.5}
.community{fill:none;stroke:#4d6b69;stroke-width:9;stroke-linejoin:round}
.town,.county{fill:none;stroke:#2d3f3f;stroke-width:14;stroke-linejoin:round}.town{stroke-dasharray:46 16 10 16}
"""
# state → name, shape around the origin; in the order in which they are drawn, the most urgent on top
_STATES = {
    "closed": ("已办结", '<path d="M-9 0l6 8 12-15" fill="none" stroke="#7d8788" stroke-width="5"/>'),
    "suspended": ("已挂账", ('<circle r="15" fill="#fff" stroke="#5f6b6d" stroke-width="4"/>'
                             '<path d="M-5-7V7M5-7V7" stroke="#5f6b6d" stroke-width="5"/>')),
    "in_time": ("在办，未到期", '<circle r="14" fill="#2b7a4b" stroke="#fff" stroke-width="4"/>'),
    "soon": ("在办，将到期", ('<circle r="14" fill="#fff" stroke="#a05a00" stroke-width="5"/>'
                              '<path d="M0-14A14 14 0 0 1 0 14z" fill="#a05a00"/>')),
    "late": ("在办，已超期", '<circle r="15" fill="#fff" stroke="#b3261e" stroke-width="8"/>'),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A case. `state`: in_time | soon | late | suspended | closed."""

    lon: float
    lat: float
    state: str


def district_svg(seed: int = 1) -> str:
    """The picture of the documents: the district of a seed with its cases on a fixed day."""
    district = make_district(seed)
    people = make_people(district, seed, _DAY.date())
    return draw(district, [dot_of(story) for story in make_stories(district, people, seed, _DAY)])


def dot_of(story: Story) -> Dot:
    """Where a story happens and how it stands at its end."""
    told = story.steps[0].args
    state = "late" if story.late else "in_time"
    if story.steps[-1].action is Act.SUSPEND:
        state = "suspended"
    return Dot(told["lon"], told["lat"], state if story.open else "closed")


def draw(district: District, dots: Sequence[Dot]) -> str:
    """The district with its cases; under 250 kB."""
    layers = district.layers()
    county = next(area.geometry for area in district.areas if area.level == "county")
    frame = _Frame(metres(county))
    places = frame.points([(dot.lon, dot.lat) for dot in dots])
    parts = [*_ground(layers, frame), *_streets(layers["streets"], frame), *_borders(district, county, frame),
             *_roads(layers["streets"], frame), *_cases(dots, places), *_names(layers, places, frame),
             *_foot(dots, frame)]
    counted = "，".join(f"{len(layers[row])} 个{word}" for row, word in (
        ("communities", "社区（村）"), ("responsibility_grids", "责任网格"), ("unit_grids", "单元网格")))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" role="img">',
        f'<title>示例区（虚构）</title><desc>{counted}；案件 {len(dots)} 件。</desc>',
        f"<style>{_STYLE}</style>", f'<rect width="{frame.width}" height="{frame.height}" fill="#fff"/>',
        *parts, "</svg>", ""])


class _Frame:
    """From metres around the district's centre to the picture's whole units, downwards."""

    def __init__(self, outline: Any) -> None:
        west, south, east, north = (float(side) for side in shapely.bounds(outline))
        self._origin = np.array([west - _MARGIN, north + _MARGIN])
        self.width = round(east - west) + 2 * _MARGIN
        self.floor = round(north - south) + 2 * _MARGIN
        self.height = self.floor + _FOOT

    def place(self, geometries: Any) -> Any:
        """Geometries in degrees as those of the picture, not yet rounded."""
        return shapely.transform(metres(geometries), self._turned)

    def points(self, lonlat: Sequence[tuple[float, float]]) -> Points:
        return np.asarray(shapely.get_coordinates(self.place(shapely.points(np.array(lonlat).reshape(-1, 2)))))

    def _turned(self, points: Points) -> Points:
        return np.asarray(np.abs(points - self._origin))


def _ground(layers: Mapping[str, Sequence[Feature]], frame: _Frame) -> list[str]:
    land = frame.place(shapely.union_all(_shapes(layers["communities"])))
    fields = [row.geometry for row in layers["unit_grids"] if row.properties["land_use"] == "农田"]
    houses = shapely.simplify(frame.place(_shapes(layers["buildings"])), 0.8)
    return [
        _filled("land", [land]),
        _filled("field", shapely.get_parts(frame.place(shapely.union_all(np.array(fields))))),
        _filled("green", shapely.simplify(frame.place(_shapes(layers["green"])), 1)),
        _filled("water", shapely.simplify(frame.place(_shapes(layers["water"])), 1)),
        _filled("house", houses),
    ]


def _streets(rows: Sequence[Feature], frame: _Frame) -> list[str]:
    """One path for each width, the narrow ones below; a bridge has its railings."""
    widths = sorted({row.properties["width_m"] for row in rows})
    parts = []
    for width in widths:
        lines = _shapes([row for row in rows if row.properties["width_m"] == width and not row.properties["bridge"]])
        parts.append(f'<path class="street" stroke-width="{max(width, 5):g}" d="{_lines(_thin(lines, frame))}"/>')
    bridges = [row for row in rows if row.properties["bridge"]]
    d = _lines(_thin(_shapes(bridges), frame))
    width = max(row.properties["width_m"] for row in bridges)
    parts += [f'<path class="street" style="stroke:{colour};stroke-linecap:butt" stroke-width="{width + more:g}" d="{d}"/>'
              for colour, more in (("#a9b2b1", 8), ("#fff", 0))]
    return parts


def _thin(lines: Shapes, frame: _Frame) -> Shapes:
    merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(frame.place(lines))))
    return np.asarray(shapely.simplify(shapely.get_parts(merged), 1.5))


def _borders(district: District, county: Any, frame: _Frame) -> list[str]:
    """Every border once, in the line of the highest level that it divides."""
    towns = np.array([area.geometry for area in district.areas if area.level in {"street", "town"}])
    layers = district.layers()
    drawn = shapely.boundary(county)
    parts = [f'<path class="county" d="{_lines(shapely.get_parts(frame.place(drawn)))}"/>']
    for name, shapes in (("town", towns), ("community", _shapes(layers["communities"])),
                         ("grid", _shapes(layers["responsibility_grids"])), ("unit", _shapes(layers["unit_grids"]))):
        lines = shapely.union_all(shapely.boundary(shapes))
        own = shapely.line_merge(shapely.difference(lines, drawn))
        parts.append(f'<path class="{name}" d="{_lines(shapely.simplify(shapely.get_parts(frame.place(own)), 1))}"/>')
        drawn = shapely.union(drawn, lines)
    return parts[::-1]


def _roads(rows: Sequence[Feature], frame: _Frame) -> list[str]:
    """The names of the arterial roads along them, near the beginning and near the end."""
    parts = []
    names = sorted({row.properties["name"] for row in rows if row.properties["level"] == 1})
    for number, name in enumerate(names):
        own = _shapes([row for row in rows if row.properties["name"] == name])
        line = shapely.simplify(shapely.line_merge(shapely.union_all(frame.place(own))), 12)
        points = shapely.get_coordinates(line)
        if points[0].sum() > points[-1].sum():
            line = shapely.reverse(line)
        parts.append(f'<path id="road{number}" d="{_way(line, closed=False)}" fill="none"/>')
        parts += [f'<text class="halo" font-size="38" letter-spacing="14" dy="-16"><textPath href="#road{number}" '
                  f'startOffset="{share}%">{name}</textPath></text>' for share in (12, 80)]
    return parts


def _names(layers: Mapping[str, Sequence[Feature]], places: Points, frame: _Frame) -> list[str]:
    """Communities near the middle of their largest piece, where they cover the fewest cases."""
    parts = []
    for row in layers["communities"]:
        name = row.properties["name"]
        largest = max(shapely.get_parts(frame.place(row.geometry)), key=shapely.area)
        middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=5))[0]
        reach = np.array([27 * len(name) + 20, 48])
        ways = [np.array([x, y]) for y in (0, 80, -80, 160, -160) for x in (0, 90, -90)]
        covered = [int((np.abs(places - middle - way) < reach).all(axis=1).sum()) for way in ways]
        x, y = middle + ways[covered.index(min(covered))]
        parts.append(_text(x, y + 18, name, 54, 'class="halo" font-weight="600" text-anchor="middle"'))
    return parts


def _cases(dots: Sequence[Dot], places: Points) -> list[str]:
    order = list(_STATES)
    shown = sorted(zip(dots, places.round().astype(int).tolist(), strict=True),
                   key=lambda pair: (order.index(pair[0].state), pair[1]))
    return ["<defs>" + "".join(f'<g id="{state}">{shape}</g>' for state, (_, shape) in _STATES.items()) + "</defs>",
            *(f'<use href="#{dot.state}" x="{x}" y="{y}"/>' for dot, (x, y) in shown)]


def _foot(dots: Sequence[Dot], frame: _Frame) -> list[str]:
    """Legend of the borders and of the cases that occur, scale and north."""
    top, left, step = frame.floor + 30, _MARGIN, 520
    parts = [_text(left, top, "示例区（虚构，不在任何一省）", 60, 'font-weight="600"')]
    lines = [("town", "街道、镇界"), ("community", "社区、村界"), ("grid", "责任网格"), ("unit", "单元网格")]
    for number, (name, word) in enumerate(lines):
        x = left + number * step
        parts += [f'<path class="{name}" d="M{x} {top + 74}h74"/>', _text(x + 90, top + 90, word, 44)]
    held = {dot.state for dot in dots}
    for number, (state, (word, _)) in enumerate((s, w) for s, w in reversed(_STATES.items()) if s in held):
        x = left + number * step
        parts += [f'<use href="#{state}" x="{x + 34}" y="{top + 154}"/>', _text(x + 90, top + 170, word, 44)]
    x = frame.width - _MARGIN - 500
    parts += [f'<path d="M{x} {top + 58}v16h500v-16" fill="none" stroke="#2d3436" stroke-width="5"/>',
              _text(x + 250, top + 46, "500 米", 44, 'text-anchor="middle"'),
              f'<path d="M{x + 470} {top - 76}l26 66-26-16-26 16z" fill="#2d3436"/>',
              _text(x + 414, top - 14, "北", 44, 'text-anchor="middle"')]
    return parts


def _text(x: float, y: float, words: str, size: int, more: str = "") -> str:
    return f'<text x="{round(x)}" y="{round(y)}" font-size="{size}" {more}>{words}</text>'


def _shapes(rows: Sequence[Feature]) -> Shapes:
    return np.array([row.geometry for row in rows])


def _filled(name: str, polygons: Iterable[Any]) -> str:
    rings = [ring for polygon in shapely.get_parts(list(polygons)) for ring in (polygon.exterior, *polygon.interiors)]
    return f'<path class="{name}" fill-rule="evenodd" d="{"".join(_way(ring, closed=True) for ring in rings)}"/>'


def _lines(lines: Iterable[Any]) -> str:
    return "".join(_way(line, closed=False) for line in lines)


def _way(line: Any, *, closed: bool) -> str:
    """Whole units, each point told from the one before; what shrinks to a point is left out."""
    points = shapely.get_coordinates(line).round().astype(int)
    if closed:
        points = points[:-1]
    moves = np.diff(points, axis=0)
    moves = moves[moves.any(axis=1)]
    if len(moves) < 1 + closed:
        return ""
    told = " ".join(f"{x} {y}" for x, y in moves.tolist()).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{told}{'z' if closed else ''}"

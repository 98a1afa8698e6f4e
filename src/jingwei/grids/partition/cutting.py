"""Cuts pieces that are too large along straight lines that avoid buildings.

A direction is tried at the places where it passes between the buildings; of all places the one is taken that cuts the
fewest buildings, leaves pieces of a fitting size, and is short and square to the borders it ends on.
"""

import numpy as np

from jingwei.grids.partition.compiled import Flags, Floats, Whole, compiled

_TRIES, _STEPS, _FINE = 30, 7, 40
_MORE = 24     # directions tried besides, where each likely one cuts a building
_ALIKE = 0.06  # directions that differ by less are one


@compiled
def pieces_wanted(area: float, target: float, least: float, most: float) -> int:
    """Into how many pieces an area is best cut: as near to the target as can be, counted by ratio."""
    count = max(int(area / target), 1)
    if area / count > target * target / (area / (count + 1)):
        count += 1
    while area / count > most:
        count += 1
    while count > 1 and area / count < least:
        count -= 1
    return count


@compiled
def cut_all(offsets: Whole, rings: Floats, closed: Flags, building_starts: Whole, buildings: Whole, corner_starts: Whole,
            corners: Floats, target: Floats, least: Floats, most: Floats, through: bool
            ) -> tuple[Floats, Floats, Whole, Whole, Whole]:
    """The lines that cut each ring down to size: x0, y0, x1, y1. Unless they may go `through` buildings: also the rings, all open, that
    no line cuts without meeting one, as points with the offsets at which they begin, and the buildings in each likewise.

    `closed`: of each side, from its point to the next, whether lines may end at its two ends only.
    `buildings`: indexes of those of each ring, which begin at `building_starts`; `corners` begin at `corner_starts`.
    """
    lines = np.empty((256, 4))
    count = 0
    left_rings, left_inside = [np.empty((0, 2))], [np.empty(0, np.int64)]
    for number in range(len(offsets) - 1):
        stack = [(rings[offsets[number]:offsets[number + 1]].copy(), closed[offsets[number]:offsets[number + 1]].copy(),
                  buildings[building_starts[number]:building_starts[number + 1]].copy())]
        while len(stack) > 0:
            ring, shut, inside = stack.pop()
            found, met, chord = _best_chord(ring, shut, inside, corner_starts, corners, target[number], least[number], most[number])
            if not found:
                continue
            if met > 0 and not through and not shut.any():
                left_rings.append(ring)
                left_inside.append(inside)
                continue
            if count == len(lines):
                lines = np.concatenate((lines, lines))
            lines[count] = chord[2], chord[3], chord[4], chord[5]
            count += 1
            for left in (True, False):
                part = _part(ring, chord, left)
                stack.append((part, _shut(shut, chord, left), _beside(inside, part, chord, corner_starts, corners)))
    ring_starts, inside_starts = np.zeros(len(left_rings), np.int64), np.zeros(len(left_rings), np.int64)
    for number in range(1, len(left_rings)):
        ring_starts[number] = ring_starts[number - 1] + len(left_rings[number])
        inside_starts[number] = inside_starts[number - 1] + len(left_inside[number])
    points, members = np.empty((ring_starts[-1], 2)), np.empty(inside_starts[-1], np.int64)
    for number in range(1, len(left_rings)):
        points[ring_starts[number - 1]:ring_starts[number]] = left_rings[number]
        members[inside_starts[number - 1]:inside_starts[number]] = left_inside[number]
    return lines[:count], points, ring_starts, members, inside_starts


@compiled
def _part(ring: Floats, chord: Floats, first: bool) -> Floats:
    """One of the two pieces: chord = edge i, edge j (i < j), then the point on i and the point on j."""
    i, j, count = int(chord[0]), int(chord[1]), len(ring)
    if first:
        part = np.empty((j - i + 2, 2))
        part[0, 0], part[0, 1] = chord[2], chord[3]
        part[1:j - i + 1] = ring[i + 1:j + 1]
        part[j - i + 1, 0], part[j - i + 1, 1] = chord[4], chord[5]
        return part
    part = np.empty((count - j + i + 2, 2))
    part[0, 0], part[0, 1] = chord[4], chord[5]
    part[1:count - j] = ring[j + 1:]
    part[count - j:count - j + i + 1] = ring[:i + 1]
    part[count - j + i + 1, 0], part[count - j + i + 1, 1] = chord[2], chord[3]
    return part


@compiled
def _shut(shut: Flags, chord: Floats, first: bool) -> Flags:
    """Of the sides of the same piece; the chord itself is open."""
    i, j, count = int(chord[0]), int(chord[1]), len(shut)
    if first:
        part = np.zeros(j - i + 2, np.bool_)
        part[:j - i + 1] = shut[i:j + 1]
        return part
    part = np.zeros(count - j + i + 2, np.bool_)
    part[:count - j] = shut[j:]
    part[count - j:count - j + i + 1] = shut[:i + 1]
    return part


@compiled
def _beside(inside: Whole, part: Floats, chord: Floats, corner_starts: Whole, corners: Floats) -> Whole:
    """The buildings of one of the two pieces; one that the chord cuts belongs to both. The chord's line says nothing beyond
    the chord: what lies on its other side may be around a bend of the same piece.
    """
    x0, y0, dx, dy = chord[2], chord[3], chord[4] - chord[2], chord[5] - chord[3]
    square = dx * dx + dy * dy
    kept, count = np.empty(len(inside), np.int64), 0
    for one in inside:
        low, high, before, behind = 1e300, -1e300, 1e300, -1e300
        for at in range(corner_starts[one], corner_starts[one + 1]):
            x, y = corners[at, 0] - x0, corners[at, 1] - y0
            low, high = min(low, dx * y - dy * x), max(high, dx * y - dy * x)
            before, behind = min(before, dx * x + dy * y), max(behind, dx * x + dy * y)
        first = corner_starts[one]
        if (low < 0 < high and behind > 0 and before < square) or _holds(part, corners[first, 0], corners[first, 1]):
            kept[count] = one
            count += 1
    return kept[:count].copy()


@compiled
def _holds(ring: Floats, x: float, y: float) -> bool:
    within = False
    for index in range(len(ring)):
        after = index + 1 if index + 1 < len(ring) else 0
        ay, by = ring[index, 1], ring[after, 1]
        if (ay > y) != (by > y) and x < ring[index, 0] + (y - ay) / (by - ay) * (ring[after, 0] - ring[index, 0]):
            within = not within
    return within


@compiled
def _directions(ring: Floats, inside: Whole, corner_starts: Whole, corners: Floats) -> Floats:
    """Angles worth trying: along the buildings, along most of the border, along its longest pieces; and square to these."""
    found, count = np.empty(14), 0
    long_x = long_y = 0.0
    lengths = np.empty(len(ring))
    for index in range(len(ring)):
        after = index + 1 if index + 1 < len(ring) else 0
        lengths[index], x, y = _fourfold(ring[after, 0] - ring[index, 0], ring[after, 1] - ring[index, 1])
        long_x += x
        long_y += y
    built_x = built_y = 0.0
    for one in inside:
        begin, end = corner_starts[one], corner_starts[one + 1]
        for at in range(begin, end):
            after = at + 1 if at + 1 < end else begin
            _, x, y = _fourfold(corners[after, 0] - corners[at, 0], corners[after, 1] - corners[at, 1])
            built_x += x
            built_y += y
    if built_x != 0.0 or built_y != 0.0:
        built = np.arctan2(built_y, built_x) / 4
        found[count], found[count + 1] = built, built + np.pi / 2
        count += 2
    main = np.arctan2(long_y, long_x) / 4
    found[count], found[count + 1] = main, main + np.pi / 2
    count += 2
    order = np.argsort(-lengths)
    for index in order[:4]:
        after = index + 1 if index + 1 < len(ring) else 0
        angle = np.arctan2(ring[after, 1] - ring[index, 1], ring[after, 0] - ring[index, 0])
        found[count], found[count + 1] = angle, angle + np.pi / 2
        count += 2
    kept = 0
    for index in range(count):
        fresh = True
        for other in range(kept):
            if abs(np.sin(found[index] - found[other])) < _ALIKE:
                fresh = False
                break
        if fresh:
            found[kept] = found[index]
            kept += 1
    return found[:kept].copy()


@compiled
def _fourfold(dx: float, dy: float) -> tuple[float, float, float]:
    """The length of a side, and this length at four times its angle, where all sides of a rectangle are one direction."""
    length = np.sqrt(dx * dx + dy * dy)
    if length == 0.0:
        return 0.0, 0.0, 0.0
    x, y = dx * dx - dy * dy, 2 * dx * dy
    return length, (x * x - y * y) / length ** 3, 2 * x * y / length ** 3


@compiled
def _places(low: float, high: float, wanted: float, starts: Floats, ends: Floats, steps: int) -> Floats:
    """Where along the normal to try a line: in the middle of every gap between buildings, and at even steps."""
    places, count = np.empty(_TRIES + steps), 0
    order = np.argsort(starts)
    reach = low - 1e12
    for index in range(len(order) + 1):
        begin = starts[order[index]] if index < len(order) else high + 1e12
        gap_low, gap_high = max(reach, low), min(begin, high)
        if gap_high - gap_low > 300 and count < _TRIES:
            if reach > low and begin < high and gap_high - gap_low < 40_000:
                places[count] = (gap_low + gap_high) / 2
            else:
                margin = min(3_000.0, (gap_high - gap_low) / 2)
                places[count] = min(max(wanted, gap_low + margin), gap_high - margin)
            count += 1
        if index < len(order):
            reach = max(reach, ends[order[index]])
    for step in range(steps):
        places[count] = low + (high - low) * (step + 0.5) / steps
        count += 1
    return places[:count].copy()


@compiled
def _sums(ring: Floats) -> tuple[Floats, Floats]:
    """Area of the fan from the first point, and length of border, up to each point."""
    count = len(ring)
    areas, rims = np.zeros(count + 1), np.zeros(count + 1)
    for index in range(count):
        after = index + 1 if index + 1 < count else 0
        areas[index + 1] = areas[index] + (
            (ring[index, 0] - ring[0, 0]) * (ring[after, 1] - ring[0, 1])
            - (ring[after, 0] - ring[0, 0]) * (ring[index, 1] - ring[0, 1])) / 2
        rims[index + 1] = rims[index] + np.hypot(ring[after, 0] - ring[index, 0], ring[after, 1] - ring[index, 1])
    return areas, rims


@compiled
def _turned(ring: Floats, inside: Whole, corner_starts: Whole, corners: Floats, c: float, s: float, u: Floats, v: Floats,
            low_u: Floats, high_u: Floats, low_v: Floats, high_v: Floats) -> None:
    """Fills in the ring across (u) and along (v) a direction, and the reach of each building."""
    for index in range(len(ring)):
        u[index], v[index] = ring[index, 0] * c + ring[index, 1] * s, ring[index, 1] * c - ring[index, 0] * s
    for index in range(len(inside)):
        one = inside[index]
        low_u[index], high_u[index], low_v[index], high_v[index] = 1e300, -1e300, 1e300, -1e300
        for at in range(corner_starts[one], corner_starts[one + 1]):
            bu, bv = corners[at, 0] * c + corners[at, 1] * s, corners[at, 1] * c - corners[at, 0] * s
            low_u[index], high_u[index] = min(low_u[index], bu), max(high_u[index], bu)
            low_v[index], high_v[index] = min(low_v[index], bv), max(high_v[index], bv)


@compiled
def _crossings(u: Floats, v: Floats, place: float, crossed: Whole, along: Floats) -> int:
    """How often the line at `place` crosses the ring; fills in the edges and where along the line, in the line's order."""
    number, after = 0, 0
    for index in range(len(u) - 1, -1, -1):
        if (u[index] > place) != (u[after] > place):
            where = v[index] + (place - u[index]) / (u[after] - u[index]) * (v[after] - v[index])
            slot = number
            while slot > 0 and along[slot - 1] > where:
                crossed[slot], along[slot] = crossed[slot - 1], along[slot - 1]
                slot -= 1
            crossed[slot], along[slot] = index, where
            number += 1
        after = index
    return number


@compiled
def _best_chord(ring: Floats, shut: Flags, inside: Whole, corner_starts: Whole, corners: Floats, target: float, least: float,
                most: float) -> tuple[bool, int, Floats]:
    best, worth_most = np.zeros(6), -1e300
    count = len(ring)
    areas, rims = _sums(ring)
    area, rim, smallest = areas[count], rims[count], least * 1.04
    if pieces_wanted(area, target, least, most) < 2 or area < 2 * smallest:
        return False, 0, best
    u, v = np.empty(count), np.empty(count)
    low_u, high_u, low_v, high_v = np.empty(len(inside)), np.empty(len(inside)), np.empty(len(inside)), np.empty(len(inside))
    crossed, along = np.empty(count, np.int64), np.empty(count)
    likely = _directions(ring, inside, corner_starts, corners)
    best_cut = 1_000_000
    for turn in range(len(likely) + _MORE):
        if turn == len(likely) and (best_cut == 0 or len(inside) == 0):
            break
        angle = likely[turn] if turn < len(likely) else np.pi * (turn - len(likely)) / _MORE
        c, s = np.cos(angle), np.sin(angle)
        _turned(ring, inside, corner_starts, corners, c, s, u, v, low_u, high_u, low_v, high_v)
        # no piece that is large enough lies nearer to either end
        margin = smallest / max(v.max() - v.min(), 1.0)
        low, high = u.min() + margin, u.max() - margin
        if low >= high:
            continue
        for place in _places(low, high, (low + high) / 2, low_u, high_u, _STEPS if turn < len(likely) else _FINE):
            number = _crossings(u, v, place, crossed, along)
            for pair in range(0, number - 1, 2):
                from_v, to_v = along[pair], along[pair + 1]
                i, j = crossed[pair], crossed[pair + 1]
                if i > j:
                    i, j, from_v, to_v = j, i, to_v, from_v
                px, py, qx, qy = place * c - from_v * s, place * s + from_v * c, place * c - to_v * s, place * s + to_v * c
                bent = shut[i] or shut[j]
                px, py = _nearer_end(ring, i, px, py) if shut[i] else (px, py)
                qx, qy = _nearer_end(ring, j, qx, qy) if shut[j] else (qx, qy)
                # fan from the ring's first point: the chord closes the piece that runs from i to j
                first = (areas[j] - areas[i + 1]
                         + _cross(px, py, ring[i + 1, 0], ring[i + 1, 1], ring[0, 0], ring[0, 1])
                         + _cross(ring[j, 0], ring[j, 1], qx, qy, ring[0, 0], ring[0, 1])
                         + _cross(qx, qy, px, py, ring[0, 0], ring[0, 1]))
                second = area - first
                if first < smallest or second < smallest:
                    continue
                length = np.hypot(qx - px, qy - py) if bent else abs(to_v - from_v)
                rim_one = (rims[j] - rims[i + 1] + length + np.hypot(px - ring[i + 1, 0], py - ring[i + 1, 1])
                           + np.hypot(qx - ring[j, 0], qy - ring[j, 1]))
                worth = (_roundness(first, second, rim_one, rim - rim_one + 2 * length)
                         - 0.25 * (_slant(ring, i, c, s) + _slant(ring, j, c, s)))
                if worth > worth_most:
                    worth -= 1.2 * (_misfit(first, target, least, most) + _misfit(second, target, least, most))
                if worth <= worth_most:  # what follows only takes away
                    continue
                cut, close = (
                    _met_between(px, py, qx, qy, inside, corner_starts, corners) if bent
                    else _met(place, min(from_v, to_v), max(from_v, to_v), low_u, high_u, low_v, high_v))
                worth -= 4.0 * cut + 0.2 * close
                if worth > worth_most and (cut == 0 or area > most) and (not bent or _free(ring, i, j, px, py, qx, qy)):
                    worth_most, best_cut = worth, cut
                    best[0], best[1], best[2], best[3], best[4], best[5] = i, j, px, py, qx, qy
    return worth_most > -1e299, best_cut, best


@compiled
def _roundness(first: float, second: float, rim_one: float, rim_two: float) -> float:
    """Of both pieces: 2 for two circles."""
    return float(12.566 * (first / rim_one ** 2 + second / rim_two ** 2))


@compiled
def _nearer_end(ring: Floats, side: int, x: float, y: float) -> tuple[float, float]:
    after = side + 1 if side + 1 < len(ring) else 0
    if np.hypot(ring[side, 0] - x, ring[side, 1] - y) <= np.hypot(ring[after, 0] - x, ring[after, 1] - y):
        return ring[side, 0], ring[side, 1]
    return ring[after, 0], ring[after, 1]


@compiled
def _free(ring: Floats, i: int, j: int, px: float, py: float, qx: float, qy: float) -> bool:
    """Whether the line from P to Q, which lie on sides i and j, runs inside the ring and meets no other side."""
    within, mx, my = False, (px + qx) / 2, (py + qy) / 2
    for index in range(len(ring)):
        after = index + 1 if index + 1 < len(ring) else 0
        ax, ay, bx, by = ring[index, 0], ring[index, 1], ring[after, 0], ring[after, 1]
        if (ay > my) != (by > my) and mx < ax + (my - ay) / (by - ay) * (bx - ax):
            within = not within
        if index in (i, j) or (ax == px and ay == py) or (ax == qx and ay == qy) or (bx == px and by == py) or (
                bx == qx and by == qy):
            continue
        if (_cross(qx, qy, ax, ay, px, py) * _cross(qx, qy, bx, by, px, py) <= 0.0
                and _cross(bx, by, px, py, ax, ay) * _cross(bx, by, qx, qy, ax, ay) <= 0.0):
            return False
    return within


@compiled
def _met_between(px: float, py: float, qx: float, qy: float, inside: Whole, corner_starts: Whole, corners: Floats
                 ) -> tuple[int, int]:
    """As `_met`, for a line from P to Q."""
    length = max(np.hypot(qx - px, qy - py), 1e-9)
    c, s = (qx - px) / length, (qy - py) / length
    cut = close = 0
    for one in inside:
        low_u, high_u, low_v, high_v = 1e300, -1e300, 1e300, -1e300
        for at in range(corner_starts[one], corner_starts[one + 1]):
            x, y = corners[at, 0] - px, corners[at, 1] - py
            low_u, high_u = min(low_u, y * c - x * s), max(high_u, y * c - x * s)
            low_v, high_v = min(low_v, x * c + y * s), max(high_v, x * c + y * s)
        if high_v <= 0 or low_v >= length:
            continue
        if low_u < 0 < high_u:
            cut += 1
        elif low_u - 500 < 0 < high_u + 500:
            close += 1
    return cut, close


@compiled
def _cross(ax: float, ay: float, bx: float, by: float, ox: float, oy: float) -> float:
    return ((ax - ox) * (by - oy) - (bx - ox) * (ay - oy)) / 2


@compiled
def _misfit(area: float, target: float, least: float, most: float) -> float:
    """How far the pieces of this area will be from the target, as a ratio: 0 fits."""
    each = area / pieces_wanted(area, target, least, most)
    return float(abs(np.log(each / target)))


@compiled
def _slant(ring: Floats, edge: int, c: float, s: float) -> float:
    """0 where the chord meets the border squarely, 1 where it runs along it."""
    after = edge + 1 if edge + 1 < len(ring) else 0
    dx, dy = ring[after, 0] - ring[edge, 0], ring[after, 1] - ring[edge, 1]
    # the chord runs along (−s, c)
    return float(abs(-s * dx + c * dy) / max(np.hypot(dx, dy), 1e-9))


@compiled
def _met(place: float, low: float, high: float, low_u: Floats, high_u: Floats, low_v: Floats, high_v: Floats
         ) -> tuple[int, int]:
    """Buildings whose box the chord runs through, and those it passes closer than half a metre."""
    cut = close = 0
    for index in range(len(low_u)):
        if high_v[index] <= low or low_v[index] >= high:
            continue
        if low_u[index] < place < high_u[index]:
            cut += 1
        elif low_u[index] - 500 < place < high_u[index] + 500:
            close += 1
    return cut, close

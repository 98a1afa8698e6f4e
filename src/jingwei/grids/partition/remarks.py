"""What is said about the input."""

from dataclasses import dataclass

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Floats, Shapes

LAYERS = {"streets": "道路", "buildings": "建筑", "communities": "社区", "rivers": "河流", "yards": "院落",
          "open_ground": "水面农田山地", "boundary": "范围"}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the input that was worked around. `code` is stable, `text` is for people."""

    code: str
    layer: str
    count: int
    text: str


def elsewhere(layer: str, shapes: Shapes, low: Floats, high: Floats) -> Remark | None:
    """A layer of which not a single thing lies within the ground's box was drawn in another coordinate system."""
    if not len(shapes):
        return None
    boxes = shapely.bounds(shapes)
    if ((boxes[:, 2:] >= low) & (boxes[:, :2] <= high)).all(axis=1).any():
        return None
    turned = boxes[:, [1, 0, 3, 2]]
    if ((turned[:, 2:] >= low) & (turned[:, :2] <= high)).all(axis=1).any():
        return Remark("swapped", layer, len(shapes), f"{LAYERS[layer]}图层全部落在范围之外，把 x、y 对调就在范围之内：坐标的先后写反了，没有采用。")
    apart = np.maximum(np.maximum(boxes[:, :2] - high, low - boxes[:, 2:]), 0)
    nearest = float(np.hypot(apart[:, 0], apart[:, 1]).min()) / 1000
    return Remark("elsewhere", layer, len(shapes), f"{LAYERS[layer]}图层全部落在范围之外，最近的也隔{nearest:.1f}公里：坐标系多半与别的图层不同"
                                                   "（例如带号、中央经线写错），没有采用。")


def missing(buildings: int, communities: int) -> list[Remark]:
    found = []
    if not buildings:
        found.append(Remark("none", "buildings", 0, "没有给出建筑：切分时避不开建筑，户数按零计。"))
    if not communities:
        found.append(Remark("none", "communities", 0, "没有给出社区：整个范围当作一个社区。"))
    return found

"""The invented city that rows B5, B6 and B7 divide, made by the program that JINGWEI_CITYGEN names and kept while they run."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio.raw import read


@dataclass(frozen=True, slots=True)
class City:
    streets: Any
    buildings: Any
    households: Any
    communities: Any


def city(km2: float, seed: int) -> City:
    program = os.environ.get("JINGWEI_CITYGEN")
    if not program:
        raise SystemExit("B5, B6 and B7 need JINGWEI_CITYGEN: the program that makes the city (AREA_KM2 SEED OUT.gpkg)")
    with tempfile.TemporaryDirectory(prefix="jingwei-bench-") as folder:
        path = str(Path(folder) / "city.gpkg")
        subprocess.run([sys.executable, program, str(km2), str(seed), path], check=True, stdout=subprocess.DEVNULL)
        layers = {name: read(path, layer=name) for name in ("streets", "buildings", "communities")}
    shapes = {name: shapely.from_wkb(layer[2]) for name, layer in layers.items()}
    meta, _, _, columns = layers["buildings"]
    living = columns[list(meta["fields"]).index("households")].astype(np.float64)
    return City(shapes["streets"], shapes["buildings"], living, shapes["communities"])

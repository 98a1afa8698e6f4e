"""Files damaged at random: rows, features or a coded refusal, never another error (T3)."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely

from jingwei.formats.layers import read_layer
from jingwei.formats.rings import check_polygon
from jingwei.kernel.errors import Refusal

ROUNDS = 60


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed or cut out."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(changed))
        if dice.random() < 0.2:
            del changed[at : at + dice.randint(1, 50)]
        else:
            changed[at] = dice.randrange(256)
        changed = changed or bytearray(b"x")
    return bytes(changed)


def files(folder: Path, suffix: str) -> dict[str, bytes]:
    pyogrio.raw.write(
        folder / f"a{suffix}", shapely.to_wkb(np.array([shapely.box(113, 22, 114, 23)] * 3)),
        field_data=[np.array(["南山", "x", "y"], dtype=object), np.arange(3)], fields=np.array(["名", "n"], dtype=object),
        geometry_type="Polygon", crs="EPSG:4490", encoding="GBK" if suffix == ".shp" else None,
    )
    return {entry.name: entry.read_bytes() for entry in sorted(folder.iterdir())}


def shapefile(parts: dict[str, bytes], dice: random.Random) -> bytes:
    # the .prj has its test below: PROJ takes a second to give up on each
    spoiled = dice.choice(sorted(name for name in parts if not name.endswith(".prj")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, damaged(content, dice) if name == spoiled else content)
    return out.getvalue()


def geopackage(parts: dict[str, bytes], dice: random.Random) -> bytes:
    return damaged(parts["a.gpkg"], dice)


def geojson(parts: dict[str, bytes], dice: random.Random) -> bytes:
    return damaged(parts["a.geojson"], dice)


@pytest.mark.parametrize(
    ("suffix", "made"), [(".shp", shapefile), (".gpkg", geopackage), (".geojson", geojson)],
)
def test_a_damaged_layer_gives_features_or_a_coded_refusal(
    suffix: str, made: Callable[[dict[str, bytes], random.Random], bytes], tmp_path: Path,
) -> None:
    parts = files(tmp_path, suffix)
    refused = 0
    for seed in range(ROUNDS):
        try:
            layer = read_layer(made(parts, random.Random(seed)))
        except Refusal:
            refused += 1
            continue
        for feature in layer:
            polygon, findings = check_polygon(feature.geometry)
            assert (polygon is not None and polygon.is_valid) or findings
    assert refused


def test_a_projection_file_full_of_rubbish_can_be_overruled(tmp_path: Path) -> None:
    files(tmp_path, ".shp")
    (tmp_path / "a.prj").write_bytes(b"GEOGCS[\xff\x00 rubbish")
    with pytest.raises(Refusal) as caught:
        read_layer(tmp_path / "a.shp")
    assert caught.value.reason.code == "formats.crs_not_understood"
    assert len(read_layer(tmp_path / "a.shp", crs="EPSG:4490")) == 3

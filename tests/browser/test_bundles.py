"""What a browser must load: budgets that a change may not pass unnoticed (gzip as served)."""

import re
from pathlib import Path

import jingwei.config

BUILT = Path(jingwei.config.__file__).parent / "web"
FIRST = {"desk": 206_000, "field": 110_000}  # bytes: page, and every script and style that it names
LARGEST = 275_000                            # any one part: the map's own program


def gzipped(name: str) -> int:
    path = BUILT / name.removeprefix("/web/")
    packed = path.with_name(f"{path.name}.gz")
    return (packed if packed.exists() else path).stat().st_size


def test_the_first_load_of_each_face_keeps_to_its_budget() -> None:
    for face, most in FIRST.items():
        page = (BUILT / f"{face}.html").read_text("utf-8")
        named = re.findall(r'(?:src|href)="(/web/[^"]+)"', page)
        assert len(named) >= 3, face
        assert sum(map(gzipped, named)) <= most, {name: gzipped(name) for name in named}
        assert "maplibre" not in page


def test_no_part_is_larger_than_the_map() -> None:
    sizes = {path.name: gzipped(f"assets/{path.name}") for path in (BUILT / "assets").glob("*.js")}
    assert max(sizes.values()) <= LARGEST, max(sizes.items(), key=lambda one: one[1])
    assert "maplibre" in max(sizes, key=lambda name: sizes[name]).lower()

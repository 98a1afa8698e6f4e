"""Every document's template, and the sizes that a template and the pictures in it have to agree on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jingwei.formats.pdf import pdf

PAPERS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
"""Landscape, in millimetres."""


@dataclass(frozen=True, slots=True)
class Size:
    """Millimetres of the map on a sheet."""

    width: float
    height: float


MAP_SIZES = {"A4": Size(228.0, 176.0), "A3": Size(340.0, 260.0)}
BOARD_SIZES = {"A4": Size(162.6, 141.4), "A3": Size(230.0, 200.0)}
ARCHIVE_SIZE = Size(172.0, 84.0)
PHOTO = 300, 400  # pixels of the frame of a photo, three to four
CARDS = 10        # on a sheet


def document(kind: str, data: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """`kind`: map | board | card | archive | staffing."""
    folder = files("jingwei.grids.papers") / "templates"
    template = "".join((folder / f"{name}.typ").read_text("utf-8") for name in ("shared", kind))
    return pdf(template, data, pictures)

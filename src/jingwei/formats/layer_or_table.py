"""Whether a file is a map layer or a table, by its bytes: for imports that take either."""

import zipfile
from io import BytesIO

from jingwei.formats.source import MB, Source, beginning, whole

_LARGEST = 512 * MB
_LAYERS = (b"SQLite format 3\x00", b"\x00\x00\x27\x0a")


def is_layer(source: Source) -> bool:
    """True for GeoPackage, Shapefile (zipped too) and GeoJSON. What is neither is for the table reader to refuse."""
    head = beginning(source, 1024)
    if head.startswith(b"PK\x03\x04"):
        return not _is_workbook(whole(source, _LARGEST))
    return head.startswith(_LAYERS) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()[:1000]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return True  # the reader of workbooks says what is wrong with it
    return not any(name.lower().endswith((".shp", ".gpkg", ".geojson")) for name in names)

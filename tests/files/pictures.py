"""Generated input: photos with and without what a camera writes, and things that only pretend to be some."""

import io
import struct
import zipfile
import zlib

from PIL import ExifTags, Image, ImageDraw

PLACE = (120.12345, 30.54321)  # longitude, latitude
CAMERA = b"PlainlyInvented X1"


def photo(width: int = 400, height: int = 300, *, form: str = "JPEG", shade: int = 90, orientation: int = 0,
          placed: bool = False) -> bytes:
    """A photo of a red square in the upper left of a grey field. `placed`: with time, place and camera in EXIF."""
    image = Image.new("RGB", (width, height), (shade, shade, shade))
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill=(250, 10, 10))
    exif = Image.Exif()
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    if placed:
        exif[ExifTags.Base.Make] = CAMERA.decode()
        exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2026:11:20 09:30:15"}
        exif[ExifTags.IFD.GPSInfo] = _position()
    out = io.BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def _position() -> dict[int, object]:
    tags, (lon, lat) = ExifTags.GPS, PLACE
    return {tags.GPSLongitudeRef: "E", tags.GPSLongitude: _sexagesimal(lon), tags.GPSLatitudeRef: "N",
            tags.GPSLatitude: _sexagesimal(lat), tags.GPSHPositioningError: 4.5}


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = (degrees - int(degrees)) * 60
    return float(int(degrees)), float(int(minutes)), (minutes - int(minutes)) * 60


def padded_photo(size: int) -> bytes:
    """A valid JPEG of so many bytes: a small picture, then comments."""
    start = photo()
    comment = b"\xff\xfe" + struct.pack(">H", 0xFFFF) + bytes(0xFFFD)
    return start[:2] + comment * (size // len(comment) + 1) + start[2:]


def bomb(side: int = 20000) -> bytes:
    """A PNG of a few kilobytes that would unpack to more than a gigabyte."""
    rows = zlib.compressobj(9)
    line = bytes(1 + side * 3)
    packed = b"".join(rows.compress(line) for _ in range(64)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join((
        _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)), _chunk(b"IDAT", packed),
        _chunk(b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def document(**members: bytes) -> bytes:
    """A DOCX as far as its directory tells, with further members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<document/>")
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    """A DOCX of some 60 kB that unpacks to 60 MB."""
    return document(bomb=bytes(60 * 1024 * 1024))


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"

"""Photos: what they really are, what they prove, what everybody may see (W1, S3, T3, T7)."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from jingwei.formats import images
from jingwei.formats.errors import FormatError
from jingwei.formats.evidence import evidence_from
from jingwei.formats.images import Picture, read_picture, sniff_image
from jingwei.kernel.errors import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
ORIENTATION, MAKE, MODEL, SOFTWARE, EXIF_IFD, GPS_IFD = 0x0112, 0x010F, 0x0110, 0x0131, 0x8769, 0x8825
PLANTED = "13800138000"


def photo(width: int = 160, height: int = 120) -> Image.Image:
    """Noise, so that no format packs it to nothing; red in the top left corner."""
    noise = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    noise[: height // 4, : width // 4] = (255, 0, 0)
    return Image.fromarray(noise)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(**tags: Any) -> Image.Exif:
    made = Image.Exif()
    made[MAKE], made[MODEL], made[SOFTWARE] = "Example", f"Phone {PLANTED}", "Camera 1.0"
    if "orientation" in tags:
        made[ORIENTATION] = tags["orientation"]
    made.get_ifd(EXIF_IFD).update({0x9003: "2026:03:05 08:30:00", 0x927C: PLANTED.encode(), **tags.get("taken", {})})
    made.get_ifd(GPS_IFD).update(tags.get("gps", {
        1: "N", 2: (22.0, 32.0, 36.0), 3: "E", 4: (113.0, 57.0, 0.0), 7: (0.0, 29.0, 58.0), 29: "2026:03:05", 31: 8.5,
    }))
    return made


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_picture(data)
    assert "?" not in caught.value.text()
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_usual_photos_are_taken_by_what_they_are(kind: str) -> None:
    picture = read_picture(encoded(photo(), kind))
    assert (picture.kind, picture.width, picture.height) == (kind, 160, 120)
    for copy in (picture.shown, picture.thumbnail):
        assert sniff_image(copy) == "JPEG"


def test_a_phones_double_picture_counts_as_its_first() -> None:
    assert read_picture(encoded(photo(), "MPO", save_all=True, append_images=[photo(80, 60)])).width == 160


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_time_and_place_are_taken_as_evidence_and_the_device_is_not(kind: str) -> None:
    evidence = read_picture(encoded(photo(), kind, exif=exif()), SHANGHAI).evidence
    assert evidence.taken_local == "2026-03-05T08:30:00"
    assert evidence.taken_at == datetime(2026, 3, 5, 0, 30, tzinfo=UTC)
    assert evidence.located_at == datetime(2026, 3, 5, 0, 29, 58, tzinfo=UTC)
    assert (evidence.lon, evidence.lat) == (pytest.approx(113.95), pytest.approx(22.5433333))
    assert evidence.accuracy_m == 8.5
    assert evidence.findings == ()
    assert "Phone" not in repr(evidence)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_the_camera_wrote_survives_in_the_shown_copies(kind: str) -> None:
    """T7: a number planted in EXIF, XMP, comment, text and colour profile."""
    profile = b"\x00" * 128 + PLANTED.encode()
    options: dict[str, Any] = {"exif": exif(), "icc_profile": profile, "xmp": f"<x>{PLANTED}</x>".encode()}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Author", PLANTED)
        text.add_itxt("XML:com.adobe.xmp", f"<x>{PLANTED}</x>")
        options |= {"pnginfo": text}
    elif kind == "JPEG":
        options |= {"comment": PLANTED.encode()}
    data = encoded(photo(), kind, **options) + PLANTED.encode()
    assert data.count(PLANTED.encode()) >= 3
    picture = read_picture(data)
    for copy in (picture.shown, picture.thumbnail):
        assert PLANTED.encode() not in copy
        assert b"Exif" not in copy
        assert b"ICC_PROFILE" not in copy
        assert set(jpeg_markers(copy)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA}, "only what the pixels need"


def jpeg_markers(data: bytes) -> list[int]:
    """The segments of a JPEG up to the first scan."""
    at, found = 2, []
    while data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [  # where the red corner of the stored picture stands when it is shown upright: (right, bottom)
        (1, (False, False)), (2, (True, False)), (3, (True, True)), (4, (False, True)),
        (5, (False, False)), (6, (True, False)), (7, (True, True)), (8, (False, True)),
    ],
)
def test_the_shown_copy_stands_upright(orientation: int, corner: tuple[bool, bool]) -> None:
    picture = read_picture(encoded(photo(), exif=exif(orientation=orientation), quality=95))
    shown = Image.open(BytesIO(picture.shown))
    assert shown.size == (picture.width, picture.height) == ((120, 160) if orientation >= 5 else (160, 120))
    red = shown.getpixel((shown.width - 5 if corner[0] else 4, shown.height - 5 if corner[1] else 4))
    assert isinstance(red, tuple)
    assert red[0] > 200
    assert red[1] < 80
    assert ORIENTATION not in shown.getexif()


@pytest.mark.parametrize(
    ("size", "shown", "thumbnail"),
    [
        ((160, 120), (160, 120), (160, 120)),  # never made larger
        ((3000, 1500), (2048, 1024), (320, 160)),
        ((100, 4096), (50, 2048), (8, 320)),
        ((5000, 1), (2048, 1), (320, 1)),
    ],
)
def test_the_copies_have_their_sizes(size: tuple[int, int], shown: tuple[int, int], thumbnail: tuple[int, int]) -> None:
    picture = read_picture(encoded(Image.new("RGB", size, "green")))
    assert Image.open(BytesIO(picture.shown)).size == shown
    assert Image.open(BytesIO(picture.thumbnail)).size == thumbnail
    assert (picture.width, picture.height) == size


def shown_pixel(picture: Picture) -> tuple[int, ...]:
    pixel = Image.open(BytesIO(picture.shown)).convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return pixel


@pytest.mark.parametrize(
    ("image", "kind", "expected"),
    [
        (Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG", (255, 255, 255)),  # transparent is white
        (Image.new("LA", (20, 20), (0, 128)), "PNG", (127, 127, 127)),
        (Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("1", (20, 20), 1), "PNG", (255, 255, 255)),
        (Image.new("I;16", (20, 20), 32896), "PNG", (128, 128, 128)),
        (Image.new("P", (20, 20), 0), "PNG", (0, 0, 0)),
    ],
)
def test_every_way_of_storing_pixels_is_shown(image: Image.Image, kind: str, expected: tuple[int, ...]) -> None:
    assert shown_pixel(read_picture(encoded(image, kind))) == pytest.approx(expected, abs=3)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("这是一段文字，不是照片".encode(), FormatError.IMAGE_KIND),  # a text called .jpg
        (b"", FormatError.IMAGE_KIND),
        (b"GIF89a" + bytes(20), FormatError.IMAGE_KIND),
        (b"BM" + bytes(20), FormatError.IMAGE_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FormatError.IMAGE_KIND),
        (b"%PDF-1.7", FormatError.IMAGE_KIND),
        (b"MZ\x90\x00", FormatError.IMAGE_KIND),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), FormatError.IMAGE_HEIC),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(20), FormatError.IMAGE_HEIC),
        (b"\x00\x00\x00\x18ftypavif" + bytes(20), FormatError.IMAGE_KIND),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(20), FormatError.IMAGE_KIND),
        (b"\xff\xd8\xff\xe0 and then a text", FormatError.IMAGE_DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), FormatError.IMAGE_DAMAGED),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20), FormatError.IMAGE_DAMAGED),
        (encoded(photo(), "TIFF"), FormatError.IMAGE_KIND),
    ],
)
def test_what_is_no_photo_is_refused_by_its_bytes(data: bytes, reason: FormatError) -> None:
    assert refused(data).reason is reason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_anywhere_is_refused(kind: str) -> None:
    whole = encoded(photo(64, 48), kind)
    for length in [*range(20, len(whole) - 40, len(whole) // 25), *range(len(whole) - 40, len(whole) - 4)]:
        with pytest.raises(Refusal) as caught:
            read_picture(whole[:length])
        assert caught.value.reason is FormatError.IMAGE_DAMAGED, length


def test_too_many_bytes_are_refused_before_anything_is_looked_at() -> None:
    refusal = refused(bytes(images.MAX_BYTES + 1))
    assert (refusal.reason, refusal.details["limit_mb"]) == (FormatError.IMAGE_TOO_LARGE, 20)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims its size and holds almost nothing."""
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(10_000, 5_001), (60_000, 60_000), (2**31 - 1, 2**31 - 1), (10_000, 9_000)])
def test_too_many_pixels_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    refusal = refused(png_header(*size))
    assert refusal.reason is FormatError.IMAGE_TOO_MANY_PIXELS
    assert "50" in refusal.text()


def test_a_damaged_exif_is_a_finding_and_the_photo_is_taken() -> None:
    data = encoded(photo(), exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff" + b"\xfe" * 60)
    picture = read_picture(data)
    assert picture.evidence.taken_at is None
    assert picture.width == 160


def test_no_flipped_byte_brings_anything_but_a_picture_or_a_coded_refusal() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = encoded(photo(40, 30), kind, exif=exif())
        for at in range(0, min(len(whole), 700), 13):
            try:
                picture = read_picture(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            except Refusal:
                continue
            assert sniff_image(picture.shown) == "JPEG"


PLACE = {1: "N", 2: (22.0, 30.0, 0.0), 3: "E", 4: (114.0, 0.0, 0.0)}


@pytest.mark.parametrize(
    ("gps", "expected"),
    [
        ({}, (None, None)),
        (PLACE, (114.0, 22.5)),
        ({**PLACE, 1: "S", 3: b"W\x00"}, (-114.0, -22.5)),
        ({**PLACE, 1: ""}, (None, None)),  # which half of the globe, nobody says
        ({**PLACE, 2: (22.0, 30.0)}, (None, None)),
        ({**PLACE, 2: (float("nan"),) * 3}, (None, None)),
        ({**PLACE, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, (None, None)),
        ({**PLACE, 4: (200.0, 0.0, 0.0)}, (None, None)),
        ({**PLACE, 4: "114"}, (None, None)),
    ],
)
def test_a_place_is_taken_only_if_it_can_be_one(gps: dict[int, Any], expected: tuple[Any, Any]) -> None:
    evidence = evidence_from({}, gps)
    assert (evidence.lon, evidence.lat) == expected
    assert evidence.accuracy_m is None


def test_a_fix_at_null_island_is_remarked() -> None:
    evidence = evidence_from({}, {**PLACE, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)})
    assert [remark.reason for remark in evidence.findings] == [FormatError.LONLAT_NULL_ISLAND]


@pytest.mark.parametrize(
    ("tags", "local", "at"),
    [
        ({}, None, None),
        ({0x9003: "2026:03:05 08:30:00"}, "2026-03-05T08:30:00", None),
        ({0x9003: "2026:03:05 08:30:00", 0x9011: "+09:00"}, "2026-03-05T08:30:00",
         datetime(2026, 3, 4, 23, 30, tzinfo=UTC)),
        ({0x9003: "2026:03:05 08:30:00", 0x9011: "+99:00"}, "2026-03-05T08:30:00", None),
        ({0x9003: "0000:00:00 00:00:00", 0x0132: "2026:03:05 08:30:00"}, "2026-03-05T08:30:00", None),
        ({0x9003: b"2026-03-05 08:30:00\x00"}, "2026-03-05T08:30:00", None),
        ({0x9003: "    :  :     :  :  "}, None, None),
        ({0x9003: 20260305}, None, None),
    ],
)
def test_the_cameras_clock_is_read_as_written(tags: dict[int, Any], local: str | None, at: datetime | None) -> None:
    evidence = evidence_from(tags, {})
    assert (evidence.taken_local, evidence.taken_at) == (local, at)


@pytest.mark.parametrize("clock", ["1970:01:01 08:00:00", "1980:01:01 00:00:00", "9999:12:31 00:00:00"])
def test_a_camera_whose_clock_was_never_set_is_remarked(clock: str) -> None:
    for zone in (None, SHANGHAI):
        evidence = evidence_from({0x9003: clock}, {}, zone)
        assert (evidence.taken_at, evidence.taken_local) == (None, None)
        assert [remark.reason for remark in evidence.findings] == [FormatError.TIME_YEAR]

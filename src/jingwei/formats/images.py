"""Photos: what they really are, what they prove, and the copy that may be shown.

The original is evidence and stays as it is; everybody else sees a copy made anew from its pixels, in which
nothing the camera wrote survives.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jingwei.formats.errors import FormatError
from jingwei.formats.evidence import Evidence, evidence_of
from jingwei.formats.quiet import quiet
from jingwei.formats.source import MB
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 20 * MB
MAX_PIXELS = 50_000_000
SHOWN_SIDE = 2048
THUMBNAIL_SIDE = 320
_QUALITY = 85

_ORIENTATION = 0x0112
# EXIF orientation to PIL.Image.Transpose
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_SIDEWAYS = (2, 4, 5, 6)

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"), (b"<svg", "SVG"), (b"<?xml", "SVG/XML"), (b"MZ", Words("程序", "a program")), (b"\x7fELF", Words("程序", "a program")),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """`kind`: JPEG, PNG or WEBP. `width`, `height`: of the original in pixels, held upright.
    `shown`: JPEG, longest side at most 2048. `thumbnail`: JPEG, longest side at most 320.
    """

    kind: str
    width: int
    height: int
    evidence: Evidence
    shown: bytes
    thumbnail: bytes


def sniff_image(data: bytes) -> str:
    """JPEG, PNG or WEBP by the first bytes; anything else is refused by its name."""
    if data.startswith(_JPEG):
        return "JPEG"
    if data.startswith(_PNG):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        if data[8:12] in _HEIC_BRANDS:
            raise Refusal(FormatError.IMAGE_HEIC)
        raise Refusal(FormatError.IMAGE_KIND, found="AVIF" if data[8:12] in (b"avif", b"avis") else Words("视频", "a video"))
    for magic, name in _OTHERS:
        if data.startswith(magic):
            raise Refusal(FormatError.IMAGE_KIND, found=name)
    raise Refusal(FormatError.IMAGE_KIND, found=(
        Words("不是图片", "something that is no picture") if data else Words("空文件", "an empty file")))


def read_picture(data: bytes, zone: ZoneInfo | None = None) -> Picture:
    """Check a photo by decoding all of it, take its evidence, make its shown copy and thumbnail.

    `zone`: where the camera's clock is taken to stand if the file does not say.
    Refused: over 20 MB, over 50 megapixels (before the pixels are unpacked), other kinds, damage anywhere.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(FormatError.IMAGE_TOO_LARGE, limit_mb=MAX_BYTES // MB)
    kind = sniff_image(data)
    with quiet("PIL"):
        image = _decoded(data, kind)
        evidence = evidence_of(image, zone)
        turn = _turn(image)
    width, height = image.size if turn is None or turn not in _SIDEWAYS else image.size[::-1]
    # made small before it is turned: at 50 megapixels every copy counts
    shown = _clean(_fitted(_plain(image), SHOWN_SIDE), turn)
    return Picture(
        kind=kind, width=width, height=height, evidence=evidence,
        shown=_jpeg(shown), thumbnail=_jpeg(_fitted(shown, THUMBNAIL_SIDE)),
    )


def _decoded(data: bytes, kind: str) -> "Image":
    import struct
    import zlib

    from PIL import Image, UnidentifiedImageError

    too_many = Refusal(FormatError.IMAGE_TOO_MANY_PIXELS, limit_mp=MAX_PIXELS // 1_000_000)
    try:
        image = Image.open(BytesIO(data), formats=[kind])
        if image.width * image.height > MAX_PIXELS:
            raise too_many
        if kind == "PNG" and not _png_is_whole(data):
            raise Refusal(FormatError.IMAGE_DAMAGED)
        image.load()
    except Image.DecompressionBombError:
        raise too_many from None
    except (
        UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError,
        AttributeError, struct.error, zlib.error,
    ):
        # Pillow's parsers stumble over damage in all these ways
        raise Refusal(FormatError.IMAGE_DAMAGED) from None
    return image


def _png_is_whole(data: bytes) -> bool:
    """Pillow shows a PNG without its end; the chunks are walked here."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at += 12 + length
    return False


def _turn(image: "Image") -> int | None:
    """Pillow's transposition for the EXIF orientation (1-8)."""
    try:
        orientation = image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001  the tags are the sender's bytes; a damaged orientation is none
        return None
    return _TURNS.get(orientation) if isinstance(orientation, int) else None


def _plain(image: "Image") -> "Image":
    """RGB of eight bits a channel, transparency on white."""
    from PIL import Image as Images

    if image.mode.startswith("I"):
        # 16 bits a pixel, of which the upper eight are shown
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        flat = Images.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A"))
        return flat
    return image if image.mode == "RGB" else image.convert("RGB")


def _clean(image: "Image", turn: int | None) -> "Image":
    """The pixels alone, held upright: a new image has no trace of the file it came from."""
    from PIL import Image as Images

    turned = image if turn is None else image.transpose(Images.Transpose(turn))
    clean = Images.new("RGB", turned.size)
    clean.paste(turned)
    return clean


def _fitted(image: "Image", side: int) -> "Image":
    from PIL.Image import Resampling

    longest = max(image.size)
    if longest <= side:
        return image
    size = (max(1, round(image.width * side / longest)), max(1, round(image.height * side / longest)))
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(image: "Image") -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()

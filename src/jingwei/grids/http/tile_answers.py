"""A vector tile as an answer that browsers keep for good: its address names its version."""

import gzip

from django.http import HttpResponse

from jingwei.formats.vector_tile import MEDIA_TYPE
from jingwei.grids.tiles import EMPTY
from jingwei.kernel.asking import Asking

_KEEP = "private, max-age=31536000, immutable"  # private: each scope has addresses of its own


def tile_answer(request: Asking, data: bytes) -> HttpResponse:
    """`data`: packed with gzip. 204 where nothing lies in the tile; unpacked for whoever does not take gzip."""
    if data == EMPTY:
        answer = HttpResponse(status=204)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(data, content_type=MEDIA_TYPE, headers={"Content-Encoding": "gzip"})
    else:
        answer = HttpResponse(gzip.decompress(data), content_type=MEDIA_TYPE)
    return kept(answer)


def kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"], answer["Vary"] = _KEEP, "Accept-Encoding"
    return answer

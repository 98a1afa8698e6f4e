"""The built front end: pages of the desk and the phone, and what they load. Nothing comes from another host."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from whitenoise import WhiteNoise

BUILT = Path(__file__).parent / "web"
PREFIX = "web/"
_FOREVER = 365 * 24 * 3600


def with_assets(application: Callable[..., Any]) -> Any:
    """The service with `/web/…` before it: files named by their content, kept by browsers for good."""
    if not BUILT.is_dir():
        return application
    served = WhiteNoise(application, max_age=0, allow_all_origins=False, immutable_file_test=lambda path, url: "/assets/" in url,
                        add_headers_function=_headers)
    served.FOREVER = _FOREVER
    served.add_files(str(BUILT), prefix=PREFIX)
    return served


def _headers(headers: Any, path: str, url: str) -> None:
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"


@ensure_csrf_cookie
def desk(request: HttpRequest, rest: str = "") -> HttpResponse:
    """One page for every address of the desk: what it shows is decided in the browser."""
    return _face(request, "desk")


@ensure_csrf_cookie
def field(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The same for the phone."""
    return _face(request, "field")


def _face(request: HttpRequest, name: str) -> HttpResponse:
    page = _page(name)
    if page is None:
        return render(request, "no_faces.html", status=503)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _page(name: str) -> bytes | None:
    path = BUILT / f"{name}.html"
    return path.read_bytes() if path.is_file() else None

"""The entrance of a demonstration: who one can be, and what to try. Only where `jingwei demo` made the home.

Its address ends in a key of this home, printed by `make demo` and kept beside the passwords: who has it could read
those as well. It signs nobody in by itself; every button sends a login and its password as the sign-in page does.
"""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

COOKIE = "jingwei_demo"
_FOLDER = "demo"  # as cli/demo/folder.py lays it out
_COLUMNS = ("role", "login", "password", "name", "unit")
_ON_THE_PHONE = {"网格员（监督员）"}


@never_cache
def entrance(request: HttpRequest, key: str) -> HttpResponse:
    """The accounts of this demonstration with a button each; 404 for any other key, and where there is none."""
    if not is_key(key):
        raise Http404
    people = [card | {"face": "/field/" if card["role"] in _ON_THE_PHONE else "/desk/"} for card in _cards()]
    response = render(request, "demonstration.html", {"people": people})
    response.set_cookie(COOKIE, key, httponly=True, samesite="Strict", path="/")
    return response


def way_back(request: HttpRequest) -> str:
    """The address of the entrance for somebody who came through it, '' for everybody else."""
    key = request.COOKIES.get(COOKIE, "")
    return f"/demo/{key}" if key and is_key(key) else ""


def is_key(key: str) -> bool:
    """Whether this is the key of this home's demonstration."""
    try:
        kept = (_folder() / "entrance.key").read_text("utf-8").strip()
    except OSError:
        return False
    return secrets.compare_digest(key.encode(), kept.encode())


def _cards() -> list[dict[str, str]]:
    """The table of accounts as `jingwei demo` wrote it: columns two spaces apart, the first line names them."""
    lines = (re.split(r" {2,}", line.strip()) for line in (_folder() / "accounts.txt").read_text("utf-8").splitlines())
    return [dict(zip(_COLUMNS, line, strict=True)) for line in lines if len(line) == len(_COLUMNS)][1:]


def _folder() -> Path:
    return Path(settings.HOME.root) / _FOLDER

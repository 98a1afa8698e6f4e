"""Tiles that have been made, on disk: `tiles/<version>/z/x/y.mvt.gz` in the home. A cache: all of it may be deleted."""

import gzip
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from django.conf import settings

from jingwei.formats.atomic import atomic_file
from jingwei.kernel.errors import Refusal

_EFFORT = 6  # of gzip: twice as fast as the most, a hundredth larger
EMPTY = gzip.compress(b"", _EFFORT, mtime=0)
_making = tuple(Lock() for _ in range(16))
_swept = ""


def kept(version: str, z: int, x: int, y: int, make: Callable[[], bytes], *, sweeping: bool = True) -> bytes:
    """The tile packed with gzip; made and kept where it is not there yet. `version` has been checked by the caller.

    `sweeping`: what earlier states of the map left is removed; tiles of plans are no state of the map.
    """
    path = Path(settings.HOME.tiles) / version / str(z) / str(x) / f"{y}.mvt.gz"
    data = _read(path)
    if data:
        return data
    with _making[hash(path) % len(_making)]:  # many who open the same map make each tile once
        data = _read(path)
        if not data:
            data = gzip.compress(make(), _EFFORT, mtime=0)
            if sweeping:
                _sweep(version)
            _write(path, data)
    return data


def forget_plan(plan_id: int) -> None:
    """Remove the tiles of a plan that nobody opens any more."""
    folder = Path(settings.HOME.tiles)
    for old in folder.glob(f"plan{plan_id}-*") if folder.is_dir() else ():
        shutil.rmtree(old, ignore_errors=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _write(path: Path, data: bytes) -> None:
    with suppress(OSError, Refusal):  # a full disk: the tile is answered all the same
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_file(path) as stream:
            stream.write(data)


def _sweep(version: str) -> None:
    """Remove what earlier states of the map left, once per state and process. Scopes of the same state stay."""
    global _swept
    state = version.rsplit("-", 1)[0]
    if _swept == state:
        return
    _swept = state
    folder = Path(settings.HOME.tiles)
    for old in folder.iterdir() if folder.is_dir() else ():
        if not old.name.startswith((f"{state}-", "plan")):
            aside = old if old.name.startswith(".") else old.with_name(f".{old.name}.{os.getpid()}")
            with suppress(OSError):
                old.rename(aside)
                shutil.rmtree(aside, ignore_errors=True)

"""Arrays in one file that processes map and share. Whoever reads sees the old file or the whole new one, never a part."""

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingwei.formats.atomic import atomic_file

_MAGIC = b"JWLOCATE"
_FORMAT = 1
_ALIGN = 64

Arrays = dict[str, NDArray[Any]]


def write(path: Path, key: str, arrays: Arrays) -> None:
    """`key`: what the reader must ask for; a file copied under another name is not taken for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(path) as out:
        _write(out, key, arrays)


def read(path: Path, key: str) -> Arrays | None:
    """The arrays, mapped from the file; None where that is absent, of another key or format, or not whole."""
    try:
        return _read(path, key)
    except (OSError, ValueError, KeyError, struct.error):
        return None


def _write(out: Any, key: str, arrays: Arrays) -> None:
    """Magic, length of the table, table as JSON, then each array at a multiple of 64 bytes."""
    table: dict[str, Any] = {"format": _FORMAT, "key": key, "arrays": {}}
    offset = 0
    for name, values in arrays.items():
        table["arrays"][name] = [values.dtype.str, list(values.shape), offset]
        offset += -(-values.nbytes // _ALIGN) * _ALIGN
    table["bytes"] = offset
    head = json.dumps(table).encode()
    out.write(_MAGIC + struct.pack("<Q", len(head)) + head)
    out.write(b"\0" * (-out.tell() % _ALIGN))
    for values in arrays.values():
        out.write(values.tobytes())
        out.write(b"\0" * (-values.nbytes % _ALIGN))


def _read(path: Path, key: str) -> Arrays:
    with path.open("rb") as source:
        if source.read(8) != _MAGIC:
            raise ValueError("not an index file")
        (length,) = struct.unpack("<Q", source.read(8))
        if length > path.stat().st_size:
            raise ValueError("not whole")
        table = json.loads(source.read(length))
        start = -(-source.tell() // _ALIGN) * _ALIGN
    if table["format"] != _FORMAT or table["key"] != key or path.stat().st_size != start + table["bytes"]:
        raise ValueError("of another format or key, or not whole")
    arrays: Arrays = {}
    for name, (kind, shape, offset) in table["arrays"].items():
        empty = 0 in shape
        arrays[name] = (np.empty(shape, dtype=kind) if empty else
                        np.memmap(path, dtype=kind, mode="r", offset=start + offset, shape=tuple(shape)))
    return arrays

"""The model in force, as a file of the home: named by its content, read when first asked for, replaced by one rename.

A file beside it (`current`) names the one that counts, so that every process of every worker finds a new one at its
next question. It is never unpickled: arrays and JSON only. A model that cannot be read is as good as none.
"""

import hashlib
import io
import logging
import threading
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from jingwei.cases.suggestion import Linear, Whose
from jingwei.formats.atomic import atomic_file

log = logging.getLogger(__name__)

_POINTER = "current"
REPORT = "report.txt"
_KEPT = 2  # the one in force and the one before


@dataclass(frozen=True, slots=True)
class Learned:
    """`classes`: proposes "scheme/kind/code". `conditions`: ids. `facts`: when, from how many, how it was judged."""

    name: str
    classes: Linear | None
    conditions: Linear | None
    whose: Whose
    facts: dict[str, Any] = field(default_factory=dict)

    def bound(self, kind: str) -> float:
        """From what sureness on a first proposal of this kind may stand there already; above 1: never."""
        return float(self.facts.get("bounds", {}).get(kind, 1.01))


def pack(classes: Linear | None, conditions: Linear | None, whose: Whose, facts: dict[str, Any]) -> bytes:
    """The file of a model."""
    arrays: dict[str, Any] = {
        "facts": np.frombuffer(orjson.dumps(facts), dtype=np.uint8),
        "whose": np.frombuffer(orjson.dumps(whose.counts), dtype=np.uint8)}
    for kind, model in (("classes", classes), ("conditions", conditions)):
        if model is not None:
            arrays |= {f"{kind}.{name}": array for name, array in model.arrays().items()}
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


def unpack(name: str, content: bytes) -> Learned:
    """ValueError (or KeyError) where the file is none of ours."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {key: file[key] for key in file.files}
    models = {kind: Linear.from_arrays({key.removeprefix(f"{kind}."): array for key, array in arrays.items() if key.startswith(f"{kind}.")})
              for kind in ("classes", "conditions") if f"{kind}.labels" in arrays}
    whose = Whose(orjson.loads(arrays["whose"].tobytes()))
    return Learned(name, models.get("classes"), models.get("conditions"), whose, orjson.loads(arrays["facts"].tobytes()))


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def write(folder: Path, content: bytes) -> str:
    """Write a model, not yet in force; its name."""
    folder.mkdir(parents=True, exist_ok=True)
    name = name_of(content)
    with atomic_file(_file(folder, name)) as stream:
        stream.write(content)
    return name


def put_in_force(folder: Path, name: str) -> None:
    """From now on this one counts; of the others only the one before is kept."""
    with atomic_file(folder / _POINTER) as stream:
        stream.write(name.encode())
    models = sorted(folder.glob("model-*.npz"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in [path for path in models if path != _file(folder, name)][_KEPT - 1:]:
        old.unlink(missing_ok=True)


def _file(folder: Path, name: str) -> Path:
    return folder / f"model-{name}.npz"


_lock = threading.Lock()
_held: tuple[tuple[Any, ...], Learned | None] = ((), None)


def in_force(folder: Path) -> Learned | None:
    """The model that counts now, None where none was learned. Costs one look at a file while nothing changed."""
    global _held
    stamp = _stamp(folder)
    if stamp is None:
        return None
    if _held[0] != stamp:
        with _lock:
            if _held[0] != stamp:
                _held = (stamp, _read(folder))
    return _held[1]


def _stamp(folder: Path) -> tuple[Any, ...] | None:
    try:
        seen = (folder / _POINTER).stat()
    except OSError:
        return None
    return str(folder), seen.st_mtime_ns, seen.st_ino


def _read(folder: Path) -> Learned | None:
    with suppress(OSError):
        name = (folder / _POINTER).read_text("ascii", errors="replace").strip()
        try:
            content = _file(folder, name).read_bytes()
            if name_of(content) != name:
                raise ValueError("the content is not what its name says")
            return unpack(name, content)
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            log.warning("the model %s cannot be read, so nothing is proposed: %s", name[:40], error)
    return None

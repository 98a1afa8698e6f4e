"""Every way in which a command may end badly, as words on stderr and an exit status."""

import errno
import os
import sys

from jingwei.cli.errors import CliError
from jingwei.config.errors import HomeError
from jingwei.grids.errors import GridError
from jingwei.kernel.errors import ErrorCode, KernelError, Refusal

_USAGE: frozenset[ErrorCode] = frozenset({
    CliError.NO_HOME, CliError.DATABASE_UNKNOWN, CliError.ZONE_UNKNOWN, CliError.VALUE, CliError.RULE,
    GridError.LAYER_FIELDS,
})


def say(error: Exception) -> int:
    """Tell the person what did not happen. A fault of the program itself is raised again."""
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    print(refusal.text("zh"), file=sys.stderr)
    return 2 if refusal.reason in _USAGE else 1


def refusal_of(error: Exception) -> Refusal | None:
    if isinstance(error, Refusal):
        return error
    text = getattr(error, "text", None)
    if isinstance(error, ValueError) and isinstance(text, str):  # the pure rules' own: they know nothing of codes
        return Refusal(CliError.RULE, why=text.rstrip("。"))
    if _full(error):
        return Refusal(KernelError.FULL)
    if isinstance(error, OSError) and error.filename is not None:
        return Refusal(CliError.FILE, path=error.filename, why=_why(error))
    if "django.db" in sys.modules:
        return _of_database(error)
    return None


def _of_database(error: Exception) -> Refusal | None:
    from django.db import OperationalError, ProgrammingError

    from jingwei.config.problems import refusal_of as in_general

    if isinstance(error, (OperationalError, ProgrammingError)) and _lacks_table(error):
        return Refusal(HomeError.DATABASE_BEHIND, home=os.environ.get("JINGWEI_HOME", "jingwei-home"))
    if isinstance(error, OperationalError) and _no_server(error):
        return Refusal(CliError.DATABASE_UNREACHABLE, why=str(error).strip().splitlines()[0])
    return in_general(error)


def _full(error: Exception) -> bool:
    """SQLite on a full disk says so, or only that reading and writing failed (its WAL cannot grow)."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return type(error).__name__ == "OperationalError" and "disk I/O error" in str(error)


def _lacks_table(error: Exception) -> bool:
    return ("no such table" in str(error) or "no such column" in str(error)
            or getattr(error.__cause__, "sqlstate", "") in ("42P01", "42703"))


def _no_server(error: Exception) -> bool:
    cause = error.__cause__
    return type(cause).__module__.startswith("psycopg") and getattr(cause, "sqlstate", None) is None


def _why(error: OSError) -> str:
    return {
        FileNotFoundError: "不存在",
        PermissionError: "没有权限",
        IsADirectoryError: "是一个目录",
        NotADirectoryError: "的上级不是目录",
        FileExistsError: "已经存在",
    }.get(type(error), f"打不开（{error.strerror}）")

"""The state of the database's tables: what is missing, what is too new, and bringing it up to the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from jingwei.config.errors import HomeError
from jingwei.config.home import Home
from jingwei.kernel.errors import Refusal

_UPGRADE_LOCK = 7_364_001  # an arbitrary number of ours among PostgreSQL's advisory locks


def pending() -> list[tuple[str, str]]:
    """The migrations that the program has and the database has not, as (room, name). Raises `cli.database_ahead`."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if unknown:
        raise Refusal(HomeError.DATABASE_AHEAD, missing="、".join(sorted(f"{room}.{name}" for room, name in unknown)))
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


def refuse_newer() -> None:
    """The same question of a newer program by names of files alone: nothing is imported. Raises `home.database_ahead`."""
    from django.apps import apps
    from django.db import connection

    if "django_migrations" not in connection.introspection.table_names():
        return
    folders = {app.label: Path(app.path) / "migrations" for app in apps.get_app_configs()
               if app.name.startswith("jingwei.")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        unknown = [f"{room}.{name}" for room, name in cursor.fetchall()
                   if room in folders and not (folders[room] / f"{name}.py").is_file()]
    if unknown:
        raise Refusal(HomeError.DATABASE_AHEAD, missing="、".join(unknown))


def upgrade(home: Home) -> list[tuple[str, str]]:
    """Apply what is pending, one process at a time, and return it."""
    from django.core.management import call_command

    with _alone(home):
        applied = pending()
        if applied:
            call_command("migrate", verbosity=0, interactive=False)
    return applied


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One upgrade at a time: by a lock file among the processes of this home, by the database among machines."""
    from django.db import connection

    with (home.root / "upgrade.lock").open("w") as lock:
        lock_file(lock)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_UPGRADE_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_UPGRADE_LOCK])


def lock_file(lock: IO[str]) -> None:
    """Wait for the lock; it ends with the process, however that ends. Windows has none: there it is one process."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(lock, fcntl.LOCK_EX)

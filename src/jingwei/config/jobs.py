"""What the wiring does in the background."""

from typing import Any

from django_tasks import task

from jingwei.config.backup import kept


@task(outside=True, tries=3)
def make_backup(name: str) -> dict[str, Any]:
    """The same as `jingwei backup`, into the home's own folder. Returns name, size and position."""
    return kept.make(name)

"""How the installation stands: what `jingwei doctor` finds, who reads the journal, where the last backup lies."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from jingwei import __version__
from jingwei.config.backup.making import Last, last_backup
from jingwei.config.checks import examine
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Told:
    """`level`: ok, note (worth knowing) or fault (wrong, the text says what to do). `name`: of the check."""

    level: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class System:
    """`position`: the newest of the journal. `database`: sqlite or postgresql."""

    version: str
    database: str
    position: int
    findings: list[Told]
    readers: list[dict[str, Any]]
    last_backup: Last | None


def system(actor: Actor) -> System:
    """Takes as long as the checks do, a second or less. For who may read the system's state."""
    readers = journal.reader_states(actor)
    findings = [Told(each.grade.value, each.name, each.text) for each in examine(settings.HOME)]
    return System(__version__, connection.vendor, journal.last_position(), findings, readers,
                  last_backup(settings.HOME))

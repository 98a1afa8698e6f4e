"""Files the journal hands out: written whole or not at all, and never over another one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from jingwei.formats.atomic import atomic_file
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import of_system


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A binary stream to a file that is not there yet; nothing is left of it when the block fails."""
    if path.exists():
        raise Refusal(JournalError.PATH_TAKEN, path=path)
    try:
        with atomic_file(path) as stream:
            yield stream
    except OSError as error:
        raise Refusal(JournalError.PATH_UNWRITABLE, path=path, why=of_system(error)) from error

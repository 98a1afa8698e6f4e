"""What the journal says of files: ids and hashes, never a name, a place or a face."""

from enum import Enum


class FileEvent(Enum):
    ADDED = "file.added"
    DISCARDED = "file.discarded"

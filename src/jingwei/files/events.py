"""What the journal says of files: ids and hashes, never a name, a place or a face."""

from enum import Enum


class FileEvent(Enum):
    ADDED = "file.added"
    DISCARDED = "file.discarded"


SAID = {
    FileEvent.ADDED: "上传文件",
    FileEvent.DISCARDED: "清除没有用上的文件",
}
"""Each verb as a sentence of the operation log."""

"""What the journal says of the home as a whole. Subject home:backups."""

from enum import Enum


class HomeEvent(Enum):
    BACKUP_ASKED = "backup.asked"
    BACKUP_MADE = "backup.made"


SAID = {
    HomeEvent.BACKUP_ASKED: "要求备份",
    HomeEvent.BACKUP_MADE: "完成备份：{name}",
}
"""Each verb as a sentence of the operation log; {…} stands in the entry's data."""

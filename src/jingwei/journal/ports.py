"""What rooms above plug into the journal: readers in their `readers.py`, jobs in their `jobs.py`."""

from jingwei.journal.jobs import current, every, fence
from jingwei.journal.pace import Pace
from jingwei.journal.queries import Seen
from jingwei.journal.readers import hold_still, reader

__all__ = ["Pace", "Seen", "current", "every", "fence", "hold_still", "reader"]

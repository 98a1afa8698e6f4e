"""Several reports of one problem handled as one case, and apart again."""

from jingwei.cases.commands.merging.following import follow
from jingwei.cases.commands.merging.merge import merge
from jingwei.cases.commands.merging.unmerge import unmerge

__all__ = ["follow", "merge", "unmerge"]

"""Many reports at once from a table: looked at, begun, filed in the background, stopped."""

from jingwei.cases.commands.batches.begin import begin_batch, stop_batch
from jingwei.cases.commands.batches.examine import BatchChecked, SampleLine, check_batch
from jingwei.cases.commands.batches.filing import run_batch

__all__ = ["BatchChecked", "SampleLine", "begin_batch", "check_batch", "run_batch", "stop_batch"]

"""The partition engine: from streets, buildings and borders to unit grids and responsibility grids. Knows no Django."""

from jingwei.grids.partition.coding import unit_codes
from jingwei.grids.partition.progress import Progress, Stage
from jingwei.grids.partition.proposing import Plan, propose
from jingwei.grids.partition.report import Report
from jingwei.grids.partition.settings import PartitionError, Settings, read_settings

__all__ = ["PartitionError", "Plan", "Progress", "Report", "Settings", "Stage", "propose", "read_settings", "unit_codes"]

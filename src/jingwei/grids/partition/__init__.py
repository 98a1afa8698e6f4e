"""The partition engine: from streets, buildings and borders to unit grids and responsibility grids. Knows no Django."""

from jingwei.grids.partition.apart import CalledOff, Ground, Proposed, propose_apart
from jingwei.grids.partition.coding import unit_codes
from jingwei.grids.partition.existing import Existing
from jingwei.grids.partition.given import GivenGroups, GivenReport, group_given
from jingwei.grids.partition.progress import Progress, Stage
from jingwei.grids.partition.proposing import Plan, propose
from jingwei.grids.partition.remarks import Remark
from jingwei.grids.partition.report import Report
from jingwei.grids.partition.settings import PartitionError, Settings, read_settings

__all__ = ["CalledOff", "Existing", "GivenGroups", "GivenReport", "Ground", "PartitionError", "Plan", "Progress", "Proposed", "Remark", "Report", "Settings", "Stage",
           "group_given", "propose", "propose_apart", "read_settings", "unit_codes"]

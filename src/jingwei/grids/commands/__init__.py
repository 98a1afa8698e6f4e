"""The ways to change the ground. Each leaves one journal entry in its own transaction."""

from jingwei.grids.commands.areas import create_area, describe, move, rename, retire, set_members
from jingwei.grids.commands.drawing import redraw
from jingwei.grids.commands.importing import Imported, import_areas, import_divisions
from jingwei.grids.commands.plans import drop_plan, open_plan, publish_plan, set_up_system
from jingwei.grids.commands.staffing import (
    certify,
    import_staffing,
    set_absent,
    set_present,
    staff,
    unstaff,
)

__all__ = [
    "Imported", "certify", "create_area", "describe", "drop_plan", "import_areas", "import_divisions",
    "import_staffing", "move", "open_plan", "publish_plan", "redraw", "rename", "retire", "set_absent", "set_members",
    "set_present", "set_up_system", "staff", "unstaff",
]

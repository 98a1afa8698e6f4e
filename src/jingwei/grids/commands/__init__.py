"""The ways to change the ground. Each leaves one journal entry in its own transaction."""

from jingwei.grids.codes import Kind
from jingwei.grids.commands.areas import create_area, describe, move, rename, retire, set_members
from jingwei.grids.commands.base_layers import ImportedLayer, check_layer, import_layer
from jingwei.grids.commands.certificates import certify, withdraw_certificate
from jingwei.grids.commands.contact import give_contact, set_board, withdraw_contact
from jingwei.grids.commands.drafting import (
    Edited,
    draw_border,
    merge_units,
    move_units,
    note_unit,
    redo,
    split_unit,
    undo,
)
from jingwei.grids.commands.drawing import redraw
from jingwei.grids.commands.four_bounds import BoundsWritten, write_bounds_below, write_four_bounds
from jingwei.grids.commands.handing_over import HandedOver, move_work
from jingwei.grids.commands.importing import (
    Imported,
    check_areas,
    check_divisions,
    import_areas,
    import_divisions,
)
from jingwei.grids.commands.plans import drop_plan, open_plan, set_up_system
from jingwei.grids.commands.proposals import ask_proposal, call_off, run_proposal
from jingwei.grids.commands.publishing import publish_due, publish_plan, schedule_plan, unschedule_plan
from jingwei.grids.commands.rota import Planned, add_shift, drop_shift, import_rota, plan_rota, set_cover
from jingwei.grids.commands.staffing import (
    cancel_absence,
    hand_over,
    import_staffing,
    set_absent,
    set_present,
    staff,
    unstaff,
)
from jingwei.grids.commands.systems import add_grid, change_system, set_up, set_up_from
from jingwei.grids.commands.teams import change_team, count_households, end_team, join_team, leave_team, make_team
from jingwei.grids.commands.weighing import weigh_plan
from jingwei.grids.layer_fields import Above, Bounds, Fields

__all__ = [
    "Above", "Bounds", "BoundsWritten", "Edited", "Fields", "HandedOver", "Imported", "ImportedLayer", "Kind",
    "Planned", "add_grid", "add_shift", "ask_proposal", "call_off", "cancel_absence", "certify", "change_system",
    "change_team", "check_areas", "check_divisions", "check_layer", "count_households", "create_area", "describe",
    "draw_border", "drop_plan", "drop_shift", "end_team", "give_contact", "hand_over", "import_areas",
    "import_divisions", "import_layer", "import_rota", "import_staffing", "join_team", "leave_team", "make_team",
    "merge_units", "move", "move_units", "move_work", "note_unit", "open_plan", "plan_rota", "publish_due",
    "publish_plan", "redo", "redraw", "rename", "retire", "run_proposal", "schedule_plan", "set_absent", "set_board",
    "set_cover", "set_members", "set_present", "set_up", "set_up_from", "set_up_system", "split_unit", "staff", "undo",
    "unschedule_plan", "unstaff", "weigh_plan", "withdraw_certificate", "withdraw_contact", "write_bounds_below",
    "write_four_bounds",
]

"""Journal verbs of the grids room: noun.past-participle."""

from enum import Enum


class AreaEvent(Enum):
    """Subject area:<id>. `moved` holds {"from", "to"}: the paths before and after."""

    CREATED = "area.created"
    RENAMED = "area.renamed"
    DESCRIBED = "area.described"
    MOVED = "area.moved"
    REDRAWN = "area.redrawn"
    RETIRED = "area.retired"
    MEMBERS_SET = "area.members_set"


class PlanEvent(Enum):
    """Subject plan:<id>. `published` holds the counts and every move as [area id, path before, path after]."""

    OPENED = "plan.opened"
    IMPORTED = "plan.imported"
    PUBLISHED = "plan.published"
    DROPPED = "plan.dropped"


class StaffingEvent(Enum):
    """Subjects area_staffing:<area>, absence:<user>, certificate:<user>; an import: staffing_import:<hash>."""

    STAFFED = "staffing.begun"
    UNSTAFFED = "staffing.ended"
    IMPORTED = "staffing.imported"
    ABSENT = "absence.begun"
    PRESENT = "absence.ended"
    CERTIFIED = "certificate.recorded"


class SystemEvent(Enum):
    """Subject grid_system:<code>."""

    SET_UP = "grid_system.set_up"


class LayerEvent(Enum):
    """Subject map_layer:<layer>."""

    REPLACED = "map_layer.replaced"

"""Journal verbs of the grids room: noun.past-participle."""

from enum import Enum


class AreaEvent(Enum):
    """Subject area:<id>. `moved` holds {"from", "to"}: the paths before and after."""

    CREATED = "area.created"
    RENAMED = "area.renamed"
    DESCRIBED = "area.described"
    BOUNDS_WRITTEN = "area.bounds_written"
    MOVED = "area.moved"
    REDRAWN = "area.redrawn"
    RETIRED = "area.retired"
    MEMBERS_SET = "area.members_set"


class PlanEvent(Enum):
    """Subject plan:<id>. `published` holds the counts and every move as [area id, path before, path after]."""

    OPENED = "plan.opened"
    IMPORTED = "plan.imported"
    EDITED = "plan.edited"
    UNDONE = "plan.edit_undone"
    REDONE = "plan.edit_redone"
    SCHEDULED = "plan.scheduled"
    UNSCHEDULED = "plan.unscheduled"
    PUBLISHED = "plan.published"
    DROPPED = "plan.dropped"


class ProposalEvent(Enum):
    """Subject proposal:<id>."""

    ASKED = "proposal.asked"
    CALLED_OFF = "proposal.called_off"
    ENDED = "proposal.ended"


class StaffingEvent(Enum):
    """Subjects area_staffing:<area>, absence:<user>, certificate:<user>; an import: staffing_import:<hash>."""

    STAFFED = "staffing.begun"
    UNSTAFFED = "staffing.ended"
    IMPORTED = "staffing.imported"
    ABSENT = "absence.begun"
    PRESENT = "absence.ended"
    CERTIFIED = "certificate.recorded"
    UNCERTIFIED = "certificate.withdrawn"
    HANDED_OVER = "staffing.handed_over"
    WORK_MOVED = "staffing.work_moved"


class RotaEvent(Enum):
    """Subject area_rota:<area>; an import: rota_import:<hash>."""

    ADDED = "shift.added"
    REMOVED = "shift.removed"
    PLANNED = "rota.planned"
    IMPORTED = "rota.imported"
    COVER_SET = "rota.cover_set"


class TeamEvent(Enum):
    """Subject area_team:<team>; households: area_households:<area>."""

    MADE = "team.made"
    CHANGED = "team.changed"
    ENDED = "team.ended"
    JOINED = "team.joined"
    LEFT = "team.left"
    COUNTED = "households.counted"


class ContactEvent(Enum):
    """Subject public_contact:<user>: that something may be public or no longer, never what; area_board:<area>."""

    GIVEN = "public_contact.given"
    WITHDRAWN = "public_contact.withdrawn"
    BOARD_SET = "area_board.set"


class SystemEvent(Enum):
    """Subject grid_system:<code>."""

    SET_UP = "grid_system.set_up"
    CHANGED = "grid_system.changed"


class LayerEvent(Enum):
    """Subject map_layer:<layer>."""

    REPLACED = "map_layer.replaced"


SAID = {
    AreaEvent.CREATED: "新建区域",
    AreaEvent.RENAMED: "区域改名",
    AreaEvent.DESCRIBED: "修改区域的四至或说明",
    AreaEvent.BOUNDS_WRITTEN: "按底图写四至：{written} 个区域",
    AreaEvent.MOVED: "区域换上级",
    AreaEvent.REDRAWN: "区域改界",
    AreaEvent.RETIRED: "停用区域",
    AreaEvent.MEMBERS_SET: "设定区域的成员",
    PlanEvent.OPENED: "新建划分方案",
    PlanEvent.IMPORTED: "导入划分方案",
    PlanEvent.EDITED: "修改划分方案",
    PlanEvent.UNDONE: "撤销对划分方案的一步修改",
    PlanEvent.REDONE: "重做对划分方案的一步修改",
    PlanEvent.SCHEDULED: "定下划分方案的发布时间",
    PlanEvent.UNSCHEDULED: "撤回划分方案的发布时间",
    PlanEvent.PUBLISHED: "发布划分方案",
    PlanEvent.DROPPED: "放弃划分方案",
    ProposalEvent.ASKED: "开始自动划分",
    ProposalEvent.CALLED_OFF: "取消自动划分",
    ProposalEvent.ENDED: "自动划分结束",
    StaffingEvent.STAFFED: "安排网格人员",
    StaffingEvent.UNSTAFFED: "结束网格人员的任期",
    StaffingEvent.IMPORTED: "导入网格人员配置：新上岗 {made}，退回 {refused}",
    StaffingEvent.ABSENT: "登记离岗",
    StaffingEvent.PRESENT: "结束离岗",
    StaffingEvent.CERTIFIED: "登记证件",
    ContactEvent.GIVEN: "同意公开电话、照片",
    ContactEvent.WITHDRAWN: "撤回公开电话、照片的同意",
    ContactEvent.BOARD_SET: "填写公示牌上的电话和职责",
    StaffingEvent.UNCERTIFIED: "撤销登记的证件",
    StaffingEvent.HANDED_OVER: "办理交接",
    StaffingEvent.WORK_MOVED: "移交未办完的任务：{count} 件",
    RotaEvent.ADDED: "增加班次",
    RotaEvent.REMOVED: "取消班次",
    RotaEvent.PLANNED: "排班：新排 {made} 班，换下 {removed} 班",
    RotaEvent.IMPORTED: "导入排班表：新排 {made} 班，退回 {refused} 行",
    RotaEvent.COVER_SET: "设定值守时段",
    TeamEvent.MADE: "组建队伍",
    TeamEvent.CHANGED: "修改队伍",
    TeamEvent.ENDED: "解散队伍",
    TeamEvent.JOINED: "加入队伍",
    TeamEvent.LEFT: "离开队伍",
    TeamEvent.COUNTED: "登记户数：{count} 户",
    SystemEvent.SET_UP: "建立网格体系",
    SystemEvent.CHANGED: "修改网格体系",
    LayerEvent.REPLACED: "更换底图图层",
}
"""Each verb as a sentence of the operation log; {…} stands in the entry's data."""

"""Journal verbs of the catalogue: noun.past-participle."""

from enum import Enum


class SchemeEvent(Enum):
    """Subject scheme:<code>. Data: counts and the SHA-256 of what was read."""

    INSTALLED = "scheme.installed"
    STANDARD_IMPORTED = "standard.imported"
    RULES_IMPORTED = "responsibility.imported"
    RULES_INHERITED = "responsibility.inherited"
    RETIRED = "scheme.retired"
    RESTORED = "scheme.restored"


class CalendarEvent(Enum):
    """Subject calendar:<area id, or 'everywhere'>. Data: the version made and what it changed."""

    EDITED = "calendar.edited"


class SettingEvent(Enum):
    """Subject setting:<name> or stage:<name>. Data: the area id or null, the value before and after."""

    SET = "setting.set"
    STAGE_LIMITED = "stage.limited"


SAID = {
    SchemeEvent.INSTALLED: "装入分类方案",
    SchemeEvent.STANDARD_IMPORTED: "导入立案标准：新增 {created}，更新 {updated}，停用 {retired}，退回 {rejected}",
    SchemeEvent.RULES_IMPORTED: "导入责任规则：新增 {created}，更新 {updated}，删去 {retired}，退回 {rejected}",
    SchemeEvent.RULES_INHERITED: "单位停用，{count} 条责任规则改由接手单位",
    SchemeEvent.RETIRED: "停用分类方案",
    SchemeEvent.RESTORED: "恢复分类方案",
    CalendarEvent.EDITED: "修改工作日历，成为第 {version} 版",
    SettingEvent.SET: "修改设置",
    SettingEvent.STAGE_LIMITED: "修改环节时限",
}
"""Each verb as a sentence of the operation log; {…} stands in the entry's data."""

"""The page `docs/rights.md`: which role carries which right. Made from `rights`, compared in the tests."""

from jingwei.accounts.rights import ADMINISTRATORS, RIGHTS_OF, Right, Role

RIGHT_ZH = {
    Right.AREA_READ: "查看区域和网格",
    Right.AREA_MANAGE: "维护区域和网格",
    Right.PLAN_PUBLISH: "发布划分方案",
    Right.STAFFING_MANAGE: "安排网格人员",
    Right.CATALOGUE_READ: "查看分类和标准",
    Right.CATALOGUE_MANAGE: "维护分类和标准",
    Right.CALENDAR_MANAGE: "维护工作日历",
    Right.UNIT_READ: "查看单位",
    Right.UNIT_MANAGE: "维护单位",
    Right.USER_READ: "查看人员",
    Right.USER_CREATE: "建立和修改人员",
    Right.USER_RESET: "重置人员密码",
    Right.USER_GRANT: "授予和撤销岗位",
    Right.USER_DISMISS: "停用人员、结束会话",
    Right.FILE_ADD: "上传文件",
    Right.CASE_READ: "查看案件",
    Right.CASE_REPORT: "上报案件",
    Right.CASE_IMPORT: "导入案件",
    Right.CASE_EXPORT: "导出案件",
    Right.CASE_REVEAL: "查看案件中的个人信息",
    Right.AUDIT_READ: "查看审计日志",
    Right.JOURNAL_VERIFY: "核验日志链",
    Right.JOURNAL_EXPORT: "导出日志",
    Right.SYSTEM_READ: "查看系统状态",
    Right.SYSTEM_MANAGE: "维护系统",
}
DUTY_ZH = {
    "system": "系统", "security": "安全", "audit": "审计", "administration": "区域管理", "evaluation": "评价",
    "supervision": "监督", "command": "指挥", "handling": "处置", "": "—",
}

_HEAD = """\
# 岗位与权限

本页由程序生成，内容以 `jingwei.accounts.rights` 为准。岗位总是授予在一个区域（及其下级）上，可以限于一个单位，可以有起止日期。
案件办理中谁在哪一步能做什么，见流程表；这里只列流程以外的权限。

- 职责不同的岗位不能由同一人同时担任（监督、指挥、处置、评价、区域管理分开）；“—”不受此限。
- {administrators}不能兼任任何其他岗位；这三个岗位的授予和重置只在服务器上用命令行办理，三者的权限互不包含管理对方的权限。
- 任何人不能给自己授予或撤销岗位，也不能停用或重置自己；不能使三个管理员岗位中的任何一个无人担任。
- “操作员”不是岗位：谁坐在服务器前、能打开数据目录，谁就是操作员；他的每个操作都记入日志。
"""


def rights_page() -> str:
    """The page in Markdown: one row per right, one column per role, sorted as they are declared."""
    administrators = "、".join(role.zh for role in Role if role in ADMINISTRATORS)
    lines = [_HEAD.format(administrators=administrators)]
    lines += ["## 岗位", "", "| 岗位 | 代码 | 职责 | 权限数 |", "|---|---|---|---|"]
    lines += [f"| {role.zh} | `{role.code}` | {DUTY_ZH[role.duty]} | {len(RIGHTS_OF[role])} |" for role in Role]
    lines += ["", "## 权限", "", "| 权限 | 代码 | " + " | ".join(role.zh for role in Role) + " |",
              "|---|---|" + "---|" * len(Role)]
    lines += [f"| {RIGHT_ZH[right]} | `{right.value}` | "
              + " | ".join("✓" if right in RIGHTS_OF[role] else "" for role in Role) + " |" for right in Right]
    return "\n".join(lines) + "\n"

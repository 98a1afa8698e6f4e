"""Rights and roles as data: a right is `noun.verb`, a role is a set of rights. `docs/rights.md` is made from here.

What somebody may do to a case in which state stands in its flow (`cases/flows`), by role; here stands
only who may see cases at all, and everything that is not a step of a case.
"""

import re
import unicodedata
from enum import Enum

from jingwei.kernel.wording import Words


class Right(Enum):
    AREA_READ = "area.read"
    AREA_MANAGE = "area.manage"
    PLAN_PUBLISH = "plan.publish"
    STAFFING_MANAGE = "staffing.manage"
    CATALOGUE_READ = "catalogue.read"
    CATALOGUE_MANAGE = "catalogue.manage"
    CALENDAR_MANAGE = "calendar.manage"
    FLOW_MANAGE = "flow.manage"
    PART_READ = "part.read"
    PART_MANAGE = "part.manage"
    UNIT_READ = "unit.read"
    UNIT_MANAGE = "unit.manage"
    USER_READ = "user.read"
    USER_CREATE = "user.create"
    USER_RESET = "user.reset"
    USER_GRANT = "user.grant"
    USER_DISMISS = "user.dismiss"
    FILE_ADD = "file.add"
    CASE_READ = "case.read"
    CASE_REPORT = "case.report"
    CASE_IMPORT = "case.import"
    CASE_EXPORT = "case.export"
    CASE_REVEAL = "case.reveal"
    VIEW_SHARE = "view.share"
    REFERRAL_READ = "referral.read"
    REFERRAL_SEND = "referral.send"
    REFERRAL_SIGN = "referral.sign"
    AUDIT_READ = "audit.read"
    JOURNAL_VERIFY = "journal.verify"
    JOURNAL_EXPORT = "journal.export"
    SYSTEM_READ = "system.read"
    SYSTEM_MANAGE = "system.manage"

    @property
    def told(self) -> Words:
        """Its name for those who are refused."""
        return Words(RIGHT_ZH[self], self.value)


class Role(Enum):
    """The posts of standards §5 and §12.1. `duty` is the axis that one person may not leave (STF-14, AT-09)."""

    SYSTEM_ADMIN = ("system_admin", "系统管理员", "system")
    SECURITY_ADMIN = ("security_admin", "安全管理员", "security")
    AUDIT_ADMIN = ("audit_admin", "审计管理员", "audit")
    AREA_ADMIN = ("area_admin", "区域管理员", "administration")
    LEADER = ("leader", "领导", "")
    EVALUATOR = ("evaluator", "评价员", "evaluation")
    SUPERVISOR = ("supervisor", "网格员（监督员）", "supervision")
    ACCEPTOR = ("acceptor", "受理员", "supervision")
    SHIFT_LEADER = ("shift_leader", "值班长", "supervision")
    DISPATCHER = ("dispatcher", "派遣员", "command")
    HANDLER = ("handler", "处置人员", "handling")
    COMMUNITY_OFFICER = ("community_officer", "村社区办理员", "handling")
    TOWN_OFFICER = ("town_officer", "镇街网格办", "supervision")
    COUNTY_OFFICER = ("county_officer", "区县受理单位", "handling")

    def __init__(self, code: str, zh: str, duty: str) -> None:
        self.code = code
        self.zh = zh
        self.duty = duty

    @classmethod
    def named(cls, code: str) -> "Role | None":
        return _BY_CODE.get(code)


    @classmethod
    def meant(cls, text: str) -> "Role | None":
        """As people write it in tables and commands: the code or the Chinese name."""
        return cls.named(text.strip()) or _BY_NAME.get(_folded(text))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


_BY_CODE = {role.code: role for role in Role}
# 网格员（监督员） is also found as 网格员, as 监督员 and with narrow brackets
_BY_NAME = {name: role for role in Role for name in (
    _folded(role.zh), *filter(None, re.split(r"[()]", _folded(role.zh))))}


def roles_listed() -> str:
    """Every post with its code, for whoever named one that does not exist."""
    return "、".join(f"{role.zh} {role.code}" for role in Role)


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""The three of standards §12.1 (8.1.5): given and reset only at the server's own keyboard."""

_STAFF = {Right.AREA_READ, Right.CATALOGUE_READ, Right.PART_READ, Right.UNIT_READ, Right.FILE_ADD, Right.CASE_READ,
          Right.CASE_REPORT, Right.REFERRAL_SEND}
_OFFICE = _STAFF | {Right.REFERRAL_READ, Right.REFERRAL_SIGN}

RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.SYSTEM_ADMIN: frozenset({
        Right.USER_READ, Right.USER_CREATE, Right.USER_RESET, Right.UNIT_READ, Right.UNIT_MANAGE, Right.AREA_READ,
        Right.SYSTEM_READ, Right.SYSTEM_MANAGE}),
    Role.SECURITY_ADMIN: frozenset({
        Right.USER_READ, Right.USER_GRANT, Right.USER_DISMISS, Right.UNIT_READ, Right.AREA_READ}),
    Role.AUDIT_ADMIN: frozenset({Right.AUDIT_READ, Right.JOURNAL_VERIFY, Right.JOURNAL_EXPORT, Right.AREA_READ}),
    Role.AREA_ADMIN: frozenset({
        Right.AREA_READ, Right.AREA_MANAGE, Right.PLAN_PUBLISH, Right.STAFFING_MANAGE, Right.CATALOGUE_READ,
        Right.CATALOGUE_MANAGE, Right.CALENDAR_MANAGE, Right.FLOW_MANAGE, Right.PART_READ, Right.PART_MANAGE, Right.UNIT_READ,
        Right.UNIT_MANAGE, Right.USER_READ,
        Right.CASE_READ, Right.CASE_IMPORT, Right.CASE_EXPORT, Right.VIEW_SHARE, Right.FILE_ADD, Right.REFERRAL_READ}),
    Role.LEADER: frozenset({
        Right.AREA_READ, Right.CATALOGUE_READ, Right.PART_READ, Right.UNIT_READ, Right.CASE_READ, Right.CASE_EXPORT,
        Right.VIEW_SHARE, Right.REFERRAL_READ}),
    Role.EVALUATOR: frozenset({
        Right.AREA_READ, Right.CATALOGUE_READ, Right.PART_READ, Right.UNIT_READ, Right.CASE_READ, Right.CASE_EXPORT,
        Right.REFERRAL_READ}),
    Role.SUPERVISOR: frozenset(_STAFF),
    Role.ACCEPTOR: frozenset(_OFFICE | {Right.CASE_REVEAL}),
    Role.SHIFT_LEADER: frozenset(_OFFICE | {Right.CASE_REVEAL, Right.CASE_EXPORT, Right.VIEW_SHARE}),
    Role.DISPATCHER: frozenset(_OFFICE | {Right.CASE_EXPORT, Right.VIEW_SHARE}),
    Role.HANDLER: frozenset(_STAFF | {Right.REFERRAL_SIGN}),
    Role.COMMUNITY_OFFICER: frozenset(_OFFICE),
    Role.TOWN_OFFICER: frozenset(_OFFICE | {Right.CASE_EXPORT, Right.VIEW_SHARE}),
    Role.COUNTY_OFFICER: frozenset(_OFFICE),
}

OPERATOR_RIGHTS = frozenset(right.value for right in Right)
"""Whoever sits at the server's own keyboard with the data folder in reach. Every such act is journaled as `cli`."""


def clash(held: set[Role], wanted: Role) -> Role | None:
    """The role already held that excludes `wanted`, or None. Each duty excludes every other (STF-14, 8.1.4.2)."""
    for role in held:
        if role.duty and wanted.duty and role.duty != wanted.duty:
            return role
        administrators = {"system", "security", "audit"}
        if role is not wanted and ({role.duty} | {wanted.duty}) & administrators:
            return role
    return None


RIGHT_ZH = {
    Right.AREA_READ: "查看区域和网格",
    Right.AREA_MANAGE: "维护区域和网格",
    Right.PLAN_PUBLISH: "发布划分方案",
    Right.STAFFING_MANAGE: "安排网格人员",
    Right.CATALOGUE_READ: "查看分类和标准",
    Right.CATALOGUE_MANAGE: "维护分类和标准",
    Right.CALENDAR_MANAGE: "维护工作日历",
    Right.FLOW_MANAGE: "维护案件流程",
    Right.PART_READ: "查看部件",
    Right.PART_MANAGE: "维护部件",
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
    Right.VIEW_SHARE: "共享筛选",
    Right.REFERRAL_READ: "查看报送概况和签收统计（不含内容）",
    Right.REFERRAL_SEND: "报送事项",
    Right.REFERRAL_SIGN: "为本单位签收、退回和答复报送",
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
- {administrators}不能兼任任何其他岗位；这三个岗位的授予和重置只在服务器上用命令行办理，谁也不能代办另一方的工作。
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

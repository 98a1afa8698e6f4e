"""Rights and roles as data: a right is `noun.verb`, a role is a set of rights. `docs/rights.md` is made from here.

What somebody may do to a case in which state stands in the flow profile (`cases.workflow`), by role; here stands
only who may see cases at all, and everything that is not a step of a case.
"""

from enum import Enum


class Right(Enum):
    AREA_READ = "area.read"
    AREA_MANAGE = "area.manage"
    PLAN_PUBLISH = "plan.publish"
    STAFFING_MANAGE = "staffing.manage"
    CATALOGUE_READ = "catalogue.read"
    CATALOGUE_MANAGE = "catalogue.manage"
    CALENDAR_MANAGE = "calendar.manage"
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
    AUDIT_READ = "audit.read"
    JOURNAL_VERIFY = "journal.verify"
    JOURNAL_EXPORT = "journal.export"
    SYSTEM_READ = "system.read"
    SYSTEM_MANAGE = "system.manage"


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


_BY_CODE = {role.code: role for role in Role}
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""The three of standards §12.1 (8.1.5): given and reset only at the server's own keyboard."""

_STAFF = {Right.AREA_READ, Right.CATALOGUE_READ, Right.UNIT_READ, Right.FILE_ADD, Right.CASE_READ, Right.CASE_REPORT}

RIGHTS_OF: dict[Role, frozenset[Right]] = {
    Role.SYSTEM_ADMIN: frozenset({
        Right.USER_READ, Right.USER_CREATE, Right.USER_RESET, Right.UNIT_READ, Right.UNIT_MANAGE, Right.AREA_READ,
        Right.SYSTEM_READ, Right.SYSTEM_MANAGE}),
    Role.SECURITY_ADMIN: frozenset({
        Right.USER_READ, Right.USER_GRANT, Right.USER_DISMISS, Right.UNIT_READ, Right.AREA_READ}),
    Role.AUDIT_ADMIN: frozenset({Right.AUDIT_READ, Right.JOURNAL_VERIFY, Right.JOURNAL_EXPORT, Right.AREA_READ}),
    Role.AREA_ADMIN: frozenset({
        Right.AREA_READ, Right.AREA_MANAGE, Right.PLAN_PUBLISH, Right.STAFFING_MANAGE, Right.CATALOGUE_READ,
        Right.CATALOGUE_MANAGE, Right.CALENDAR_MANAGE, Right.UNIT_READ, Right.UNIT_MANAGE, Right.USER_READ,
        Right.CASE_READ, Right.CASE_IMPORT, Right.CASE_EXPORT, Right.FILE_ADD}),
    Role.LEADER: frozenset({
        Right.AREA_READ, Right.CATALOGUE_READ, Right.UNIT_READ, Right.CASE_READ, Right.CASE_EXPORT}),
    Role.EVALUATOR: frozenset({
        Right.AREA_READ, Right.CATALOGUE_READ, Right.UNIT_READ, Right.CASE_READ, Right.CASE_EXPORT}),
    Role.SUPERVISOR: frozenset(_STAFF),
    Role.ACCEPTOR: frozenset(_STAFF | {Right.CASE_REVEAL}),
    Role.SHIFT_LEADER: frozenset(_STAFF | {Right.CASE_REVEAL, Right.CASE_EXPORT}),
    Role.DISPATCHER: frozenset(_STAFF | {Right.CASE_EXPORT}),
    Role.HANDLER: frozenset(_STAFF),
    Role.COMMUNITY_OFFICER: frozenset(_STAFF),
    Role.TOWN_OFFICER: frozenset(_STAFF | {Right.CASE_EXPORT}),
    Role.COUNTY_OFFICER: frozenset(_STAFF),
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

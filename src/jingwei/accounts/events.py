"""Journal verbs of accounts: noun.past-participle. Their data holds ids and codes, never names, logins, passwords."""

from enum import Enum


class UnitEvent(Enum):
    """Subject unit:<id>."""

    CREATED = "unit.created"
    RENAMED = "unit.renamed"
    MOVED = "unit.moved"
    DEACTIVATED = "unit.deactivated"
    ACTIVATED = "unit.activated"


class UserEvent(Enum):
    """Subject user:<id>."""

    CREATED = "user.created"
    RENAMED = "user.renamed"
    TRANSFERRED = "user.transferred"
    RESET = "user.reset"
    DISMISSED = "user.dismissed"
    LOCKED = "user.locked"
    ROLE_GIVEN = "role.given"
    ROLE_WITHDRAWN = "role.withdrawn"
    PASSWORD_CHANGED = "password.changed"
    INVITATION_ISSUED = "invitation.issued"
    INVITATION_USED = "invitation.used"
    TOKEN_ISSUED = "token.issued"
    TOKEN_REVOKED = "token.revoked"
    SESSIONS_ENDED = "sessions.ended"
    SECOND_FACTOR_SET = "user.second_factor_set"
    SECOND_FACTOR_USED_RECOVERY = "user.second_factor_used_recovery"
    SECOND_FACTOR_RECOVERY_RENEWED = "user.second_factor_recovery_renewed"
    SECOND_FACTOR_RESET = "user.second_factor_reset"


class SignInEvent(Enum):
    """Subject user:<id>, or signin:<date> where no such person exists. Read by the audit administrator."""

    BEGUN = "signin.begun"  # the password was right, the second factor is still to come
    ACCEPTED = "signin.accepted"
    REFUSED = "signin.refused"
    ENDED = "signin.ended"


class ImportEvent(Enum):
    """Subject import:<id>."""

    UNITS = "units.imported"
    STAFF = "staff.imported"


SAID = {
    UnitEvent.CREATED: "新建单位",
    UnitEvent.RENAMED: "单位改名",
    UnitEvent.MOVED: "单位换上级",
    UnitEvent.DEACTIVATED: "停用单位",
    UnitEvent.ACTIVATED: "恢复单位",
    UserEvent.CREATED: "新建人员",
    UserEvent.RENAMED: "人员改名",
    UserEvent.TRANSFERRED: "人员换单位",
    UserEvent.RESET: "重置账号",
    UserEvent.DISMISSED: "停用账号",
    UserEvent.LOCKED: "账号因连续输错密码而锁定",
    UserEvent.ROLE_GIVEN: "授予岗位：{role}",
    UserEvent.ROLE_WITHDRAWN: "撤销岗位：{role}",
    UserEvent.PASSWORD_CHANGED: "修改密码",
    UserEvent.INVITATION_ISSUED: "发出一次性链接",
    UserEvent.INVITATION_USED: "用一次性链接设置了密码",
    UserEvent.TOKEN_ISSUED: "发放设备令牌",
    UserEvent.TOKEN_REVOKED: "作废设备令牌",
    UserEvent.SESSIONS_ENDED: "结束会话",
    UserEvent.SECOND_FACTOR_SET: "开启两步验证",
    UserEvent.SECOND_FACTOR_USED_RECOVERY: "用恢复码登录",
    UserEvent.SECOND_FACTOR_RECOVERY_RENEWED: "换了一组恢复码",
    UserEvent.SECOND_FACTOR_RESET: "重置两步验证",
    SignInEvent.BEGUN: "输入了密码，等待两步验证",
    SignInEvent.ACCEPTED: "登录",
    SignInEvent.REFUSED: "登录被拒",
    SignInEvent.ENDED: "退出登录",
    ImportEvent.UNITS: "导入单位表：新增 {created}，更新 {updated}，不变 {unchanged}，退回 {rejected}",
    ImportEvent.STAFF: "导入人员表：新增 {created}，更新 {updated}，不变 {unchanged}，退回 {rejected}",
}
"""Each verb as a sentence of the operation log; {…} stands in the entry's data."""

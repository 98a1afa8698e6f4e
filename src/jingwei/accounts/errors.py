"""Refusals of accounts."""

from jingwei.kernel.errors import ErrorCode, Kind


class AccountError(ErrorCode):
    NOT_SIGNED_IN = (
        "account.not_signed_in", Kind.UNAUTHENTICATED,
        "没有执行：还没有登录，或登录已过期。请重新登录后再试。",
        "Nothing was done: you are not signed in, or the session has ended. Sign in and try again.",
    )
    NO_RIGHT = (
        "account.no_right", Kind.FORBIDDEN,
        "没有执行：这项操作需要权限“{right}”，您的岗位没有。如确有需要，请向安全管理员申请。",
        "Nothing was done: this needs the right {right}, which your post does not have. Ask the security administrator.",
    )

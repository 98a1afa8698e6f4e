"""Refusals of accounts."""

from jingwei.accounts.rights import Right
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode, Kind, Refusal


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
    RIGHT_ELSEWHERE = (
        "account.right_elsewhere", Kind.FORBIDDEN,
        ("没有执行：您有“{right}”的权限，但这次要改动的超出了授予您的区域或单位。"
         "请由上级区域的管理员操作，或向安全管理员申请扩大范围。"),
        ("Nothing was done: you hold the right {right}, but what this would change reaches beyond the area or unit it "
         "was given to you for. Leave it to an administrator of the area above, or ask the security administrator."),
    )
    CSRF = (
        "account.csrf", Kind.FORBIDDEN,
        "没有执行：请求缺少本站页面的防伪标记（X-CSRFToken）或标记已过期。请刷新页面后再操作一次。",
        "Nothing was done: the request lacks this site's CSRF token (X-CSRFToken) or it is stale. Reload and try again.",
    )
    SIGN_IN_REFUSED = (
        "account.sign_in_refused", Kind.UNAUTHENTICATED,
        ("没有登录：登录名或密码不对，或者账号还没有设置密码、已停用、已锁定（连续输错 5 次锁定 15 分钟）。"
         "请核对后再试，仍不行请向系统管理员申请重置。"),
        ("You were not signed in: login or password are wrong, or the account has no password yet, is closed or is "
         "locked (15 minutes after 5 failures). Check them and try again, or ask the system administrator for a reset."),
    )
    SECOND_FACTOR_NEEDED = (
        "account.second_factor_needed", Kind.UNAUTHENTICATED,
        "没有执行：登录还差一步，密码对了，验证码还没有输入。请打开手机上的验证器，在登录页输入 6 位验证码。",
        "Nothing was done: signing in is not finished, the code is still missing. Enter the 6 digits of your authenticator.",
    )
    SECOND_FACTOR_ENROL = (
        "account.second_factor_enrol", Kind.UNAUTHENTICATED,
        "没有执行：您的岗位要用两步验证，还没有设置。请在登录页用手机验证器扫码设置，然后继续。",
        "Nothing was done: your post needs a second factor, which is not set up yet. Set it up on the sign-in page first.",
    )
    SECOND_FACTOR_WRONG = (
        "account.second_factor_wrong", Kind.REFUSED,
        ("没有登录：验证码不对、已过时或已经用过，或者账号已锁定（密码和验证码合计连续输错 5 次锁定 15 分钟）。"
         "请等验证器换下一个码再输；手机不在身边请用恢复码。"),
        ("You were not signed in: the code is wrong, too old or used already, or the account is locked (15 minutes after "
         "5 failures of password and code together). Wait for the next code, or use a recovery code."),
    )
    SECOND_FACTOR_PASSWORD = (
        "account.second_factor_password", Kind.REFUSED,
        ("没有开始设置：您已有两步验证，更换时要先输入现在的密码，而密码没有输入或不对（连续输错 5 次锁定 15 分钟）。"
         "请输入密码再试。"),
        ("Nothing was begun: you have a second factor, to replace it enter your present password; it is missing or "
         "wrong (15 minutes' lock after 5 failures). Enter it and try again."),
    )
    SECOND_FACTOR_NOT_PROVEN = (
        "account.second_factor_not_proven", Kind.REFUSED,
        ("没有设置：验证码与刚才的二维码对不上。请确认扫的是这个二维码、手机时间准确（误差不超过半分钟），"
         "再输入验证器现在显示的 6 位数字。"),
        ("The second factor was not set: the code does not fit this QR code. Check that it was this one you scanned and "
         "that the phone's clock is right, then enter the 6 digits shown now."),
    )
    SECOND_FACTOR_NOT_BEGUN = (
        "account.second_factor_not_begun", Kind.CONFLICT,
        "没有设置：这次登录没有正在设置的两步验证，可能已经设好，或页面放得太久。请重新打开设置页。",
        "The second factor was not set: none is being set up in this session, perhaps it is done. Open the page again.",
    )
    SECOND_FACTOR_NOT_ASKED = (
        "account.second_factor_not_asked", Kind.CONFLICT,
        "没有执行：这次登录不需要再输验证码，已经登录好了。请直接继续。",
        "Nothing was done: no code is asked for, you are signed in already. Just go on.",
    )
    SECOND_FACTOR_NONE = (
        "account.second_factor_none", Kind.CONFLICT,
        "没有重置：此人没有设置两步验证，没有可重置的。请核对是不是这个人。",
        "Nothing was reset: this person has no second factor set up. Check whether it is the right person.",
    )
    TOO_MANY_TRIES = (
        "account.too_many_tries", Kind.TOO_MANY,
        "没有登录：从这里或用这个登录名尝试的次数太多，系统暂不核对。请等 5 分钟后再试。",
        "You were not signed in: too many tries from here or with this login, none is checked now. Wait 5 minutes.",
    )
    WRONG_PASSWORD = (
        "account.wrong_password", Kind.REFUSED,
        "密码没有修改：现在的密码不对（连续输错 5 次锁定 15 分钟）。请核对后再试。",
        "The password was not changed: the present one is wrong (15 minutes' lock after 5 failures). Try again.",
    )
    WEAK_PASSWORD = (
        "account.weak_password", Kind.REFUSED,
        "密码没有保存：新密码须为 {shortest} 至 {longest} 个字符，不能全是数字，不能是常见密码，不能含登录名。请换一个。",
        ("The password was not saved: it needs {shortest} to {longest} characters, not digits alone, not a common one, "
         "without the login. Choose another."),
    )
    SESSION_NEEDED = (
        "account.session_needed", Kind.FORBIDDEN,
        "没有执行：这项操作要求本人用密码登录，设备令牌不行。请在浏览器中登录后再操作。",
        "Nothing was done: this needs a sign-in with the password, a device token is not enough. Sign in first.",
    )
    INVITATION_UNKNOWN = (
        "account.invitation_unknown", Kind.NOT_FOUND,
        "密码没有设置：这个链接无效，可能抄写不全，或已被更新的链接取代。请使用最新的链接，或请系统管理员重新发放。",
        ("No password was set: the link is not valid, perhaps incomplete or replaced by a newer one. Use the newest "
         "link or ask the system administrator for another."),
    )
    INVITATION_OVER = (
        "account.invitation_over", Kind.CONFLICT,
        "密码没有设置：这个链接已经用过，或已过有效期。若不是您本人用的，请马上告诉安全管理员；需要新链接请找系统管理员。",
        ("No password was set: the link was used already or has expired. If it was not you who used it, tell the "
         "security administrator at once; the system administrator issues a new one."),
    )
    FIRST_DONE = (
        "account.first_done", Kind.CONFLICT,
        "没有发放：三个管理员都已设置密码。忘记密码请在服务器上用命令行逐个重置。",
        "No link was issued: all three administrators have set their passwords. Reset one by the command line.",
    )
    BAD_LOGIN = (
        "account.bad_login", Kind.REFUSED,
        "没有保存：登录名须为 2 至 40 个小写字母、数字或 . _ @ -，以字母或数字开头。请改正。",
        "Nothing was saved: a login has 2 to 40 of a-z, 0-9, . _ @ - and begins with a letter or digit. Correct it.",
    )
    BAD_NAME = (
        "account.bad_name", Kind.REFUSED,
        "没有保存：“{field}”须为一行 1 至 {longest} 个看得见的字。请改正。",
        "Nothing was saved: {field} must be one line of 1 to {longest} visible characters. Correct it.",
    )
    BAD_CODE = (
        "account.bad_code", Kind.REFUSED,
        "没有保存：单位编码须为 1 至 40 个字母、数字或 . _ -，以字母或数字开头。请改正。",
        "Nothing was saved: a unit's code has 1 to 40 letters, digits, . _ - and begins with a letter or digit.",
    )
    BAD_KIND = (
        "account.bad_kind", Kind.REFUSED,
        "没有保存：单位类别须为 1 至 20 个小写英文字母或下划线，例如 department。请改正。",
        "Nothing was saved: a kind of unit has 1 to 20 of a-z and _, such as department. Correct it.",
    )
    PERSONAL_NUMBER = (
        "account.personal_number", Kind.REFUSED,
        "没有保存：“{field}”中有手机号或身份证号，这里不存这类号码。请改用姓名拼音或岗位编号。",
        "Nothing was saved: {field} holds a phone or identity number, which is not kept here. Use a name or a post.",
    )
    LOGIN_TAKEN = (
        "account.login_taken", Kind.CONFLICT,
        "没有建立：这个登录名已有人使用（停用的账号也保留登录名）。请换一个。",
        "Nobody was added: this login is taken (closed accounts keep theirs). Choose another.",
    )
    USER_DISMISSED = (
        "account.user_dismissed", Kind.CONFLICT,
        "没有执行：这个账号已停用，不能再授予岗位、重置或修改。需要时请建立新账号。",
        "Nothing was done: this account is closed and can be given no role, reset or change. Create a new one.",
    )
    NOT_ONESELF = (
        "account.not_oneself", Kind.FORBIDDEN,
        "没有执行：不能给自己授予或撤销岗位，也不能停用或重置自己。请由另一位管理员操作。",
        "Nothing was done: nobody gives or takes roles, closes or resets for himself. Ask another administrator.",
    )
    ADMINISTRATORS_AT_KEYBOARD = (
        "account.administrators_at_keyboard", Kind.FORBIDDEN,
        ("没有执行：系统、安全、审计三个管理员岗位的授予和重置只能在服务器上用命令行办理，免得其中一个代替另一个。"
         "请找服务器操作员。"),
        ("Nothing was done: the posts of system, security and audit administrator are given and reset only at the "
         "server's own keyboard, so that none can stand in for another. Ask whoever operates the server."),
    )
    LAST_ADMINISTRATOR = (
        "account.last_administrator", Kind.CONFLICT,
        "没有执行：这是最后一位{role_zh}，撤掉后无人履职。请先另设一位，或在服务器上用命令行办理。",
        "Nothing was done: this is the last holder of {role}. Appoint another first, or do it at the server.",
    )
    ROLE_UNKNOWN = (
        "account.role_unknown", Kind.REFUSED,
        "没有授予：没有岗位“{role}”。请写下列岗位之一（名称或代码）：{roles}。",
        "Nothing was given: there is no role {role}. Write one of these, by name or code: {roles}.",
    )
    ROLE_CLASH = (
        "account.role_clash", Kind.CONFLICT,
        ("没有授予：此人同期已任{held_zh}，按监督、指挥、处置、评价分离和三员分立的规定不能兼任{wanted_zh}。"
         "请先撤销原岗位，或另选他人。"),
        ("Nothing was given: this person is {held} at that time, which by separation of duties excludes {wanted}. "
         "Withdraw the other role first or choose somebody else."),
    )
    ROLE_HELD = (
        "account.role_held", Kind.CONFLICT,
        "没有授予：此人已有同样范围的这个岗位。需要改期限时请先撤销再授予。",
        "Nothing was given: this person has this very role already. To change its dates withdraw it first.",
    )
    AREA_UNKNOWN = (
        "account.area_unknown", Kind.REFUSED,
        "没有授予：没有这个区域编码。请核对编码；全部区域请写 *。",
        "Nothing was given: there is no area with this code. Check it; for everywhere write *.",
    )
    BAD_DATES = (
        "account.bad_dates", Kind.REFUSED,
        "没有授予：期限的结束须晚于开始和现在，并注明时区。请改正日期。",
        "Nothing was given: the end must lie after the beginning and after now, with a time zone. Correct the dates.",
    )
    UNIT_UNKNOWN = (
        "account.unit_unknown", Kind.REFUSED,
        "没有保存：没有这个单位编码，或不在您的权限范围内。请核对编码。",
        "Nothing was saved: there is no unit with this code within your reach. Check the code.",
    )
    UNIT_INACTIVE = (
        "account.unit_inactive", Kind.CONFLICT,
        "没有保存：这个单位已停用。请选在用的单位，或先恢复它。",
        "Nothing was saved: this unit is out of use. Choose another or put it back into use first.",
    )
    UNIT_CODE_TAKEN = (
        "account.unit_code_taken", Kind.CONFLICT,
        "没有建立：这个单位编码已有单位使用（停用的也保留）。请换一个。",
        "No unit was created: this code is taken (units out of use keep theirs). Choose another.",
    )
    UNIT_CYCLE = (
        "account.unit_cycle", Kind.CONFLICT,
        "没有移动：新的上级就是它自己或它的下级。请另选上级。",
        "Nothing was moved: the new parent is the unit itself or lies below it. Choose another.",
    )
    UNIT_TOO_DEEP = (
        "account.unit_too_deep", Kind.REFUSED,
        "没有保存：单位层级太深。请减少层级。",
        "Nothing was saved: the units are nested too deep. Use fewer levels.",
    )
    UNIT_IN_USE = (
        "account.unit_in_use", Kind.CONFLICT,
        "没有停用：它还有下级单位 {children} 个、在职人员 {people} 名、在期岗位 {roles} 个。请先处理这些。",
        "Nothing was done: it still has {children} units below, {people} people and {roles} roles. Deal with them first.",
    )
    UNIT_HOLDS_WORK = (
        "account.unit_holds_work", Kind.CONFLICT,
        "没有停用：它还有未结案件 {cases} 件、未办结的督办单 {orders} 张、会议交办 {tasks} 项、责任单位规则 {rules} 条。请选择接手的单位，一并转过去。",
        "Nothing was done: it holds {cases} open cases, {orders} open orders, {tasks} tasks of meetings and {rules} rules. Choose the unit that takes them over.",
    )
    UNIT_HOLDS_MUCH = (
        "account.unit_holds_much", Kind.CONFLICT,
        "没有停用：它还有未结案件 {cases} 件，一次最多转 {most} 件。请先让它办结或退回一部分。",
        "Nothing was done: it holds {cases} open cases and {most} are passed on at once. Let it close or return some first.",
    )


class RowError(ErrorCode):
    """Why one row of an import was not taken; beside the codes above."""

    COLUMN_MISSING = (
        "account.row.column_missing", Kind.REFUSED,
        "没有导入：文件缺少必需的列“{column}”。请补上后重试。",
        "Nothing was imported: the file lacks the column {column}. Add it and try again.",
    )
    EMPTY = (
        "account.row.empty", Kind.REFUSED,
        "没有采用：“{column}”为空。请补上。",
        "Not taken: {column} is empty. Fill it in.",
    )
    REPEATED = (
        "account.row.repeated", Kind.REFUSED,
        "没有采用：与第 {first} 行重复。请删去其中一行。",
        "Not taken: it repeats row {first}. Remove one of them.",
    )
    DIFFERS = (
        "account.row.differs", Kind.REFUSED,
        "没有采用：同一登录名在第 {first} 行的姓名或单位不同。请核对。",
        "Not taken: the same login has another name or unit in row {first}. Check which is right.",
    )
    NOT_CREATED = (
        "account.row.not_created", Kind.REFUSED,
        "没有采用：这个登录名还没有账号，您的岗位只能授予岗位。请系统管理员先导入同一文件，建立人员。",
        ("Not taken: there is no such account yet and your post only gives roles. Have the system administrator import "
         "this file first."),
    )
    POSTS_LEFT = (
        "account.row.posts_left", Kind.REFUSED,
        "人员已采用，{count} 个岗位没有授予：您的岗位不能授予岗位。请安全管理员再导入同一文件。",
        ("The people were taken; {count} roles were not given, your post cannot. Have the security administrator "
         "import this file next."),
    )
    PARENT_UNKNOWN = (
        "account.row.parent_unknown", Kind.REFUSED,
        "没有采用：上级编码既不在文件中，也不在系统中，或其行没有采用。请先改正上级。",
        "Not taken: the parent's code is neither in the file nor known, or its row was not taken. Correct that first.",
    )
    PARENT_CIRCLE = (
        "account.row.parent_circle", Kind.REFUSED,
        "没有采用：上下级绕成一圈。请改正上级编码。",
        "Not taken: the parents run in a circle. Correct the parent codes.",
    )


def no_right(actor: Actor, right: Right) -> Refusal:
    """The true reason why somebody may not: they have not got the right, or have it for another place."""
    return Refusal(AccountError.RIGHT_ELSEWHERE if actor.holds(right.value) else AccountError.NO_RIGHT, right=right.told)

"""Refusals around extensions, suspensions, appeals against an overrun, and deadlines reckoned anew."""

from jingwei.kernel.errors import ErrorCode, Kind


class ClockError(ErrorCode):
    RECOUNT_RUNNING = (
        "case.recount_running", Kind.CONFLICT,
        "没有开始重算：上一次重算还没有完成。请等它完成后再试。",
        "Not begun: an earlier recount is still running. Wait until it is done.",
    )
    NOT_OVERRUN = (
        "case.not_overrun", Kind.CONFLICT,
        "没有提出申诉：这个环节没有超期，或还没有结束。请先办完这一环节，再从“超期与申诉”里选择。",
        "Not appealed: that stage did not overrun, or is not over yet. Finish it, then choose it from the list of overruns.",
    )
    APPEAL_TOO_LATE = (
        "case.appeal_too_late", Kind.CONFLICT,
        "没有提出申诉：应在环节结束（或结案）后 {days} 个工作日内提出，{last} 已截止。确有特殊情况的，请联系指挥中心。",
        "Not appealed: that is possible for {days} working days after the stage or the case ended, which was until {last}. Speak to the directing centre.",
    )
    APPEALED_ALREADY = (
        "case.appealed_already", Kind.CONFLICT,
        "没有提出申诉：这个环节的超期已经申诉过，一个环节只能申诉一次。请在“超期与申诉”里查看结果。",
        "Not appealed: there is an appeal about that stage already, and one is the most. Look at its outcome in the list of overruns.",
    )
    APPEAL_OF_OTHERS = (
        "case.appeal_of_others", Kind.FORBIDDEN,
        "没有执行：申诉由超期的单位（或指挥中心）提出，撤回限提出人本人。请联系他们。",
        "Nothing was done: the unit that overran (or the centre) appeals, and only who appealed takes it back. Speak to them.",
    )
    EXTENSIONS_USED = (
        "case.extensions_used", Kind.CONFLICT,
        "没有延期：这次处置已经延期 {used} 次，最多 {most} 次。确需更多时间的，请申请挂账，或先反馈处置情况。",
        "Not extended: this handling was extended {used} times and {most} is the most. Ask for a suspension, or feed back what was done.",
    )
    EXTENDED_TOO_FAR = (
        "case.extended_too_far", Kind.REFUSED,
        "没有延期：延期后的到期时间比原来晚 {days} 天以上（已延期 {used} 次），超过上限。请缩短延期时间，或申请挂账。",
        "Not extended: it would be due more than {days} days later than at first (extended {used} times). Give less, or suspend it.",
    )
    SUSPENSION_OVER = (
        "case.suspension_over", Kind.REFUSED,
        "没有挂账：恢复日期 {until} 不在今天之后。请另选一天。",
        "Not suspended: {until}, on which it would go on, is not after today. Choose another day.",
    )
    SUSPENSION_TOO_LONG = (
        "case.suspension_too_long", Kind.REFUSED,
        "没有挂账：恢复日期 {until} 太晚，挂账（含续挂）最长 {days} 天，最晚到 {last}。请提前恢复日期，到期前可再研究。",
        "Not suspended: {until} is too late; {days} days is the most, with renewals, which is {last}. Choose an earlier day.",
    )
    NO_SEASON = (
        "case.no_season", Kind.REFUSED,
        "没有挂账：这类问题在此处没有规定种植季。请填写恢复日期，或请管理员在参数里设置种植季。",
        "Not suspended: no planting season is set for this class here. Give a day, or have the season set.",
    )
    SEASON_NOW = (
        "case.season_now", Kind.REFUSED,
        "没有挂账：现在就在种植季里，可以补植。仍需挂账的，请填写恢复日期并说明理由。",
        "Not suspended: it is planting season now. If it has to wait all the same, give a day and the reason.",
    )
    NOT_SUSPENDED = (
        "case.not_suspended", Kind.CONFLICT,
        "没有执行：案件现在没有挂账。请刷新后按现状操作。",
        "Nothing was done: the case is not suspended. Refresh and go on.",
    )

"""Refusals of proposals of deputies and committee members."""

from jingwei.kernel.errors import ErrorCode, Kind


class ProposalError(ErrorCode):
    NOT_OFFICE = (
        "proposal.not_office", Kind.FORBIDDEN,
        "没有登记：这个区域的建议提案由{posts}登记。请转给他们登记。",
        "Not noted: proposals of this area are noted by {posts}. Ask one of them.",
    )
    BAD_FIELD = (
        "proposal.bad_field", Kind.REFUSED,
        "没有登记：{field}没有填，或不可用。请改正后再提交。",
        "Not noted: {field} is missing or cannot be used. Correct it and send again.",
    )
    NUMBER_TAKEN = (
        "proposal.number_taken", Kind.CONFLICT,
        "没有登记：{year} 年的第 {number} 号已经登记过。请核对编号。",
        "Not noted: number {number} of {year} is there already. Check the number.",
    )
    WRONG_STATE = (
        "proposal.wrong_state", Kind.CONFLICT,
        "没有执行“{deed}”：这件建议现在是“{state}”。请刷新后按现状操作。",
        "“{deed}” was not done: the proposal is “{state}” now. Refresh and go on.",
    )
    WRONG_SIDE = (
        "proposal.wrong_side", Kind.FORBIDDEN,
        "没有执行“{deed}”：要由{side}来做。请转告他们。",
        "“{deed}” was not done: that is for {side}. Tell them.",
    )
    OWN_DRAFT = (
        "proposal.own_draft", Kind.FORBIDDEN,
        "没有会签：答复稿是您拟的，要由另一个人会签。请转告同事。",
        "Not countersigned: you wrote the draft. Another person must do it.",
    )
    MISSING = (
        "proposal.missing", Kind.REFUSED,
        "没有执行“{deed}”：没有写明{what}。请补上后再提交。",
        "“{deed}” was not done: {what} is missing. Add it and send again.",
    )

"""Refusals of calls back."""

from jingwei.kernel.errors import ErrorCode, Kind


class CallError(ErrorCode):
    NO_CALL_DUE = (
        "case.no_call_due", Kind.CONFLICT,
        "没有记录回访：{number} 现在不用回访（{state}），可能已经有人回访，或案件已重新打开。请刷新后查看。",
        "The call was not noted: nobody has to call about {number} now ({state}). It may be done, or the case open again. Refresh.",
    )
    UNKNOWN_OUTCOME = (
        "case.unknown_outcome", Kind.REFUSED,
        "没有记录回访：没有“{outcome}”这种结果，可用 {possible}。请改选后再提交。",
        "The call was not noted: there is no outcome {outcome}, only {possible}. Choose one of them.",
    )

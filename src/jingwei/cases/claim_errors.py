"""Refusals of complaints with a sum."""

from jingwei.kernel.errors import ErrorCode, Kind


class ClaimError(ErrorCode):
    BAD_SUM = (
        "claim.bad_sum", Kind.REFUSED,
        "没有登记：“{given}”不是可用的金额。请填写以元为单位的数字，最多两位小数，不超过 100 亿元；也可以写成“225.8万”。",
        "Not noted: “{given}” is no usable sum. Give yuan with two decimals at most, no more than 10 billion.",
    )
    NOTHING_CLAIMED = (
        "claim.nothing_claimed", Kind.REFUSED,
        "没有登记：诉求金额要大于零。请核对后再提交。",
        "Not noted: what is claimed must be more than nothing. Check it and send again.",
    )
    UNKNOWN_KIND = (
        "claim.unknown_kind", Kind.REFUSED,
        "没有登记：没有“{kind}”这种款项，可用 {possible}。请改选后再提交。",
        "Not noted: there is no kind of claim {kind}, only {possible}. Choose one of them.",
    )
    MORE_THAN_CLAIMED = (
        "claim.more_than_claimed", Kind.REFUSED,
        "没有登记：落实的 {settled} 元多于诉求的 {claimed} 元。请核对单位是元还是万元；诉求确实变了的，先改诉求金额。",
        "Not noted: {settled} yuan settled are more than the {claimed} claimed. Check the unit; if the claim changed, change that first.",
    )
    NO_CLAIM = (
        "claim.none", Kind.CONFLICT,
        "没有登记：{number} 没有登记诉求金额。请先登记诉求金额。",
        "Not noted: nothing is claimed in {number}. Note the claim first.",
    )

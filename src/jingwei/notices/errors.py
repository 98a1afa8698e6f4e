"""Refusals of notices."""

from jingwei.kernel.errors import ErrorCode, Kind


class NoticeError(ErrorCode):
    BAD_TEXT = (
        "notice.bad_text", Kind.INVALID,
        "没有发布：{what}须有看得见的文字，不超过 {most} 字，不能有控制字符。请改正后再发布。",
        "Not announced: {what} needs visible text of at most {most} characters without control signs. Correct it.",
    )
    PERSONAL_NUMBER = (
        "notice.personal_number", Kind.REFUSED,
        "没有发布：文字里有手机号或身份证号，公告人人可见。请删去号码，改写办公电话。",
        "Not announced: the text holds a phone or identity number and everybody would read it. Take it out.",
    )
    BAD_END = (
        "notice.bad_end", Kind.REFUSED,
        "没有发布：截止时间须晚于现在，且在一年以内。请改正截止时间。",
        "Not announced: the end must lie after now and within a year. Correct it.",
    )
    NOT_YOURS = (
        "notice.not_yours", Kind.FORBIDDEN,
        "没有撤回：这条公告发给了您管理范围以外的区域。请让发布它的区域的管理员撤回。",
        "Not withdrawn: it was told to more than the area you manage. Ask an administrator of that area.",
    )
    AREA_UNKNOWN = (
        "notice.area_unknown", Kind.REFUSED,
        "没有发布：没有这个区域编码，或不在您的权限范围内。请核对编码。",
        "Not announced: there is no area with this code within your reach. Check the code.",
    )

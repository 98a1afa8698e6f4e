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


class TellingError(ErrorCode):
    """Of messages, choices and connectors."""

    BAD_NAME = (
        "notice.bad_name", Kind.INVALID,
        "没有保存：名称须有看得见的文字，不超过 {most} 字，不能有控制字符。请改正后再保存。",
        "Not saved: a name needs visible text of at most {most} characters without control signs. Correct it.",
    )
    KIND_UNKNOWN = (
        "notice.kind_unknown", Kind.REFUSED,
        "没有保存：没有“{value}”这一种连接。可以选：{possible}。",
        "Not saved: there is no kind of connector called {value}. Choose one of: {possible}.",
    )
    FIELD_MISSING = (
        "notice.field_missing", Kind.REFUSED,
        "没有保存：这种连接要填“{field}”。请补上后再保存。",
        "Not saved: this kind of connector needs the field {field}. Fill it in.",
    )
    FIELD_UNKNOWN = (
        "notice.field_unknown", Kind.REFUSED,
        "没有保存：这种连接没有“{field}”这一项，或内容太长。请按这种连接的栏目填写。",
        "Not saved: this kind of connector has no field {field}, or its text is too long. Fill in the fields it has.",
    )
    SECRET_AGAIN = (
        "notice.secret_again", Kind.REFUSED,
        "没有保存：服务器地址改了，原来的“{field}”不会带到新地址。请重新填写。",
        "Not saved: the server's address changed, and {field} is not taken along to another one. Type it again.",
    )
    BAD_RATE = (
        "notice.bad_rate", Kind.REFUSED,
        "没有保存：每分钟条数须在 1 到 {most} 之间。群机器人一般每分钟不超过 20 条。",
        "Not saved: the number a minute lies between 1 and {most}. Group robots usually take 20.",
    )
    PLACE_UNKNOWN = (
        "notice.place_unknown", Kind.REFUSED,
        "没有保存：没有这个区域编码或单位编码。请核对编码，不限定就留空。",
        "Not saved: there is no area or unit with this code. Check it, or leave it empty for everything.",
    )
    WAY_NOT_READY = (
        "notice.way_not_ready", Kind.REFUSED,
        "没有保存：要用{way}接收，还差您的{what}。请先填写。",
        "Not saved: to be told by {way}, your own {what} is missing. Give it first.",
    )
    BAD_ADDRESS = (
        "notice.bad_address", Kind.REFUSED,
        "没有保存：“{what}”的写法不对。请核对后再保存。",
        "Not saved: this is no valid {what}. Check it and save again.",
    )
    BAD_CHOICE = (
        "notice.bad_choice", Kind.REFUSED,
        "没有保存：“{what}”不能是 {value}。请从给出的选项里选。",
        "Not saved: {what} cannot be {value}. Choose one of those offered.",
    )
    NEEDS_RECEIVER = (
        "notice.needs_receiver", Kind.REFUSED,
        "没有试发：{way}要有收件人。请填写一个收件地址或号码。",
        "Nothing was sent: {way} needs a receiver. Give an address or a number.",
    )
    NO_CONNECTOR = (
        "notice.no_connector", Kind.CONFLICT,
        "没有发出：程序里没有这种连接了（{kind}）。请删除它，换一种连接。",
        "Not sent: the program knows this kind of connector no more ({kind}). Remove it and use another kind.",
    )
    NO_RECEIVER = (
        "notice.no_receiver", Kind.NOT_FOUND,
        "没有发出：收件人没有留{what}，或已离岗。本人补填后可以重发。",
        "Not sent: the receiver left no {what} or works here no more. Once it is given, send it again.",
    )
    NOT_PARKED = (
        "notice.not_parked", Kind.CONFLICT,
        "没有执行：这条通知不在搁置之列，可能已被别人处理。请刷新列表。",
        "Nothing was done: this message is not parked any more, somebody may have dealt with it. Reload the list.",
    )
    TOO_OLD = (
        "notice.too_old", Kind.BUSY,
        "没有发出：对方一天没有收下，不再重试。修好连接后可以重发。",
        "Not sent: the other side did not take it for a day, so it is not tried any more. Mend the connector, then send it again.",
    )

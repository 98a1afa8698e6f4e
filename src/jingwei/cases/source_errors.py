"""Refusals of systems that send by themselves, and of setting them up."""

from jingwei.kernel.errors import ErrorCode, Kind


class SourceError(ErrorCode):
    NOT_SIGNED = (
        "source.not_signed", Kind.UNAUTHENTICATED,
        "没有收下：缺少签名，或签名与内容、接入编号、密钥不符。请按接口说明签名后再发。",
        "Not taken: it is not signed, or the signature fits neither content, source nor secret. Sign it as described and send again.",
    )
    OUT_OF_TIME = (
        "source.out_of_time", Kind.UNAUTHENTICATED,
        "没有收下：签名的时间与服务器相差超过 {minutes} 分钟，服务器现在是 {now}。请校准时钟，重新签名后再发。",
        "Not taken: it was signed more than {minutes} minutes from the time here, which is {now}. Set the clock, sign anew and send again.",
    )
    REPLAYED = (
        "source.replayed", Kind.CONFLICT,
        "没有收下：这次签名已经用过，同样的内容不能原样再发。重发时请换一个随机串，重新签名；消息编号不变就不会重复登记。",
        "Not taken: this signature was used before. To send again sign anew with another nonce; the same message id is taken once only.",
    )
    PAUSED = (
        "source.paused", Kind.FORBIDDEN,
        "没有收下：这个接入已暂停。请联系系统管理员启用。",
        "Not taken: this source is paused. Ask whoever looks after the system.",
    )
    TOO_MANY = (
        "source.too_many", Kind.TOO_MANY,
        "没有收下：{what}一小时已有 {most} 条。请稍后再发。",
        "Not taken: {what} sent {most} within the hour. Send again later.",
    )
    NO_SENDER = (
        "source.no_sender", Kind.REFUSED,
        "没有收下：发送号码没有填，或不是电话号码。请填写 3 至 20 位数字。",
        "Not taken: the sender is missing or no telephone number. Give 3 to 20 digits.",
    )
    NOTHING_SAID = (
        "source.nothing_said", Kind.REFUSED,
        "没有收下：{field}没有填。请补上后再发。",
        "Not taken: {field} is missing. Add it and send again.",
    )
    BAD_PICTURE = (
        "source.bad_picture", Kind.REFUSED,
        "没有收下：图片读不出来，或超过 {most} MB。请按接口说明发 JPEG 或 PNG 图片。",
        "Not taken: the picture cannot be read or holds more than {most} MB. Send a JPEG or PNG as base64.",
    )
    BAD_SOURCE = (
        "source.bad_source", Kind.REFUSED,
        "没有保存：{field}没有填，或写法不对、过长。请改正后再保存。",
        "Not saved: {field} is missing, or not well formed, or too long. Correct it.",
    )
    KIND_STAYS = (
        "source.kind_stays", Kind.CONFLICT,
        "没有保存：接入的类别定下后不能改。请删去这一个，另外添加。",
        "Not saved: the kind of a source cannot be changed. Drop this one and add another.",
    )

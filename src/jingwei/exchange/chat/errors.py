"""Refusals of group robots."""

from jingwei.kernel.errors import ErrorCode, Kind


class ChatError(ErrorCode):
    TOO_MANY = (
        "chat.too_many", Kind.TOO_MANY,
        "没有发出：机器人发得太快，对方暂时不收（代码 {code}）。请稍后再试，或把每分钟条数调小。",
        "Not sent: the robot sent too fast and is held up (code {code}). Try again later, or lower its number a minute.",
    )
    UNKNOWN_ROBOT = (
        "chat.unknown_robot", Kind.REFUSED,
        "没有发出：对方不认这个机器人（代码 {code}），网址不完整或机器人已移除。请重新复制机器人的网址。",
        "Not sent: the other side knows no such robot (code {code}); the address is cut or the robot was removed. Copy its address anew.",
    )
    NOT_SIGNED = (
        "chat.not_signed", Kind.REFUSED,
        "没有发出：对方的安全设置没有通过（代码 {code}）。请核对加签密钥、关键词或允许的地址。",
        "Not sent: it did not pass the robot's safety settings (code {code}). Check its secret, key word or allowed addresses.",
    )
    REFUSED = (
        "chat.refused", Kind.REFUSED,
        "没有发出：对方没有收下，答复代码 {code}。请按对方的说明核对。",
        "Not sent: it was not taken, code {code}. Check it by the manual of the other side.",
    )

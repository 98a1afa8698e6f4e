"""Refusals of the rules of channels."""

from jingwei.kernel.errors import ErrorCode, Kind


class ChannelError(ErrorCode):
    UNKNOWN = (
        "channel.unknown", Kind.REFUSED,
        "没有保存：没有“{channel}”这个来源，可用 {possible}。请改选后再保存。",
        "Not saved: there is no channel {channel}, only {possible}. Choose one of them.",
    )
    CALLED_AND_SILENT = (
        "channel.called_and_silent", Kind.REFUSED,
        "没有保存：“{channel}”不能又回访又不告知上报人。请只选一样。",
        "Not saved: of “{channel}” reporters cannot be called and not told. Choose one.",
    )

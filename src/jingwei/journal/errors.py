"""Refusals of the journal."""

from jingwei.kernel.errors import ErrorCode, Kind


class JournalError(ErrorCode):
    OVERTAKEN = (
        "journal.overtaken", Kind.CONFLICT,
        "没有执行：另一个人刚刚改动了同一条记录。请刷新后再操作。",
        "Nothing was done: somebody changed the same record a moment ago. Refresh and try again.",
    )
    KEY_REUSED = (
        "journal.key_reused", Kind.CONFLICT,
        "没有执行：这个请求编号（Idempotency-Key）已用于内容不同的请求。请换一个新编号重发。",
        "Nothing was done: this Idempotency-Key was already used for another request. Send it with a new key.",
    )
    KEY_MALFORMED = (
        "journal.key_malformed", Kind.INVALID,
        "没有执行：请求编号（Idempotency-Key）须为 8 至 80 个可见 ASCII 字符。请改正后重发。",
        "Nothing was done: an Idempotency-Key has 8 to 80 visible ASCII characters. Correct it and send again.",
    )
    KEYS_MISSING = (
        "journal.keys_missing", Kind.BUSY,
        "没有执行：数据目录中缺少密钥文件 {name}。请由系统管理员用密钥备份恢复后再试。",
        "Nothing was done: the key file {name} is missing from the data folder. Restore it from the key backup.",
    )
    SEALED_FOREVER = (
        "journal.sealed_forever", Kind.NOT_FOUND,
        "无法显示：这项个人信息的密钥已按规定删除。",
        "Cannot be shown: the key of this personal information was deleted as the rules require.",
    )

"""Refusals of the journal. What verification finds stands in `defects.py`."""

from jingwei.kernel.errors import ErrorCode, Kind


class JournalError(ErrorCode):
    OVERTAKEN = (
        "journal.overtaken", Kind.CONFLICT,
        "没有执行：另一个人刚刚改动了同一条记录。请刷新后再操作。",
        "Nothing was done: somebody changed the same record a moment ago. Refresh and try again.",
    )
    UNRECORDED = (
        "journal.unrecorded", Kind.BUSY,
        "没有执行：日志写不进去，而没有日志的操作一律不生效。请联系系统管理员检查数据库后重试。",
        ("Nothing was done: its journal entry could not be stored, and no write goes without one. "
         "Ask the system administrator to check the database, then try again."),
    )
    NO_RIGHT = (
        "journal.no_right", Kind.FORBIDDEN,
        "没有执行：这项操作需要权限“{right}”，您的岗位没有。请由有权限的管理员操作。",
        "Nothing was done: your post does not carry this right ({right}). Ask an administrator who holds it.",
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
    KEYS_DAMAGED = (
        "journal.keys_damaged", Kind.BUSY,
        "没有执行：密钥文件 {name} 已损坏，内容不是有效的密钥。请由系统管理员用密钥备份恢复后再试。",
        "Nothing was done: the key file {name} is damaged and holds no valid key. Restore it from the key backup.",
    )
    KEYS_PRESENT = (
        "journal.keys_present", Kind.CONFLICT,
        "没有导入：数据目录中已有另一把密钥 {name}，覆盖后原有的密文将永远无法读取。请核对密钥备份，或先移走原文件。",
        ("Nothing was imported: another key {name} is already there, and what it sealed could never be read "
         "again. Check the key backup, or move the present file away first."),
    )
    KEYS_UNREADABLE = (
        "journal.keys_unreadable", Kind.INVALID,
        "没有导入：{path} 不是本系统导出的密钥备份（{why}）。请选择 jingwei keys export 生成的文件。",
        ("Nothing was imported: {path} is no key backup of this system ({why}). "
         "Choose a file made by `jingwei keys export`."),
    )
    PASSPHRASE_SHORT = (
        "journal.passphrase_short", Kind.REFUSED,
        "没有导出：口令至少 {least} 个字符，密钥备份只靠它保护。请换一个更长的口令。",
        ("Nothing was exported: the passphrase needs at least {least} characters, it is all that protects "
         "the key backup. Choose a longer one."),
    )
    PASSPHRASE_WRONG = (
        "journal.passphrase_wrong", Kind.REFUSED,
        "没有导入：口令不对，或者密钥备份被改动过。请核对口令，或换一份备份。",
        ("Nothing was imported: the passphrase is wrong, or the key backup was altered. "
         "Check the passphrase or take another backup."),
    )
    PATH_TAKEN = (
        "journal.path_taken", Kind.CONFLICT,
        "没有写入：{path} 已经存在，不会被覆盖。请换一个文件名。",
        "Nothing was written: {path} exists already and is not overwritten. Choose another name.",
    )
    PATH_UNWRITABLE = (
        "journal.path_unwritable", Kind.REFUSED,
        "没有写入：{path} 写不进去（{why}）。请换一个存在且可写的目录。",
        "Nothing was written: {path} cannot be written ({why}). Choose a folder that is there and writable.",
    )
    SEALED_FOREVER = (
        "journal.sealed_forever", Kind.NOT_FOUND,
        "无法显示：这项个人信息的密钥已按规定删除，内容不可恢复。如仍需要，请向本人重新采集。",
        ("Cannot be shown: the key of this personal information was deleted as the rules require. "
         "If it is still needed, ask the person again."),
    )
    SEAL_BROKEN = (
        "journal.seal_broken", Kind.BUSY,
        "无法显示：密文与密钥不符，密钥文件不是原来的，或者密文被改动过。请由系统管理员恢复正确的密钥备份。",
        ("Cannot be shown: the sealed text does not fit the key; the key file is not the original one or the "
         "text was altered. Ask the system administrator to restore the right key backup."),
    )
    CHECKPOINT_REFUSED = (
        "journal.checkpoint_refused", Kind.CONFLICT,
        "没有签发检查点：日志在位置 {position} 处与上一个检查点对不上（{why}），签名会替改动过的历史作证。请先运行 jingwei journal verify。",
        ("No checkpoint was signed: at position {position} the journal does not continue the last checkpoint "
         "({why}), and a signature would vouch for an altered history. Run `jingwei journal verify` first."),
    )
    CHECKPOINT_UNREADABLE = (
        "journal.checkpoint_unreadable", Kind.INVALID,
        "没有核对：{path} 不是检查点文件（{why}）。请选择 jingwei journal checkpoint 生成的文件。",
        ("Nothing was verified: {path} is no checkpoint file ({why}). "
         "Choose a file made by `jingwei journal checkpoint`."),
    )
    EXPORT_UNREADABLE = (
        "journal.export_unreadable", Kind.INVALID,
        "没有核对：{path} 第 {line} 行不是日志导出的内容（{why}）。请选择 jingwei journal export 生成的文件。",
        ("Nothing was verified: line {line} of {path} is no part of a journal export ({why}). "
         "Choose a file made by `jingwei journal export`."),
    )
    READER_UNKNOWN = (
        "journal.reader_unknown", Kind.CONFLICT,
        "没有重试：本版程序没有名为 {reader} 的读取程序。请用登记它的版本处理，或选择放弃这条。",
        ("Nothing was tried: this version has no reader named {reader}. "
         "Use the version that has it, or give the entry up."),
    )
    JOB_UNKNOWN = (
        "journal.job_unknown", Kind.NOT_FOUND,
        "没有找到：没有这个编号的核对任务，或者结果已过期清除。请重新发起核对。",
        "Not found: there is no verification with this id, or its result has been cleared away. Start it again.",
    )

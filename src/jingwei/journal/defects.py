"""What verification can find. Codes are stable; each text says what is wrong, what it means, what to do now."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from jingwei.kernel.errors import ErrorCode, Kind, Refusal

_C = Kind.CONFLICT


class Flaw(ErrorCode):
    ENTRY_ALTERED = (
        "journal.flaw.entry_altered", _C,
        "{subject} 第 {number} 条（位置 {position}）被改动：内容与它的哈希不符。请与备份或导出的同一条比对。",
        ("Entry {number} of {subject} (position {position}) was altered: its content does not fit its hash. "
         "Compare it with a backup or an export."),
    )
    CHAIN_BROKEN = (
        "journal.flaw.chain_broken", _C,
        "{subject} 第 {number} 条（位置 {position}）接不上前一条：前一条被整条改写，或这一条是后插入的。请与备份比对这两条。",
        ("Entry {number} of {subject} (position {position}) does not continue the one before it: that one was "
         "rewritten as a whole, or this one was inserted. Compare both with a backup."),
    )
    NUMBER_MISSING = (
        "journal.flaw.number_missing", _C,
        "{subject} 缺第 {number} 条（连续缺 {count} 条，位置 {position}）：中间的记录被删除。请从备份中找回。",
        ("{subject} lacks entry {number} ({count} in a row, position {position}): entries in the middle were "
         "deleted. Look them up in a backup."),
    )
    LAST_MISSING = (
        "journal.flaw.last_missing", _C,
        "{subject} 缺最后的第 {number} 条（共缺 {count} 条，位置 {position}）：链尾登记过它，记录已被删除。请从备份中找回。",
        ("{subject} lacks its last entry {number} ({count} in all, position {position}): the head knows it, the "
         "entry was deleted. Look it up in a backup."),
    )
    SUBJECT_MISSING = (
        "journal.flaw.subject_missing", _C,
        "{subject} 的记录全部被删除（{count} 条，位置 {where}）：只剩链尾或位置还指向它们。请从备份中找回。",
        ("All entries of {subject} were deleted ({count}, position {where}): only a head or positions still "
         "point to them. Look them up in a backup."),
    )
    INSERTED = (
        "journal.flaw.inserted", _C,
        "{subject} 第 {number} 条（位置 {position}）是绕过系统插入的：{why}。请查明来源，它不能作为依据。",
        ("Entry {number} of {subject} (position {position}) was inserted past the system: {why}. Find out where it "
         "came from; nothing may rest on it."),
    )
    UNPLACED = (
        "journal.flaw.unplaced", _C,
        "{subject} 第 {number} 条没有位置：它在链中完整，但位置记录被删除，读取程序看不到它。请与备份比对位置表。",
        ("Entry {number} of {subject} has no position: it fits its chain, but its position was deleted and no reader "
         "sees it. Compare the positions with a backup."),
    )
    EXCHANGED = (
        "journal.flaw.exchanged", _C,
        "{subject} 第 {number} 条（位置 {position}）被调换：{why}。请与备份比对这几条。",
        "Entry {number} of {subject} (position {position}) was exchanged: {why}. Compare these with a backup.",
    )
    HEAD_WRONG = (
        "journal.flaw.head_wrong", _C,
        "{subject} 的链尾与最后的第 {number} 条（位置 {position}）不符：最后一条被整条改写，或链尾被改动。请与备份比对。",
        ("The head of {subject} does not fit its last entry {number} (position {position}): the entry was rewritten "
         "as a whole, or the head altered. Compare both with a backup."),
    )
    HEAD_MISSING = (
        "journal.flaw.head_missing", _C,
        "{subject} 没有链尾（最后是第 {number} 条，位置 {position}）：链尾被删除，或整个主体是绕过系统插入的。请查明来源。",
        ("{subject} has no head (last entry {number}, position {position}): the head was deleted, or the whole "
         "subject inserted past the system. Find out which."),
    )
    POSITION_GAP = (
        "journal.flaw.position_gap", _C,
        "从位置 {position} 起缺 {count} 个位置：对应的记录连同位置一起被删除（某些主体的末尾，或整个主体）。请从备份中找回。",
        ("{count} positions are missing from {position} on: the entries were deleted together with their positions "
         "(ends of subjects, or whole subjects). Look them up in a backup."),
    )
    POSITION_WRONG = (
        "journal.flaw.position_wrong", _C,
        "位置 {position} 重复或不是正整数：位置表被改动。请与备份比对位置表。",
        ("Position {position} is doubled or no positive number: the positions were altered. "
         "Compare them with a backup."),
    )
    DUPLICATE = (
        "journal.flaw.duplicate", _C,
        "{subject} 第 {number} 条出现多次（位置 {position}）：其中有绕过系统插入的。请与备份比对。",
        ("Entry {number} of {subject} is there more than once (position {position}): one was inserted past the "
         "system. Compare with a backup."),
    )
    CHECKPOINT_FORGED = (
        "journal.flaw.checkpoint_forged", _C,
        "位置 {position} 的检查点签名不符（{why}）：检查点被改动或伪造。请用存放在别处的检查点再核对。",
        ("The checkpoint at position {position} is not rightly signed ({why}): it was altered or forged. "
         "Verify against a checkpoint kept elsewhere."),
    )
    CHECKPOINT_KEY = (
        "journal.flaw.checkpoint_key", _C,
        "位置 {position} 的检查点由另一把密钥签名（{why}）：它属于另一个系统，或者本机密钥被换过。请核对密钥的来历。",
        ("The checkpoint at position {position} is signed by another key ({why}): it belongs to another system, or "
         "the key here was replaced. Find out which."),
    )
    JOURNAL_SHORTER = (
        "journal.flaw.journal_shorter", _C,
        "日志比检查点少 {count} 条（从位置 {position} 起）：末尾被截去，或换上了旧的数据库。请用更新的备份恢复。",
        ("The journal is {count} entries shorter than the checkpoint (from position {position} on): its tail was cut, "
         "or an older database was put back. Restore a newer backup."),
    )
    ROOT_DIFFERS = (
        "journal.flaw.root_differs", _C,
        "位置 {since} 至 {position} 之间的历史与检查点不符：其中的记录被改写、增删或调换，或换上了另一份数据库。{why}请与备份比对这一段。",
        ("The history between positions {since} and {position} does not fit the checkpoint: entries were rewritten, "
         "added, removed or exchanged, or another database was put in place. {why}Compare this part with a backup."),
    )
    EXPORT_CUT = (
        "journal.flaw.export_cut", _C,
        "导出文件不完整：{why}。文件被截断，或删改过其中的行。请重新导出。",
        "The export is not complete: {why}. It was cut, or lines were removed. Export it again.",
    )


class Remark(ErrorCode):
    """What limits a verification without being a fault of the journal."""

    NO_CHECKPOINT = (
        "journal.remark.no_checkpoint", Kind.REFUSED,
        "没有可用的检查点：被截去的末尾、被换上的旧数据库和整体重建无法发现。请在命令行用 jingwei journal verify --checkpoint 文件 与存放在别处的检查点核对。",
        ("No checkpoint to compare with: a cut tail, an older database or a rebuilt history cannot be seen. "
         "Compare with one kept elsewhere: jingwei journal verify --checkpoint FILE."),
    )
    OWN_CHECKPOINTS = (
        "journal.remark.own_checkpoints", Kind.REFUSED,
        "只与随日志存放的检查点核对：整份换成旧数据库无法发现。请在命令行用 jingwei journal verify --checkpoint 文件 与存放在别处的检查点核对。",
        ("Compared only with checkpoints kept beside the journal: an older database put back as a whole cannot be "
         "seen. Compare with one kept elsewhere: jingwei journal verify --checkpoint FILE."),
    )
    EMBEDDED_KEY = (
        "journal.remark.embedded_key", Kind.REFUSED,
        "本机没有签名密钥，按检查点文件自带的公钥 {key_id} 核对。请确认这就是您登记的公钥编号。",
        ("There is no signing key here; the checkpoint's own public key {key_id} was used. "
         "Make sure that it is the id you have on record."),
    )
    UNSIGNED = (
        "journal.remark.unsigned", Kind.REFUSED,
        "本机没有签名密钥，{count} 个检查点的签名没有核对，不作依据。请恢复密钥文件，或在命令行用 jingwei journal verify --checkpoint 文件 指定检查点。",
        ("There is no signing key here: {count} checkpoints were not checked and are not relied on. "
         "Restore the key files, or name one: jingwei journal verify --checkpoint FILE."),
    )
    WAITING = (
        "journal.remark.waiting", Kind.REFUSED,
        "有 {count} 条刚写入的记录还没有编位置，已核对内容和链。后台程序运行后会自动编号。",
        ("{count} fresh entries have no position yet; their content and chains were verified. "
         "The worker numbers them."),
    )
    MORE = (
        "journal.remark.more", Kind.REFUSED,
        "问题共 {count} 处，这里只列出前 {shown} 处。请先处理这些。",
        "{count} faults in all, only the first {shown} are listed. Deal with these first.",
    )


class Why(Enum):
    """The part of a fault's text that says how it showed: Chinese, English."""

    NO_POSITION = ("它没有位置", "it has no position")
    BEYOND_HEAD = ("链尾不认识它", "the head does not know it")
    ORDER = ("它的位置与写入的先后不符", "its position contradicts the order of writing")
    CONTENT = ("它与 {other} 互换了内容", "its content and that of {other} changed places")
    SUSPECTS = ("先后可疑的位置：{places}。", "Positions out of order: {places}. ")
    SIGNATURE = ("签名与内容不符", "the signature does not fit the statement")
    KEY_NAME = ("公钥与密钥编号不符", "the public key does not fit its id")
    OTHER_KEY = ("密钥编号 {key_id}", "key id {key_id}")
    COUNT = ("条数与位置不符", "count and position differ")
    NO_END = ("没有结束行", "it has no closing line")
    LINES = ("行数与结束行不符", "its lines do not add up to the closing line")
    NONE = ("", "")

    def __call__(self, **details: Any) -> "Reason":
        return Reason(self, details)


@dataclass(frozen=True, slots=True)
class Reason:
    why: Why
    details: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return self.why.value[1 if language.startswith("en") else 0].format_map(self.details)


@dataclass(frozen=True, slots=True)
class Defect:
    """One fault: `subject` '' and `number`, `position` None where they are not known."""

    flaw: Flaw
    subject: str = ""
    number: int | None = None
    position: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.flaw.code

    def text(self, language: str = "zh") -> str:
        some, unknown = ("a subject", "unknown") if language.startswith("en") else ("某个主体", "不明")
        place = unknown if self.position is None else self.position
        shown = {"subject": self.subject or some, "number": self.number or unknown, "position": place,
                 "where": place, **self.details}
        worded = {name: value.text(language) if isinstance(value, Reason) else value for name, value in shown.items()}
        return Refusal(self.flaw, **worded).text(language)

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "subject": self.subject, "number": self.number, "position": self.position,
                "text": self.text()}

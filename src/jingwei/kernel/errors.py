"""The grammar of refusals. Every room lists its codes in its own `errors.py`; a code is never reused.

A text has three parts: what did not happen, why (the rule by name), what to do now.
"""

from enum import Enum
from typing import Any

from jingwei.kernel.wording import spoken


class Kind(Enum):
    """What went wrong, seen from the caller. `config` maps each to one HTTP status."""

    INVALID = "invalid"                  # the request cannot be understood
    UNAUTHENTICATED = "unauthenticated"  # who are you?
    FORBIDDEN = "forbidden"              # you may not
    NOT_FOUND = "not_found"              # nothing there that you may see
    CONFLICT = "conflict"                # the state does not allow it (any more)
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"          # not a kind of content we take
    REFUSED = "refused"                  # understood, but a rule forbids these values
    TOO_MANY = "too_many"                # slow down
    BUSY = "busy"                        # try again shortly
    FULL = "full"                        # the server's disk takes no more


class ErrorCode(Enum):
    """Base of each room's list: `NAME = ("room.code", Kind, "Chinese text", "English text")`.

    Texts may hold {placeholders}, filled from the refusal's details.
    """

    def __init__(self, code: str, kind: Kind, zh: str, en: str) -> None:
        self.code = code
        self.kind = kind
        self.zh = zh
        self.en = en


class Refusal(Exception):
    """A coded refusal. Raised anywhere below the faces; nothing is written once it is raised."""

    def __init__(self, reason: ErrorCode, **details: Any) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.details = details

    def text(self, language: str = "zh") -> str:
        template = self.reason.en if language.startswith("en") else self.reason.zh
        return template.format_map(_Shown({name: spoken(value, language) for name, value in self.details.items()}))

    def __str__(self) -> str:
        return f"{self.reason.code}: {self.text()}"


class _Shown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


class KernelError(ErrorCode):
    BAD_REQUEST = (
        "request.invalid", Kind.INVALID,
        "没有执行：请求的内容不符合约定（{where}：{why}）。请按接口说明改正后再试。",
        "Nothing was done: the request does not fit its description ({where}: {why}). Correct it and send it again.",
    )
    WRONG_METHOD = (
        "request.wrong_method", Kind.INVALID,
        "没有执行：这个地址不收 {method} 请求，只收 {allowed}。请按接口说明改正后再试。",
        "Nothing was done: this address takes no {method} request, only {allowed}. Correct it and send it again.",
    )
    BODY_TOO_LARGE = (
        "request.body_too_large", Kind.TOO_LARGE,
        "没有执行：请求的内容超过 {limit_kb} KB 的上限。请缩短后再试；照片和文件请另行上传。",
        "Nothing was done: the request holds more than {limit_kb} KB. Shorten it; photos and files are uploaded apart.",
    )
    NOT_FOUND = (
        "request.not_found", Kind.NOT_FOUND,
        "没有找到：这个编号不存在，或者不在您的权限范围内。请核对编号，或联系管理员。",
        "Not found: there is no such id, or it lies outside what you may see. Check the id or ask your administrator.",
    )
    NIL_ID = (
        "request.nil_id", Kind.REFUSED,
        "没有保存：编号不能是全 0 或全 F 的 UUID，别处的记录也可能用它。请为每一条新生成一个编号（UUIDv7）。",
        ("Nothing was saved: the nil UUID and the one of ones throughout are no ids, others would use them too. "
         "Make a fresh id (UUIDv7) for each."),
    )
    NOT_ONE_FILE = (
        "request.not_one_file", Kind.INVALID,
        "没有读取：一次要有且只有一个文件，收到 {count} 个。请选一个文件，放在 file 字段。",
        "Nothing was read: one file per request, {count} came. Send one in the field \"file\".",
    )
    UPLOAD_TOO_LARGE = (
        "request.upload_too_large", Kind.TOO_LARGE,
        "没有读取：文件超过 {limit_mb} MB 的上限。请拆成几个文件分次上传，或在服务器上用 jingwei import 导入。",
        ("Nothing was read: the file exceeds the limit of {limit_mb} MB. Split it, or import it on the server "
         "by jingwei import."),
    )
    BUSY = (
        "request.busy", Kind.BUSY,
        "没有执行：系统正忙，数据库暂时排队。请等几秒后重试，内容不会丢。",
        "Nothing was done: the database is busy. Try again in a few seconds.",
    )
    FULL = (
        "request.full", Kind.FULL,
        "没有保存：服务器磁盘已满。请联系系统管理员清理磁盘后重试。",
        "Nothing was saved: the server's disk is full. Ask the system administrator to free space, then try again.",
    )
    UNEXPECTED = (
        "request.unexpected", Kind.BUSY,
        "没有执行：程序出错，已记入日志（编号 {trace}）。请把这个编号告诉系统管理员。",
        "Nothing was done: the program failed and logged it as {trace}. Tell your system administrator that number.",
    )

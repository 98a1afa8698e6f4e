"""Attachments: taken only if their bytes show one of the kinds we know, and only if nothing in them runs.

This is a door, not a virus scanner: it keeps out programs, macros and scripts that show themselves.
"""

import re

from jingwei.formats.archives import check_archive
from jingwei.formats.errors import FormatError
from jingwei.formats.source import MB
from jingwei.formats.text_tables import detect_encoding
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

MAX_BYTES = 50 * MB
MAX_UNPACKED = 512 * MB

_PROGRAMS: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", Words("Linux 程序", "a Linux program")), (b"\xca\xfe\xba\xbe", Words("Java 或 macOS 程序", "a Java or macOS program")),
    (b"\xfe\xed\xfa", Words("macOS 程序", "a macOS program")), (b"\xcf\xfa\xed\xfe", Words("macOS 程序", "a macOS program")),
    (b"\xce\xfa\xed\xfe", Words("macOS 程序", "a macOS program")), (b"L\x00\x00\x00\x01\x14\x02\x00", Words("快捷方式", "a shortcut")),
    (b"\x00asm", "WebAssembly"), (b"dex\n", Words("Android 程序", "an Android program")), (b"#!", Words("脚本", "a script")),
)
_KNOWN: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", Words("JPEG，请作为照片上传", "JPEG, to be sent as a photo")), (b"\x89PNG", Words("PNG，请作为照片上传", "PNG, to be sent as a photo")),
    (b"GIF8", "GIF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Words("旧版或加密的 Office 文件", "a legacy or encrypted Office file")),
    (b"SQLite format 3", "SQLite"), (b"{\\rtf", "RTF"),
)
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|%)|\A\s*MIME-Version:", re.I)
_BATCH = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:@echo\s+o|rem\s|powershell|cmd\s*/c|wscript|<\s*job)", re.I)
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch)(?![A-Za-z])")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_OFFICE_ACTIVE = re.compile(r"(?:vbaProject\.bin|vbaData\.xml|/activeX/|macrosheets/|\.(?:exe|dll|js|vbs|scr|hta))\Z|/activeX/", re.I)


def sniff_document(data: bytes) -> str:
    """'pdf', 'docx', 'xlsx' or 'text', by the bytes alone; everything else is refused by its name."""
    if len(data) > MAX_BYTES:
        raise Refusal(FormatError.DOCUMENT_TOO_LARGE, limit_mb=MAX_BYTES // MB)
    if not data.strip(b" \t\r\n\x00"):
        raise Refusal(FormatError.FILE_EMPTY)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    for magic, name in _PROGRAMS:
        if data.startswith(magic):
            raise Refusal(FormatError.DOCUMENT_ACTIVE, found=name)
    if data.startswith(b"MZ") and _CONTROLS.search(data[:512]):
        raise Refusal(FormatError.DOCUMENT_ACTIVE, found=Words("Windows 程序", "a Windows program"))
    for magic, name in _KNOWN:
        if data.startswith(magic):
            raise Refusal(FormatError.DOCUMENT_KIND, found=name)
    return _text(data)


def _pdf(data: bytes) -> str:
    if b"%%EOF" not in data[-4096:]:
        raise Refusal(FormatError.DOCUMENT_DAMAGED, why=Words("PDF 没有结尾", "a PDF without an end"))
    if _PDF_ACTIVE.search(data):
        raise Refusal(FormatError.DOCUMENT_ACTIVE, found=Words("PDF 里的脚本", "a script in the PDF"))
    return "pdf"


def _office(data: bytes) -> str:
    names = check_archive(data, max_bytes=MAX_UNPACKED)
    for name in names:
        if _OFFICE_ACTIVE.search(name):
            raise Refusal(FormatError.DOCUMENT_ACTIVE, found=Words("宏或控件", "a macro or control"))
    if "[Content_Types].xml" not in names:
        raise Refusal(FormatError.DOCUMENT_KIND, found="ZIP")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise Refusal(FormatError.DOCUMENT_KIND, found="PPTX" if "ppt/presentation.xml" in names else "ZIP")


def _text(data: bytes) -> str:
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and _CONTROLS.search(data):
        raise Refusal(FormatError.DOCUMENT_KIND, found=Words("无法辨认的二进制内容", "unknown binary content"))
    encoding = detect_encoding(data)
    plain = data if encoding != "utf-16" else data.decode("utf-16").encode()
    if _BATCH.search(plain[:4096]) or plain.lstrip(b"\xef\xbb\xbf").startswith(b"#!"):
        raise Refusal(FormatError.DOCUMENT_ACTIVE, found=Words("脚本", "a script"))
    if _MARKUP.search(plain[: 64 * 1024]):
        raise Refusal(FormatError.DOCUMENT_ACTIVE, found=Words("网页", "markup that a browser would run"))
    return "text"

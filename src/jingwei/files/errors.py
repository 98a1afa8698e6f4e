"""Refusals of files. What is wrong with a content is said by `formats`, a full disk by the kernel."""

from jingwei.kernel.errors import ErrorCode, Kind


class FileError(ErrorCode):
    NOT_ONE_FILE = (
        "file.not_one_file", Kind.INVALID,
        "没有保存：一次只能上传一个文件，收到 {count} 个。请逐个上传，文件放在 file 字段。",
        "Not saved: one file per request, {count} came. Send them one by one in the field \"file\".",
    )
    UPLOAD_TOO_LARGE = (
        "file.upload_too_large", Kind.TOO_LARGE,
        "没有保存：文件超过 {limit_mb} MB 的上限。请压缩或拆分后再传。",
        "Not saved: the file exceeds the limit of {limit_mb} MB. Compress or split it and send it again.",
    )
    ID_TAKEN = (
        "file.id_taken", Kind.CONFLICT,
        "没有保存：这个文件编号已用于另一份内容。请换一个新编号重传。",
        "Not saved: this file id already stands for another content. Send it again under a new id.",
    )
    NO_THUMBNAIL = (
        "file.no_thumbnail", Kind.NOT_FOUND,
        "没有缩略图：只有照片才有缩略图，这是文档。请直接下载文档。",
        "There is no thumbnail: only photos have one and this is a document. Download the document itself.",
    )
    CONTENT_MISSING = (
        "file.content_missing", Kind.NOT_FOUND,
        "无法显示：登记还在，但数据目录里缺少这份内容。请系统管理员从备份恢复 files 目录。",
        "Cannot be shown: its content is missing from the data folder. Let the administrator restore the folder files.",
    )
    CONTENT_DAMAGED = (
        "file.content_damaged", Kind.NOT_FOUND,
        "无法显示：这份内容与存入时不一致，或密钥不对，不能当作证据。请系统管理员从备份恢复。",
        "Cannot be shown: it differs from what was stored, or the key is another one. Have it restored from the backup.",
    )

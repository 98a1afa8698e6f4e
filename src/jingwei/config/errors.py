"""Refusals about the home as a whole: its tables, its backups."""

from jingwei.kernel.errors import ErrorCode, Kind


class HomeError(ErrorCode):
    DATABASE_BEHIND = (
        "home.database_behind", Kind.CONFLICT,
        "没有执行：数据库还没有建立，或版本旧于程序。请先备份，再执行 jingwei --home {home} init 升级。",
        ("Nothing was done: the database is not set up, or older than the program. "
        "Make a backup, then run jingwei --home {home} init."),
    )
    READ_ONLY = (
        "home.read_only", Kind.BUSY,
        ("没有保存：数据库现在只能读，不能写（磁盘以只读方式挂载，或运行程序的用户没有写权限）。"
         "请系统管理员检查数据目录的属主、权限和磁盘后重试。"),
        ("Nothing was saved: the database can only be read (its disk is mounted read-only, or the program's user may not "
         "write). Check owner, permissions and disk of the data folder and try again."),
    )
    DATABASE_AHEAD = (
        "home.database_ahead", Kind.CONFLICT,
        "没有执行：数据由更新的程序版本建立（缺少 {missing}）。请先升级程序。",
        "Nothing was done: the data come from a newer version of the program ({missing} unknown here). Upgrade it first.",
    )
    BACKUP_UNKNOWN = (
        "home.backup_unknown", Kind.UNSUPPORTED,
        "没有恢复：{path} 不是本程序认识的备份（格式或版本不同）。请用生成它的程序版本恢复。",
        "Nothing was restored: {path} is no backup this program knows. Use the version of the program that made it.",
    )
    BACKUP_DAMAGED = (
        "home.backup_damaged", Kind.INVALID,
        "没有恢复：备份文件 {path} 不完整或已损坏（{why}）。请重新复制，或换一份备份。",
        "Nothing was restored: the backup {path} is incomplete or damaged ({why}). Copy it again or take another one.",
    )
    DATABASE_DAMAGED = (
        "home.database_damaged", Kind.CONFLICT,
        "没有执行：数据库文件 {path} 已损坏（{why}）。请停止服务，用最近的备份恢复。",
        "Nothing was done: the database file {path} is damaged ({why}). Stop the service and restore the last backup.",
    )

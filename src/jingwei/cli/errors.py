"""Refusals of the command line."""

from jingwei.kernel.errors import ErrorCode, Kind


class CliError(ErrorCode):
    NO_HOME = (
        "cli.no_home", Kind.NOT_FOUND,
        ("没有执行：{home} 还不是数据目录（其中没有 settings.toml）。"
        "请先执行 jingwei --home {home} init，或用 --home、JINGWEI_HOME 指明已有的数据目录。"),
        ("Nothing was done: {home} is no data folder yet (no settings.toml). "
        "Run jingwei --home {home} init, or name an existing one by --home or JINGWEI_HOME."),
    )
    HOME_OCCUPIED = (
        "cli.home_occupied", Kind.CONFLICT,
        "没有执行：目录 {home} 里已有别的内容（{found}）。请换一个空目录，或先移走其中的内容。",
        "Nothing was done: the folder {home} holds other things ({found}). Name an empty folder or move them away.",
    )
    SETTINGS_BROKEN = (
        "cli.settings_broken", Kind.INVALID,
        "没有执行：设置文件 {path} 不是有效的 TOML（{why}）。请改正后重试。",
        "Nothing was done: the settings file {path} is not valid TOML ({why}). Correct it and try again.",
    )
    DATABASE_UNKNOWN = (
        "cli.database_unknown", Kind.INVALID,
        "没有执行：不认识的数据库地址。请写 sqlite，或 postgresql://用户:密码@主机/库名。",
        "Nothing was done: unknown database address. Write sqlite, or postgresql://user:password@host/name.",
    )
    DATABASE_DIFFERS = (
        "cli.database_differs", Kind.CONFLICT,
        "没有执行：数据目录 {home} 已经设置了数据库和时区，这里给的不同。请改 {home}/settings.toml，或换一个数据目录。",
        ("Nothing was done: the data folder {home} already names another database or zone. "
        "Change {home}/settings.toml, or use another folder."),
    )
    DATABASE_UNREACHABLE = (
        "cli.database_unreachable", Kind.BUSY,
        "没有执行：连不上数据库（{why}）。请确认数据库已启动，settings.toml 里的地址、用户和密码正确。",
        ("Nothing was done: the database cannot be reached ({why}). "
        "Check that it runs and that address, user and password in settings.toml are right."),
    )
    KEYS_MISSING = (
        "cli.keys_missing", Kind.CONFLICT,
        ("没有启动：数据库里已有数据，但密钥 {names} 不在 {folder}。请用 jingwei keys import 恢复密钥备份；"
         "确实没有备份时，jingwei init --new-keys 生成新的，旧的密文从此不能再读。"),
        ("Not started: the database holds data, but the keys {names} are not in {folder}. Restore them by "
         "jingwei keys import; without a backup of them, jingwei init --new-keys makes new ones and what the old ones "
         "sealed stays closed."),
    )
    ZONE_UNKNOWN = (
        "cli.zone_unknown", Kind.INVALID,
        "没有执行：不认识的时区 {zone}。请写 Asia/Shanghai 这样的名称。",
        "Nothing was done: unknown zone {zone}. Write a name such as Asia/Shanghai.",
    )
    PORT_TAKEN = (
        "cli.port_taken", Kind.CONFLICT,
        "没有启动：{host}:{port} 已被别的程序占用。请用 --port 换一个端口，或先停掉占用它的程序。",
        "Not started: {host}:{port} is in use by another program. Choose another by --port, or stop that program.",
    )
    HOST_UNKNOWN = (
        "cli.host_unknown", Kind.INVALID,
        "没有启动：本机没有地址 {host}（{why}）。请用 --host 指明本机的地址，例如 127.0.0.1。",
        "Not started: this machine has no address {host} ({why}). Name one of its own by --host, such as 127.0.0.1.",
    )
    VALUE = (
        "cli.value", Kind.INVALID,
        "没有执行：{name} 的值“{value}”不对（{why}）。请改正后重试。",
        "Nothing was done: the value {value!r} of {name} is wrong ({why}). Correct it and try again.",
    )
    RULE = (
        "cli.rule", Kind.INVALID,
        "没有执行：{why}。请改正后重试。",
        "Nothing was done: {why}. Correct it and try again.",
    )
    FILE = (
        "cli.file", Kind.INVALID,
        "没有执行：文件 {path} {why}。请核对路径和权限后重试。",
        "Nothing was done: file {path}: {why}. Check its path and permissions and try again.",
    )
    FILE_EXISTS = (
        "cli.file_exists", Kind.CONFLICT,
        "没有执行：{path} 已经存在，不会覆盖。请换一个文件名，或先移走它。",
        "Nothing was done: {path} exists and is not overwritten. Choose another name or move it away.",
    )
    BACKUP_KIND = (
        "cli.backup_kind", Kind.REFUSED,
        ("没有恢复：备份来自 {backup}，目标是 {target}。请恢复到同一种数据库："
         "SQLite 不写 --database；PostgreSQL 写 --database postgresql://用户:密码@主机/空库名。"),
        ("Nothing was restored: the backup is of {backup}, the target is {target}. Restore to the same kind: none given "
         "for SQLite, --database postgresql://user:password@host/empty for PostgreSQL."),
    )
    DATABASE_NOT_EMPTY = (
        "cli.database_not_empty", Kind.CONFLICT,
        "没有恢复：目标数据库里已有数据（日志 {entries} 条，人员 {users} 人）。请用一个空的数据库。",
        "Nothing was restored: the target database holds data ({entries} entries, {users} people). Use an empty one.",
    )
    STANDARD_LACKS = (
        "cli.standard_lacks", Kind.INVALID,
        "{said}在命令后加 {options}；例如：\n  {example}",
        "{said} Add {options} to the command; for example:\n  {example}",
    )
    LAST_ADMINISTRATOR = (
        "cli.last_administrator", Kind.CONFLICT,
        ("没有关闭：除 {login} 外没有能登录的{role_zh}，关闭后没有人能做这个岗位的工作。"
         "请先另设一位并让其设好密码：jingwei user add 新登录名 姓名 --role {role}；"
         "确实要现在关闭，在原命令后加 --yes，之后仍可用这条命令另设。"),
        ("Not closed: beside {login} no {role} is able to sign in; afterwards nobody can do that work. Appoint another first and have them set a password: jingwei user add LOGIN NAME --role {role}; "
         "to close it now all the same repeat the command with --yes. The same command appoints another later."),
    )
    LOGIN_CLOSED = (
        "cli.login_closed", Kind.CONFLICT,
        ("没有执行：账号 {login} 已经关闭，不能恢复，登录名也不再使用。"
         "请另建账号：jingwei user add 新登录名 姓名 --role 岗位。"),
        ("Nothing was done: the account {login} is closed for good and its login is not used again. "
         "Create another: jingwei user add LOGIN NAME --role ROLE."),
    )
    NO_SUCH_LOGIN = (
        "cli.no_such_login", Kind.NOT_FOUND,
        "没有执行：没有登录名为 {login} 的在用账号。请核对登录名。",
        "Nothing was done: there is no active account {login}. Check the login.",
    )

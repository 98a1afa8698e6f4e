"""Refusals of `jingwei demo`."""

from jingwei.kernel.errors import ErrorCode, Kind


class DemoError(ErrorCode):
    NOT_A_DEMO = (
        "demo.not_a_demo", Kind.CONFLICT,
        ("没有生成：{home} 已是数据目录，不是由 demo 建立的，不会改动它。"
         "请换一个目录（--home 或 JINGWEI_HOME）；要启动它，用 jingwei --home {home} serve。"),
        ("Nothing was made: {home} is a data folder that demo did not make, and it is left alone. "
         "Name another folder by --home or JINGWEI_HOME; to start this one: jingwei --home {home} serve."),
    )
    FOLDER_OCCUPIED = (
        "demo.folder_occupied", Kind.CONFLICT,
        "没有生成：目录 {home} 里已有别的内容（{found}）。请换一个空目录（--home 或 JINGWEI_HOME）。",
        "Nothing was made: the folder {home} holds other things ({found}). Name an empty one by --home or JINGWEI_HOME.",
    )
    BEING_MADE = (
        "demo.being_made", Kind.BUSY,
        "没有生成：另一个进程正在 {home} 里生成演示区。请等它完成。",
        "Nothing was made: another process is making the demonstration in {home}. Wait for it to end.",
    )
    OTHER_SEED = (
        "demo.other_seed", Kind.CONFLICT,
        "没有生成：{home} 里的演示区已用种子 {made} 生成，不是 {asked}。要另一个演示区，请换一个目录（--home 或 JINGWEI_HOME）。",
        ("Nothing was made: the demonstration in {home} was made from seed {made}, not {asked}. "
         "For another one name another folder by --home or JINGWEI_HOME."),
    )
    OTHER_DATABASE = (
        "demo.other_database", Kind.REFUSED,
        "没有生成：演示区只放在数据目录自己的 SQLite 里，而 JINGWEI_DATABASE 指向另一个数据库。请先清除这个环境变量。",
        ("Nothing was made: the demonstration lives in its folder's own SQLite, and JINGWEI_DATABASE names another "
         "database. Unset that variable."),
    )

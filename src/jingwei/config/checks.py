"""What an installation is examined for, one or more lines a check, each fault with what to do: for `jingwei doctor`
and for the system administrator's page.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from jingwei.config import problems
from jingwei.config.backup.making import last_backup
from jingwei.config.home import Home, missing_keys
from jingwei.config.tables import pending
from jingwei.formats.atomic import leavings
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:  # needs the database's settings, which `doctor` reads first
    from jingwei.accounts.queries import Post

_LITTLE, _TOO_LITTLE = 2 << 30, 256 << 20  # bytes free
_BACKUP_WITHIN = timedelta(days=2)
_CHECKPOINT_WITHIN = timedelta(hours=3)
_APART = timedelta(seconds=30)
_BEHIND = 10_000  # entries: more than a healthy worker leaves for a minute
_GAPS_TOLD = 999


class Grade(StrEnum):
    OK = "ok"
    NOTE = "note"    # worth knowing
    FAULT = "fault"  # wrong; the text says what to do


class Line(NamedTuple):
    grade: Grade
    text: str


class Finding(NamedTuple):
    """`name`: of the check, in Chinese."""

    grade: Grade
    name: str
    text: str


Check = Callable[[Home], Iterator[Line]]
Telling = Callable[[Exception], Refusal | None]


def examine(home: Home, refusal_of: Telling = problems.refusal_of) -> Iterator[Finding]:
    """Every check in turn. `refusal_of`: the words for an exception of the machine, where there are any."""
    for name, check in CHECKS.items():
        for line in _carried_out(check, home, refusal_of):
            yield Finding(line.grade, name, line.text)


def _carried_out(check: Check, home: Home, refusal_of: Telling) -> Iterator[Line]:
    """A check that cannot be carried out is itself a fault, and keeps none of the others from running."""
    try:
        yield from check(home)
    except Exception as error:  # noqa: BLE001
        refusal = refusal_of(error)
        yield Line(Grade.FAULT, refusal.text() if refusal else f"没有查成（{type(error).__name__}：{error}）")


def _folder(home: Home) -> Iterator[Line]:
    mode = stat.S_IMODE(home.root.stat().st_mode)
    if mode & 0o077:
        yield Line(Grade.FAULT, f"其他用户可以进入数据目录（权限 {mode:o}）。请执行 chmod 700 {home.root}")
    else:
        yield Line(Grade.OK, "只有本用户可以进入")
    closed = [path for path in (home.root, home.files, home.index, home.backups, home.sqlite)
              if path.exists() and not os.access(path, os.W_OK)]
    if closed:
        yield Line(Grade.FAULT, f"写不进 {'、'.join(map(str, closed))}。请检查属主、权限（chown、chmod u+w）和磁盘是否只读挂载")


def _database(home: Home) -> Iterator[Line]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        else:
            wanted = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
            found = {}
            for name in wanted:
                cursor.execute(f"SHOW {name}")
                found[name] = cursor.fetchone()[0]
    wrong = [f"{name}={found[name]}（应为 {value}）" for name, value in wanted.items() if found[name] != value]
    if wrong:
        yield Line(Grade.FAULT, f"断电时可能丢数据：{'、'.join(wrong)}。请改正数据库的设置")
    else:
        yield Line(Grade.OK, f"{'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'} 可用，每次提交都落盘")
    if left := pending():
        yield Line(Grade.FAULT, f"有 {len(left)} 项变更没有应用。请先备份，再执行 jingwei --home {home.root} init")


def _disk(home: Home) -> Iterator[Line]:
    free = shutil.disk_usage(home.root).free
    said = f"剩余 {free / (1 << 30):.1f} GB"
    if free < _TOO_LITTLE:
        yield Line(Grade.FAULT, f"{said}，很快写不进数据。请清理磁盘")
    elif free < _LITTLE:
        yield Line(Grade.NOTE, f"{said}，不多了")
    else:
        yield Line(Grade.OK, said)


def _keys(home: Home) -> Iterator[Line]:
    if missing := missing_keys(home):
        yield Line(Grade.FAULT, f"缺 {'、'.join(missing)}。请用 jingwei keys import 放回密钥备份")
    open_to_others = [path.name for path in (home.keys, *home.keys.glob("*"))
                      if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_to_others:
        yield Line(Grade.FAULT, f"其他用户可以读 {'、'.join(open_to_others)}。请执行 chmod -R go= {home.keys}")
    if not missing and not open_to_others:
        yield Line(Grade.OK, "齐全，只有本用户可读")


def _clock(home: Home) -> Iterator[Line]:
    """Deadlines and the order of entries rest on the machine's clock."""
    from jingwei.journal.queries import last_position, since

    now, position = clock.now(), last_position()
    last = since(position - 1, 1)[0].at if position else None
    if last and last > now + _APART:
        yield Line(Grade.FAULT, f"系统时间 {_shown(home, now)} 早于最后一条日志 {_shown(home, last)}。请校准系统时间（NTP）")
        return
    away = _database_time() - now
    if abs(away) > _APART:
        yield Line(Grade.FAULT, f"与数据库服务器的时间相差 {abs(away).total_seconds():.0f} 秒。请在两台机器上校准时间（NTP）")
        return
    yield Line(Grade.OK, _shown(home, now))


def _database_time() -> datetime:
    from django.db import connection

    if connection.vendor != "postgresql":
        return clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
        return at


def _worker(home: Home) -> Iterator[Line]:
    """Whether somebody numbers the entries and reads them; how far behind, and what no reader could take."""
    from jingwei.accounts.queries import operator
    from jingwei.journal.queries import parked, reader_states

    states, waiting = reader_states(operator()), _unnumbered()
    behind = max((state["behind"] for state in states), default=0)
    if behind > _BEHIND or waiting > _BEHIND:
        yield Line(Grade.FAULT, f"落后 {behind} 条，{waiting} 条没有编号。后台任务没有运行，或刚开始补做："
                         f"请确认 jingwei --home {home.root} serve（或 worker）在运行，几分钟后再查")
    elif behind or waiting:
        yield Line(Grade.NOTE, f"落后 {behind} 条，{waiting} 条没有编号。服务停着时如此，运行时应很快归零")
    elif not states:
        yield Line(Grade.NOTE, "还没有运行过。jingwei serve 会带上它，也可以单独用 jingwei worker")
    else:
        yield Line(Grade.OK, f"{len(states)} 个读取程序都已读到末尾")
    for state in states:
        if state["failing"]:
            yield Line(Grade.FAULT, f"{state['reader']} 在位置 {state['failing']} 处失败 {state['tries']} 次：{state['error']}")
    if aside := parked(operator()):
        yield Line(Grade.FAULT, f"{len(aside)} 条被搁置，第一条：{aside[0]['reader']} 位置 {aside[0]['position']}，{aside[0]['error']}。"
                         "请由系统管理员重试或放弃：POST /api/journal/parked/编号/release（见手册“养护”）")


def _checkpoint(home: Home) -> Iterator[Line]:
    from jingwei.journal.queries import last_position
    from jingwei.journal.tables import last_checkpoint

    newest, position = last_checkpoint(), last_position()
    if newest is None:
        yield Line(Grade.NOTE if position else Grade.OK, "还没有检查点。后台任务运行后每小时签一个")
        return
    said = f"位置 {newest.position}，{_shown(home, newest.at)}"
    if newest.position < position and clock.now() - newest.at > _CHECKPOINT_WITHIN:
        yield Line(Grade.FAULT, f"{said}，已超过三小时没有新的。请确认后台任务在运行")
    else:
        yield Line(Grade.OK, said)


def _administrators(home: Home) -> Iterator[Line]:
    """Whether somebody can sign in to each of the three posts; without, their work stands still until the keyboard acts."""
    from jingwei.accounts.queries import administrators, operator

    posts = administrators(operator())
    if not any(post.ready or post.waiting for post in posts):
        yield Line(Grade.NOTE, f"还没有管理员。请执行 jingwei --home {home.root} init")
        return
    for post in posts:
        if not post.ready:
            grade = Grade.NOTE if post.waiting else Grade.FAULT
            yield Line(grade, f"没有能登录的{post.role.zh}。{way_back(home, post)}")
    if all(post.ready for post in posts):
        yield Line(Grade.OK, "系统、安全、审计管理员都有人")


def way_back(home: Home, post: "Post") -> str:
    """How somebody comes into an administrator's post that nobody can sign in to."""
    if post.waiting:
        return f"{'、'.join(post.waiting)} 还没有设密码，给新的链接：jingwei --home {home.root} user reset {post.waiting[0]}"
    return f"请另设一位：jingwei --home {home.root} user add 新登录名 姓名 --role {post.role.code}"


def _staffing(home: Home) -> Iterator[Line]:
    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import gaps

    today = clock.now().astimezone(ZoneInfo(str(home.options.get("zone", "Asia/Shanghai")))).date()
    empty = len(gaps(operator(), on=today, limit=_GAPS_TOLD + 1))
    said = f"{_GAPS_TOLD} 个以上" if empty > _GAPS_TOLD else f"{empty} 个"
    yield Line(Grade.NOTE, f"{said}网格没有主责人。请用 jingwei import staffing 导入") if empty else Line(Grade.OK, "没有空缺")


def _rules(home: Home) -> Iterator[Line]:
    """Rules of responsible units that point nowhere: what they speak of waits at dispatch though a rule stands there."""
    from jingwei.catalogue.queries import faulty_rules

    found = faulty_rules()
    if not found:
        yield Line(Grade.OK, "没有指向停用的单位、区域或分类的规则")
        return
    first = "、".join(f"{row.area_name or '全部区域'} {row.prefix or '整个类别'} → {row.unit_name or '无'}" for row in found[:3])
    yield Line(Grade.FAULT, f"{len(found)} 条规则指向停用的单位、区域或分类：{first}{' 等' if len(found) > 3 else ''}。"
                            "请区域管理员在设置 · 责任单位里勾选“只看有问题的”，改好后重新导入")


def _unnumbered() -> int:
    """Entries of PostgreSQL that no worker has given a position yet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM journal_unnumbered")
        return int(cursor.fetchone()[0])


def _backup(home: Home) -> Iterator[Line]:
    last = last_backup(home)
    if last is None:
        yield Line(Grade.NOTE, f"从未备份。请执行 jingwei --home {home.root} backup 文件名.tar，并定期备份到别的机器")
        return
    said = f"{_shown(home, last.at)}，日志位置 {last.position}，{last.path}"
    late = clock.now() - last.at > _BACKUP_WITHIN
    yield Line(Grade.NOTE, f"{said}。已超过两天，请再备份") if late else Line(Grade.OK, said)


def _leavings(home: Home) -> Iterator[Line]:
    """What a killed backup or export left half written, where this home writes by itself and where it was backed up to."""
    folders = {home.root, home.backups, home.index}
    if (last := last_backup(home)) is not None:
        folders.add(Path(last.path).parent)
    found = [path for folder in sorted(folders) for path in leavings(folder)]
    if not found:
        yield Line(Grade.OK, "没有被中断的备份或导出留下的半份文件")
        return
    size = sum(each.stat().st_size for path in found for each in (path, *path.rglob("*")) if each.is_file())
    yield Line(Grade.NOTE, f"被中断的备份或导出留下 {len(found)} 个没写完的文件（{size / 1e6:.1f} MB）："
                           f"{'、'.join(map(str, found[:3]))}{' 等' if found[3:] else ''}。不能用来恢复；"
                           "下一次往同一目录备份或导出时自动清除，也可以现在删除")


def _calendar(home: Home) -> Iterator[Line]:
    from jingwei.cases.timing import calendar_in_force
    from jingwei.journal.queries import generations

    calendar = calendar_in_force(generations())
    this = clock.now().astimezone(ZoneInfo(calendar.zone)).year
    unknown = [str(year) for year in (this, this + 1) if year not in calendar.known_years]
    if unknown:
        yield Line(Grade.NOTE, f"{'、'.join(unknown)} 年的放假安排还没有录入，跨入这些年份的时限可能变动。"
                          "公布后请用 jingwei import holidays 导入")
    else:
        yield Line(Grade.OK, f"{this}、{this + 1} 年的放假安排都已录入（{calendar.version}）")


def _shown(home: Home, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(str(home.options.get('zone', 'Asia/Shanghai')))):%Y-%m-%d %H:%M:%S}"


def _second_factor(home: Home) -> Iterator[Line]:
    from jingwei.accounts.queries import FactorPolicy, factor_policy

    given, line = str(home.options.get("second_factor", "administrators")), f"{home.root / 'settings.toml'} 的 second_factor"
    if given not in {policy.value for policy in FactorPolicy}:
        yield Line(Grade.FAULT, f"{line} 写的是“{given}”，看不懂，现按 everyone 人人要用。"
                                "请改为 administrators、everyone 或 off")
    elif factor_policy() is FactorPolicy.OFF:
        yield Line(Grade.NOTE, f"没有开，只凭密码就能登录。正式使用请把 {line} 改为 administrators 或 everyone，再重启")
    else:
        yield Line(Grade.OK, "人人要用" if factor_policy() is FactorPolicy.EVERYONE else "管理员要用")


CHECKS: dict[str, Check] = {
    "数据目录": _folder,
    "数据库": _database,
    "磁盘": _disk,
    "密钥": _keys,
    "两步验证": _second_factor,
    "时钟": _clock,
    "后台任务": _worker,
    "检查点": _checkpoint,
    "备份": _backup,
    "半份文件": _leavings,
    "管理员": _administrators,
    "人员配置": _staffing,
    "责任单位规则": _rules,
    "工作日历": _calendar,
}

"""`jingwei doctor`: one line a check, ✔ sound, ！ worth knowing, ✘ wrong, each with what to do. Exit status 1 if any ✘."""

import argparse
import json
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jingwei.cli.backup import LAST
from jingwei.cli.ready import django_ready
from jingwei.cli.refusing import refusal_of
from jingwei.config.home import Home
from jingwei.kernel import clock

_GOOD, _NOTE, _BAD = "✔", "！", "✘"
_LITTLE, _TOO_LITTLE = 2 << 30, 256 << 20  # bytes free
_BACKUP_WITHIN = timedelta(days=2)
_CHECKPOINT_WITHIN = timedelta(hours=3)
_APART = timedelta(seconds=30)
_BEHIND = 10_000  # entries: more than a healthy worker leaves for a minute
_GAPS_TOLD = 999


class Line(NamedTuple):
    sign: str
    text: str


Check = Callable[[Home], Iterator[Line]]


def define(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = django_ready()
    print(f"自检：{home.root}")
    wrong = 0
    for name, check in CHECKS.items():
        for line in _carried_out(check, home):
            wrong += line.sign == _BAD
            print(f"{line.sign} {name}：{line.text}")
    print("自检通过。" if not wrong else f"有 {wrong} 处需要处理（✘）。")
    return 1 if wrong else 0


def _carried_out(check: Check, home: Home) -> Iterator[Line]:
    """A check that cannot be carried out is itself a fault, and keeps none of the others from running."""
    try:
        yield from check(home)
    except Exception as error:  # noqa: BLE001
        refusal = refusal_of(error)
        yield Line(_BAD, refusal.text() if refusal else f"没有查成（{type(error).__name__}：{error}）")


def _folder(home: Home) -> Iterator[Line]:
    mode = stat.S_IMODE(home.root.stat().st_mode)
    if mode & 0o077:
        yield Line(_BAD, f"其他用户可以进入数据目录（权限 {mode:o}）。请执行 chmod 700 {home.root}")
    else:
        yield Line(_GOOD, "只有本用户可以进入")


def _database(home: Home) -> Iterator[Line]:
    from django.db import connection

    from jingwei.cli.database import pending

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
        yield Line(_BAD, f"断电时可能丢数据：{'、'.join(wrong)}。请改正数据库的设置")
    else:
        yield Line(_GOOD, f"{'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'} 可用，每次提交都落盘")
    if left := pending():
        yield Line(_BAD, f"有 {len(left)} 项变更没有应用。请先备份，再执行 jingwei --home {home.root} init")


def _disk(home: Home) -> Iterator[Line]:
    free = shutil.disk_usage(home.root).free
    said = f"剩余 {free / (1 << 30):.1f} GB"
    if free < _TOO_LITTLE:
        yield Line(_BAD, f"{said}，很快写不进数据。请清理磁盘")
    elif free < _LITTLE:
        yield Line(_NOTE, f"{said}，不多了")
    else:
        yield Line(_GOOD, said)


def _keys(home: Home) -> Iterator[Line]:
    from jingwei.cli.keys import missing_keys

    if missing := missing_keys(home):
        yield Line(_BAD, f"缺 {'、'.join(missing)}。请用 jingwei keys import 放回密钥备份")
    open_to_others = [path.name for path in (home.keys, *home.keys.glob("*"))
                      if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_to_others:
        yield Line(_BAD, f"其他用户可以读 {'、'.join(open_to_others)}。请执行 chmod -R go= {home.keys}")
    if not missing and not open_to_others:
        yield Line(_GOOD, "齐全，只有本用户可读")


def _clock(home: Home) -> Iterator[Line]:
    """Deadlines and the order of entries rest on the machine's clock."""
    from jingwei.journal.queries import last_position, since

    now, position = clock.now(), last_position()
    last = since(position - 1, 1)[0].at if position else None
    if last and last > now + _APART:
        yield Line(_BAD, f"系统时间 {_shown(home, now)} 早于最后一条日志 {_shown(home, last)}。请校准系统时间（NTP）")
        return
    away = _database_time() - now
    if abs(away) > _APART:
        yield Line(_BAD, f"与数据库服务器的时间相差 {abs(away).total_seconds():.0f} 秒。请在两台机器上校准时间（NTP）")
        return
    yield Line(_GOOD, _shown(home, now))


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
        yield Line(_BAD, f"落后 {behind} 条，{waiting} 条没有编号。后台任务没有运行，或刚开始补做："
                         f"请确认 jingwei --home {home.root} serve（或 worker）在运行，几分钟后再查")
    elif behind or waiting:
        yield Line(_NOTE, f"落后 {behind} 条，{waiting} 条没有编号。服务停着时如此，运行时应很快归零")
    elif not states:
        yield Line(_NOTE, "还没有运行过。jingwei serve 会带上它，也可以单独用 jingwei worker")
    else:
        yield Line(_GOOD, f"{len(states)} 个读取程序都已读到末尾")
    for state in states:
        if state["failing"]:
            yield Line(_BAD, f"{state['reader']} 在位置 {state['failing']} 处失败 {state['tries']} 次：{state['error']}")
    if aside := parked(operator()):
        yield Line(_BAD, f"{len(aside)} 条被搁置，第一条：{aside[0]['reader']} 位置 {aside[0]['position']}，{aside[0]['error']}。"
                         "请由系统管理员重试或放弃：POST /api/journal/parked/编号/release（见手册“养护”）")


def _checkpoint(home: Home) -> Iterator[Line]:
    from jingwei.journal.queries import last_position
    from jingwei.journal.tables import last_checkpoint

    newest, position = last_checkpoint(), last_position()
    if newest is None:
        yield Line(_NOTE if position else _GOOD, "还没有检查点。后台任务运行后每小时签一个")
        return
    said = f"位置 {newest.position}，{_shown(home, newest.at)}"
    if newest.position < position and clock.now() - newest.at > _CHECKPOINT_WITHIN:
        yield Line(_BAD, f"{said}，已超过三小时没有新的。请确认后台任务在运行")
    else:
        yield Line(_GOOD, said)


def _staffing(home: Home) -> Iterator[Line]:
    from jingwei.accounts.queries import operator
    from jingwei.grids.queries import gaps

    today = clock.now().astimezone(ZoneInfo(str(home.options.get("zone", "Asia/Shanghai")))).date()
    empty = len(gaps(operator(), on=today, limit=_GAPS_TOLD + 1))
    said = f"{_GAPS_TOLD} 个以上" if empty > _GAPS_TOLD else f"{empty} 个"
    yield Line(_NOTE, f"{said}网格没有人负责。请用 jingwei import staffing 导入") if empty else Line(_GOOD, "没有空缺")


def _unnumbered() -> int:
    """Entries of PostgreSQL that no worker has given a position yet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM journal_unnumbered")
        return int(cursor.fetchone()[0])


def _backup(home: Home) -> Iterator[Line]:
    note = home.root / LAST
    if not note.is_file():
        yield Line(_NOTE, f"从未备份。请执行 jingwei --home {home.root} backup 文件名.tar，并定期备份到别的机器")
        return
    last = json.loads(note.read_text("utf-8"))
    at = datetime.fromisoformat(last["at"])
    said = f"{_shown(home, at)}，日志位置 {last['position']}，{last['file']}"
    yield Line(_NOTE, f"{said}。已超过两天，请再备份") if clock.now() - at > _BACKUP_WITHIN else Line(_GOOD, said)


def _calendar(home: Home) -> Iterator[Line]:
    from jingwei.cases.timing import calendar_in_force
    from jingwei.journal.queries import generations

    calendar = calendar_in_force(generations())
    this = clock.now().astimezone(ZoneInfo(calendar.zone)).year
    unknown = [str(year) for year in (this, this + 1) if year not in calendar.known_years]
    if unknown:
        yield Line(_NOTE, f"{'、'.join(unknown)} 年的放假安排还没有录入，跨入这些年份的时限可能变动。"
                          "公布后请用 jingwei import holidays 导入")
    else:
        yield Line(_GOOD, f"{this}、{this + 1} 年的放假安排都已录入（{calendar.version}）")


def _shown(home: Home, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(str(home.options.get('zone', 'Asia/Shanghai')))):%Y-%m-%d %H:%M:%S}"


def _second_factor(home: Home) -> Iterator[Line]:
    from jingwei.accounts.queries import FactorPolicy, factor_policy

    given, line = str(home.options.get("second_factor", "administrators")), f"{home.root / 'settings.toml'} 的 second_factor"
    if given not in {policy.value for policy in FactorPolicy}:
        yield Line(_BAD, f"{line} 写的是“{given}”，看不懂，现按 everyone 人人要用。请改为 administrators、everyone 或 off")
    elif factor_policy() is FactorPolicy.OFF:
        yield Line(_NOTE, f"没有开，只凭密码就能登录。正式使用请把 {line} 改为 administrators 或 everyone，再重启")
    else:
        yield Line(_GOOD, "人人要用" if factor_policy() is FactorPolicy.EVERYONE else "管理员要用")


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
    "人员配置": _staffing,
    "工作日历": _calendar,
}

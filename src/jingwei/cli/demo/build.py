"""Makes the whole demonstration in a new home, through the same commands as everybody uses. Some twenty seconds.

Nothing here exists: county 990101 belongs to no province, names say 示例 or 演示, phones begin with 000.
"""

import multiprocessing
import os
import secrets
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from jingwei import __version__
from jingwei.cli.demo.folder import ACCOUNTS, ENTRANCE, FOLDER, Made
from jingwei.cli.demo.hours import LOCAL
from jingwei.cli.demo.words import Card, listed
from jingwei.cli.parent import end_with
from jingwei.config.home import Home
from jingwei.formats.atomic import atomic_file
from jingwei.kernel import clock

if TYPE_CHECKING:
    from jingwei.catalogue.queries import CalendarDays
    from jingwei.cli.demo.district import District, Feature

_BEFORE = timedelta(days=45)        # the ground is laid so long ago: some days before the first report
_LAYERS = ("streets", "water", "green", "buildings")


def build(home: Home, seed: int, furnish: Callable[[], None]) -> tuple[Made, list[Card]]:
    """Fill a new home. `furnish` makes its keys and tables, while another process thinks the district out.

    Returns what was made, and the accounts with their passwords.
    """
    now = clock.now().replace(microsecond=0)
    begun = (now - _BEFORE).astimezone(LOCAL).replace(hour=9, minute=0, second=0).astimezone(UTC)
    tell, awaited = _Progress(), _thought_out(seed)
    with clock.held_at(begun):
        furnish()
    district = awaited()
    tell(f"示例区：{len(district.buildings)} 栋建筑，{len(district.streets)} 条街巷")
    return Made(seed, now.isoformat(), __version__), _fill(home, seed, district, begun, now, tell)


def _fill(home: Home, seed: int, district: "District", begun: datetime, now: datetime, tell: "_Progress") -> list[Card]:
    from jingwei.accounts.queries import operator
    from jingwei.catalogue.queries import work_calendar
    from jingwei.cli.demo import cards, ground, replay, staff, standard
    from jingwei.cli.demo.people import make_people
    from jingwei.cli.demo.stories import make_stories
    from jingwei.journal.queries import generations

    people = make_people(district, seed, now.astimezone(LOCAL).date())
    stories = make_stories(district, people, seed, now, *_days(work_calendar(generations())))
    _write_layers(home, district.layers())
    ground.lay_ground(operator(), district, begun)
    ground.lay_base_map(operator(), {name: _file(home, name) for name in _LAYERS}, begun + ground.SETTLING)
    tell(f"区划：{len(district.areas)} 个区域，{len(district.responsibility_grids)} 个责任网格，"
         f"{len(district.unit_grids)} 个单元网格")
    cast = staff.take_on(operator(), people, begun + ground.SETTLING)
    tell(f"人员：{len(people.units)} 个单位，{len(people.members)} 人")
    standard.lay_down(operator(), begun + ground.SETTLING)
    tell("规则：立案标准、责任单位、两种流程")
    replay.replay(operator(), stories, people.absences, cast, tell.counting("案件"))
    tell(f"案件：{len(stories)} 件，其中 {sum(story.open for story in stories)} 件在办")
    issued = cards.hand_out(operator(), people, stories, cast)
    _write_accounts(home, issued)
    tell(f"账号：{len(issued)} 个岗位各一个")
    return issued


def _thought_out(seed: int) -> "Callable[[], District]":
    """Begin with the district in another process; the answer waits for it."""
    receiving, sending = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_think, args=(os.getpid(), receiving, sending, seed), daemon=True)
    child.start()
    sending.close()

    def awaited() -> "District":
        district: District = receiving.recv()
        child.join()
        return district

    return awaited


def _think(parent: int, receiving: Connection, sending: Connection, seed: int) -> None:
    from jingwei.cli.demo.district import make_district

    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits is told too, and ends this one
    receiving.close()  # or it would wait for ever on a pipe that nobody but itself reads
    sending.send(make_district(seed))


def _days(calendar: "CalendarDays") -> tuple[set[date], set[date]]:
    """Days off, and weekend days that are worked."""
    closed = {day for day, word in calendar.exceptions.items() if word == "off"}
    return closed, {day for day, word in calendar.exceptions.items() if word == "work"}


def _write_layers(home: Home, layers: "Mapping[str, Sequence[Feature]]") -> None:
    from jingwei.cli.demo.ground import geojson

    for name in _LAYERS:
        with atomic_file(_file(home, name)) as stream:
            stream.write(geojson(layers[name]))


def _file(home: Home, layer: str) -> Path:
    return home.root / FOLDER / f"{layer}.geojson"


def _write_accounts(home: Home, issued: Sequence[Card]) -> None:
    lines = ["演示区的账号。密码只对这一个数据目录有效；不再使用时请连同目录一起删除。", "", *listed(issued), ""]
    with atomic_file(home.root / ACCOUNTS) as stream:
        stream.write("\n".join(lines).encode())
    with atomic_file(home.root / ENTRANCE) as stream:
        stream.write(secrets.token_urlsafe(24).encode())


class _Progress:
    """Lines for whoever waits, each with the seconds since the one before."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self, text: str) -> None:
        now = time.monotonic()
        print(f"{text}（{now - self._since:.1f} 秒）", flush=True)
        self._since = now

    def counting(self, what: str) -> Callable[[int, int], None]:
        """A share that moves, for a person at a terminal; nothing for a log."""
        if not sys.stdout.isatty():
            return lambda done, total: None
        return lambda done, total: print(f"{what}：{done * 100 // total}%", end="\r", flush=True)

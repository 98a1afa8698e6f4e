"""What `jingwei demo` prints, as text. Imports neither Django nor numpy: the process that serves prints it."""

import shlex
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jingwei.cli.demo.folder import ACCOUNTS, FOLDER, Made, entrance


@dataclass(frozen=True, slots=True)
class Card:
    """An account to sign in with. `role`, `unit`: in Chinese."""

    role: str
    login: str
    password: str
    name: str
    unit: str


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines whose columns stand under each other; a Chinese sign is two columns wide."""
    kept = [list(row) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*kept, strict=True)]
    return ["  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in kept]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def listed(cards: Sequence[Card]) -> list[str]:
    """The accounts as a table with a header."""
    return table([("岗位", "登录名", "密码", "姓名", "单位"),
                  *((card.role, card.login, card.password, card.name, card.unit) for card in cards)])


def welcome(home: Path, cards: Sequence[Card], address: str) -> str:
    """What somebody sees who has just had the district made: accounts, addresses, what to try first."""
    return "\n".join([
        "", "演示区已就绪。每个岗位一个账号，密码为这个目录随机生成：", "",
        *(f"  {line}" for line in listed(cards)), "",
        f"账号和密码另存在 {home / ACCOUNTS}（只有您能读）。",
        "为方便试用，演示区没有开两步验证；正式安装（jingwei init）默认管理员要用手机验证码。", "", *_where(home, address), "", *_first_steps(home, address)])


def again(home: Path, found: Made, address: str) -> str:
    """What somebody sees whose district was made before."""
    return "\n".join([
        f"演示区已生成过（种子 {found.seed}，案件截至 {found.at[:10]}），没有改动。",
        f"账号和密码在 {home / ACCOUNTS}。", "", *_where(home, address)])


def _where(home: Path, address: str) -> list[str]:
    return table([
        ("打开", f"{address}{entrance(home)}  选一个身份进入（这个网址等于密码，不要外传）"), ("数据目录", str(home)), ("地图图层", f"{home / FOLDER}/*.geojson（街巷、水系、绿地、建筑）"),
        ("备份", f"{_command(home)} backup 文件")])


def _first_steps(home: Path, address: str) -> list[str]:
    from jingwei.cli.demo.projection import CENTRE_LAT, CENTRE_LON

    return ["先试试：", *table([
        ("1", f"打开 {address}{entrance(home)}", "选一个身份进入，把一件案件从上报办到结案"),
        ("2", f"{_command(home)} locate {CENTRE_LON:g} {CENTRE_LAT:g}", "示例区中心属于哪个网格"),
        ("3", f"{_command(home)} journal verify", "每一步是谁、何时做的，有没有被改动"),
        ("4", f"{address}api/openapi.json", "接口：上报、立案、派遣、处置、核查、结案")])]


def _command(home: Path) -> str:
    program = "jingwei" if shutil.which("jingwei") else str(Path(sys.executable).with_name("jingwei"))
    return f"{shlex.quote(program)} --home {shlex.quote(str(home))}"

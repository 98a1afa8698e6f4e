"""`jingwei demo`: an invented district with staff and forty days of cases, made once, then served.

The district is made by a child, so that the process which goes on to serve has none of its memory.
"""

import argparse
import os
import subprocess

from jingwei.cli import serve
from jingwei.cli.demo.folder import ACCOUNTS, FOLDER, Made, being_made, made, seal
from jingwei.cli.errors import CliError
from jingwei.cli.ready import the_home
from jingwei.config.home import Home
from jingwei.kernel.errors import Refusal

SEED = 1
_LARGEST_SEED = 2**31 - 1


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, metavar="数", help=f"种子：同一个数得到同一个演示区，默认 {SEED}")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="端口，默认 8000")
    parser.add_argument("--no-serve", action="store_true", help="只生成，不启动")
    parser.epilog = "已生成过的目录只会直接启动，不会改动。演示区的人、地、单位都是虚构的。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home, address = the_home(), serve.address("127.0.0.1", options.port)
    if options.seed is not None and not 0 <= options.seed <= _LARGEST_SEED:
        raise Refusal(CliError.VALUE, name="--seed", value=options.seed, why=f"0 至 {_LARGEST_SEED}")
    if not options.no_serve:
        serve.check_port("127.0.0.1", options.port)
    found = made(home, options.seed)
    if found is not None:
        _tell_again(home, found, address)
    elif options.no_serve:
        _make(home, SEED if options.seed is None else options.seed, address)
    else:
        status = _make_apart(options)
        if status:
            return status
    if options.no_serve:
        return 0
    return serve.run(argparse.Namespace(host="127.0.0.1", port=options.port, threads=serve.THREADS))


def _make_apart(options: argparse.Namespace) -> int:
    seed = [] if options.seed is None else ["--seed", str(options.seed)]
    return subprocess.run([*serve.command("demo"), "--no-serve", "--port", str(options.port), *seed], check=False).returncode


def _make(home: Home, seed: int, address: str) -> None:
    from jingwei.cli.init import furnish, settings_text, write_once

    with being_made(home.root):
        print(f"正在 {home.root} 生成演示区（种子 {seed}），约需 20 秒……", flush=True)
        write_once(home.root / "settings.toml", settings_text("sqlite", {}))
        furnish(the_home())
        from jingwei.cli.demo.build import build

        card, issued = build(home, seed)
        seal(home.root, card)
    from jingwei.cli.demo.words import listed

    print("\n演示区已就绪。每个岗位一个账号，密码为本目录随机生成：\n")
    print("\n".join(f"  {line}" for line in listed(issued)))
    _tell(home, address)


def _tell_again(home: Home, found: Made, address: str) -> None:
    print(f"演示区已生成过（种子 {found.seed}，案件截至 {found.at[:10]}），没有改动。")
    _tell(home, address)


def _tell(home: Home, address: str) -> None:
    from jingwei.cli.demo.words import table

    command = f"jingwei --home {home.root}"
    print("\n" + "\n".join(table([
        ("地址", address), ("数据目录", str(home.root)), ("账号和密码", f"{home.root / ACCOUNTS}（只有您能读）"),
        ("地图图层", f"{home.root / FOLDER}/*.geojson（街巷、水系、绿地、建筑）"),
        ("备份", f"{command} backup 文件"), ("核对日志", f"{command} journal verify"),
    ])), flush=True)

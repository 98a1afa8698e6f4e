"""`jingwei demo`: an invented district with staff and forty days of cases, made once, then served.

The district is made by a child, so that the process which goes on to serve has none of its memory.
"""

import argparse
import os
import subprocess

from jingwei.cli import serve
from jingwei.cli.demo.folder import being_made, made, seal
from jingwei.cli.demo.words import again, welcome
from jingwei.cli.errors import CliError
from jingwei.cli.ready import the_home
from jingwei.config.home import Home
from jingwei.kernel.errors import Refusal

SEED = 1
_HOST = "127.0.0.1"
_LARGEST_SEED = 2**31 - 1


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, metavar="数", help=f"种子：同一个数得到同一个演示区，默认 {SEED}")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000, help="端口，默认 8000")
    parser.add_argument("--no-serve", action="store_true", help="只生成，不启动")
    parser.epilog = "已生成过的目录不会改动，只启动服务。演示区的人、地、单位都是虚构的。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = the_home()
    if options.seed is not None and not 0 <= options.seed <= _LARGEST_SEED:
        raise Refusal(CliError.VALUE, name="--seed", value=options.seed, why=f"0 至 {_LARGEST_SEED}")
    if not options.no_serve:
        serve.check_port(_HOST, options.port)  # before twenty seconds of making
    address = serve.address(_HOST, options.port)
    found = made(home, options.seed)
    if found is not None:
        print(again(home.root, found, address), flush=True)
    elif options.no_serve:
        _make(home, SEED if options.seed is None else options.seed, address)
    elif status := _make_apart(options):
        return status
    if options.no_serve:
        return 0
    return serve.run(argparse.Namespace(host=_HOST, port=options.port, threads=serve.THREADS))


def _make_apart(options: argparse.Namespace) -> int:
    seed = [] if options.seed is None else ["--seed", str(options.seed)]
    making = [*serve.command("demo"), "--no-serve", "--port", str(options.port), *seed]
    return subprocess.run(making, check=False).returncode


def _make(home: Home, seed: int, address: str) -> None:
    from jingwei.cli.demo.build import build
    from jingwei.cli.init import furnish, settings_text, write_once

    with being_made(home.root):
        print(f"正在 {home.root} 生成演示区（种子 {seed}），约需半分钟……", flush=True)
        write_once(home.root / "settings.toml", settings_text("sqlite", {"second_factor": "off"}))
        card, issued = build(home, seed, lambda: furnish(the_home()))
        seal(home.root, card)
    print(welcome(home.root, issued, address), flush=True)

"""`jingwei worker`: the readers of the journal and the jobs, until told to stop."""

import argparse
import signal
import threading

from jingwei.cli.parent import end_with
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent", type=int, metavar="进程号", help="这个上级进程不在时，自己也结束")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if options.parent:
        end_with(options.parent)
    home = django_ready()
    from jingwei.journal.worker import run_worker

    if not options.parent:
        print(f"后台任务已启动  数据目录 {home.root}  按 Ctrl+C 停止", flush=True)
    run_worker(stop)
    if not options.parent:
        print("已停止。")
    return 0

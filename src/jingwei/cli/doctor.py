"""`jingwei doctor`: one line a check, ✔ sound, ！ worth knowing, ✘ wrong, each with what to do. Exit status 1 if any ✘."""

import argparse

from jingwei.cli.ready import django_ready
from jingwei.cli.refusing import refusal_of

_SIGNS = {"ok": "✔", "note": "！", "fault": "✘"}


def define(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = django_ready(whatever_version=True)
    from jingwei.config.checks import examine

    print(f"自检：{home.root}")
    wrong = 0
    for found in examine(home, refusal_of):
        wrong += found.grade == "fault"
        print(f"{_SIGNS[found.grade]} {found.name}：{found.text}")
    print("自检通过。" if not wrong else f"有 {wrong} 处需要处理（✘）。")
    return 1 if wrong else 0

"""`jingwei docs`: writes the documents that follow from the code. A test compares them, so that words cannot drift."""

import argparse
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import distribution, requires
from pathlib import Path
from pkgutil import walk_packages

import jingwei
from jingwei.cli.ready import start_django
from jingwei.kernel.errors import ErrorCode


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--into", type=Path, default=Path("docs"), metavar="目录", help="写到哪里，默认 docs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    start_django()
    options.into.mkdir(parents=True, exist_ok=True)
    for name, make in DOCUMENTS.items():
        path = options.into / name
        path.write_text(make(), "utf-8")
        print(path)
    return 0


def openapi() -> str:
    """The interface as OpenAPI 3.1."""
    import orjson

    from jingwei.config.api import api

    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(api.get_openapi_schema(), option=options, default=str).decode() + "\n"


def rights() -> str:
    """Posts and rights."""
    from jingwei.accounts.queries import rights_page

    return rights_page()


def flows() -> str:
    """The shipped flows as tables."""
    from jingwei.cases import queries

    lines = ["# 流程表", "", "本页由程序生成，内容以 `jingwei/cases/flows` 中的文件为准。", ""]
    for profile, name in queries.flow_names().items():
        lines += [f"## {name}（`{profile}`）", "", "| 状态 | 操作 | 岗位 | 到 | 须填 |", "|---|---|---|---|---|"]
        lines += [f"| {row['state_name'] or '（开始）'} | {row['action_name']} `{row['action']}` | {'、'.join(row['roles'])} "
                  f"| {row['to_name']} | {'、'.join(row['asks']) or '—'} |" for row in queries.flow_table(profile)]
        lines.append("")
    return "\n".join(lines)


def errors() -> str:
    """Every coded refusal in both languages."""
    from jingwei.config.problems import STATUS

    lines = ["# 错误编号", "", "本页由程序生成。接口按 RFC 9457 返回，`code` 一栏就是下面的编号；编号不会改作他用。", "",
             "| 编号 | HTTP | 中文 | English |", "|---|---|---|---|"]
    lines += [f"| `{one.code}` | {STATUS[one.kind]} | {_cell(one.zh)} | {_cell(one.en)} |" for one in every_error()]
    return "\n".join([*lines, ""])


def licences() -> str:
    """What an installation is made of, and under which licence each part stands."""
    lines = ["# 所用软件的许可", "", "本页由程序生成：运行所需的 Python 软件包（不含只用于开发和测试的）。经纬自身以 Apache-2.0 发布。", "",
             "| 软件包 | 许可 |", "|---|---|"]
    lines += [f"| {name} | {_cell(licence)} |" for name, licence in sorted(_installed("jingwei").items())]
    return "\n".join([*lines, ""])


def district() -> str:
    """The demonstration district as a picture."""
    from jingwei.cli.demo.picture import district_svg

    return district_svg()


DOCUMENTS: dict[str, Callable[[], str]] = {
    "openapi.json": openapi, "rights.md": rights, "flows.md": flows, "errors.md": errors, "licences.md": licences,
    "district.svg": district,
}


def every_error() -> list[ErrorCode]:
    """Every code of every room, in order of the room's module. Codes are unique: a test compares."""
    for found in walk_packages(jingwei.__path__, "jingwei."):
        if found.name.endswith("errors"):
            import_module(found.name)
    rooms = [room for room in ErrorCode.__subclasses__() if room.__module__.startswith("jingwei.")]
    return [one for room in sorted(rooms, key=lambda room: (room.__module__, room.__name__)) for one in room]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _installed(root: str) -> dict[str, str]:
    """The packages that `root` needs at run time on this machine, by name, each with its licence."""
    from packaging.requirements import Requirement

    found: dict[str, str] = {}
    waiting = [root]
    while waiting:
        for text in requires(waiting.pop()) or []:
            wanted = Requirement(text)
            name = wanted.name.lower().replace("_", "-")
            if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
                continue
            told = distribution(name).metadata
            first, second = ((told.get_all(field) or [""])[0] for field in ("License-Expression", "License"))
            found[name] = first or _classified(told.get_all("Classifier") or []) or (
                (second or "见软件包").splitlines()[0][:60])
            waiting.append(name)
    return found


def _classified(classifiers: list[str]) -> str:
    words = [line.rsplit(" :: ", 1)[-1] for line in classifiers if line.startswith("License ::")]
    return "；".join(word for word in words if word != "OSI Approved")

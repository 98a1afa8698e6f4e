"""`jingwei journal`: verify the log, here or as an exported file; export it; write a checkpoint to keep elsewhere."""

import argparse
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready, start_django
from jingwei.kernel.errors import Refusal


def define(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(title="动作", metavar="动作", required=True)
    act = acts.add_parser("verify", help="核对日志", description="核对日志；发现问题时退出码为 1", allow_abbrev=False)
    act.add_argument("--checkpoint", metavar="文件", help="另存在别处的检查点：能发现被截去的末尾和换上的旧数据库")
    act.add_argument("--export", metavar="文件", help="已有的导出文件：离线核对它，不用数据库；还没有的：核对数据库后导出到这里")
    act.set_defaults(run=run_verify)
    act = acts.add_parser("checkpoint", help="签一个检查点，写到文件", description="签一个检查点，写到文件；请存到别处",
                          allow_abbrev=False)
    act.add_argument("file", metavar="文件")
    act.set_defaults(run=run_checkpoint)
    act = acts.add_parser("export", help="导出全部日志", description="导出全部日志（.gz 结尾则压缩）", allow_abbrev=False)
    act.add_argument("file", metavar="文件")
    act.set_defaults(run=run_export)


def run_verify(options: argparse.Namespace) -> int:
    checkpoint = Path(options.checkpoint) if options.checkpoint else None
    export = Path(options.export).absolute() if options.export else None
    offline = export is not None and export.exists()
    if export is not None and offline:
        print(f"只核对导出的文件 {export}，没有核对数据目录里的日志；要核对并重新导出，请换一个文件名")
        start_django()
        from jingwei.journal.queries import verify_export

        report = verify_export(export, checkpoint)
    else:
        django_ready()
        from jingwei.journal.queries import verify_journal

        report = verify_journal(checkpoint)
    said = f"{report.entries} 条，{report.subjects} 个主体，到位置 {report.position}，与 {report.compared} 个检查点核对"
    for defect in report.defects:
        print(f"✘ {defect.text()}")
    for remark in report.remarks:
        print(f"！ {remark.text()}")
    what = "导出的日志" if offline else "日志"
    print(f"✔ {what}完好：{said}" if report.ok else f"✘ {what}有 {report.found} 处问题：{said}")
    if export is not None and not export.exists():
        _export(export)
    return 0 if report.ok else 1


def run_checkpoint(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.journal.commands import write_checkpoint_file

    path = Path(options.file).absolute()
    if path.exists():
        raise Refusal(CliError.FILE_EXISTS, path=path)
    signed = write_checkpoint_file(path)
    print(f"检查点已写到 {path}：位置 {signed.position}，公钥编号 {signed.key_id}。请存到别的机器上")
    return 0


def run_export(options: argparse.Namespace) -> int:
    django_ready()
    _export(Path(options.file).absolute())
    return 0


def _export(path: Path) -> None:
    from jingwei.accounts.queries import operator
    from jingwei.journal.commands import export_journal

    counts = export_journal(operator(), path)
    print(f"日志已导出到 {path}：{counts['positions']} 个位置，{counts['heads']} 个主体")

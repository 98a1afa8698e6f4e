"""`jingwei restore F`: a backup into an empty data folder, every part checked, with a report of what is there.

Nothing of a damaged backup is put in place. An interrupted restore leaves a mark and is begun anew.
"""

import argparse
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from jingwei.cli.errors import CliError
from jingwei.cli.init import check_database, settings_text, write_once
from jingwei.cli.ready import start_django, the_home
from jingwei.config.backup import file as backup_file
from jingwei.config.backup.file import CHECKPOINT, UNSIGNED, Reader
from jingwei.config.errors import HomeError
from jingwei.config.home import Home, missing_keys
from jingwei.kernel.errors import KernelError, Refusal

_MARK = ".restoring"
_MADE = (_MARK, "jingwei.sqlite3", "files", "index", "upgrade.lock", CHECKPOINT)


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="jingwei backup 生成的文件")
    parser.add_argument("--database", metavar="地址", help="PostgreSQL 备份恢复到哪个空库：postgresql://用户:密码@主机/库名")
    parser.epilog = "密钥不在备份里：恢复前或恢复后用 jingwei keys import 放回。"
    parser.set_defaults(run=run)


@dataclass
class Report:
    """What a restore found, line by line; `faults` make it unsound."""

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    missing_keys: list[str] = field(default_factory=list)

    def tell(self, sound: bool, line: str) -> None:
        self.lines.append(f"{'✔' if sound else '✘'} {line}")
        if not sound:
            self.faults.append(line)


def run(options: argparse.Namespace) -> int:
    home = the_home()
    with backup_file.opened(Path(options.file)) as reader:
        database = _target(reader, options.database)
        if home.database != database:
            os.environ["JINGWEI_DATABASE"] = database
        _prepare(home)
        start_django()
        _refuse_newer(reader)
        _put_back(home, reader)
        report = _examine(home, reader)
        write_once(home.root / "settings.toml", settings_text(database, reader.manifest.settings))
        shutil.rmtree(home.root / _MARK)
    return _say(home, reader, report)


def _target(reader: Reader, wanted: str | None) -> str:
    database = wanted or os.environ.get("JINGWEI_DATABASE") or "sqlite"
    check_database(database)
    kind = "sqlite" if database == "sqlite" else "postgresql"
    if kind != reader.manifest.kind:
        raise Refusal(CliError.BACKUP_KIND, backup=reader.manifest.kind, target=kind)
    return database


def _prepare(home: Home) -> None:
    """An empty folder, but for keys that were put back first; what an interrupted restore left is removed."""
    root = home.root
    found = {path.name for path in root.iterdir()} if root.is_dir() else set()
    if _MARK in found:
        for name in found:
            if name.startswith(_MADE):
                path = root / name
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        found = {path.name for path in root.iterdir()}
    if found - {"keys"}:
        raise Refusal(CliError.HOME_OCCUPIED, home=root, found="、".join(sorted(found - {"keys"})[:3]))
    for folder in (root, root / _MARK, home.keys, home.files, home.index):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    root.chmod(0o700)


def _refuse_newer(reader: Reader) -> None:
    """A backup of a newer program has tables that this one does not understand."""
    from django.db.migrations.loader import MigrationLoader

    unknown = set(reader.manifest.migrations) - set(MigrationLoader(None).disk_migrations)
    if unknown:
        raise Refusal(HomeError.DATABASE_AHEAD, missing="、".join(sorted(f"{room}.{name}" for room, name in unknown)))


def _put_back(home: Home, reader: Reader) -> None:
    """Everything into the mark's folder first, checked; then into place by renaming."""
    from jingwei.config.backup import database as database_copy

    mark = home.root / _MARK
    if shutil.disk_usage(home.root).free < reader.size() + (16 << 20):
        raise Refusal(KernelError.FULL)
    for name in reader.names("files/"):
        reader.extract(name, mark / name)
    (mark / CHECKPOINT).write_bytes(b"".join(reader.blocks(CHECKPOINT)))
    if reader.manifest.kind == "sqlite":
        reader.extract(database_copy.SQLITE, mark / "jingwei.sqlite3")
        database_copy.count_sqlite(mark / "jingwei.sqlite3")
        os.replace(mark / "jingwei.sqlite3", home.sqlite)
    else:
        _fill_postgresql(reader)
    if (mark / "files").is_dir():
        os.rmdir(home.files)
        os.replace(mark / "files", home.files)


def _fill_postgresql(reader: Reader) -> None:
    """The tables as they were when the backup was made; then their rows."""
    from django.core.management import call_command

    from jingwei.config.backup import database as database_copy

    entries, users = database_copy.occupied()
    if entries or users:
        raise Refusal(CliError.DATABASE_NOT_EMPTY, entries=entries, users=users)
    latest: dict[str, str] = {}
    for room, name in sorted(reader.manifest.migrations):
        latest[room] = name
    for room, name in latest.items():
        call_command("migrate", room, name, verbosity=0, interactive=False)
    database_copy.load_postgresql(reader)


def _examine(home: Home, reader: Reader) -> Report:
    from jingwei.config.backup import database as database_copy
    from jingwei.config.tables import upgrade

    manifest, report = reader.manifest, Report()
    counts = database_copy.counts(home, manifest)
    wrong = [table for table, count in manifest.counts.items() if counts.get(table) != count]
    report.tell(not wrong, f"数据库 {len(counts)} 张表、{sum(counts.values())} 行" + (
        f"，行数不符：{'、'.join(wrong)}" if wrong else "，与备份时一致"))
    report.tell(True, f"案件 {counts.get('cases_case', 0)} 件，人员 {counts.get('accounts_user', 0)} 人")
    held, missing = database_copy.missing_files(home.files)
    report.tell(not missing, f"文件 {manifest.files} 个已核对校验值；数据库引用 {held} 个" + (
        f"，缺 {len(missing)} 个（例如 {missing[0]}）" if missing else "，无缺失"))
    applied = upgrade(home)
    if applied:
        report.tell(True, f"数据库已升级到本程序的版本（{len(applied)} 项变更）")
    _examine_journal(home, manifest.position, report)
    _examine_keys(home, report)
    return report


def _examine_journal(home: Home, position: int, report: Report) -> None:
    from jingwei.journal.queries import verify_journal

    signed = home.root / _MARK / CHECKPOINT
    found = verify_journal(signed if signed.read_bytes() != UNSIGNED else None)
    report.tell(found.position == position, f"日志位置 {found.position}（备份时 {position}），{found.entries} 条")
    report.tell(found.ok, "日志与签名检查点一致" if found.ok else f"日志有 {found.found} 处问题")
    report.lines += [f"  {defect.text()}" for defect in found.defects]
    report.lines += [f"  {remark.text()}" for remark in found.remarks]


def _examine_keys(home: Home, report: Report) -> None:
    missing = missing_keys(home)
    if missing:
        report.lines.append(f"！ 缺密钥 {'、'.join(missing)}")
        report.missing_keys = missing
    else:
        report.tell(True, "密钥齐全")


def _say(home: Home, reader: Reader, report: Report) -> int:
    print(f"恢复报告：{reader.path} → {home.root}")
    print(f"备份时间 {reader.manifest.created_at}，程序 {reader.manifest.program}，{reader.manifest.kind}")
    for line in report.lines:
        print(line)
    if report.faults:
        print("结论：已放回，但有上面 ✘ 的问题，请先处理。")
        return 1
    if report.missing_keys:
        print(f"结论：数据完好。请先放回密钥：jingwei --home {home.root} keys import 密钥文件，然后启动")
    else:
        print(f"结论：可以启动：jingwei --home {home.root} serve")
    return 0

"""`jingwei init`: the data folder with settings, keys and tables. Run again, it adds what is missing."""

import argparse
import errno
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jingwei.cli.errors import CliError
from jingwei.cli.ready import start_django, the_home
from jingwei.config.home import SETTINGS_TEXT, Home, database_settings, missing_keys
from jingwei.config.tables import upgrade
from jingwei.kernel.errors import Refusal

_OURS = ("settings.toml", "keys", "files", "index", "tiles", "backups", "upgrade.lock", "jingwei.sqlite3")


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="地址", help="sqlite（默认），或 postgresql://用户:密码@主机/库名")
    parser.add_argument("--zone", metavar="时区", help="所在时区，默认 Asia/Shanghai")
    parser.add_argument("--url", default="http://127.0.0.1:8000", metavar="网址", help="管理员链接开头的服务地址")
    parser.add_argument("--upgrade-only", action="store_true", help="只升级已有数据目录的数据库")
    parser.add_argument("--new-keys", action="store_true",
                        help="密钥确已丢失、没有备份时，生成新的密钥（旧的密文不能再读）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = the_home()
    if not home.exists and not options.upgrade_only:
        home = found(home.root, options.database or "sqlite", options.zone or "Asia/Shanghai")
        print(f"已建立数据目录 {home.root}")
    else:
        _refuse_another(home, options)
    furnish(home, new_keys=options.new_keys, stock=not options.upgrade_only)
    if not options.upgrade_only:
        invite(home, options.url)
    return 0


def found(root: Path, database: str, zone: str) -> Home:
    """A new data folder with its settings; the settings are its first file, so an interrupted run goes on later."""
    check_database(database)
    _check_zone(zone)
    occupied = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    if any(not name.lstrip(".").startswith(_OURS) for name in occupied):
        raise Refusal(CliError.HOME_OCCUPIED, home=root, found="、".join(occupied[:3]))
    _reach(root, database)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    root.chmod(0o700)
    write_once(root / "settings.toml", settings_text(database, {"zone": zone}))
    return the_home()


def furnish(home: Home, *, new_keys: bool = False, stock: bool = True) -> None:
    """Folders, tables, keys and (`stock`, or after an upgrade) the shipped schemes: whatever is not there yet.

    Raises `cli.keys_missing`.
    """
    for folder in (home.keys, home.files, home.index, home.backups):
        folder.mkdir(mode=0o700, exist_ok=True)
    write_once(home.keys / "secret.key", secrets.token_urlsafe(48))
    start_django()
    applied = upgrade(home)
    if applied:
        print(f"数据库已就绪（{len(applied)} 项变更）")
    _make_keys(home, new_keys)
    if stock or applied:
        _stock()


def _stock() -> None:
    """The national schemes as this release has them. The calendar needs nothing: the shipped lists stand by themselves."""
    from jingwei.accounts.queries import operator
    from jingwei.catalogue.commands import install_scheme
    from jingwei.catalogue.shipped import schemes

    for code, scheme in schemes().items():
        if (done := install_scheme(operator(), code)).changed:
            print(f"已装入分类方案 {scheme.title_zh}（{done.created + done.updated + done.unchanged} 类）")


def invite(home: Home, url: str) -> None:
    """The one-time links of the three administrators, for those who have not set a password yet."""
    from jingwei.accounts.commands.invitations import invite_first_administrators
    from jingwei.accounts.errors import AccountError
    from jingwei.accounts.queries import Role, operator

    try:
        links = invite_first_administrators(operator(), url)
    except Refusal as refusal:
        if refusal.reason is AccountError.FIRST_DONE:
            return
        if refusal.reason is AccountError.LOGIN_TAKEN:  # one of the three was closed or has another post since
            _tell_posts(home)
            return
        raise
    print("管理员的一次性链接，用来设密码（30 分钟内有效；过期再执行一次 jingwei init）。启动服务后打开：")
    for each in links:
        role = Role.named(each.role)
        if each.link and role:
            print(f"  {role.zh} {each.login}  {each.link}")


def _tell_posts(home: Home) -> None:
    from jingwei.accounts.queries import administrators, operator
    from jingwei.config.checks import way_back

    print("管理员账号已有变动，没有另发一次性链接")
    for post in administrators(operator()):
        if not post.ready:
            print(f"！ 没有能登录的{post.role.zh}。{way_back(home, post)}")


def _reach(root: Path, database: str) -> None:
    """A server is tried before its address is written down. Raises `cli.database_unreachable`."""
    if database == "sqlite":
        return
    import psycopg

    named = database_settings(Home(root, {"database": database}))
    try:
        psycopg.connect(host=named["HOST"], port=named["PORT"] or None, user=named["USER"], password=named["PASSWORD"],
                        dbname=named["NAME"], connect_timeout=10).close()
    except psycopg.OperationalError as error:
        raise Refusal(CliError.DATABASE_UNREACHABLE, why=str(error).strip().splitlines()[0]) from error


def check_database(database: str) -> None:
    """Raises `cli.database_unknown`."""
    if database != "sqlite" and not database.startswith(("postgresql://", "postgres://")):
        raise Refusal(CliError.DATABASE_UNKNOWN)


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise Refusal(CliError.ZONE_UNKNOWN, zone=zone) from error


def _refuse_another(home: Home, options: argparse.Namespace) -> None:
    if not home.exists:
        raise Refusal(CliError.NO_HOME, home=home.root)
    for name in ("database", "zone"):
        wanted = getattr(options, name)
        if wanted is not None and wanted != home.options.get(name):
            raise Refusal(CliError.DATABASE_DIFFERS, home=home.root)


def _make_keys(home: Home, new_keys: bool) -> None:
    """Keys for a new home. Beside data that is there already a fresh key would only hide that the old one is lost."""
    from jingwei.files.keys import ensure_key
    from jingwei.journal.commands import make_checkpoint
    from jingwei.journal.keys import create_missing
    from jingwei.journal.queries import last_position

    missing = missing_keys(home)
    if not missing:
        return
    begun = last_position() > 0
    if begun and not new_keys:
        raise Refusal(CliError.KEYS_MISSING, names="、".join(missing), folder=home.keys)
    create_missing(home.keys)
    ensure_key()
    if begun:
        make_checkpoint(anew=True)
    print(f"已生成密钥 {'、'.join(missing)}（{home.keys}）。备份里不含密钥：请用 jingwei keys export 另存一份")


def write_once(path: Path, text: str) -> bool:
    """Write a small file whole or not at all, and only where there is none. True if it was written."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if not os.access(path.parent, os.W_OK):
        if path.exists():
            return False
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))  # not by the name of the part
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(part, path)
    except FileExistsError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def settings_text(database: str, options: Mapping[str, Any]) -> str:
    """The settings file with its explanations; `options`: zone, and whatever else differs from the defaults."""
    text = SETTINGS_TEXT.format(database=_quoted(database), zone=_quoted(str(options.get("zone", "Asia/Shanghai"))))
    for name, value in options.items():
        if name in ("database", "zone") or not re.fullmatch(r"[a-z_]+", name):
            continue
        plain = isinstance(value, bool | int)
        line = f"{name} = {str(value).lower()}" if plain else f'{name} = "{_quoted(str(value))}"'
        text, found = re.subn(rf"(?m)^{name} = .*$", line.replace("\\", "\\\\"), text)
        text += "" if found else f"\n{line}\n"
    return text


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

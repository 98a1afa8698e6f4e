"""The home: one folder that holds settings, database, files and keys. Set by --home or JINGWEI_HOME."""

import os
import secrets
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

DEFAULT = "jingwei-home"
VARIABLE = "JINGWEI_HOME"

SETTINGS_TEXT = """\
# 经纬 jingwei 设置。改动后重新启动服务生效。

# 数据库：sqlite（本目录下的 jingwei.sqlite3），或 postgresql://用户:密码@主机/库名
database = "{database}"

# 所在时区
zone = "{zone}"

# 对外的主机名（逗号分隔）。只在本机使用时不必改
hosts = "localhost,127.0.0.1,[::1]"

# 打开工作台的完整网址（如 https://jingwei.example.cn），写进邮件和群消息里的链接；留空则不带链接
address = ""

# 通知可以发往的内部网段（逗号分隔，如 10.1.0.0/16）：内网的短信网关或邮件服务器。其余内网地址一律不连
inside_networks = ""

# 两步验证（密码加手机验证器的验证码）：administrators 管理员要用，everyone 人人要用，off 不用
second_factor = "administrators"

# 经 HTTPS 代理对外服务时改为 true：登录凭据只走加密连接
https = false
"""


@dataclass(frozen=True)
class Home:
    root: Path
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return (self.root / "settings.toml").is_file()

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def tiles(self) -> Path:
        return self.root / "tiles"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def suggestions(self) -> Path:
        return self.root / "suggestions"

    @property
    def sqlite(self) -> Path:
        return self.root / "jingwei.sqlite3"

    @property
    def database(self) -> str:
        return os.environ.get("JINGWEI_DATABASE") or str(self.options.get("database", "sqlite"))

    def secret(self) -> str:
        """The key that signs CSRF values. Without a home (tools that only read the code) a passing one."""
        path = self.keys / "secret.key"
        return path.read_text().strip() if path.is_file() else secrets.token_urlsafe(48)


def open_home() -> Home:
    """The home named by the environment; its settings if it has been set up."""
    root = Path(os.environ.get(VARIABLE) or DEFAULT).absolute()
    settings = root / "settings.toml"
    return Home(root, tomllib.loads(settings.read_text("utf-8")) if settings.is_file() else {})


def database_settings(home: Home) -> dict[str, Any]:
    """Django's settings of the one database. SQLite: durable at every commit, one writer queues for 5 seconds."""
    if home.database == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.sqlite),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 5,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    parts = urlsplit(home.database)
    query = dict(piece.split("=", 1) for piece in parts.query.split("&") if "=" in piece)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "jingwei",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
    }


def missing_keys(home: Home) -> list[str]:
    """The key files that a home with data needs and has not."""
    from jingwei.files.keys import NAME
    from jingwei.journal.keys import NAMES

    return [name for name in (*NAMES, NAME) if not (home.keys / name).exists()]

"""Every connector of every folder, for the wiring."""

from importlib import import_module
from pkgutil import iter_modules

from jingwei import exchange
from jingwei.exchange.mail.reader import Reader
from jingwei.exchange.outside import allow
from jingwei.notices.ports import Connector

__all__ = ["Reader", "allow", "connectors"]


def connectors() -> dict[str, Connector]:
    """By kind. A folder with `client.py` is one more; nothing else names it."""
    found: dict[str, Connector] = {}
    for folder in iter_modules(exchange.__path__):
        if folder.ispkg:
            for one in import_module(f"{exchange.__name__}.{folder.name}.client").CONNECTORS:
                found[one.kind] = one
    return found

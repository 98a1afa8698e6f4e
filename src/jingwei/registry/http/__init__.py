"""The registry over HTTP: one router, its addresses by idea."""

from jingwei.registry.http import parts, reading, samples  # noqa: F401
from jingwei.registry.http.addresses import router

__all__ = ["router"]

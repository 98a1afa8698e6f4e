"""The web worker's entry: the service, bound to the life of the process that supervises it."""

import os

from jingwei.cli.parent import end_with
from jingwei.config.wsgi import application

__all__ = ["application"]

if supervisor := os.environ.get("JINGWEI_SUPERVISOR"):
    end_with(int(supervisor))

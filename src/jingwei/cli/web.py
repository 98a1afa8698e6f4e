"""The web worker's entry: the service, made ready before it listens, bound to the life of its supervisor."""

import os

from django.urls import get_resolver

from jingwei.cli.parent import end_with
from jingwei.config.wsgi import application

__all__ = ["application"]

if supervisor := os.environ.get("JINGWEI_SUPERVISOR"):
    end_with(int(supervisor))

_ = get_resolver().url_patterns  # every room's routes, now instead of under the first visitor

"""The interface under /api/: every room's router, one way to say no."""

from typing import Any

import orjson
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from jingwei import __version__
from jingwei.accounts.http import SIGNED_IN
from jingwei.accounts.http import router as accounts
from jingwei.accounts.http_imports import router as accounts_imports
from jingwei.cases.http import router as cases
from jingwei.catalogue.http import router as catalogue
from jingwei.catalogue.http_imports import router as catalogue_imports
from jingwei.config import problems
from jingwei.config.http import router as system
from jingwei.files.http import router as files
from jingwei.grids.http import router as grids
from jingwei.grids.http import workbench_router as grids_workbench
from jingwei.grids.http_imports import router as grids_imports
from jingwei.journal.http import router as journal
from jingwei.notices.http import router as notices
from jingwei.registry.http import router as registry
from jingwei.registry.http_imports import router as registry_imports


class _Render(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


class _Parse(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


def build() -> NinjaAPI:
    """The whole interface, ready to be mounted."""
    api = NinjaAPI(
        title="经纬 jingwei", version=__version__, auth=SIGNED_IN, renderer=_Render(), parser=_Parse(),
        docs_url=None,  # its page would load from another host
        description="网格化管理的接口：发现、立案、派遣、处置、核查、结案。错误按 RFC 9457 返回，每个错误有编号和出路。",
    )
    problems.install(api)
    for router in (cases, registry, catalogue, grids, grids_workbench, files, accounts, journal, catalogue_imports, registry_imports, grids_imports, accounts_imports,
                   notices, system):
        api.add_router("", router)
    return api


api = build()

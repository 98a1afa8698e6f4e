"""The leader's page."""

import orjson
from django.http import HttpResponse

from jingwei.cases import queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.kernel.asking import Asking


@router.get("/overview", response=shape.OverviewOut, summary="总览：各环节、今日、各单位、各区域，均可点开")
def overview(request: Asking, area: str = "") -> HttpResponse:
    """Without `area`: where one's own scope begins."""
    return HttpResponse(orjson.dumps(queries.overview(request.auth, area)), content_type="application/json")

"""Open cases that may be the same, while one is typed and for one that is there; and what came back to its place."""

from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Schema

from jingwei.cases import queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.kernel.asking import Asking


class SimilarIn(shape.Asked):
    """Sent as a body, not in the address: what is typed may hold numbers of people. Nothing of it is kept."""

    lon: float
    lat: float
    text: shape.Words = ""


class SimilarOut(Schema):
    items: list[queries.Similar]


class RepeatsOut(Schema):
    items: list[queries.Earlier]


@router.post("/similar-cases", response=SimilarOut, summary="相似的在办案件（边填边查，不保存）")
def typed(request: Asking, body: SimilarIn) -> HttpResponse:
    return _answer(queries.similar_to(request.auth, lon=body.lon, lat=body.lat, text=body.text))


@router.get("/cases/{case_id}/similar", response=SimilarOut, summary="与这件相似的在办案件")
def similar(request: Asking, case_id: UUID) -> HttpResponse:
    return _answer(queries.similar_cases(request.auth, case_id))


@router.get("/cases/{case_id}/repeats", response=RepeatsOut, summary="此前在同一处办结过的同类案件")
def repeats(request: Asking, case_id: UUID) -> HttpResponse:
    return _answer(queries.repeats_of(request.auth, case_id))


def _answer(items: list[queries.Similar] | list[queries.Earlier]) -> HttpResponse:
    return HttpResponse(orjson.dumps({"items": items}), content_type="application/json")

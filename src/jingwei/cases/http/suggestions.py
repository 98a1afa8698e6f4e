"""Proposals of class, condition and unit, and how well they do."""

from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Field

from jingwei.cases import queries
from jingwei.cases.http.addresses import router
from jingwei.cases.http.schemas import Asked, Short, Words
from jingwei.kernel.asking import Asking


class SuggestIn(Asked):
    """`class_code`: the one chosen already, for its conditions and units. `part`: id; its class is proposed."""

    text: Words = ""
    place: Short = ""
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    class_code: Short = ""
    part: UUID | None = None


@router.post("/suggestions", response=queries.Suggestions, summary="由文字和位置建议分类、立案条件和责任单位")
def suggest(request: Asking, body: SuggestIn) -> HttpResponse:
    """Learned from closed cases; writes nothing. At most three of each, with how sure and the words that spoke for it."""
    return _json(queries.suggest(request.auth, queries.Telling(**body.dict())))


@router.get("/suggestions/state", response=queries.SuggestionState, summary="建议的检验结果与逐月采纳情况")
def suggestion_state(request: Asking) -> HttpResponse:
    return _json(queries.suggestion_state(request.auth))


@router.get("/cases/{case_id}/suggestion", response=queries.Suggestions, summary="为案件建议分类、立案条件和责任单位")
def suggest_for(request: Asking, case_id: UUID, class_code: Short = "") -> HttpResponse:
    """`class_code`: chosen meanwhile; else the case's own. Conditions and units are those for it."""
    return _json(queries.suggest_for(request.auth, case_id, class_code))


def _json(told: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(told), content_type="application/json")

"""Flows: what is in force, versions of a place's own, and the draft of one."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from jingwei.cases import commands, queries
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking

Area = Annotated[str, Query(max_length=40, description="区域编码；留空为全部区域")]
Version = Annotated[int | None, Query(ge=0, le=32767, description="版本；留空为此处现行的")]


class _Body(Schema):
    model_config = ConfigDict(extra="forbid")
    area: str = Field("", max_length=40)


class DraftIn(_Body):
    """From a version, from a document (JSON as exported), or, with neither, from what is in force there."""

    version: int | None = Field(None, ge=0, le=32767)
    document: dict[str, Any] | None = None


class EditIn(_Body):
    """`edit`: `what` (row, new_row, remove_row, clock, apart, usual, name, verify_first) and what belongs to it. `seen`: `edits` of the draft."""

    seen: int = Field(ge=0, le=2 ** 31 - 1)
    edit: dict[str, Any]


class SeenIn(_Body):
    seen: int = Field(ge=0, le=2 ** 31 - 1)


class PublishIn(SeenIn):
    reason: str = Field("", max_length=2000)


class RetireIn(_Body):
    reason: str = Field("", max_length=2000)


@router.get("/flows", summary="有哪些流程")
def flows(request: Asking) -> dict[str, Any]:
    return {"items": queries.flow_list()}


@router.get("/flow-words", summary="流程编辑用语")
def flow_words(request: Asking) -> dict[str, Any]:
    """What each action can do and must have, and what everything is called."""
    return queries.editor_words()


@router.get("/flows/{profile}", summary="流程表", response=list[dict[str, Any]])
def flow(request: Asking, profile: str, area: Area = "", version: Version = None) -> Any:
    return queries.flow_sheet(profile, area_code=area, version=version)["rows"]


@router.get("/flows/{code}/sheet", summary="流程全文")
def flow_sheet(request: Asking, code: str, area: Area = "", version: Version = None) -> dict[str, Any]:
    """Steps, duties kept apart, limits, what cases wait for."""
    return queries.flow_sheet(code, area_code=area, version=version)


@router.get("/flows/{code}/document", summary="导出流程")
def flow_document(request: Asking, code: str, area: Area = "", version: Version = None) -> dict[str, Any]:
    """The document that can be taken in again."""
    return queries.flow_document(code, area_code=area, version=version)


@router.get("/flows/{code}/versions", summary="流程的各个版本")
def flow_versions(request: Asking, code: str, area: Area = "") -> dict[str, Any]:
    """With how many open cases run by each."""
    return {"items": queries.flow_versions(request.auth, code, area)}


@router.get("/flows/{code}/draft", summary="流程草稿")
def flow_draft(request: Asking, code: str, area: Area = "") -> dict[str, Any]:
    """With what the check found in it and what is different from what is in force; null where there is none."""
    return {"draft": queries.flow_draft(request.auth, code, area)}


@router.post("/flows/{code}/draft", response={201: commands.Drafted}, summary="起草流程")
def draft_flow(request: Asking, code: str, body: DraftIn) -> HttpResponse:
    return once(request, lambda: commands.draft_flow(
        request.auth, code, area_code=body.area, version=body.version, document=body.document), 201)


@router.delete("/flows/{code}/draft", summary="放弃流程草稿")
def drop_flow_draft(request: Asking, code: str, area: Area = "") -> HttpResponse:
    return once(request, lambda: commands.drop_flow_draft(request.auth, code, area_code=area))


@router.post("/flows/{code}/draft/edits", response=commands.Drafted, summary="修改流程草稿")
def edit_flow(request: Asking, code: str, body: EditIn) -> HttpResponse:
    return once(request, lambda: commands.edit_flow(request.auth, code, body.edit, seen=body.seen, area_code=body.area))


@router.post("/flows/{code}/draft/undo", response=commands.Drafted, summary="撤销对流程草稿的修改")
def undo_flow_edit(request: Asking, code: str, body: SeenIn) -> HttpResponse:
    return once(request, lambda: commands.undo_flow_edit(request.auth, code, seen=body.seen, area_code=body.area))


@router.post("/flows/{code}/draft/publish", response=commands.Published, summary="发布流程")
def publish_flow(request: Asking, code: str, body: PublishIn) -> HttpResponse:
    """For cases that begin from now on; those that run keep their version."""
    return once(request, lambda: commands.publish_flow(request.auth, code, seen=body.seen, reason=body.reason, area_code=body.area))


@router.post("/flows/{code}/retire", response=commands.Published, summary="停用本地流程")
def retire_flow(request: Asking, code: str, body: RetireIn) -> HttpResponse:
    """Back to the flow of the area above, or to the shipped one."""
    return once(request, lambda: commands.retire_flow(request.auth, code, reason=body.reason, area_code=body.area))

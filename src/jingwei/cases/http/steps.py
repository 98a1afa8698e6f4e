"""Writes: one address per verb. Each takes an Idempotency-Key and answers where the case stands now.

`If-Match: "7"` on a step: only if entry 7 of the case's timeline (the ETag of its detail) is still the last, so that
two who press the same button at once take one step.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from jingwei.cases import commands
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import ascii_digits
from jingwei.kernel.wording import Words

_NO_PART = shape.AcceptIn()


def step(request: Asking, case_id: UUID, effect: Callable[[], commands.Taken]) -> HttpResponse:
    seen = _seen(request.headers.get("If-Match"))
    return once(request, effect if seen is None else lambda: commands.unmoved(case_id, seen, effect))


def _seen(tag: str | None) -> int | None:
    if tag is None:
        return None
    number = tag.strip().strip('"')
    if not ascii_digits(number) or len(number) > 9:
        raise Refusal(KernelError.BAD_REQUEST, where=Words("版本标记", "If-Match"), why=Words(
            f"应为案件详情给出的 ETag，现为 {tag[:20]}", f"it takes the ETag of the case, not {tag[:20]}"))
    return int(number)


@router.post("/cases", response={201: commands.Taken}, summary="上报")
def report(request: Asking, body: shape.ReportIn) -> HttpResponse:
    return once(request, lambda: commands.report(request.auth, commands.Report(**body.dict())), 201)


@router.post("/cases/{case_id}/ask-verify", response=commands.Taken, summary="下发核实")
def ask_verify(request: Asking, case_id: UUID, body: shape.PersonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.ask_verify(request.auth, case_id, person=body.person))


@router.post("/cases/{case_id}/verify", response=commands.Taken, summary="核实")
def verify(request: Asking, case_id: UUID, body: shape.FindingIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.verify(
        request.auth, case_id, found=body.yes, reason=body.reason, files=body.files, proof=body.proof))


@router.post("/cases/{case_id}/solve", response=commands.Taken, summary="当场处置并办结")
def solve(request: Asking, case_id: UUID, body: shape.ResultIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.solve(
        request.auth, case_id, text=body.text, files=body.files, proof=body.proof))


@router.post("/cases/{case_id}/accept", response=commands.Taken, summary="受理并办理（村社区）")
def accept(request: Asking, case_id: UUID, body: shape.AcceptIn = _NO_PART) -> HttpResponse:
    return step(request, case_id, lambda: commands.accept(request.auth, case_id, part=body.part))


@router.post("/cases/{case_id}/file", response=commands.Taken, summary="立案")
def file(request: Asking, case_id: UUID, body: shape.FileIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.file(
        request.auth, case_id, class_code=body.class_code, condition_id=body.condition_id, part=body.part))


@router.post("/cases/{case_id}/refuse", response=commands.Taken, summary="不予立案")
def refuse(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.refuse(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/dispatch", response=commands.Taken, summary="派遣")
def dispatch(request: Asking, case_id: UUID, body: shape.DispatchIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.dispatch(request.auth, case_id, unit_code=body.unit_code))


@router.post("/cases/{case_id}/sign", response=commands.Taken, summary="签收")
def sign(request: Asking, case_id: UUID) -> HttpResponse:
    return step(request, case_id, lambda: commands.sign(request.auth, case_id))


@router.post("/cases/{case_id}/hand-on", response=commands.Taken, summary="转交")
def hand_on(request: Asking, case_id: UUID, body: shape.HandOnIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.hand_on(
        request.auth, case_id, reason=body.reason, unit_code=body.unit_code))


@router.post("/cases/{case_id}/pass-up", response=commands.Taken, summary="上报区县")
def pass_up(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.pass_up(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/ask-extension", response=commands.Taken, summary="申请延期")
def ask_extension(request: Asking, case_id: UUID, body: shape.ExtendIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.ask_extension(
        request.auth, case_id, reason=body.reason, value=body.value, unit=body.unit))


@router.post("/cases/{case_id}/extend", response=commands.Taken, summary="批准延期")
def extend(request: Asking, case_id: UUID, body: shape.ExtendIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.extend(
        request.auth, case_id, reason=body.reason, value=body.value, unit=body.unit))


@router.post("/cases/{case_id}/ask-suspension", response=commands.Taken, summary="申请挂账")
def ask_suspension(request: Asking, case_id: UUID, body: shape.SuspendIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.ask_suspension(request.auth, case_id, **body.dict()))


@router.post("/cases/{case_id}/suspend", response=commands.Taken, summary="挂账")
def suspend(request: Asking, case_id: UUID, body: shape.SuspendIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.suspend(request.auth, case_id, **body.dict()))


@router.post("/cases/{case_id}/decline", response=commands.Taken, summary="不同意申请")
def decline(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.decline(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/resume", response=commands.Taken, summary="恢复办理")
def resume(request: Asking, case_id: UUID) -> HttpResponse:
    return step(request, case_id, lambda: commands.resume(request.auth, case_id))


@router.post("/cases/{case_id}/feed-back", response=commands.Taken, summary="反馈结果")
def feed_back(request: Asking, case_id: UUID, body: shape.ResultIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.feed_back(
        request.auth, case_id, text=body.text, files=body.files, proof=body.proof))


@router.post("/cases/{case_id}/confirm", response=commands.Taken, summary="批转核查")
def confirm(request: Asking, case_id: UUID, body: shape.PersonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.confirm(request.auth, case_id, person=body.person))


@router.post("/cases/{case_id}/check", response=commands.Taken, summary="核查")
def check(request: Asking, case_id: UUID, body: shape.FindingIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.check(
        request.auth, case_id, passed=body.yes, reason=body.reason, files=body.files, proof=body.proof))


@router.post("/cases/{case_id}/rework", response=commands.Taken, summary="返工")
def rework(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.rework(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/return", response=commands.Taken, summary="退回")
def send_back(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.send_back(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/close", response=commands.Taken, summary="结案")
def close(request: Asking, case_id: UUID, body: shape.RemarkIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.close(request.auth, case_id, text=body.text))


@router.post("/cases/{case_id}/reopen", response=commands.Taken, summary="重新打开")
def reopen(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.reopen(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/void", response=commands.Taken, summary="作废")
def void(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.void(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/undo", response=commands.Taken, summary="撤销本人一分钟内的上一步")
def undo(request: Asking, case_id: UUID) -> HttpResponse:
    return step(request, case_id, lambda: commands.undo(request.auth, case_id))


@router.post("/cases/{case_id}/contact", response=shape.ContactOut, summary="查看联系方式（记入日志）")
def reveal(request: Asking, case_id: UUID, body: shape.ReasonIn) -> dict[str, Any]:
    """Never kept as an answer, whatever key comes with the request: it is in clear."""
    return commands.reveal(request.auth, case_id, reason=body.reason)

"""Certificates, areas without a main now or soon, how people and areas stand to each other."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.http.addresses import PAGE, at_most, plain, router
from jingwei.grids.http.staffing import IdOut
from jingwei.grids.queries import CertificateLine, Lacking, Pairing, Vacancies
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class CertificatePageOut(Schema):
    items: list[CertificateLine]
    next: int | None


class LackingOut(Schema):
    items: list[Lacking]


class KindsOut(Schema):
    items: list[str]


class CertificateIn(Schema):
    """The same kind from the same day again: its last day is corrected."""

    user_id: UUID
    kind: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
    since: date
    until: date | None = None


@router.get("/certificates", response=CertificatePageOut)
def list_certificates(request: Asking, area: int | None = None, within: int = 60, only: Literal["", "soon", "expired"] = "",
                      after: int = 0, limit: int = PAGE) -> dict[str, Any]:
    """证件：本人的，以及由本人安排的网格人员的。only 只看快到期（within 天内）或已过期的。"""
    items, following = queries.certificates(
        request.auth, area, on=today(), within=within, only=only, after=after, limit=at_most(limit))
    return {"items": items, "next": following}


@router.get("/certificates/kinds", response=KindsOut)
def list_certificate_kinds(request: Asking) -> dict[str, Any]:
    """证件的种类：体系要求的和已登记过的。"""
    return {"items": queries.certificate_kinds(request.auth)}


@router.get("/certificates/lacking", response=LackingOut)
def list_lacking(request: Asking, area: int | None = None) -> dict[str, Any]:
    """在岗而没有有效证件的人：按所在体系、级别的要求。"""
    return {"items": queries.lacking(request.auth, area, on=today())}


@router.post("/certificates", response={201: IdOut})
def certify(request: Asking, body: CertificateIn) -> HttpResponse:
    """登记或更正一个证件。证号不登记。"""
    return once(request, lambda: {"id": commands.certify(request.auth, body.user_id, body.kind, body.since, body.until)}, 201)


@router.delete("/certificates/{int:certificate_id}", response={204: None})
def withdraw_certificate(request: Asking, certificate_id: int) -> HttpResponse:
    """撤销登记错的证件。"""
    commands.withdraw_certificate(request.auth, certificate_id)
    return HttpResponse(status=204)


@router.get("/staffing/vacancies", response=Vacancies)
def list_vacancies(request: Asking, area: int | None = None, system: str = "base", days: int = 30, level: int = 0,
                   after: str = "", limit: int = PAGE) -> Vacancies:
    """现在和今后若干天没有主责人的区域，按级别计数，按编码分页。"""
    plain(after=after, system=system)
    return queries.vacancies(request.auth, area, system=system, on=today(), days=days, level=level, after=after,
                             limit=at_most(limit))


@router.get("/staffing/pairing", response=Pairing)
def show_pairing(request: Asking, area: int | None = None, system: str = "base") -> Pairing:
    """一格一人、一人多格、有没有副岗（AB 岗）。"""
    plain(system=system)
    return queries.pairing(request.auth, area, system=system, on=today())

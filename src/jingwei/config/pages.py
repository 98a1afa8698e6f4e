"""The first page: what this is, how the district stands, where to go. And the answer for watchdogs."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jingwei import __version__
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import actor_of_session
from jingwei.cases import queries as cases
from jingwei.config import demonstration, problems
from jingwei.grids import queries as grids
from jingwei.journal import queries as journal
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


def home(request: HttpRequest) -> HttpResponse:
    """Readable without signing in and without scripts; figures are totals, never about a person."""
    key = request.COOKIES.get(COOKIE)
    actor = actor_of_session(key) if key else None
    levels = [{"name": level["name"], "count": f"{level['count']:,}"} for level in grids.summary()["levels"]]
    stages = [stage | {"count": f"{stage['count']:,}", "late": stage["late"] and f"{stage['late']:,}"}
              for stage in cases.stages(actor)]
    return render(request, "home.html", {"version": __version__, "actor": actor, "levels": levels, "stages": stages,
                                         "demonstration": demonstration.way_back(request)})


def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; `position` shows that the journal moves."""
    try:
        return JsonResponse({"ok": True, "version": __version__, "position": journal.last_position()})
    except DatabaseError as error:
        refusal = problems.refusal_of(error)
        return JsonResponse({"ok": False, "why": refusal.reason.code if refusal else type(error).__name__}, status=503)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere: a page, or below /api/ the answer of the interface."""
    if request.path.startswith("/api/"):
        return problems.problem(request, Refusal(KernelError.NOT_FOUND))
    return render(request, "not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django itself turns away, such as one for another host's name."""
    refusal = problems.refusal_of(exception) or Refusal(
        KernelError.BAD_REQUEST, where=Words("请求", "request"), why=Words("读不出来", "it cannot be read"))
    return problems.problem(request, refusal)

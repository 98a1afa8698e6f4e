"""Two pages that work without scripts: signing in, and setting a password by a one-time link."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.accounts import queries, words
from jingwei.accounts.commands import invitations, sessions
from jingwei.accounts.commands import sign_in as signing_in
from jingwei.accounts.errors import AccountError
from jingwei.accounts.http import COOKIE, address, keep_session
from jingwei.kernel.errors import Kind, Refusal

_STATUS = {Kind.UNAUTHENTICATED: 401, Kind.FORBIDDEN: 403, Kind.NOT_FOUND: 404, Kind.CONFLICT: 409,
           Kind.TOO_MANY: 429, Kind.BUSY: 503}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a one-time link. Looking at the page does not use the link up."""
    try:
        invited = queries.invitation(token)
        if request.method != "POST":
            return _first(request, invited)
        if request.POST.get("password") != request.POST.get("again"):
            return _first(request, invited, "密码没有设置：两次输入不一样。请重新输入。")
        invitations.accept(token, request.POST.get("password", ""))
    except Refusal as refusal:
        if refusal.reason is AccountError.WEAK_PASSWORD:
            return _first(request, invited, refusal.text())
        return _refused(request, refusal)
    return render(request, "accounts/first_done.html", {"login": invited.login})


def _first(request: HttpRequest, invited: queries.Inviting, why: str = "") -> HttpResponse:
    # 200 also when the form comes back: with 4xx the server's log would hold the address of a link still good
    return render(request, "accounts/first.html", {
        "invited": invited, "why": why, "shortest": words.SHORTEST_PASSWORD, "longest": words.LONGEST_PASSWORD})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, then the first page."""
    if request.method != "POST":
        return render(request, "accounts/sign_in.html")
    login = request.POST.get("login", "")
    try:
        signed_in = signing_in.sign_in(login, request.POST.get("password", ""), address=address(request),
                                       ends=request.COOKIES.get(COOKIE, ""))
    except Refusal as refusal:
        return render(request, "accounts/sign_in.html", {"why": refusal.text(), "login": login[:40]},
                      status=_STATUS.get(refusal.reason.kind, 422))
    rotate_token(request)
    response = redirect("/")
    keep_session(response, signed_in)
    return response


@never_cache
@require_http_methods(["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, then the first page."""
    key = request.COOKIES.get(COOKIE, "")
    actor = queries.actor_of_session(key)
    if actor:
        sessions.sign_out(actor, key)
    response = redirect("/")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a form without its token is told (settings.CSRF_FAILURE_VIEW)."""
    return _refused(request, Refusal(AccountError.CSRF))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "accounts/refused.html", {"why": refusal.text(), "code": refusal.reason.code},
                  status=_STATUS.get(refusal.reason.kind, 422))

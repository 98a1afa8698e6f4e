"""Pages that work without scripts: signing in by password and code, setting up the second factor, a one-time link."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jingwei.accounts import factor, page_words, queries, words
from jingwei.accounts.commands import invitations, second_factor, sessions
from jingwei.accounts.commands import recovery as renewing
from jingwei.accounts.commands import sign_in as signing_in
from jingwei.accounts.errors import AccountError
from jingwei.accounts.http import COOKIE, address, keep_session
from jingwei.kernel.actor import Actor
from jingwei.kernel.asking import LANGUAGE_COOKIE, language_of_page
from jingwei.kernel.errors import Kind, Refusal

_YEAR = 365 * 24 * 3600
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
    """Sign in, then the code if one is asked for, then where `next` leads within this site."""
    if request.method != "POST":
        return _page(request, "accounts/sign_in.html")
    login = request.POST.get("login", "")
    try:
        signed_in = signing_in.sign_in(login, request.POST.get("password", ""), address=address(request),
                                       ends=_key(request))
    except Refusal as refusal:
        return _page(request, "accounts/sign_in.html", refusal, login=login[:40])
    rotate_token(request)
    response = _onward(request, signed_in.factor)
    keep_session(response, signed_in)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code of the authenticator, or a recovery code."""
    actor = queries.half_signed_in(_key(request))
    if actor is None or actor.factor != factor.NEEDED:
        return _onward(request, actor.factor if actor else None)
    if request.method != "POST":
        return _page(request, "accounts/code.html", login=actor.login)
    try:
        signed_in = second_factor.show(actor, _key(request), request.POST.get("code", ""), address=address(request))
    except Refusal as refusal:
        return _page(request, "accounts/code.html", refusal, login=actor.login)
    rotate_token(request)
    response = _onward(request, signed_in.factor)
    keep_session(response, signed_in)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up the second factor or replace it; then the recovery codes, which are shown in this one answer only."""
    actor = queries.half_signed_in(_key(request))
    if actor is None or actor.factor == factor.NEEDED:
        return _onward(request, actor.factor if actor else None)
    try:
        if request.method == "POST" and "code" in request.POST:
            return _recovery(request, second_factor.confirm(actor, _key(request), request.POST["code"]), actor)
        return _offer(request, actor, request.POST.get("password", ""))
    except Refusal as refusal:
        if refusal.reason is AccountError.SECOND_FACTOR_NOT_PROVEN:
            return _offer(request, actor, why=refusal)
        if refusal.reason is AccountError.SECOND_FACTOR_PASSWORD:
            asked = request.method != "POST"
            return render(request, "accounts/replace.html") if asked else _again(request, "accounts/replace.html", refusal)
        return _refused(request, refusal)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """A new set of recovery codes for a code of the authenticator; shown in this one answer only."""
    actor = queries.half_signed_in(_key(request))
    if actor is None or actor.factor in factor.PENDING:
        return _onward(request, actor.factor if actor else None)
    if request.method != "POST":
        return render(request, "accounts/renew_recovery.html")
    try:
        codes = renewing.renew_recovery(actor, request.POST.get("code", ""), address=address(request))
    except Refusal as refusal:
        if refusal.reason is AccountError.SECOND_FACTOR_WRONG:
            return _again(request, "accounts/renew_recovery.html", refusal)
        return _refused(request, refusal)
    return render(request, "accounts/recovery.html", {"codes": codes, "login": actor.login, "onward": "/", "renewed": True})


def _offer(request: HttpRequest, actor: Actor, password: str = "", *, why: Refusal | None = None) -> HttpResponse:
    offer = second_factor.begin(actor, _key(request), password=password)
    shown = {"login": actor.login, "issuer": factor.ISSUER, "qr": mark_safe(offer.svg),  # made of a secret and a login
             "secret": factor.in_fours(offer.secret), "asked": actor.factor == factor.ENROL}
    return _again(request, "accounts/set_up.html", why, **shown) if why else render(
        request, "accounts/set_up.html", shown)


def _recovery(request: HttpRequest, done: second_factor.Confirmed, actor: Actor) -> HttpResponse:
    rotate_token(request)
    response = render(request, "accounts/recovery.html", {
        "codes": done.recovery, "login": actor.login, "onward": words.local_path(request.GET.get("next", "/"))})
    keep_session(response, done.signed_in)
    return response


def _key(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def _onward(request: HttpRequest, standing: str | None) -> HttpResponse:
    """To the step of signing in that is still to come (None: the first), or where `next` leads within this site."""
    wanted = words.local_path(request.GET.get("next", "/"))
    step = {None: "/sign-in", factor.NEEDED: "/sign-in/code", factor.ENROL: "/sign-in/set-up"}.get(standing)
    if step is None:
        return redirect(wanted)
    return redirect(step if wanted == "/" else f"{step}?{urlencode({'next': wanted})}")


def _again(request: HttpRequest, template: str, why: Refusal, **shown: Any) -> HttpResponse:
    return render(request, template, {"why": why.text(), **shown}, status=_STATUS.get(why.reason.kind, 422))


def _page(request: HttpRequest, template: str, why: Refusal | None = None, *, login: str = "") -> HttpResponse:
    """A page in the language chosen, which is remembered for the pages that follow."""
    language = language_of_page(request)
    said = page_words.words_in(language)
    shown = {"w": said, "path": request.path, "login": login, "next": request.GET.get("next", ""),
             "why": why.text(language) if why else "",
             "told": said["code_text"].format(login=login, issuer=factor.ISSUER)}
    response = render(request, template, shown, status=_STATUS.get(why.reason.kind, 422) if why else 200)
    if "language" in request.GET:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="Lax")
    return response


@never_cache
@require_http_methods(["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, then the first page."""
    key = _key(request)
    actor = queries.half_signed_in(key)
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

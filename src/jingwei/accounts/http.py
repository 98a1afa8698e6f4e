"""How a request says who is asking, and the addresses under which accounts are looked after."""
# mypy: disable-error-code="attr-defined"
# ninja puts the Actor into request.auth, which Django's class does not declare

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token, rotate_token
from ninja import Path, Query, Router, Schema
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import ConfigDict, Field

from jingwei.accounts import queries
from jingwei.accounts.commands import (
    grants,
    invitations,
    passwords,
    second_factor,
    sessions,
    sign_in,
    tokens,
    units,
    users,
)
from jingwei.accounts.errors import AccountError
from jingwei.accounts.factor import PENDING
from jingwei.accounts.rights import RIGHTS_OF, Role
from jingwei.journal.http import once
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import ascii_digits
from jingwei.kernel.wording import Words

COOKIE = "jingwei_session"
_COOKIE_LASTS = 24 * 3600  # the session itself ends earlier unless it was lengthened
_STRANGERS_SEND = 16 * 1024  # bytes: a login and a password, not a file
_PROXIES = ("127.0.0.1", "::1", "")  # our own reverse proxy: it names the client last in X-Forwarded-For


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        raise Refusal(AccountError.CSRF)


class BrowserSession(APIKeyCookie):
    """The session cookie; unsafe methods also need the CSRF header (X-CSRFToken).

    `half`: also while the second factor is still to come. Nothing but signing in is open to such a session.
    """

    param_name = COOKIE

    def __init__(self, *, half: bool = False) -> None:
        super().__init__()
        self._half = half

    def _get_key(self, request: HttpRequest) -> str | None:
        key = request.COOKIES.get(COOKIE)
        if key:
            check = _Csrf(lambda _: HttpResponse())
            request.csrf_processing_done = False  # the middleware lets ninja's views pass
            check.process_request(request)
            check.process_view(request, lambda _: HttpResponse(), (), {})
        return key

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        opened = queries.open_session(key) if key else None
        if opened is None:
            return None
        actor, renew = opened
        if not self._half:
            sessions.signed_in_fully(actor)
        if renew and key:
            _renew(key)
        return actor


def _renew(key: str) -> None:
    try:
        sessions.renew(key)
    except OperationalError:
        return  # a busy database: the next request lengthens it


class Device(HttpBearer):
    """A device token in `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return queries.actor_of_token(token) if token else None


SIGNED_IN = [Device(), BrowserSession()]
HALF_SIGNED_IN = [Device(), BrowserSession(half=True)]


def stranger(request: HttpRequest) -> Actor:
    """Anybody, for signing in: small JSON only. A page of another site cannot send that type without being asked."""
    if request.content_type != "application/json":
        raise Refusal(KernelError.BAD_REQUEST, where=Words("内容类型", "Content-Type"), why=Words("应为 application/json", "it must be application/json"))
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not ascii_digits(length) or len(length) > 9 or int(length) > _STRANGERS_SEND:
        raise Refusal(KernelError.BODY_TOO_LARGE, limit_kb=_STRANGERS_SEND // 1024)
    return Actor(None, "", via="session")


def address(request: HttpRequest) -> str:
    """Where the request comes from, as far as the nearest machine not ours can say; '' if that is unknown."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if peer in _PROXIES:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()[:64]
    return peer


def keep_session(response: HttpResponse, signed_in: sign_in.SignedIn) -> None:
    """The session cookie: out of reach of scripts, not sent along by other sites' forms."""
    response.set_cookie(COOKIE, signed_in.key, max_age=_COOKIE_LASTS, httponly=True, samesite="Lax",
                        secure=settings.SESSION_COOKIE_SECURE)


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


Text = Annotated[str, Field(max_length=400)]
Secret = Annotated[str, Field(max_length=1000)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


class SignInIn(_In):
    login: Text
    password: Secret


class CodeIn(_In):
    code: Text


class BeginIn(_In):
    """`password`: only to replace a second factor that is set already."""

    password: Secret = ""


class InvitationIn(_In):
    """The token stands in the body: addresses end up in logs."""

    token: Text
    password: Secret


class ChangeIn(_In):
    present: Secret
    new: Secret


class TokenIn(_In):
    name: Text


class UnitIn(_In):
    code: Text
    name: Text
    kind: Text = "department"
    parent_code: Text = ""


class UnitChangeIn(_In):
    name: Text | None = None
    kind: Text | None = None
    parent_code: Text | None = None
    active: bool | None = None
    heir: Text = ""


class UserIn(_In):
    id: UUID | None = None
    login: Text
    name: Text
    unit_code: Text = ""


class UserChangeIn(_In):
    name: Text | None = None
    unit_code: Text | None = None


class GrantIn(_In):
    """`area_code`: '*' is everywhere."""

    role: Text
    area_code: Text
    unit_code: Text = ""
    since: datetime | None = None
    until: datetime | None = None


class StaffQuery(_In):
    after: Text = ""
    find: Text = ""
    unit: Text = ""
    active: bool | None = True
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class SignInsQuery(_In):
    before: Annotated[int, Field(ge=1, le=2**62)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


router = Router(tags=["accounts"])


@router.post("/session", auth=stranger)
def open_session(request: HttpRequest, body: SignInIn) -> HttpResponse:
    """登录：设置会话 Cookie，返回 CSRF 标记。"""
    signed_in = sign_in.sign_in(body.login, body.password, address=address(request),
                                ends=request.COOKIES.get(COOKIE, ""))
    return _opened(request, signed_in)


def _opened(request: HttpRequest, signed_in: sign_in.SignedIn, **more: Any) -> HttpResponse:
    rotate_token(request)
    lacks = signed_in.factor if signed_in.factor in PENDING else ""
    response = JsonResponse({"user_id": signed_in.user_id, "expires_at": signed_in.expires_at,
                             "csrf": get_token(request), "second_factor": lacks, **more})
    keep_session(response, signed_in)
    return response


@router.post("/session/second-factor", auth=HALF_SIGNED_IN)
def show_second_factor(request: HttpRequest, body: CodeIn) -> HttpResponse:
    """登录第二步：输入验证码或恢复码；换新的会话 Cookie 和 CSRF 标记。"""
    return _opened(request, second_factor.show(request.auth, request.COOKIES.get(COOKIE, ""), body.code,
                                               address=address(request)))


@router.delete("/session", auth=HALF_SIGNED_IN)
def close_session(request: HttpRequest) -> HttpResponse:
    """退出登录。"""
    sessions.sign_out(request.auth, request.COOKIES.get(COOKIE, ""))
    response = JsonResponse({})
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@router.post("/invitations", auth=stranger)
def accept_invitation(request: HttpRequest, body: InvitationIn) -> dict[str, Any]:
    """用一次性链接中的标记设置密码。"""
    invitations.accept(body.token, body.password)
    return {}


@router.get("/me", response=queries.Me, auth=HALF_SIGNED_IN)
def me(request: HttpRequest) -> queries.Me:
    """本人的账号、岗位、权限和设备。"""
    get_token(request)  # sends the CSRF cookie again
    return queries.me(request.auth)


@router.post("/me/second-factor", response=second_factor.Offer, auth=HALF_SIGNED_IN)
def begin_second_factor(request: HttpRequest, body: BeginIn | None = None) -> second_factor.Offer:
    """开始设置两步验证：密钥和二维码，验证码确认后生效。更换时要输入现在的密码。"""
    return second_factor.begin(request.auth, request.COOKIES.get(COOKIE, ""), password=body.password if body else "")


@router.post("/me/second-factor/confirm", auth=HALF_SIGNED_IN)
def confirm_second_factor(request: HttpRequest, body: CodeIn) -> HttpResponse:
    """确认设置：返回 8 个一次性恢复码，只显示这一次；其他会话和设备令牌随即失效。"""
    done = second_factor.confirm(request.auth, request.COOKIES.get(COOKIE, ""), body.code)
    return _opened(request, done.signed_in, recovery=done.recovery)


@router.post("/me/password")
def change_password(request: HttpRequest, body: ChangeIn) -> dict[str, Any]:
    """修改本人密码；其他会话和设备令牌随即失效。"""
    # never through `once`: what it keeps of a request would be a fast hash of the password
    passwords.change_password(request.auth, body.present, body.new, keep=request.COOKIES.get(COOKIE, ""))
    return {}


@router.post("/tokens", response={201: tokens.Issued})
def issue_token(request: HttpRequest, body: TokenIn) -> Any:
    """为本人的设备发放令牌，只显示这一次。"""
    return tokens.issue_token(request.auth, body.name)


@router.delete("/tokens/{token_id}")
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """作废本人的设备令牌。"""
    return once(request, lambda: tokens.revoke_token(request.auth, token_id))


@router.get("/roles")
def roles(request: HttpRequest) -> list[dict[str, Any]]:
    """岗位清单及其权限。"""
    return [{"code": role.code, "zh": role.zh, "duty": role.duty,
             "rights": sorted(right.value for right in RIGHTS_OF[role])} for role in Role]


@router.get("/units", response=list[queries.UnitRow])
def list_units(request: HttpRequest) -> list[queries.UnitRow]:
    """单位，上级在前。"""
    return queries.units(request.auth)


@router.post("/units")
def create_unit(request: HttpRequest, body: UnitIn) -> HttpResponse:
    """新建单位。"""
    return once(request, lambda: {"id": units.create(request.auth, **body.dict())}, status=201)


@router.patch("/units/{unit_id}")
def change_unit(request: HttpRequest, unit_id: Number, body: UnitChangeIn) -> HttpResponse:
    """单位改名、换上级、停用或恢复。"""
    return once(request, lambda: units.change(request.auth, unit_id, **body.dict()))


@router.get("/users", response=queries.StaffPage)
def list_users(request: HttpRequest, wanted: Query[StaffQuery]) -> queries.StaffPage:
    """权限范围内的人员，按登录名。"""
    return queries.staff(request.auth, **wanted.dict())


@router.post("/users")
def create_user(request: HttpRequest, body: UserIn) -> HttpResponse:
    """新建人员：没有岗位，没有密码。"""
    return once(request, lambda: {"id": users.create(
        request.auth, body.login, body.name, unit_code=body.unit_code, user_id=body.id)}, status=201)


@router.get("/users/{user_id}", response=queries.Person)
def read_user(request: HttpRequest, user_id: UUID) -> queries.Person:
    """一名人员及其岗位。"""
    return queries.person(request.auth, user_id)


@router.patch("/users/{user_id}")
def change_user(request: HttpRequest, user_id: UUID, body: UserChangeIn) -> HttpResponse:
    """人员改名、换单位。"""
    return once(request, lambda: users.change(request.auth, user_id, **body.dict()))


@router.post("/users/{user_id}/grants")
def give_role(request: HttpRequest, user_id: UUID, body: GrantIn) -> HttpResponse:
    """授予岗位。"""
    return once(request, lambda: {"id": grants.give(request.auth, user_id, **body.dict())}, status=201)


@router.delete("/grants/{grant_id}")
def withdraw_role(request: HttpRequest, grant_id: Number) -> HttpResponse:
    """撤销岗位，下一次请求即生效。"""
    return once(request, lambda: grants.withdraw(request.auth, grant_id))


@router.post("/users/{user_id}/reset")
def reset_user(request: HttpRequest, user_id: UUID) -> dict[str, Any]:
    """重置：原密码、会话、令牌失效，返回一次性链接。"""
    invited = users.reset(request.auth, user_id)
    return {"link": invited.link(request.build_absolute_uri("/")), "expires_at": invited.expires_at}


@router.delete("/users/{user_id}/second-factor")
def reset_second_factor(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """重置两步验证：手机和恢复码都丢了时用；会话、令牌随即失效，下次登录重新设置。"""
    return once(request, lambda: second_factor.reset(request.auth, user_id))


@router.post("/users/{user_id}/dismiss")
def dismiss_user(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """停用账号：会话、令牌、岗位马上全部失效。"""
    return once(request, lambda: users.dismiss(request.auth, user_id))


@router.delete("/users/{user_id}/sessions")
def end_sessions(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """结束一人的全部会话和设备令牌。"""
    return once(request, lambda: {"ended": sessions.end_sessions(request.auth, user_id)})


@router.get("/online", response=list[queries.Online])
def online(request: HttpRequest) -> list[queries.Online]:
    """现在登录着的人员。"""
    return queries.online(request.auth)


@router.get("/audit/signins", response=queries.SignIns)
def sign_ins(request: HttpRequest, wanted: Query[SignInsQuery]) -> queries.SignIns:
    """登录日志，新的在前。"""
    return queries.sign_ins(request.auth, **wanted.dict())

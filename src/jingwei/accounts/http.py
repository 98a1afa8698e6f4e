"""How a request says who is asking."""

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from jingwei.accounts import queries
from jingwei.kernel.actor import Actor

COOKIE = "jingwei_session"


class BrowserSession(APIKeyCookie):
    """The session cookie; unsafe methods also need the CSRF header (X-CSRFToken)."""

    param_name = COOKIE

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return queries.actor_of_session(key) if key else None


class Device(HttpBearer):
    """A device token in `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return queries.actor_of_token(token) if token else None


SIGNED_IN = [Device(), BrowserSession()]

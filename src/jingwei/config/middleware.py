"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from jingwei.config.problems import problem, refusal_of, refused_page
from jingwei.kernel.errors import KernelError, Refusal

POLICY = ("default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


def content_policy(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing is loaded from another host, nothing of ours is framed by one; answers of the interface are not kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Content-Security-Policy", POLICY)
        if request.path.startswith("/api/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def wrong_methods(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The interface's router answers a wrong method in plain words of its own; here it gets a code like any refusal."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.status_code != 405 or not request.path.startswith("/api/"):
            return response
        allowed = response.get("Allow", "")
        coded = problem(request, Refusal(KernelError.WRONG_METHOD, method=(request.method or "")[:20], allowed=allowed))
        coded["Allow"] = allowed
        return coded

    return middleware


class refusals_of_pages:
    """Pages met by a full disk or a database that is busy say so in words, as the interface does."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = refusal_of(error)
        return None if refusal is None else refused_page(request, refusal)

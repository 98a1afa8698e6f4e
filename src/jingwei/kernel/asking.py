"""A request whose sender is known: what every router function gets once signing in has been checked."""

from django.http import HttpRequest

from jingwei.kernel.actor import Actor


class Asking(HttpRequest):
    """`auth`: who is asking, set by `accounts.http` before the function is called."""

    auth: Actor


LANGUAGE_COOKIE = "jingwei_language"  # set where a person chooses a language; read by pages and by the desk


def language_of(request: HttpRequest) -> str:
    """`en` for a client that asks for English, else `zh`."""
    return "en" if request.headers.get("Accept-Language", "zh").lower().startswith("en") else "zh"


def language_of_page(request: HttpRequest) -> str:
    """The language chosen for pages. What a browser prefers does not count: many are set up in English and used in Chinese."""
    chosen = request.GET.get("language") or request.COOKIES.get(LANGUAGE_COOKIE)
    return "en" if chosen == "en" else "zh"

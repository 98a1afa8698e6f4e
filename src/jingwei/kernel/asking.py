"""A request whose sender is known: what every router function gets once signing in has been checked."""

from django.http import HttpRequest

from jingwei.kernel.actor import Actor


class Asking(HttpRequest):
    """`auth`: who is asking, set by `accounts.http` before the function is called."""

    auth: Actor

"""Addresses of the pages; the interface is `http.router`."""

from django.urls import path

from jingwei.accounts import pages

urlpatterns = [
    path("first/<str:token>", pages.first),
    path("sign-in", pages.sign_in),
    path("sign-in/code", pages.code),
    path("sign-in/set-up", pages.set_up),
    path("sign-in/recovery", pages.recovery),
    path("sign-out", pages.sign_out),
]

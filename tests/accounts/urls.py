"""This room's interface and pages alone."""

from django.urls import include, path
from ninja import NinjaAPI

from jingwei.accounts.http import SIGNED_IN, router
from jingwei.config import problems
from jingwei.config.api import _Parse, _Render

api = NinjaAPI(urls_namespace="accounts-alone", auth=SIGNED_IN, renderer=_Render(), parser=_Parse())
problems.install(api)
api.add_router("", router)
urlpatterns = [path("api/", api.urls), path("", include("jingwei.accounts.urls"))]

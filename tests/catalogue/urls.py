"""This room's interface alone."""

from django.urls import path
from ninja import NinjaAPI

from jingwei.accounts.http import SIGNED_IN
from jingwei.catalogue.http import router
from jingwei.config import problems
from jingwei.config.api import _Parse, _Render

api = NinjaAPI(urls_namespace="catalogue-alone", auth=SIGNED_IN, renderer=_Render(), parser=_Parse())
problems.install(api)
api.add_router("", router)
urlpatterns = [path("api/", api.urls)]

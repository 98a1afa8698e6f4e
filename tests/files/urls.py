"""This room's interface alone."""

from django.urls import path
from ninja import NinjaAPI

from jingwei.accounts.http import SIGNED_IN
from jingwei.config import problems
from jingwei.files.http import router

api = NinjaAPI(urls_namespace="files-alone", auth=SIGNED_IN)
problems.install(api)
api.add_router("", router)
urlpatterns = [path("api/", api.urls)]

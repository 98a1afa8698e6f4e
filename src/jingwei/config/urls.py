"""Addresses of the service."""

from django.urls import include, path

from jingwei.config import demonstration, faces, pages
from jingwei.config.api import api

urlpatterns = [
    path("", pages.home),
    path("healthz", pages.health),
    path("demo/<str:key>", demonstration.entrance),
    path("api/", api.urls),
    path("desk/", faces.desk),
    path("desk/<path:rest>", faces.desk),
    path("field/", faces.field),
    path("field/<path:rest>", faces.field),
    path("", include("jingwei.accounts.urls")),
]
handler404 = pages.not_found
handler400 = pages.bad_request

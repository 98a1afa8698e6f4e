"""Addresses of the service."""

from django.urls import path

from jingwei.config.api import api

urlpatterns = [
    path("api/", api.urls),
]

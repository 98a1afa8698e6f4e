from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "jingwei.notices"
    label = "notices"

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "jingwei.files"
    label = "files"

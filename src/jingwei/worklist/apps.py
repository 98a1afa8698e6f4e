from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "jingwei.worklist"
    label = "worklist"

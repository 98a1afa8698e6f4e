from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "jingwei.journal"
    label = "journal"

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "jingwei.registry"
    label = "registry"

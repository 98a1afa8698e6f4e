from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "jingwei.catalogue"
    label = "catalogue"

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "jingwei.config"
    label = "wiring"

    def ready(self) -> None:
        from jingwei.config import ports

        ports.wire()

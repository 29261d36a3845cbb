from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "stepdown.kernel"
    label = "kernel"

    def ready(self) -> None:
        from stepdown.kernel import checks

        checks.register()

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "stepdown.kernel"
    label = "kernel"

    def ready(self) -> None:
        from stepdown.kernel import checks, sealed_rows, sealing

        checks.register()
        for store in sealed_rows.stores():
            sealing.kept_in(store)

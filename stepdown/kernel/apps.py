from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "stepdown.kernel"
    label = "kernel"

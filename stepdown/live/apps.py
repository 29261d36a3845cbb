from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "stepdown.live"
    label = "live"

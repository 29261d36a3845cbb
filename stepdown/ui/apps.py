from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "stepdown.ui"
    label = "ui"

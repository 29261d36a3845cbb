from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "stepdown.measures"
    label = "measures"

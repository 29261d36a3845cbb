from django.apps import AppConfig


class ChartConfig(AppConfig):
    name = "stepdown.chart"
    label = "chart"

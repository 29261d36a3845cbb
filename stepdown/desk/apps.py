from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "stepdown.desk"
    label = "desk"

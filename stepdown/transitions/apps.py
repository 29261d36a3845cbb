from django.apps import AppConfig


class TransitionsConfig(AppConfig):
    name = "stepdown.transitions"
    label = "transitions"

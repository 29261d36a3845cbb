from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "stepdown.people"
    label = "people"

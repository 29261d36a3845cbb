from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "stepdown.people"
    label = "people"

    def ready(self) -> None:
        from stepdown.people import queries
        from stepdown.ui import center

        center.provide(queries.center)

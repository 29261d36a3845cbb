from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransitionsConfig(AppConfig):
    name = "stepdown.transitions"
    label = "transitions"

    def ready(self) -> None:
        from stepdown.transitions import queries, retention
        from stepdown.ui import navigation

        retention.register()
        navigation.staff.register(
            navigation.NavItem(
                _("Step-downs"),
                "steps",
                "transitions:due",
                roles=("counselor", "director"),
                waiting=queries.steps_waiting,
                order=45,
            )
        )

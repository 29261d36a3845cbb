from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartConfig(AppConfig):
    name = "stepdown.chart"
    label = "chart"

    def ready(self) -> None:
        from stepdown.chart import queries
        from stepdown.ui import navigation

        navigation.staff.register(
            navigation.NavItem(
                _("Notes"),
                "document",
                "chart:notes",
                roles=("counselor", "director"),
                waiting=queries.notes_waiting,
                order=40,
            )
        )

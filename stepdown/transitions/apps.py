from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransitionsConfig(AppConfig):
    name = "stepdown.transitions"
    label = "transitions"

    def ready(self) -> None:
        from stepdown.placement import plans
        from stepdown.transitions import queries, retention, services
        from stepdown.ui import navigation

        retention.register()
        plans.provide(hold=services.hold, follow=services.follow)
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

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    name = "stepdown.admissions"
    label = "admissions"

    def ready(self) -> None:
        from stepdown.admissions import lanes, permissions, queries, retention
        from stepdown.privacy import in_care
        from stepdown.ui import navigation

        retention.register()
        lanes.register()
        in_care.provide(queries.patients_in_care)
        navigation.staff.register(
            navigation.NavItem(
                _("Admissions"),
                "phone",
                "admissions:board",
                roles=tuple(str(role) for role in permissions.TEAM),
                waiting=queries.calls_waiting,
                order=50,
                first_for=("admissions",),
            )
        )

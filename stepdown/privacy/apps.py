from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "stepdown.privacy"
    label = "privacy"

    def ready(self) -> None:
        from stepdown.privacy.queries_rights import waits_for
        from stepdown.privacy.queries_sharing import work_waiting
        from stepdown.ui import navigation

        navigation.patient.register(navigation.NavItem(_("Sharing"), "eye", "privacy:my_sharing", order=40))
        navigation.staff.register(
            navigation.NavItem(
                _("Privacy work"),
                "shield",
                "privacy:work",
                roles=("privacy", "director"),
                waiting=work_waiting,
                order=86,
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Who looked"), "eye", "privacy:looks", roles=("privacy",), order=88, first_for=("privacy",)
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Requests"), "hand", "privacy:requests", roles=("privacy",), waiting=waits_for, order=89
            )
        )

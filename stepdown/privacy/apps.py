from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "stepdown.privacy"
    label = "privacy"

    def ready(self) -> None:
        from stepdown.privacy import (
            opened,
            queries_breaches,
            queries_notice,
            queries_restricted,
            queries_rights,
            services_asked,
        )
        from stepdown.privacy.permissions_restricted import OPENS_IN_EMERGENCY
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
                _("Who looked"), "eye", "privacy:looks", roles=("privacy",), order=84, first_for=("privacy",)
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Requests"),
                "hand",
                "privacy:requests",
                roles=("privacy",),
                waiting=queries_rights.waits_for,
                order=85,
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Breaches"),
                "alert",
                "privacy:breaches",
                roles=("privacy",),
                waiting=queries_breaches.waits_for,
                order=86,
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Restricted records"), "lock", "privacy:restricted", roles=("privacy", "director"), order=85
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Opened in an emergency"),
                "alert",
                "privacy:accesses",
                roles=("privacy",),
                waiting=queries_restricted.waits_for,
                order=84,
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Open in an emergency"),
                "alert",
                "privacy:emergency_access",
                roles=tuple(str(role) for role in OPENS_IN_EMERGENCY),
                order=86,
            )
        )
        navigation.staff.register_strip("opened", opened.strip)
        navigation.staff.register(
            navigation.NavItem(
                _("Privacy notice"),
                "document",
                "privacy:notices",
                roles=("privacy",),
                waiting=queries_notice.waits_for,
                order=86,
            )
        )
        navigation.staff.register(
            navigation.NavItem(_("Someone asks"), "chat", "privacy:asked", waiting=services_asked.waiting, order=56)
        )
        navigation.staff.register(navigation.NavItem(_("Report a problem"), "shield", "privacy:report", order=87))

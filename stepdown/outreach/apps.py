from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "stepdown.outreach"
    label = "outreach"

    def ready(self) -> None:
        from stepdown.kernel import outside
        from stepdown.outreach import gateways, mailing, retention, services
        from stepdown.outreach.concerns import services as concerns
        from stepdown.people import services_reset
        from stepdown.privacy import services_exceptions, services_looks, services_restricted
        from stepdown.ui import navigation

        retention.register()
        outside.register(*gateways.SERVICES, *mailing.SERVICES)
        services_looks.tell_with(services.tell_that_looks_are_broken)
        services_exceptions.tell_with(services.tell_that_an_emergency_waits)
        services_restricted.tell_with(services.tell_that_a_record_was_opened)
        services_restricted.tell_of_named_with(services.tell_that_a_named_person_went)
        services_reset.tell_with(services.tell_of_reset)
        navigation.staff.register(
            navigation.NavItem(
                _("Worries"),
                "heart",
                "concerns:concerns",
                roles=("admissions", "counselor", "director"),
                waiting=concerns.waiting,
                order=55,
            )
        )

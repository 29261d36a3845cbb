from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "stepdown.privacy"
    label = "privacy"

    def ready(self) -> None:
        from stepdown.kernel import outside
        from stepdown.people import services as people
        from stepdown.people.models import AT_THE_CENTER
        from stepdown.privacy import (
            checks,
            held,
            opened,
            queries_breaches,
            queries_notice,
            queries_received,
            queries_restricted,
            queries_retention,
            queries_rights,
            queries_self_pay,
            queries_sharing,
            queries_vendors,
            services_asked,
            services_restricted,
            sources,
        )
        from stepdown.privacy.domain.sharing import Data
        from stepdown.privacy.permissions_minors import DECIDES_ON_MINORS
        from stepdown.privacy.permissions_restricted import KEEPS_RESTRICTIONS, OPENS_IN_EMERGENCY
        from stepdown.privacy.permissions_retention import SEES_RETENTION
        from stepdown.privacy.permissions_self_pay import SEES_SELF_PAY
        from stepdown.privacy.permissions_vendors import KEEPS_AGREEMENTS
        from stepdown.ui import navigation

        held.register()
        sources.provide({Data.RECEIVED: queries_received.items_of})
        outside.provide(queries_vendors.is_covered)
        checks.register()
        people.hear_of_staff(services_restricted.look_after)

        officers = ("privacy",)
        # label, icon, page, roles (none: everyone), what waits there, order
        for label, icon, page, roles, waiting, order in (
            (_("Someone asks"), "chat", "asked", AT_THE_CENTER, services_asked.waiting, 56),
            (_("Emergency access"), "alert", "accesses", officers, queries_restricted.waits_for, 84),
            (_("Requests"), "hand", "requests", officers, queries_rights.waits_for, 85),
            (_("Self-pay"), "lock", "self_pay", SEES_SELF_PAY, queries_self_pay.waits_for, 85),
            (_("Restricted records"), "lock", "restricted", KEEPS_RESTRICTIONS, None, 85),
            (_("Privacy work"), "shield", "work", ("privacy", "director"), queries_sharing.work_waiting, 86),
            (_("Breaches"), "alert", "breaches", officers, queries_breaches.waits_for, 86),
            (_("Emergency access"), "alert", "emergency_access", OPENS_IN_EMERGENCY, None, 86),
            (_("Audits"), "eye", "audits", officers, None, 86),
            (_("Privacy notice"), "document", "notices", officers, queries_notice.waits_for, 86),
            (_("Under 18"), "people", "minors", DECIDES_ON_MINORS, None, 86),
            (_("Vendors"), "document", "vendors", KEEPS_AGREEMENTS, queries_vendors.waits_for, 86),
            (_("Retention"), "clock", "due", SEES_RETENTION, queries_retention.waits_for, 87),
            (_("Report a problem"), "shield", "report", AT_THE_CENTER, None, 87),
        ):
            item = navigation.NavItem(label, icon, f"privacy:{page}", tuple(map(str, roles)), waiting, order)
            navigation.staff.register(item)
        navigation.staff.register(
            navigation.NavItem(_("Who looked"), "eye", "privacy:looks", officers, order=84, first_for=officers)
        )
        navigation.staff.register(navigation.NavItem(_("Your audits"), "eye", "audits:mine", ("auditor",), order=10))
        navigation.patient.register(navigation.NavItem(_("Sharing"), "eye", "privacy:my_sharing", order=40))
        navigation.staff.register_strip("opened", opened.strip)

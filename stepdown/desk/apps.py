from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "stepdown.desk"
    label = "desk"

    def ready(self) -> None:
        from stepdown.desk import court_report
        from stepdown.desk.sources import SOURCES
        from stepdown.people.models import AT_THE_CENTER
        from stepdown.privacy import reports, sources
        from stepdown.privacy.domain.sharing import Kind
        from stepdown.ui.navigation import NavItem, patient, register_search, register_waiting, staff

        staff.register(NavItem(_("My day"), "home", "desk:day", roles=("counselor", "director"), order=10))
        staff.register(NavItem(_("Held days"), "calendar", "desk:held_days", roles=("biller", "director"), order=80))
        staff.register(NavItem(_("Weeks ahead"), "trend", "desk:outlook", roles=("admissions", "director"), order=28))
        sources.provide(SOURCES)
        reports.provide(Kind.JUSTICE, court_report.PARTS)
        register_search("desk:find", AT_THE_CENTER)
        register_waiting("desk:waiting")
        patient.register(NavItem(_("Today"), "home", "desk:home", order=10))
        patient.register(NavItem(_("Help"), "heart", "desk:help", order=90))

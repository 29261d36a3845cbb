from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimetableConfig(AppConfig):
    name = "stepdown.timetable"
    label = "timetable"

    def ready(self) -> None:
        from stepdown.outreach import safe_way
        from stepdown.timetable import absences, license_board, retention
        from stepdown.timetable.permissions import DIRECTS, LEADS, SEES_GROUPS
        from stepdown.ui.navigation import NavItem, staff

        retention.register()
        safe_way.provide_there(absences.who_is_there)
        sees = tuple(str(role) for role in SEES_GROUPS)
        staff.register(NavItem(_("Calendar"), "calendar", "timetable:calendar", roles=sees, order=22))
        leads = tuple(str(role) for role in LEADS)
        staff.register(
            NavItem(_("Absences"), "leave", "timetable:absences", roles=leads, waiting=absences.waiting, order=66)
        )
        directs = tuple(str(role) for role in DIRECTS)
        staff.register(
            NavItem(
                _("Licenses"), "shield", "timetable:licenses", roles=directs, waiting=license_board.waiting, order=70
            )
        )
        staff.register(NavItem(_("Closures"), "calendar", "timetable:closures", roles=directs, order=68))

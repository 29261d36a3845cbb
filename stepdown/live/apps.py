from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "stepdown.live"
    label = "live"

    def ready(self) -> None:
        from stepdown.kernel import outside
        from stepdown.live import door, elsewhere, queries, relays, retention, services, services_leading
        from stepdown.live.outside import all_overrides
        from stepdown.people import endings
        from stepdown.privacy.onward import speak_of
        from stepdown.timetable import cover, rooms
        from stepdown.ui.navigation import NavItem, staff

        retention.register()
        outside.register(*relays.SERVICES, *elsewhere.SERVICES)
        endings.hear_of_endings(services.end_in_rooms)
        speak_of("live:door", door.waits_for)
        cover.provide_exceptions(all_overrides)
        rooms.provide(
            in_use=queries.is_in_use,
            met=queries.has_met,
            called_off=services.end_room,
            moved=services.leave_room_behind,
            led=services_leading.led_by_another,
            works_on=services.tell_live,
        )
        staff.register(NavItem(_("Incidents"), "alert", "live:incidents", roles=("director",), order=75))

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "stepdown.live"
    label = "live"

    def ready(self) -> None:
        from stepdown.kernel import outside
        from stepdown.live import door, elsewhere, relays, retention, services
        from stepdown.live.outside import all_overrides
        from stepdown.people import endings
        from stepdown.privacy.onward import speak_of
        from stepdown.timetable import cover
        from stepdown.ui.navigation import NavItem, staff

        retention.register()
        endings.hear_of_endings(services.end_in_rooms)
        speak_of("live:door", door.waits_for)
        cover.provide_exceptions(all_overrides)
        staff.register(NavItem(_("Incidents"), "alert", "live:incidents", roles=("director",), order=75))
        outside.register(
            outside.Service(
                key=relays.RELAY,
                name="Relay for video (TURN)",
                gets="network addresses, ids without names, and sound and pictures that they cannot open",
                setting="STEPDOWN_TURN_URLS",
                addresses=relays.addresses,
            )
        )
        outside.register(
            outside.Service(
                key=elsewhere.MEDIA,
                name="Media servers",
                gets="network addresses, and sound and pictures, unless a program encrypts its rooms",
                setting="STEPDOWN_MEDIA_SERVERS",
                addresses=elsewhere.media_addresses,
            )
        )
        outside.register(
            outside.Service(
                key=elsewhere.STANDBY,
                name="Standby rooms",
                gets="network addresses, first names, sound and pictures",
                setting="a group’s standby room",
                addresses=elsewhere.standby_addresses,
            )
        )

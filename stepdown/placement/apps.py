from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementConfig(AppConfig):
    name = "stepdown.placement"
    label = "placement"

    def ready(self) -> None:
        from stepdown.outreach import replies as text_replies
        from stepdown.outreach import safe_way
        from stepdown.people import visibility
        from stepdown.placement import board_lane, permissions, queries, replies, retention
        from stepdown.placement.links import own_groups
        from stepdown.ui.navigation import NavItem, Section, staff

        visibility.provide(patients=queries.patients_visible_to, hidden=queries.hidden_from_inside)
        safe_way.provide(queries.who_could_reach)
        retention.register()
        board_lane.register()
        text_replies.register(replies.take)
        roles = tuple(str(role) for role in permissions.SEES_GROUPS)
        staff.register(NavItem(_("Groups"), "group", "placement:groups", roles=roles, order=20))
        staff.register(NavItem(_("Seats"), "seats", "placement:seats", roles=roles, order=25))
        offers = tuple(str(role) for role in permissions.SEATS)
        staff.register(NavItem(_("Waitlist"), "clock", "placement:waitlist", roles=offers, order=27))
        staff.register(NavItem(_("Patients"), "people", "placement:patients", roles=roles, order=30))
        staff.register_section("groups", Section(_("My groups"), own_groups))
        directs = tuple(str(role) for role in permissions.DIRECTS)
        staff.register(NavItem(_("Programs"), "steps", "placement:programs", roles=directs, order=65))

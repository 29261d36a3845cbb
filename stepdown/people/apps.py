from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "stepdown.people"
    label = "people"

    def ready(self) -> None:
        from stepdown.people import queries
        from stepdown.ui import center, navigation

        center.provide(queries.center)
        people = navigation.NavItem(_("People"), "person", "people:people", roles=("administrator",), order=80)
        navigation.staff.register(people)
        navigation.staff.register(navigation.NavItem(_("Your account"), "key", "mfa_index", order=90))

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "stepdown.people"
    label = "people"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.urls import register_converter

        from stepdown.kernel import outside
        from stepdown.kernel.sealing import kept_in
        from stepdown.people import directory, queries, sealed, sign_in
        from stepdown.people.links import TokenConverter
        from stepdown.ui import center, navigation

        kept_in(sealed.STORE)
        user_logged_in.connect(sign_in.note_sign_in, dispatch_uid="people.note_sign_in")
        register_converter(TokenConverter, "token")
        center.provide(queries.center)
        outside.register(*directory.SERVICES)
        people = navigation.NavItem(_("People"), "person", "people:people", roles=("administrator",), order=80)
        navigation.staff.register(people)
        navigation.staff.register(navigation.NavItem(_("Your account"), "key", "mfa_index", order=90))

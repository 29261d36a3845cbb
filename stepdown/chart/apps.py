from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartConfig(AppConfig):
    name = "stepdown.chart"
    label = "chart"

    def ready(self) -> None:
        from stepdown.chart import counseling, queries, queries_calls, queries_plan, queries_welfare, retention
        from stepdown.kernel.sealing import kept_in
        from stepdown.placement import calls
        from stepdown.timetable import rooms
        from stepdown.ui import navigation

        retention.register()
        calls.provide(queries_calls.to_call)
        kept_in(counseling.STORE)
        rooms.provide_record(queries.has_words)
        navigation.staff.register(
            navigation.NavItem(
                _("Notes"),
                "document",
                "chart:notes",
                roles=("counselor", "director"),
                waiting=queries.notes_waiting,
                order=40,
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Plans"),
                "check",
                "chart:plans",
                roles=("counselor", "director"),
                waiting=queries_plan.plans_waiting,
                order=42,
            )
        )
        navigation.staff.register(
            navigation.NavItem(
                _("Missed"),
                "phone",
                "chart:missed_list",
                roles=("counselor", "director"),
                waiting=queries_welfare.waiting,
                order=17,
            )
        )
        navigation.staff.register(
            navigation.NavItem(_("Note templates"), "document", "chart:note_templates", roles=("director",), order=84)
        )
        navigation.staff.register(
            navigation.NavItem(_("Tests"), "check", "chart:drug_tests", roles=("counselor", "director"), order=44)
        )
        navigation.staff.register(
            navigation.NavItem(_("Diagnoses"), "document", "chart:coded", roles=("biller", "director"), order=82)
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "stepdown.measures"
    label = "measures"

    def ready(self) -> None:
        from stepdown.admissions import admitted
        from stepdown.live import meanwhile
        from stepdown.measures import queries, retention, services_work, tasks
        from stepdown.measures.permissions import CLINICAL, READS_RATES
        from stepdown.outreach.concerns import services as concerns
        from stepdown.ui.navigation import NavItem, patient, staff

        retention.register()
        concerns.raise_with(services_work.raise_by_concern)
        admitted.register(tasks.assign_after_admission)
        meanwhile.provide(queries.meanwhile)
        sees, reads = (tuple(str(role) for role in roles) for roles in (CLINICAL, READS_RATES))
        staff.register(
            NavItem(_("Work items"), "alert", "measures:work", roles=sees, waiting=queries.work_waiting, order=15)
        )
        staff.register(NavItem(_("Instruments"), "document", "measures:instruments", roles=reads, order=67))
        patient.register(NavItem(_("Questions"), "check", "measures:questions", order=50))

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "stepdown.attendance"
    label = "attendance"

    def ready(self) -> None:
        from stepdown.admissions import board
        from stepdown.attendance import queries, retention
        from stepdown.live import final

        retention.register()
        board.tell_first_groups(queries.first_groups)
        final.provide(queries.is_sealed)

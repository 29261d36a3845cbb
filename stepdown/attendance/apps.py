from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "stepdown.attendance"
    label = "attendance"

    def ready(self) -> None:
        from stepdown.admissions import board
        from stepdown.attendance import queries, retention
        from stepdown.live import final
        from stepdown.timetable import rooms

        retention.register()
        rooms.provide_record(queries.is_recorded)
        board.tell_first_groups(queries.first_groups)
        final.provide(queries.is_sealed)

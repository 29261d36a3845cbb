from django.apps import AppConfig


class TimetableConfig(AppConfig):
    name = "stepdown.timetable"
    label = "timetable"

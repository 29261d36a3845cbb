from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    name = "stepdown.admissions"
    label = "admissions"

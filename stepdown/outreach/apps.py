from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "stepdown.outreach"
    label = "outreach"

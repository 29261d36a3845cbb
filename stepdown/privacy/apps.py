from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "stepdown.privacy"
    label = "privacy"

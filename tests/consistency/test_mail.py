"""Which way mail takes, by the settings of an installation."""

from runpy import run_path

import pytest

from stepdown.config import settings


@pytest.mark.parametrize(
    ("demo", "host", "backend"),
    [
        ("0", "", "stepdown.outreach.mailing.AgreedEmailBackend"),
        ("0", "mail.example.com", "stepdown.outreach.mailing.AgreedEmailBackend"),
        ("1", "mail.example.com", "stepdown.outreach.mailing.AgreedEmailBackend"),
        ("1", "", "django.core.mail.backends.console.EmailBackend"),
    ],
)
def test_mail_is_read_on_the_console_in_the_demo_alone(monkeypatch, demo, host, backend):
    monkeypatch.setenv("STEPDOWN_DEMO", demo)
    monkeypatch.setenv("STEPDOWN_MAIL_HOST", host)
    assert run_path(settings.__file__)["EMAIL_BACKEND"] == backend

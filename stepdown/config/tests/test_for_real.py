"""The settings of an installation with real people, as its environment makes them."""

import json
import os
import subprocess
import sys

import pytest

TOLD = """
import json, django
from django.conf import settings
django.setup()
from stepdown.people import devices
from stepdown.live import views_visits
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, devices.COOKIE]
secure = [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE]
wide = [settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN, settings.LANGUAGE_COOKIE_DOMAIN]
print(json.dumps({
    "names": names, "guest": views_visits.COOKIE, "secure": secure, "wide": wide,
    "hsts": [settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS],
    "hashers": settings.PASSWORD_HASHERS, "messages": settings.MESSAGE_STORAGE,
}))
"""


def settings_at(url: str) -> dict:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "stepdown.config.settings", "STEPDOWN_PUBLIC_URL": url}
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", TOLD], env=env, capture_output=True, check=True)
    return json.loads(told.stdout)


@pytest.fixture(scope="module")
def real() -> dict:
    return settings_at("https://iop.example.org")


def test_cookies_come_from_this_host_by_https_alone(real):
    """A browser refuses a cookie of these names that anything else than this host has set, or set without https."""
    assert [name for name in real["names"] if not name.startswith("__Host-")] == []
    assert real["guest"].startswith("__Secure-")
    assert set(real["secure"]) == {True}
    assert set(real["wide"]) == {None}


def test_no_sentence_about_anybody_is_kept_in_a_cookie(real):
    assert real["messages"] == "django.contrib.messages.storage.session.SessionStorage"


def test_browsers_come_back_by_https_for_a_year(real):
    seconds, with_subdomains = real["hsts"]
    assert seconds >= 365 * 24 * 3600
    assert with_subdomains is True


def test_passwords_are_kept_by_argon2(real):
    assert real["hashers"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_without_https_cookies_are_taken_too():
    plain = settings_at("http://127.0.0.1:8000")
    assert [name for name in [*plain["names"], plain["guest"]] if name.startswith("__")] == []
    assert set(plain["secure"]) == {False}

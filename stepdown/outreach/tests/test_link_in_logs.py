"""A personal link opens a door: no log line may hold it."""

import io
import logging
import logging.config

import pytest
from django.test import Client
from django.urls import path, reverse

from stepdown.config.urls import urlpatterns as pages_of_the_product
from stepdown.kernel.logs import configuration
from stepdown.people import links, services
from stepdown.people.access import public
from stepdown.people.tests.factories import CenterFactory, PatientFactory


def broken(request, token):
    raise RuntimeError(f"it broke for {token}")


urlpatterns = [path("broken/<str:token>/", public(broken), name="broken"), *pages_of_the_product]


@pytest.fixture
def log():
    """What the product writes, through its own handlers, down to the last line of detail."""
    logging.config.dictConfig(configuration())
    logging.getLogger("django").setLevel(logging.INFO)
    (handler,) = logging.getLogger().handlers[:1]
    stream, handler.stream = handler.stream, io.StringIO()
    yield handler.stream
    handler.stream = stream
    logging.getLogger("django").setLevel(logging.WARNING)


@pytest.mark.django_db
def test_a_personal_link_is_in_no_log_whatever_happens_on_it(log, settings):
    settings.ROOT_URLCONF = __name__
    CenterFactory()
    token = links.token_of(services.issue_link(patient=PatientFactory()))
    client = Client(raise_request_exception=False)
    client.get(reverse("outreach:enter", args=[token]))
    client.get(reverse("outreach:code", args=[token]))
    client.post(reverse("outreach:code", args=[token]), {"code": "123456"})
    client.get(f"/not/here/{token}/?q={token}")
    client.get(f"/broken/{token}/?q={token}")
    Client(enforce_csrf_checks=True).post(reverse("outreach:enter", args=[token]))
    assert "Error in broken" in log.getvalue()
    assert token not in log.getvalue()

"""A patient's personal link: `{PUBLIC_URL}/me/<token>/`.

The token is an HMAC of the link's id under the secret key, so that it can be put into a message at any time and is
stored nowhere; the database keeps its digest alone, by which an opened link is found.
"""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from stepdown.people.models import PersonalLink

PATTERN = "[A-Za-z0-9_-]{43}"


def derived(purpose: str, row: UUID) -> bytes:
    """32 bytes that only the holder of the secret key can tell from a row's id."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{purpose}:{row}".encode(), sha256)


def token_of(link: PersonalLink) -> str:
    """43 URL-safe characters carrying 256 bits."""
    return base64.urlsafe_b64encode(derived("personal-link", link.pk)).rstrip(b"=").decode()


def url_of(link: PersonalLink) -> str:
    """The whole address, in the patient's language."""
    with override(link.patient.language):
        return f"{settings.PUBLIC_URL}{reverse('outreach:enter', args=[token_of(link)])}"


class TokenConverter:
    """Matches tokens only, so that `/me/agree/` is never taken for one."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value

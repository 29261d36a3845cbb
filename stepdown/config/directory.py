"""The center's own directory as allauth is told of it."""

from typing import Any


def providers(url: str, name: str, client: str, secret: str) -> dict[str, Any]:
    """For SOCIALACCOUNT_PROVIDERS. url: of the OpenID provider, under which it has `.well-known/openid-configuration`;
    "" where a center has none. The e-mail addresses of those who work there are the directory's to say."""
    kept = {"server_url": url, "verified_email": True, "email_authentication": True}
    app = {"provider_id": "directory", "name": name, "client_id": client, "secret": secret, "settings": kept}
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if url else []}}

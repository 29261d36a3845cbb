"""A center's directory for the tests: django-oauth-toolkit as an OpenID provider, in a process of its own.

    python -m tests.fakes.directory FOLDER PORT REDIRECT_URI

Its data lie in FOLDER. `/enter/?email=…` signs somebody in there, as their login page would.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

CLIENT, SECRET = "stepdown", "made-up-client-secret"
PEOPLE = ("ines@example.com", "stranger@example.com")


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def configure(folder: Path, port: int) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    settings.configure(
        SECRET_KEY="made-up-and-only-for-tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "directory.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        USE_TZ=True,
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": pem,
            "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o",
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.claims",
            "PKCE_REQUIRED": True,
            "SCOPES": {"openid": "who", "profile": "name", "email": "address"},
        },
    )


def claims():
    """The validator with what the directory says of somebody. Called by django-oauth-toolkit as if it were a class."""
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Claims(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request):
            return {"email": request.user.email, "name": request.user.username}

    return Claims()


def fill(redirect_uri: str) -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for email in PEOPLE:
        User.objects.create_user(email.split("@")[0], email)
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        redirect_uris=redirect_uri,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


def enter(request):
    from django.contrib.auth import login
    from django.contrib.auth.models import User
    from django.http import HttpResponse

    login(request, User.objects.get(email=request.GET["email"]))
    return HttpResponse("in")


def main() -> None:
    folder, port, redirect_uri = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    configure(folder, port)
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    globals()["urlpatterns"] = [path("enter/", enter), path("o/", include("oauth2_provider.urls"))]
    fill(redirect_uri)
    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    sys.modules["tests.fakes.directory"] = sys.modules["__main__"]
    __name__ = "tests.fakes.directory"
    main()

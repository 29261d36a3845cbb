"""Settings of the whole product. What differs between installations comes from the environment; a secret, from
a file that NAME_FILE names, where there is one (see stepdown/config/secrets.py):

DATABASE_URL            where PostgreSQL is; the supervisor gives migrations another one than the processes
STEPDOWN_SECRET_KEY     signs sessions, personal links and room secrets
STEPDOWN_KEYS           the key ring that opens what lies sealed in the database (the file keys in STEPDOWN_HOME)
STEPDOWN_BACKUP_TO      the public key that backups are encrypted to (the file backup-to in STEPDOWN_HOME)
STEPDOWN_HOME           data folder of `make run`
STEPDOWN_HOSTS          host names served, comma separated
STEPDOWN_DEMO           "1" shows the demo's sign-ins and marks every page as made up
STEPDOWN_DEBUG          "1" shows errors with their words, on pages and in logs; never with real people
STEPDOWN_LIVE_PORT      port of the live process, when it is not behind the same address as the pages
STEPDOWN_PUBLIC_URL     the address people type, used in messages
STEPDOWN_TEXT_URL, …    the text message service; see stepdown/outreach/gateways.py
STEPDOWN_MAIL_HOST, …   the mail server: _HOST, _PORT, _USER, _PASSWORD, _FROM
STEPDOWN_OWN_HOSTS      hosts that the center runs itself and that need no agreement with a vendor, comma separated;
                        ".example.org" is every host there. This machine always is; see stepdown/kernel/outside.py
STEPDOWN_IDLE_MINUTES   after so many minutes without anything done, staff pages ask for the password (15; 0: never)
STEPDOWN_BREACHED_PASSWORDS  a file of breached passwords; see stepdown/people/breached.py (none: a small list of ours)
STEPDOWN_DIRECTORY_URL, …  the center's own directory; see stepdown/people/directory.py: _URL, _NAME, _CLIENT, _SECRET
STEPDOWN_PROXIES        how many proxies of ours stand before the web process (0: none)

STEPDOWN_TURN_URLS      relays for browsers that reach the media server by no straight way, comma separated, such as
                        turn:turn.example.org:3478?transport=udp (none: there is no relay)
STEPDOWN_TURN_SECRET    the secret we share with them

STEPDOWN_MEDIA_SERVERS  media servers beside those that `make run` starts; see stepdown/live/media/named.py

How the live process reaches those that `make run` starts: STEPDOWN_MEDIA_SERVERS_HERE, written likewise, and
STEPDOWN_MEDIA_EVENTS_PATH (where all of them send their events).
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import pghistory
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from stepdown.config import limits, secrets
from stepdown.config.directory import providers
from stepdown.kernel import logs
from stepdown.live.media import named

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("STEPDOWN_HOME", ROOT / ".stepdown"))

DEBUG = os.environ.get("STEPDOWN_DEBUG") == "1"
DEMO = os.environ.get("STEPDOWN_DEMO") == "1"
SECRET_KEY = secrets.read("STEPDOWN_SECRET_KEY") or "only-for-tests-and-static-checks"
# The public key that backups are encrypted to, or the file that it stands in.
BACKUP_TO = os.environ.get("STEPDOWN_BACKUP_TO", "")
BACKUP_TO_FILE = HOME / "backup-to"
KEY_RING = Path(os.environ.get("STEPDOWN_KEYS") or HOME / "keys")
ALLOWED_HOSTS = os.environ.get("STEPDOWN_HOSTS", "127.0.0.1,localhost").split(",")
OWN_HOSTS = [host for host in os.environ.get("STEPDOWN_OWN_HOSTS", "").split(",") if host]
PUBLIC_URL = os.environ.get("STEPDOWN_PUBLIC_URL", "http://127.0.0.1:8000")
LIVE_PORT = os.environ.get("STEPDOWN_LIVE_PORT", "")
PROXIES = int(os.environ.get("STEPDOWN_PROXIES", "0"))
SECURE = PUBLIC_URL.startswith("https://")

# No servers: everything but the room works.
MEDIA_SERVERS = named.read(
    os.environ.get("STEPDOWN_MEDIA_SERVERS_HERE", ""), os.environ.get("STEPDOWN_MEDIA_SERVERS", "")
)
MEDIA_BACKEND = os.environ.get("STEPDOWN_MEDIA_BACKEND", "stepdown.live.media.janus.JanusServer")
MEDIA_EVENTS_PATH = os.environ.get("STEPDOWN_MEDIA_EVENTS_PATH", "")
TURN_URLS = [url for url in os.environ.get("STEPDOWN_TURN_URLS", "").split(",") if url]
TURN_SECRET = secrets.read("STEPDOWN_TURN_SECRET")
HELD_LINES = HOME / "lines.json"  # see stepdown/live/server/holding.py

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "axes",
    "csp",
    "django_cotton",
    "django_htmx",
    "stepdown.kernel",
    "stepdown.ui",
    "stepdown.people",
    "stepdown.privacy",
    "stepdown.outreach",
    "stepdown.admissions",
    "stepdown.placement",
    "stepdown.timetable",
    "stepdown.live",
    "stepdown.attendance",
    "stepdown.measures",
    "stepdown.chart",
    "stepdown.transitions",
    "stepdown.desk",
    "stepdown.config",
    "demo",
    # After our own, whose pages stand in for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "stepdown.kernel.devices.DevicesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "stepdown.people.middleware.PeopleMiddleware",
    "stepdown.people.limits.LimitsMiddleware",
    "stepdown.privacy.middleware.LooksMiddleware",
    "stepdown.privacy.middleware_history.HistoryMiddleware",
]

ROOT_URLCONF = "stepdown.config.urls"
WSGI_APPLICATION = "stepdown.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Every page is translated, carries an icon and names a static file.
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "stepdown.ui.templatetags.ui"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgres:///stepdown"), conn_max_age=600, conn_health_checks=True
    )
}
# A connection plans a query that it is asked again once, not each time. Values go apart from the SQL.
DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=2)
# The history of a row: each state it was in, and who put it there. Written by triggers, never changed.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)  # read by row, written with every change
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "stepdown.people.backends.Passwords",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "stepdown.people.breached.BreachedPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/staff/sign-in/"
ACCOUNT_ADAPTER = "stepdown.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "stepdown.people.forms.Login",
    "reauthenticate": "stepdown.people.forms.Reauthenticate",
    "reset_password": "stepdown.people.forms.ResetPassword",
    "reset_password_from_key": "stepdown.people.forms.ResetPasswordKey",
    "change_password": "stepdown.people.forms.ChangePassword",
}
MFA_FORMS = {
    "authenticate": "stepdown.people.forms.SecondFactor",
    "authenticate_webauthn": "stepdown.people.forms.PasskeyAsSecondFactor",
    "login_webauthn": "stepdown.people.forms.PasskeyAlone",
    "activate_totp": "stepdown.people.forms.SetUpCode",
    "deactivate_totp": "stepdown.people.forms.RemoveCode",
    "add_webauthn": "stepdown.people.forms.AddPasskey",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
BREACHED_PASSWORDS = os.environ.get("STEPDOWN_BREACHED_PASSWORDS", "")
IDLE_MINUTES = int(os.environ.get("STEPDOWN_IDLE_MINUTES", "15"))
MFA_ADAPTER = "stepdown.people.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Stepdown"
MFA_TOTP_TOLERANCE = 1

LIMITS = limits.PUBLIC | limits.COSTLY
FILES_A_MINUTE = limits.FILES
DIRECTORY_URL = os.environ.get("STEPDOWN_DIRECTORY_URL", "")
DIRECTORY_NAME = os.environ.get("STEPDOWN_DIRECTORY_NAME", "your organization")
SOCIALACCOUNT_ADAPTER = "stepdown.people.directory.DirectoryAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = providers(
    DIRECTORY_URL,
    DIRECTORY_NAME,
    os.environ.get("STEPDOWN_DIRECTORY_CLIENT", ""),
    secrets.read("STEPDOWN_DIRECTORY_SECRET"),
)

AXES_USERNAME_CALLABLE = "stepdown.people.sign_in.tried_name"
AXES_CLIENT_IP_CALLABLE = "stepdown.people.sign_in.address_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "stepdown.people.refusals.locked_out"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True

# Text messages and mail; see outreach/gateways.py. In the demo both are read on the console.
TEXT_URL = os.environ.get("STEPDOWN_TEXT_URL", "")
TEXT_ACCOUNT = os.environ.get("STEPDOWN_TEXT_ACCOUNT", "")
TEXT_SECRET = secrets.read("STEPDOWN_TEXT_SECRET")
TEXT_FROM = os.environ.get("STEPDOWN_TEXT_FROM", "")
TEXT_REPLIES = DEMO or os.environ.get("STEPDOWN_TEXT_REPLIES") == "1"
MAIL_HOST = os.environ.get("STEPDOWN_MAIL_HOST", "")
_BY_CONSOLE = "django.core.mail.backends.console.EmailBackend"
EMAIL_BACKEND = _BY_CONSOLE if DEMO and not MAIL_HOST else "stepdown.outreach.mailing.AgreedEmailBackend"
EMAIL_HOST = MAIL_HOST
EMAIL_PORT = int(os.environ.get("STEPDOWN_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("STEPDOWN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = secrets.read("STEPDOWN_MAIL_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("STEPDOWN_MAIL_FROM", "no-reply@example.invalid")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Español"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "stepdown.ui.storage.StaticStorage"},
}

# With https a browser takes a cookie of such a name from this very host only, and only by https.
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_ENGINE = "stepdown.kernel.session_store"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FILE_UPLOAD_HANDLERS = ["stepdown.kernel.uploads.KeepLittle"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # whoever speaks TLS for us sends http on to https; the processes behind it are asked by http
    "security.W021",  # a list inside browsers is for a center's whole domain, which is theirs to put there
]
X_FRAME_OPTIONS = "DENY"

_LIVE = [f"{way}://{host}:{LIVE_PORT}" for host in ALLOWED_HOSTS for way in ("ws", "http")] if LIVE_PORT else []
# A form of ours that leads on to the directory, which browsers count as sent there.
_DIRECTORY = ["{0.scheme}://{0.netloc}".format(urlsplit(DIRECTORY_URL))] if DIRECTORY_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF, *_LIVE],
        "form-action": [SELF, *_DIRECTORY],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

PAGES_WITH_DEVICES = {"live"}  # URL namespaces; see stepdown/kernel/devices.py

if not DEBUG:  # while developing, errors may speak; there is nobody to protect
    LOGGING = logs.configuration()
    logs.configure_structlog()

"""The product's settings, on a database of this test run and without the slow parts that no test is about."""

import os

from tests.database import TEMPLATE, url_of_this_run

os.environ["DATABASE_URL"] = url_of_this_run()

from stepdown.config.settings import *  # noqa: F403  # all of them, then what differs
from stepdown.config.settings import DATABASES, ROOT, STORAGES
from stepdown.kernel import keys

# One ring for the tests and for the products they start, made once.
KEY_RING = ROOT / ".test-keys"
keys.make_if_missing(KEY_RING)
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get(TEMPLATE)}

# The real storage needs `collectstatic` first and stays covered by the browser tests.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# All tests ask from one address, within a minute.
LIMITS = {}
FILES_A_MINUTE = 1_000_000
# One cheap round instead of 50 ms a password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

"""The pages, served by gunicorn, whose workers part from the process that has loaded all of this."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from stepdown.kernel.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepdown.config.settings")
application = get_wsgi_application()
resolve("/")  # loads the code of all pages
settle()

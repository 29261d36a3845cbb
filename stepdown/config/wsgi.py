"""The pages, served by gunicorn, whose workers part from the process that has loaded all of this."""

import os

from stepdown.kernel.memory import Roomy, loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepdown.config.settings")
with loading():
    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve

    application = Roomy(get_wsgi_application())
    resolve("/")  # loads the code of all pages

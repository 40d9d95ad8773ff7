"""The WSGI entry point; production sets DJANGO_SETTINGS_MODULE or gets config.settings.production."""

import os

from django.core.wsgi import get_wsgi_application

from config.native import explain_missing_libraries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

with explain_missing_libraries():
    application = get_wsgi_application()

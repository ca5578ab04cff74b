"""The WSGI entry that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
application = get_wsgi_application()

from shequtong.config.watch import measures  # noqa: E402  # it reads models, which are there only now

measures.keep("web")

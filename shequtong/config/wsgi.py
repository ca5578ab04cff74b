"""The WSGI entry that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shequtong.config.settings")
_loaded = get_wsgi_application()

from shequtong.config.settled import Settled  # noqa: E402  # views read models, which are there only now
from shequtong.config.watch import measures  # noqa: E402  # likewise

measures.keep("web")
application = Settled(_loaded)

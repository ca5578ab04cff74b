"""Logs go to standard error, a line of JSON each outside the demo; they never hold a phone, a name, a text or an address (tests scan them)."""

from .env import DEMO, env

LOG_FORMAT = env.str("LOG_FORMAT", default="plain" if DEMO else "json")  # or "plain": for people
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
# One line a request: its route, never its address.
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=LOG_FORMAT == "json")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "shequtong.config.watch.records.RequestFilter"}},
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "shequtong.config.watch.records.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "shequtong": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A page that is not there is in the line of its request; a stranger's host name is nobody's alarm.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

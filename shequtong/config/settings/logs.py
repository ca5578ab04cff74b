"""Logs go to standard error; they never hold a phone, a name or a code (tests scan them)."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"shequtong": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}

"""Signing in: sessions, passwords, and how often codes may be asked for (docs/decisions/0003-signin.md)."""

from datetime import timedelta

from .env import DEMO, env

SESSION_ENGINE = "shequtong.accounts.sessions"
SESSION_SEEN_STEP = timedelta(minutes=5)  # "last seen" is written at most this often
# GB/T 22239-2019 8.1.4.1: an idle session of staff ends by itself; residents stay signed in on their own phone.
STAFF_IDLE = timedelta(minutes=env.int("STAFF_IDLE_MINUTES", default=60 if DEMO else 30))

AUTHENTICATION_BACKENDS = ["shequtong.accounts.backend.AccountBackend"]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "access:home"  # from there on by what one does
RESIDENT_HOME, STAFF_HOME = "/", "/desk/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "shequtong.accounts.passwords.ChinesePasswordValidator"},
]

CODE_LASTS = timedelta(minutes=5)
CODE_TRIES = 5
# (how many, in which time); design.md 6. In the demo every visitor comes from this one machine.
CODES_PER_PHONE = [(1, timedelta(minutes=1)), (5, timedelta(hours=1)), (10, timedelta(days=1))]
CODES_PER_ADDRESS = [(1000, timedelta(days=1))] if DEMO else CODES_PER_PHONE
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # then the last X-Forwarded-For entry is the visitor's address

ROLES = "shequtong.config.roles.ROLES"  # access reads the table through this name: it lies below config

"""The areas and the middleware, in the order a request meets them."""

from .env import DATA, DEMO, ROOT

BASE_DIR = ROOT
SHEQUTONG_DATA = DATA
SHEQUTONG_DEMO = DEMO
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton",
    "shequtong.core",
    "shequtong.ui",
    "shequtong.triage",
    "shequtong.files",
    "shequtong.audit",
    "shequtong.figures",
    "shequtong.messaging",
    "shequtong.tasks",
    "shequtong.accounts",
    "shequtong.territory",
    "shequtong.organizations",
    "shequtong.access",
    "shequtong.people",
    "shequtong.cases",
    "shequtong.interchange",
    "shequtong.flows",
    "shequtong.pages",
    "shequtong.config",
]
ROOT_URLCONF = "shequtong.config.urls"
WSGI_APPLICATION = "shequtong.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"

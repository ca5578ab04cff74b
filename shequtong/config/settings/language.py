"""Simplified Chinese first, English complete; times are stored in UTC."""

from django.utils.translation import gettext_lazy as _

from .env import ROOT

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "shequtong" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

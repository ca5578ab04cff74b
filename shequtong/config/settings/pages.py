"""Templates, static files and the middleware chain."""

from .env import DATA, DEMO, ROOT, env

MIDDLEWARE = [
    "shequtong.config.watch.middleware.WatchMiddleware",
    "shequtong.audit.middleware.SecurityLogMiddleware",
    "shequtong.ui.policy.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shequtong.accounts.middleware.SessionCareMiddleware",
    "shequtong.access.middleware.ActorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shequtong.ui.display.display",
                "shequtong.access.context.actor",
                "shequtong.pages.context.navigation",
            ],
        },
    },
]
FORMAT_MODULE_PATH = ["shequtong.ui.formats"]
FORM_RENDERER = "shequtong.ui.renderer.FieldRenderer"
CSRF_FAILURE_VIEW = "shequtong.ui.views.stale_form"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns at every start when it is absent
STATICFILES_DIRS = [("built", ROOT / "frontend" / "dist")] if (ROOT / "frontend" / "dist").is_dir() else []
# Vite has already put a hash into each name and a .br and .gz beside each file: nothing is collected, nothing is hashed twice.
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/built/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False

# As residents reach it, e.g. "https://sqt.example.cn": in the links of text messages and in QR codes. The demo takes the address it serves
# on; without any, texts carry no link but those that must (config/checks.py says so), and codes take the address of whoever prints.
SITE_URL = env.str("SHEQUTONG_SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}" if DEMO else "").rstrip("/")
# Regular and bold of printed documents, put there by the build (frontend/build/fonts.ts).
PAPER_FONTS = str(ROOT / "frontend" / "dist" / "fonts")

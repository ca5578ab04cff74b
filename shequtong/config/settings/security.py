"""Secure by default: keys made on first run, HTTPS-only cookies and HSTS outside the demo."""

from shequtong.core import keys

from .env import DATA, DEMO, env

# Taken for new keys: AES-256-GCM, or SM4-GCM where 商用密码 is required (`manage.py rotate_keys` brings in a change).
SEALING_ALGORITHM = env.str("SEALING_ALGORITHM", default="AES-256-GCM")
SECRET_KEY = keys.prepare(DATA / "keys", SEALING_ALGORITHM)
# What proves the log from outside the database (docs/operations/audit.md).
AUDIT_FOLDER = env.str("AUDIT_FOLDER", default=str(DATA / "audit"))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
X_FRAME_OPTIONS = "DENY"
# The preload list of browsers binds a whole domain for years: for its owner to ask for, not for one of its platforms.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

"""Django settings of the simulator: no database, no sessions, nothing written in clear."""

import secrets

from csp.constants import NONE, SELF

from simulator.configuration import configuration

DEBUG = False
# Signs the short-lived media addresses only, so a new one with every start does no harm.
SECRET_KEY = secrets.token_urlsafe(48)
ALLOWED_HOSTS = sorted({"127.0.0.1", "localhost", "[::1]", configuration().own_host})

ROOT_URLCONF = "simulator.urls"
WSGI_APPLICATION = "simulator.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "simulator"]
DATABASES: dict[str, dict[str, str]] = {}
MIDDLEWARE = [
    "simulator.middleware.own_pages_only",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

# Twilio's paths end in .json and never in a slash.
APPEND_SLASH = False
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

# An upload stays in memory: Django's default would put large files into /tmp, readable.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "no-referrer"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "simulator: %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Refused requests are this program's trade, not news.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR"},
        "simulator": {"handlers": ["stderr"], "level": "WARNING"},
    },
}

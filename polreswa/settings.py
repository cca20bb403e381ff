"""One settings file, from the environment. polreswa.checks refuses what would be unsafe."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from polreswa import demo, environment, maps
from polreswa.policy import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where we are
DEMO = environment.flag("DEMO")
DEBUG = environment.flag("DEBUG")
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
KEYS_FILE = Path(environment.text("KEYS_FILE", str(VAR_DIR / "keys.json")))
PUBLIC_URL = environment.text("PUBLIC_URL", "http://127.0.0.1:8000" if DEMO else "").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PUBLIC_HOSTS = [host for host in [urlsplit(PUBLIC_URL).hostname] if host]
# This machine's own names always: the probes ask by them.
ALLOWED_HOSTS = (environment.several("ALLOWED_HOSTS") or PUBLIC_HOSTS) + LOOPBACK_HOSTS


def _secret(name: str) -> str:
    return environment.text(name) or (demo.secret(VAR_DIR, name) if DEMO else "")


# --- Secrets (the keys of the identity wall are in KEYS_FILE, never derived from these)
SECRET_KEY = _secret("SECRET_KEY")
METRICS_TOKEN = environment.text("METRICS_TOKEN")

# --- Twilio
TWILIO_ACCOUNT_SID = environment.text("TWILIO_ACCOUNT_SID", f"AC{'0' * 32}" if DEMO else "")
TWILIO_AUTH_TOKENS = [t.strip() for t in _secret("TWILIO_AUTH_TOKEN").split(",") if t.strip()]
TWILIO_API_KEY_SID = environment.text("TWILIO_API_KEY_SID")
TWILIO_API_KEY_SECRET = environment.text("TWILIO_API_KEY_SECRET")
SIMULATOR_URL = environment.text("SIMULATOR_URL")
TWILIO_API_URL = environment.text("TWILIO_API_URL", SIMULATOR_URL or "https://api.twilio.com")
TWILIO_TIMEOUT = timedelta(seconds=10)
MEDIA_URL_HOSTS = environment.several("MEDIA_URL_HOSTS") or [
    *("api.twilio.com", "mms.twiliocdn.com", "media.twiliocdn.com", "s3-external-1.amazonaws.com"),
    # The simulator redirects from one to the other, as Twilio does between its hosts.
    *(["127.0.0.1", "localhost"] if DEMO else []),
]
# Once it is safely here, what a citizen sent lies nowhere else; a demo keeps it, for its telephones to show.
DELETE_MEDIA_AT_PROVIDER = environment.flag("DELETE_MEDIA_AT_PROVIDER", not DEMO)

# --- Applications and the way of a request
INSTALLED_APPS = [
    "operators.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "polreswa.apps.Wiring",
    "operators",
    "reports",
]
MIDDLEWARE = [
    # First, so that Twilio's calls pass nothing that they do not need: no session, no redirect, no cookie.
    "polreswa.middleware.webhook_shortcut",
    "django.middleware.security.SecurityMiddleware",
    "polreswa.middleware.https_only",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "polreswa.middleware.private_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "operators.sessions.idle_session_ends",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
# What Twilio asks for: webhooks, and the pictures that it fetches.
TWILIO_PREFIXES = ("/twilio/", "/m/")
WEBHOOK_BODY_LIMIT = 256 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# In memory only: Django's own handlers would lay a larger file down in clear.
FILE_UPLOAD_HANDLERS = ["polreswa.uploads.InMemoryOnly"]
FILE_UPLOAD_MAX_MEMORY_SIZE = PICTURE_BYTES_TAKEN + 64 * 1024  # noqa: F405
ROOT_URLCONF = "polreswa.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "operators.desk.context.frame",
            ],
        },
    },
]

# --- Database: PostgreSQL in production, SQLite embedded
DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'polreswa.sqlite3'}",
        conn_max_age=None,
        conn_health_checks=True,
    )
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a transaction that will write takes its place in the queue at once, instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
else:
    # An unreachable server must fail well inside the 15 s that Twilio waits, so that the spool can answer.
    # Values are bound by the server, and a statement that comes again is prepared there: a third less work for both sides.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "server_side_binding": True,
        "prepare_threshold": 5,
    } | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: broker, cache. Without it everything works through files in VAR_DIR.
REDIS_URL = environment.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- Celery: the bell, never the queue
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL") or REDIS_URL or "filesystem://"
# Celery's transport of files, where there is no Redis: it makes no folders itself.
BROKER_FOLDERS = [] if REDIS_URL else [VAR_DIR / "broker" / "queue", VAR_DIR / "broker" / "control"]
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "visibility_timeout": 3600,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_FOLDERS[0]),
        "data_folder_out": str(BROKER_FOLDERS[0]),
        "control_folder": str(BROKER_FOLDERS[1]),
        "store_processed": False,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "desk"
# Sending waits for Twilio most of the time: it has workers of its own, so that reading never queues behind it.
_of_sender = "deliver deliver_due settle summon_due sender_beats".split()
_of_enricher = "enrich fetch ask_places train_categories enricher_beats".split()
CELERY_TASK_ROUTES = {f"reports.{name}": {"queue": "delivery"} for name in _of_sender} | {
    f"reports.{name}": {"queue": "enrichment"} for name in _of_enricher
}
SENDERS = environment.number("SENDERS", 2 if IS_SQLITE else 8)
# Reading for hints computes, fetching a file waits: a few threads of a process that has its turn after the others.
ENRICHERS = environment.number("ENRICHERS", 3 if IS_SQLITE else 4)
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = environment.number("WORKER_CONCURRENCY", 1 if IS_SQLITE else 2)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_DB_REUSE_MAX = 10**9  # Not one connection a task: polreswa.celery looks after them.

# --- People at the desk
AUTH_USER_MODEL = "operators.Operator"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "operators.accounts.AccountBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_rules = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_rules}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_rules}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_rules}.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 7
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "polreswa.middleware.client_address"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_ENGINE = "operators.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_IDLE = timedelta(minutes=30)
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "polreswa-session"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "polreswa-csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_FAILURE_VIEW = "polreswa.errors.csrf_failure"

# --- Headers
# Django's own redirect knows no exception for this machine; polreswa.middleware.https_only does.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_HTTPS else 0
# Not "no-referrer": with it browsers send "Origin: null" with a form, which the protection against forgery refuses.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_ours = ("script", "style", "img", "media", "font", "connect", "manifest")
MAP_TILES_URL, NOMINATIM_URL = maps.TILES_URL, maps.NOMINATIM_URL
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "base-uri", "frame-ancestors"), [NONE]),
        **dict.fromkeys(("form-action", *(f"{kind}-src" for kind in _ours)), [SELF]),
        "img-src": [SELF, *maps.tile_servers()],
    }
}

# --- Language and time
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Jakarta")
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["polreswa.formats"]

# --- Files
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", *maps.leaflet_files()]
MEDIA_DIR = VAR_DIR / "media"  # Sealed; served by views only.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "operators.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["reports.api.permissions.MayUse"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [f"rest_framework.parsers.{kind}Parser" for kind in ("JSON", "Form")],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "reports.api.paging.ByCursor",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "reports.api.errors.as_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "polreswa",
    "DESCRIPTION": "Reports of citizens. No answer ever holds a telephone number or a profile name.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,  # noqa: F405
}

# --- What goes into logs and error pages
LOGGING_CONFIG = "polreswa.logging.configure"
LOGGING = {"level": environment.text("LOG_LEVEL", "INFO")}
DEFAULT_EXCEPTION_REPORTER_FILTER = "polreswa.logging.NothingOfTheRequest"

"""All settings, from the environment. A bad value stops the start, with its name.

A secret may stand in a file: `GEMEENTE_SECRET_KEY_FILE` is read when `GEMEENTE_SECRET_KEY` is not set.
"""

from pathlib import Path

from gemeente.config.environment import choice, data_folder, database, integer, mode, secret, text
from gemeente.config.logs import is_no_answer_of_health

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = data_folder()
MODE = mode()
DEMONSTRATION = MODE == "demonstration"
# Another municipality puts its own theme here; the names in it are those of NL Design System.
THEME_CSS = text("GEMEENTE_THEME_CSS", "gemeente/css/theme.css")

SECRET_KEY = secret("GEMEENTE_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = text("GEMEENTE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = text("GEMEENTE_PUBLIC_URL", f"http://127.0.0.1:{integer('PORT', 8000)}")
HTTPS = PUBLIC_URL.startswith("https://")
MUNICIPALITY = text("GEMEENTE_NAME", "gemeente Groningen")
PHONE = text("GEMEENTE_PHONE", "14 050")
# Whom one calls in danger: well-known national numbers, for the municipality to check and change.
LINES = {
    "emergency": text("GEMEENTE_LINE_EMERGENCY", "112"),
    "suicide": text("GEMEENTE_LINE_SUICIDE", "113"),
    "suicide_free": text("GEMEENTE_LINE_SUICIDE_FREE", "0800 0113"),
    "safe_home": text("GEMEENTE_LINE_SAFE_HOME", "0800 2000"),
    "gas_and_power": text("GEMEENTE_LINE_GAS_AND_POWER", "0800 9009"),
    "no_roof": text("GEMEENTE_LINE_NO_ROOF", PHONE),
}
DESK = text("GEMEENTE_DESK", "Harm Buiterplein 1")
POST_ADDRESS = text("GEMEENTE_POST", "Postbus 7081, 9701 JB Groningen")

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # the widgets that our form renderer finds as templates
    "procrastinate.contrib.django",
    "csp",
    "gemeente.kernel",
    "gemeente.audit",
    "gemeente.access",
    "gemeente.residents",
    "gemeente.products",
    "gemeente.channels",
    "gemeente.contact",
    "gemeente.portal",
    "gemeente.workspace",
    "gemeente.demonstration",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gemeente.kernel.http.TraceMiddleware",
    "gemeente.kernel.http.BoundsMiddleware",
    "gemeente.kernel.http.CompressedFilesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gemeente.kernel.http.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gemeente.access.middleware.ActorMiddleware",
    "gemeente.access.language.LanguageMiddleware",
    "gemeente.kernel.http.DomainErrorMiddleware",
]
ROOT_URLCONF = "gemeente.config.urls"
WSGI_APPLICATION = "gemeente.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "gemeente.portal.context.municipality",
            ],
            "builtins": ["gemeente.kernel.templatetags.words", "gemeente.contact.templatetags.own"],
        },
    }
]
FORM_RENDERER = "gemeente.kernel.forms.Renderer"

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
APPEND_SLASH = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if text("GEMEENTE_S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": text("GEMEENTE_S3_BUCKET", ""),
            "endpoint_url": text("GEMEENTE_S3_URL", "") or None,
            "access_key": secret("GEMEENTE_S3_KEY"),
            "secret_key": secret("GEMEENTE_S3_SECRET"),
            "file_overwrite": False,
        },
    }

# Uploads: one request at most 25 MB, of which a form's own check allows 20 MB of files.
REQUEST_AT_MOST = 25_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

SESSION_ENGINE = "gemeente.access.sessions"
SESSION_COOKIE_NAME = "sessie"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gemeente.portal.errors.form_expired"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Live updates: behind a proxy at an address of this same site, and else at a port of their own on the same host.
LIVE_PORT = integer("GEMEENTE_LIVE_PORT", 0)
LIVE_URL = text("GEMEENTE_LIVE_URL", "/live/" if HTTPS else "")
_NAMED_HOSTS = [host for host in ALLOWED_HOSTS if host and host[0] not in ".*["]
LIVE_ORIGINS = [PUBLIC_URL, *(f"http://{host}:{integer('PORT', 8000)}" for host in _NAMED_HOSTS)]
_LIVE_SOURCES = [] if LIVE_URL or not LIVE_PORT else [f"http://{host}:{LIVE_PORT}" for host in _NAMED_HOSTS]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'", *_LIVE_SOURCES],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Mail: the municipality's own address, its mailbox and its way out.
MAIL_ADDRESS = text("GEMEENTE_MAIL_ADDRESS", "gemeente@voorbeeld.nl")
MAIL_NAME = text("GEMEENTE_MAIL_NAME", "Gemeente Groningen")
LOCAL_MAIL = DATA / "mail"
SMTP_HOST = text("GEMEENTE_SMTP_HOST", "127.0.0.1")
MAIL_TLS = ("starttls", "tls", "off")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PORTS = {
    "gemeente.kernel.commands.AuditTrail": {"ADAPTER": "gemeente.audit.commands.DatabaseTrail"},
    "gemeente.access.ports.IdentityProvider": {"ADAPTER": "gemeente.adapters.demonstration.DemonstrationIdentity"},
    "gemeente.channels.ports.MailTransport": {
        "ADAPTER": "gemeente.adapters.smtp.SmtpTransport",
        "OPTIONS": {
            "host": SMTP_HOST,
            "port": integer("GEMEENTE_SMTP_PORT", 8025),
            "username": text("GEMEENTE_SMTP_USER", ""),
            "password": secret("GEMEENTE_SMTP_PASSWORD", ""),
            # Without a seal only to this machine itself, unless somebody says so.
            "tls": choice("GEMEENTE_SMTP_TLS", "off" if SMTP_HOST in LOOPBACK else "starttls", MAIL_TLS),
        },
    },
    "gemeente.channels.ports.Mailbox": {
        "ADAPTER": "gemeente.adapters.maildir.MaildirMailbox",
        "OPTIONS": {"folder": str(LOCAL_MAIL), "address": MAIL_ADDRESS},
    },
}
if text("GEMEENTE_IMAP_HOST", ""):
    PORTS["gemeente.channels.ports.Mailbox"] = {
        "ADAPTER": "gemeente.adapters.imap.ImapMailbox",
        "OPTIONS": {
            "host": text("GEMEENTE_IMAP_HOST", ""),
            "port": integer("GEMEENTE_IMAP_PORT", 993),
            "username": text("GEMEENTE_IMAP_USER", ""),
            "password": secret("GEMEENTE_IMAP_PASSWORD"),
            "folder": text("GEMEENTE_IMAP_FOLDER", "INBOX"),
            "tls": choice("GEMEENTE_IMAP_TLS", "tls", MAIL_TLS),
        },
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "gemeente.config.logs.LineFormatter"}},
    "filters": {"health": {"()": "django.utils.log.CallbackFilter", "callback": is_no_answer_of_health}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["health"]}},
    "root": {"handlers": ["console"], "level": text("GEMEENTE_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "procrastinate": {"handlers": [], "level": "WARNING"},
        "mail.log": {"handlers": [], "level": "ERROR"},
    },
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 5, "stalled_worker_timeout": 20}
RULES = Path(text("GEMEENTE_RULES", str(DATA / "rules")))

"""Every setting of the site, in one file, read from the environment.

Without a SECRET_KEY in the environment this is a laptop: DEBUG is on, only loopback
hosts are answered, and everything lives under ``var/``. With one it is production:
DEBUG is off, and cookies, redirects and HSTS are strict.
"""

import secrets
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from js_asset import static_lazy

from cms.richtext.vocabulary import EDITOR_STYLE_HASH, allow_footnote

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def laptop_secret_key() -> str:
    """A key of this machine's own, so that sessions outlive a restart of ``make serve``."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=not SECRET_KEY)
SECRET_KEY = SECRET_KEY or laptop_secret_key()
# Keys that were in use before: what they signed, and the links they made, are still good.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "cms.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "post_office",
    "simple_history",
    "taggit",
    "cms.richtext",
    "cms.workflows",
    "cms.desks",
    "cms.limits",
    "cms.outbox",
    "cms.sitepolicy",
    "articles",
    "licensing",
    # Last: roles are synced after the permissions of the apps above are made.
    "cms.apps.CmsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cms.sessions.SessionsWhereTheyAreUsed",
    "cms.tongue.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
ASGI_APPLICATION = "cms.asgi.application"

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
            ],
        },
    },
]
# Labels and widgets are drawn by templates of ours where there is one.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------
SQLITE = f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}"
DATABASES = {"default": env.db_url("DATABASE_URL", default=SQLITE)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # The write lock is taken at BEGIN, so that two editors who race queue instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    # A file, so that tests race on the same locks as the site does.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# An address typed without a scheme is taken for https, as Django 6 will do.
FORMS_URLFIELD_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploads are never served from the folder: a view asks of each picture who may see it.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Evidence of the rights desk: no address leads there, a view asks who may read.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private"))),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Folders of fonts for PDF editions and share cards in scripts other than Latin, Greek, Cyrillic
# and Arabic; the machine's own fonts are not read.
FONT_FOLDERS = [Path(folder) for folder in env.list("FONT_FOLDERS", default=[])]
# A form that is too large must come back with a sentence beside the field, not as a bare 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Mail -------------------------------------------------------------------------------------
# Mail is promised in the database; ``manage.py clock`` delivers it, to files on a laptop.
MAIL = env.email_url("EMAIL_URL", default="filemail:" if DEBUG else "smtp://localhost")
EMAIL_BACKEND = "cms.outbox.backend.OutboxBackend"
EMAIL_FILE_PATH = MAIL["EMAIL_FILE_PATH"] or str(VAR_DIR / "mail")
EMAIL_HOST = MAIL["EMAIL_HOST"] or "localhost"
EMAIL_USE_TLS = bool(MAIL.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(MAIL.get("EMAIL_USE_SSL"))
EMAIL_PORT = MAIL["EMAIL_PORT"] or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = MAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Imprimatur <newsroom@localhost.localdomain>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
POST_OFFICE = {
    "BACKENDS": {"default": MAIL["EMAIL_BACKEND"]},
    # After 5 minutes, 10, 20 …: a mail that nobody takes is given up after a day.
    "MAX_RETRIES": 8,
    "RETRY_INTERVAL": timedelta(minutes=5),
    # For post_office's own command, should anybody call it.
    "CELERY_ENABLED": False,
    "THREADS_PER_PROCESS": 1,
    "LOG_LEVEL": 1,
    "LOCK_FILE_NAME": str(VAR_DIR / "post-office"),
}

# --- The record -------------------------------------------------------------------------------
# The first one seals events; the others, which sealed before it, are still recognised.
LOG_SEAL_KEYS = env.list("LOG_SEAL_KEYS", default=["public"]) or ["public"]

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("de", _("German")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["cms.formats"]

# --- People -----------------------------------------------------------------------------------
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 60 * 60

# Where the site is, as its canonical and printed addresses say it; empty: where it was asked.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
# The WebSub hub that is told when a feed has changed; empty: none. It needs SITE_URL.
WEBSUB_HUB = env.str("WEBSUB_HUB", default="")

# --- The house's own rules --------------------------------------------------------------------
# An article's only writer does not approve it alone.
TWO_PAIRS_OF_EYES = env.bool("TWO_PAIRS_OF_EYES", default=True)
# The rights desk promises an answer within so many days.
ANSWER_PROMISED_DAYS = env.int("ANSWER_PROMISED_DAYS", default=7)
# Bills: who sends them (name, address, VAT number, bank; one line each), how many days they give,
# and where they can be paid, with {number}, {amount} and {currency} filled in; empty: nowhere.
INVOICE_SELLER = env.str("INVOICE_SELLER", default="", multiline=True)
INVOICE_DUE_DAYS = env.int("INVOICE_DUE_DAYS", default=30)
PAYMENT_URL = env.str("PAYMENT_URL", default="")
# Who asked is erased so many days after it ended: a request that nobody confirmed, one without a
# licence, and a licence, which has to be kept for the books.
UNCONFIRMED_KEPT_DAYS = env.int("UNCONFIRMED_KEPT_DAYS", default=30)
REQUESTS_KEPT_DAYS = env.int("REQUESTS_KEPT_DAYS", default=2 * 365)
GRANTS_KEPT_DAYS = env.int("GRANTS_KEPT_DAYS", default=10 * 365)
# Who complained, so many days after the matter ended and nothing is withheld because of it.
COMPLAINTS_KEPT_DAYS = env.int("COMPLAINTS_KEPT_DAYS", default=3 * 365)
# How often the form for permissions may be sent: from one address of the net, for one e-mail
# address, and by everybody together.
REQUESTS_PER_ADDRESS_AN_HOUR = env.int("REQUESTS_PER_ADDRESS_AN_HOUR", default=20)
REQUESTS_PER_EMAIL_A_DAY = env.int("REQUESTS_PER_EMAIL_A_DAY", default=10)
REQUESTS_AN_HOUR = env.int("REQUESTS_AN_HOUR", default=500)
TAKINGS_PER_ADDRESS_AN_HOUR = env.int("TAKINGS_PER_ADDRESS_AN_HOUR", default=30)
TAKINGS_PER_EMAIL_A_DAY = env.int("TAKINGS_PER_EMAIL_A_DAY", default=50)
TAKINGS_AN_HOUR = env.int("TAKINGS_AN_HOUR", default=1000)
COMPLAINTS_PER_ADDRESS_AN_HOUR = env.int("COMPLAINTS_PER_ADDRESS_AN_HOUR", default=10)
COMPLAINTS_PER_EMAIL_A_DAY = env.int("COMPLAINTS_PER_EMAIL_A_DAY", default=20)
COMPLAINTS_AN_HOUR = env.int("COMPLAINTS_AN_HOUR", default=200)
# How often takers may tell us where a copy stands: from one address of the net, about pages of one
# host, and by everybody together.
DECLARATIONS_PER_ADDRESS_AN_HOUR = env.int("DECLARATIONS_PER_ADDRESS_AN_HOUR", default=60)
DECLARATIONS_PER_HOST_AN_HOUR = env.int("DECLARATIONS_PER_HOST_AN_HOUR", default=60)
DECLARATIONS_AN_HOUR = env.int("DECLARATIONS_AN_HOUR", default=600)
# How often a webmention may be sent: from one address of the net, about pages of one host, and by
# everybody together.
MENTIONS_PER_ADDRESS_AN_HOUR = env.int("MENTIONS_PER_ADDRESS_AN_HOUR", default=60)
MENTIONS_PER_HOST_AN_HOUR = env.int("MENTIONS_PER_HOST_AN_HOUR", default=30)
MENTIONS_AN_HOUR = env.int("MENTIONS_AN_HOUR", default=300)
# So often an address of the net may ask for a partner's feed that is nobody's.
PARTNER_GUESSES_PER_ADDRESS_AN_HOUR = env.int("PARTNER_GUESSES_PER_ADDRESS_AN_HOUR", default=60)
# Digests are written from this hour of the house's own day on, so many at a stroke of the clock:
# they hold SQLite's one lock for some milliseconds each.
DIGEST_HOUR = env.int("DIGEST_HOUR", default=6) % 24
DIGESTS_AT_ONCE = env.int("DIGESTS_AT_ONCE", default=200)
# How often the form for following by mail may be sent: from one address of the net, for one e-mail
# address, and by everybody together.
FOLLOWS_PER_ADDRESS_AN_HOUR = env.int("FOLLOWS_PER_ADDRESS_AN_HOUR", default=20)
FOLLOWS_PER_EMAIL_A_DAY = env.int("FOLLOWS_PER_EMAIL_A_DAY", default=5)
FOLLOWS_AN_HOUR = env.int("FOLLOWS_AN_HOUR", default=1000)
TAGGIT_CASE_INSENSITIVE = True
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("richtext/footnote.js")], "extensions": {"Footnote": allow_footnote}}
]

# --- Safety -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # The editor (Tiptap) adds one fixed style element; a test fails when its hash changes.
        "style-src": [SELF, EDITOR_STYLE_HASH],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
NEVER_USED = ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
PERMISSIONS_POLICY = {feature: [] for feature in NEVER_USED}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# Whether a proxy of ours stands before the site and says whom it saw, and over what.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "cms.logs.WithoutSecrets"}},
    "formatters": {
        "server": {
            "()": "django.utils.log.ServerFormatter",
            "format": "[{server_time}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["secrets"]},
        "server": {"class": "logging.StreamHandler", "filters": ["secrets"], "formatter": "server"},
    },
    "loggers": {"django.server": {"handlers": ["server"], "level": "INFO", "propagate": False}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

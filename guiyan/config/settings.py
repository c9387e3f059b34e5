"""Every setting, read from the environment once. Secrets may come from NAME_FILE. Unset secrets stop the start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONCE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]


def env_bool(name: str, default: bool = False) -> bool:
    """A yes/no setting; anything but 1/true/yes/on/0/false/no/off/empty is refused."""
    raw = os.environ.get(name, "").strip().lower()
    if raw in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if raw == "" else raw in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def env_secret(name: str) -> str:
    """A secret of at least 32 characters from NAME or from the file NAME_FILE."""
    path = os.environ.get(f"{name}_FILE")
    value = Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, "")
    if len(value) < 32:
        raise ImproperlyConfigured(f"Set {name} (32+ characters) or {name}_FILE. `guiyan doctor` tells more.")
    return value


def database_from(url: str) -> dict[str, Any]:
    """Django's database dict from postgresql://user:pass@host:port/name?host=/socket/dir."""
    parts = urlparse(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"DATABASE_URL must start with postgresql://, not {parts.scheme!r}.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django_tenants.postgresql_backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **query,
            **(
                {"pool": {"min_size": 1, "max_size": 8, "max_lifetime": 900}}
                if env_bool("GUIYAN_DB_POOL", True)
                else {}
            ),
        },
    }


DEBUG = env_bool("GUIYAN_DEBUG")
DEVELOPMENT = env_bool("GUIYAN_DEVELOPMENT")
SECRET_KEY = env_secret("GUIYAN_SECRET_KEY")
KEK_FILE = os.environ.get("GUIYAN_KEK_FILE", "")
DATA_DIR = Path(os.environ.get("GUIYAN_DATA_DIR", BASE_DIR / "var"))
FILES_DIR = DATA_DIR / "files"
BASE_URL = os.environ.get("GUIYAN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [h for h in os.environ.get("GUIYAN_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",") if h]
SECURE_HTTP = BASE_URL.startswith("https://")
DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", "postgresql://guiyan@/guiyan"))}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TENANT_MODEL = "tenants.Company"
TENANT_DOMAIN_MODEL = "tenants.Domain"
SHARED_APPS = ["django_tenants", "guiyan.platform.tenants", "procrastinate.contrib.django"]
TENANT_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "guiyan.platform",
    "guiyan.accounts",
    "guiyan.approvals",
    "guiyan.people",
    "guiyan.recruiting",
    "guiyan.search",
    "guiyan.recall",
    "guiyan.importing",
    "guiyan.channels",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS, "django.contrib.staticfiles", "django_htmx", "csp"]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "guiyan.platform.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guiyan.platform.middleware.company_of_host",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guiyan.accounts.middleware.acting_person",
    "django_htmx.middleware.HtmxMiddleware",
    "guiyan.platform.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "guiyan.config.urls"
WSGI_APPLICATION = "guiyan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "guiyan" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "guiyan.config.shell.shell",
            ],
            "builtins": ["guiyan.platform.templatetags.ui"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["guiyan.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "guiyan.accounts.passwords.LengthValidator"},
    {"NAME": "guiyan.accounts.passwords.CompanyWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-guiyan" if SECURE_HTTP else "guiyan"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_HTTP
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
SESSION_IDLE_SECONDS_ADMIN = 15 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 3600
CSRF_COOKIE_NAME = "__Host-guiyan-csrf" if SECURE_HTTP else "guiyan-csrf"
CSRF_FAILURE_VIEW = "guiyan.platform.middleware.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_HTTP else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HTTP
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; health checks stay on plain HTTP
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'", NONCE],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "guiyan-language"
LOCALE_PATHS = [BASE_DIR / "guiyan" / "locale", BASE_DIR / "guiyan" / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = None  # whitenoise serves straight from the finders; nothing is collected
STATICFILES_DIRS = [BASE_DIR / "guiyan" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG or DEVELOPMENT
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
API_OPERATIONS = "guiyan.config.api.operations"
EVENT_WIRING = "guiyan.config.wiring.WIRING"
APPROVALS_DIRECTORY = "guiyan.people.directory.PeopleDirectory"
APPROVALS_CARDS = {"recall": ("recall/approval_card.html", "guiyan.recall.queries.approval_card")}

WECOM_BASE_URL = os.environ.get("WECOM_BASE_URL", "").rstrip("/")
WECOM = {
    "corpid": os.environ.get("WECOM_CORPID", ""),
    "agentid": int(os.environ.get("WECOM_AGENTID", "0") or 0),
    "secret": os.environ.get("WECOM_SECRET", ""),
    "contact_secret": os.environ.get("WECOM_CONTACT_SECRET", "") or os.environ.get("WECOM_SECRET", ""),
    "callback_token": os.environ.get("WECOM_CALLBACK_TOKEN", ""),
    "callback_aes_key": os.environ.get("WECOM_CALLBACK_AES_KEY", ""),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "guiyan.platform.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("GUIYAN_LOG_LEVEL", "INFO")},
    "loggers": {"httpx": {"level": "WARNING"}, "procrastinate": {"level": "WARNING"}},
}

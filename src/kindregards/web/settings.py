"""Settings: one file, every choice from the environment, safe without any."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from tzlocal import get_localzone_name

from kindregards.web.data_folder import data_folder, incoming_folder, secret_key

HERE = Path(__file__).parent
DATA_FOLDER = data_folder()

DEBUG = False
SECRET_KEY = secret_key(DATA_FOLDER)
# The program listens on this machine only; any other name in Host is another site's page
# that was pointed here.
THIS_COMPUTER = ["127.0.0.1", "localhost", "[::1]"]
# Where readers of a resume reach this program, as https://ada.example; "" where nobody can. The
# name opens their pages and nothing else: see OwnHostOnly.
SHARE_URL = os.environ.get("KINDREGARDS_SHARE_URL", "").rstrip("/")
SHARE_HOST = SHARE_URL.partition("://")[2].partition(":")[0]
ALLOWED_HOSTS = [*THIS_COMPUTER, *([SHARE_HOST] if SHARE_HOST else [])]
ROOT_URLCONF = "kindregards.web.urls"
WSGI_APPLICATION = "kindregards.web.wsgi.application"
AUTH_USER_MODEL = "kindregards.User"

INSTALLED_APPS = [
    "kindregards.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks_db",
]

MIDDLEWARE = [
    "kindregards.web.middleware.OwnHostOnly",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kindregards.web.middleware.OwnerOnly",
    "kindregards.web.middleware.OwnerTimeZone",
    "kindregards.web.middleware.NoEmptyPage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# The database: SQLite in the data folder, or what KINDREGARDS_DATABASE_URL names --------------

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_FOLDER / "kindregards.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    },
}
DATABASE_URL = os.environ.get("KINDREGARDS_DATABASE_URL", "")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=None) if DATABASE_URL else SQLITE
}

# Work beside the pages waits in the same database; see web/background.py.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


# Who may reach it ---------------------------------------------------------------------------

SESSION_COOKIE_NAME = "kindregards_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 365
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "kindregards_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kindregards.web.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}


# Mail accounts ------------------------------------------------------------------------------

# Machines of this computer's own network may be named as mail servers only where it serves
# nobody but its owner.
MAIL_INSIDE = os.environ.get("KINDREGARDS_MAIL_INSIDE", "")
MAIL_INSIDE_IS_OPEN = (
    MAIL_INSIDE == "yes" if MAIL_INSIDE else not set(ALLOWED_HOSTS) - {*THIS_COMPUTER, SHARE_HOST}
)
# The certificate of a mail server that only its owner vouches for.
MAIL_CA_FILE = os.environ.get("KINDREGARDS_MAIL_CA_FILE") or None
# A database of many computers must not need the keyring of one.
KEYRING_IS_USED = os.environ.get("KINDREGARDS_KEYRING") != "none" and not DATABASE_URL


# A speech program of this computer reads aloud only where it serves nobody but its owner.
SPEAKS_BY_PROGRAM = not set(ALLOWED_HOSTS) - set(THIS_COMPUTER)


# What may come in ---------------------------------------------------------------------------

# A file over the limit of kindregards.sources is refused with a sentence by the form; this
# bound is above it, so that the form gets to say so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = incoming_folder(DATA_FOLDER)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "kindregards.web.incoming.Incoming",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 200
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


# Words, time and files ----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("KINDREGARDS_TIME_ZONE") or get_localzone_name() or "UTC"
STATIC_URL = "static/"
STATICFILES_DIRS = [("", HERE / "static")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "kindregards.web.log_filter.HideSecretAddresses"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A stranger's request is refused by design; it needs no line in the owner's terminal.
    "loggers": {
        "django.security": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        # waitress counts waiting requests aloud; a page with eight files is no news.
        "waitress.queue": {"level": "ERROR"},
    },
}

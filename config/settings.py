"""Every setting, and the only place that reads the environment (services.py names the embedded servers in it)."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config.addresses import with_query

django_stubs_ext.monkeypatch()  # generic classes such as ModelAdmin[Product] also at run time

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# A checkout on a developer's machine: plain http, static files straight from the packages.
DEVELOPMENT = env.bool("DEVELOPMENT", default=False)
DEBUG = env.bool("DEBUG", default=False)

# No secret has a default: without the key, commands that sign nothing still work, the web server does not start.
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]  # on a server only where they are named, as any other
ALLOWED_HOSTS = [*(LOOPBACK if DEVELOPMENT else []), *env.list("ALLOWED_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "import_export",
    "simple_history",
    "django_rq",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "config",
    "suppliers",
    "catalog",
    "ingestion",
    "demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.csp.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.requests.RefuseUnreadable",
    "django_otp.middleware.OTPMiddleware",
    "config.second_factor.AskForSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "ingestion.serving.ServingMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
WEB_BIND = env.str("WEB_BIND", default="0.0.0.0:8000")
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=2)
WEB_THREADS = env.int("WEB_THREADS", default=4)
SCREENS = BASE_DIR / "ingestion" / "backoffice"  # each has its templates and static files in its own folder
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", SCREENS.parent],  # a screen's are named "backoffice/<screen>/<name>.html"
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["config.csp.NoncedFolders", "config.csp.NoncedApps"])
            ],
            "builtins": ["config.csp"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

if not env.str("DATABASE_URL", default=""):
    raise ImproperlyConfigured(
        "DATABASE_URL is not set. Set it (postgresql://user:password@host:5432/name), or install requirements-dev.lock "
        "and run a command through manage.py, which then uses the embedded database of this checkout."
    )
DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL"),
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The queue. JSON, because the default serializer would run whatever pickle lies in Redis.
REDIS_URL = env.str("REDIS_URL", default="")
REDIS_TIMEOUT = env.float("REDIS_TIMEOUT", default=5.0)  # seconds for one answer
RQ_QUEUES = {
    name: {
        "URL": with_query(
            REDIS_URL or "redis://127.0.0.1:6379/0",
            socket_timeout=REDIS_TIMEOUT,
            socket_connect_timeout=min(REDIS_TIMEOUT, 2),
        ),
        "SERIALIZER": "rq.serializers.JSONSerializer",
        "DEFAULT_TIMEOUT": env.int("RQ_JOB_TIMEOUT_SECONDS", default=3600),
    }
    for name in ("previews", "high", "default", "low")  # in the order in which workers serve them
}
RQ = {"WORKER_CLASS": "ingestion.worker.Worker", "JOB_CLASS": "config.rq_job.Job"}

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English")), ("de", _("German")), ("ru", _("Russian")), ("uk", _("Ukrainian"))]
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")

# Files. Price lists are private: they are served by a view that checks permissions, never from a public address.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default="") or BASE_DIR / "media")
STATIC_URL = "static/"
STATICFILES_DIRS = [(f"backoffice/{each.parent.name}", each) for each in sorted(SCREENS.glob("*/static"))]
STATIC_ROOT = None if DEVELOPMENT else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT
STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
if not DEVELOPMENT:
    STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
FILE_STORAGE: dict[str, object] = {"BACKEND": "ingestion.lists.folder.FolderStorage"}
if S3_BUCKET := env.str("S3_BUCKET", default=""):  # shared by machines that share no folder
    FILE_STORAGE = {
        "BACKEND": "ingestion.lists.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,  # of another than Amazon's
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": env.str("S3_ACCESS_KEY", default="") or None,  # without a key, the machine's own role
            "secret_key": env.str("S3_SECRET_KEY", default="") or None,
            "addressing_style": "path",
            "signature_version": "s3v4",
            "file_overwrite": True,  # names are hashes: the same name is the same content
            "max_memory_size": 1024 * 1024,  # of a file that is read; the rest goes to the disk
        },
    }
STORAGES = {
    "default": FILE_STORAGE,
    # Whoever collects them, root in a container say, the web server's user must be able to read them.
    "staticfiles": {
        "BACKEND": STATIC_STORAGE,
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
# How sure the understanding of a list must be, by field (0..1); a run that is less sure waits for a person.
INGESTION_CONFIDENCE = env.dict(
    "INGESTION_CONFIDENCE", cast={"value": float}, default={"price": 0.6, "supplier_sku": 0.6, "name": 0.5}
)
INGESTION_READING_CONFIDENCE = env.float("INGESTION_READING_CONFIDENCE", default=0.4)  # the same of a list as a whole
# Of a list of another supplier: at most so many per cent of its codes are its own one's, at least so many the other's.
INGESTION_WRONG_SUPPLIER = env.dict(
    "INGESTION_WRONG_SUPPLIER", cast={"value": int}, default={"own": 20, "others": 50, "rows": 10}
)
INGESTION_MAX_NEW_CATEGORIES = env.int("INGESTION_MAX_NEW_CATEGORIES", default=1_000)  # a source may have its own
MAPPING_TRIED_ROWS = env.int("MAPPING_TRIED_ROWS", default=5_000)  # of a list, when settings are tried on it
CATALOG_IMPORT_MAX_ROWS = env.int("CATALOG_IMPORT_MAX_ROWS", default=5_000)  # of a file of products, in one go
# How long a page waits for what a worker prepares of a list, before it says that it is being prepared.
PREPARED_VIEW_WAIT_SECONDS = env.float("PREPARED_VIEW_WAIT_SECONDS", default=0.8)
INGESTION_EXPIRES_HOURS = env.int("INGESTION_EXPIRES_HOURS", default=72)  # a task that waited longer is not started
PRICE_LIST_MAX_BYTES = env.int("PRICE_LIST_MAX_MB", default=100) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "ingestion.lists.arriving.DiskUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640  # of received lists
# What the process that reads a list may take (docs/reader.md)
READER_MEMORY_MB = env.int("READER_MEMORY_MB", default=384)  # beyond what it shares with its worker
READER_CPU_SECONDS = env.int("READER_CPU_SECONDS", default=10)  # of computing, and for every MB of the file ...
READER_CPU_SECONDS_PER_MB = env.int("READER_CPU_SECONDS_PER_MB", default=5)  # ... so many more

# Which product is an item (docs/matching.md)
MATCHING_AFTER_RUNS = env.bool("MATCHING_AFTER_RUNS", default=True)  # what a list brought is matched by itself
MATCHING_PRECISION = env.float("MATCHING_PRECISION", default=0.99)  # of links without a person; below it they end
MATCHING_BY_SCORE = env.bool(
    "MATCHING_BY_SCORE", default=False
)  # whether a score alone may link, once it is proven ...
MATCHING_BY_SCORE_DECISIONS = env.int("MATCHING_BY_SCORE_DECISIONS", default=400)  # ... by so many decisions
MATCHING_TRAIN_AFTER = env.int("MATCHING_TRAIN_AFTER", default=50)  # new decisions; 0: never by itself

# The sources
INGESTION_PARSERS = env.list("INGESTION_PARSERS", default=[])  # dotted paths of parsers beside the built-in ones
INGESTION_VOCABULARY = env.list("INGESTION_VOCABULARY", default=[])  # folders of word files beside the built-in ones
GOOGLE_SERVICE_ACCOUNT_FILE = env.str("GOOGLE_SERVICE_ACCOUNT_FILE", default="")
GOOGLE_SERVICE_ACCOUNT_JSON = env.str("GOOGLE_SERVICE_ACCOUNT_JSON", default="")  # the key itself, instead of a file
GOOGLE_SHEETS_TIMEOUT = env.float("GOOGLE_SHEETS_TIMEOUT", default=60.0)  # seconds for one answer
GOOGLE_SHEETS_URL = "https://sheets.googleapis.com"  # the tests' own server stands in for it

# Safety on the wire: everything but development runs behind https
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEVELOPMENT)
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^metrics$"]  # asked inside, by plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if DEVELOPMENT else 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)  # of other sites, too
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# How many failures lock an account at one address, the account at all, and an address; for how long
AXES_FAILURE_LIMIT = env.int("SIGN_IN_LIMIT", default=5)
SIGN_IN_LIMIT_ACCOUNT = env.int("SIGN_IN_LIMIT_ACCOUNT", default=20)
SIGN_IN_LIMIT_ADDRESS = env.int("SIGN_IN_LIMIT_ADDRESS", default=100)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_LOCK_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "config.signing_in.Brake"
AXES_CLIENT_IP_CALLABLE = "config.signing_in.client_address"
AXES_LOCKOUT_CALLABLE = "config.signing_in.locked"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or whoever goes on guessing keeps the owner out for ever
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False  # no greeting in the output of every command
AXES_ENABLE_ADMIN = False  # config/admin.py shows the locks in the look of the site
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=[])  # that cannot do without; `*`: everybody
OTP_TOTP_ISSUER = "Unified catalog"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Operations
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # for `Authorization: Bearer`; without one, only staff see metrics
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"task_id": {"()": "ingestion.runs.task_log.AddTaskId"}},
    "formatters": {
        "json": {"()": "config.logging.JsonFormatter"},
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s [%(task_id)s] %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["task_id"],
            "formatter": env.str("LOG_FORMAT", default="json"),
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

UNFOLD = {
    "SITE_TITLE": _("Unified catalog"),
    "SITE_HEADER": _("Unified catalog"),
    "SITE_SYMBOL": "inventory_2",
    "SITE_URL": None,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: static("config/favicon.svg")}],
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "ACCOUNT": {"navigation": [{"title": _("Second factor"), "link": reverse_lazy("second_factor_setup")}]},
    "SCRIPTS": [lambda _request: static("config/page.js")],
    "STYLES": [lambda _request: static("config/page.css")],
    "DASHBOARD_CALLBACK": "ingestion.backoffice.today.screen.context",
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": "ingestion.backoffice.kit.side_bar.side_bar",
    },
}
IMPORT_EXPORT_USE_TRANSACTIONS = True

"""Django's settings, read from the home."""


from jingwei.config.home import database_settings, open_home

HOME = open_home()

SECRET_KEY = HOME.secret()
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in str(HOME.options.get("hosts", "localhost,127.0.0.1,[::1]")).split(",")]
_HTTPS = bool(HOME.options.get("https", False))

INSTALLED_APPS = [
    "jingwei.journal",
    "jingwei.accounts",
    "jingwei.files",
    "jingwei.notices",
    "jingwei.worklist",
    "jingwei.grids",
    "jingwei.catalogue",
    "jingwei.registry",
    "jingwei.cases",
    "jingwei.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "jingwei.config.middleware.content_policy",
    "jingwei.config.middleware.wrong_methods",
    "jingwei.config.middleware.refusals_of_pages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "jingwei.config.urls"
WSGI_APPLICATION = "jingwei.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": ["django.template.context_processors.csrf"]},
}]

DATABASES = {"default": database_settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored and computed in UTC; shown in JINGWEI_ZONE
JINGWEI_ZONE = str(HOME.options.get("zone", "Asia/Shanghai"))

# Under which people open the desk, for links in messages that go out, and networks that messages may go to within
# the house. Both are settings of the machine: nobody signed in can widen them.
JINGWEI_ADDRESS = str(HOME.options.get("address", ""))
JINGWEI_INSIDE = [net.strip() for net in str(HOME.options.get("inside_networks", "")).split(",") if net.strip()]

JINGWEI_SECOND_FACTOR = str(HOME.options.get("second_factor", "administrators"))

CSRF_FAILURE_VIEW = "jingwei.accounts.pages.csrf_refused"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_SECURE = _HTTPS
# Behind a proxy that ends HTTPS: without this the origin of every form would look foreign and be refused.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024  # the largest document plus its envelope
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "jingwei.journal.tasks.LeaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

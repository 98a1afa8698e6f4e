"""The web service's entry for granian."""

import os

from django.core.wsgi import get_wsgi_application

from jingwei.config.faces import with_assets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingwei.config.settings")
application = with_assets(get_wsgi_application())

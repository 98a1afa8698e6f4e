"""Days where the work is done."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from jingwei.kernel import clock


def today() -> date:
    return clock.now().astimezone(ZoneInfo(settings.JINGWEI_ZONE)).date()

"""Days where the work is done, not in Greenwich."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from jingwei.kernel import clock


def zone() -> ZoneInfo:
    return ZoneInfo(settings.JINGWEI_ZONE)


def today() -> date:
    return clock.now().astimezone(zone()).date()

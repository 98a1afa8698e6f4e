"""Announcements."""

from django.db import models
from django.db.models import F, Q

from jingwei.kernel.fields import PathField


class Announcement(models.Model):
    """What an administrator tells everybody of an area. `area_path` '': everywhere."""

    id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=2000, blank=True, default="")
    area_path = PathField(default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    made_by = models.UUIDField(null=True)  # null: the operator
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_announcement"
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="notices_announcement_ends_later")]
        indexes = [models.Index(fields=["until"], name="notices_announcement_until")]

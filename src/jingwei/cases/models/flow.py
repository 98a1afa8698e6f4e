"""Flows of a place's own: versions that were published for it, and the one that is being drafted."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

_PLACE = Coalesce("area_id", 0)


class LocalFlow(models.Model):
    """One version of a flow for an area (null: everywhere). Once published its document never changes."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=20)
    version = models.SmallIntegerField(null=True)     # given when it is published
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)           # draft | published | retired
    document = models.JSONField()
    based_on = models.SmallIntegerField()             # the version it was drafted from
    edits = models.IntegerField(default=0)            # how often the draft was changed: whoever edits names what they saw
    past = models.JSONField(default=list)             # of a draft: earlier documents, newest last
    reason = models.TextField(default="", blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_flow"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], condition=Q(version__isnull=False), name="cases_flow_version_once"),
            models.UniqueConstraint(F("code"), _PLACE, condition=Q(state="draft"), name="cases_flow_one_draft"),
            models.UniqueConstraint(F("code"), _PLACE, condition=Q(state="published"), name="cases_flow_one_in_force"),
            models.CheckConstraint(condition=Q(state="draft", version__isnull=True) | Q(~Q(state="draft"), version__isnull=False),
                                   name="cases_flow_numbered_when_published"),
        ]

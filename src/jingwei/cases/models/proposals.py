"""Proposals of deputies and committee members."""

from django.db import models

from jingwei.kernel.fields import PathField


class Proposal(models.Model):
    """One proposal from first visit to closing. Personal: `sealed` (who proposed it)."""

    PERSONAL = ("sealed",)

    id = models.UUIDField(primary_key=True)             # made by the client (UUIDv7)
    kind = models.CharField(max_length=8)               # npc | cppcc
    year = models.SmallIntegerField()
    number = models.CharField(max_length=30)            # as the congress numbered it
    title = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)
    key = models.BooleanField(default=False)            # one of the year's key proposals
    sealed = models.BinaryField()
    area_path = PathField()
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField(default="", blank=True)
    state = models.CharField(max_length=14, default="received")
    state_at = models.DateTimeField()
    due_at = models.DateTimeField()
    drafted_by = models.UUIDField(null=True)
    visited_at = models.DateTimeField(null=True)        # first
    answered_at = models.DateTimeField(null=True)       # second visit, the last of them
    satisfied = models.BooleanField(null=True)          # as said at the last of them
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_proposal"
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="cases_proposal_number_once"),
            models.CheckConstraint(condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False), name="cases_proposal_closed_when"),
        ]
        indexes = [models.Index(fields=["year", "state"], name="cases_proposal_year")]

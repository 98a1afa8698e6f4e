"""Units that help the one that holds a case."""

from django.db import models

from jingwei.cases.models.case import Case
from jingwei.kernel.fields import PathField


class Helping(models.Model):
    """A unit asked to do a part of a case (协办): its task, and how it ended. The clock is the case's own."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    state = models.CharField(max_length=10)           # asked | done | declined | released
    task = models.TextField()                         # numbers of people stand in it as tokens of the case
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)  # what was done, or why not
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_helping"
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], condition=models.Q(state="asked"), name="cases_helping_once"),
            models.CheckConstraint(condition=models.Q(state="asked", ended_at__isnull=True) | (
                ~models.Q(state="asked") & models.Q(ended_at__isnull=False)), name="cases_helping_ended"),
        ]
        indexes = [models.Index(fields=["unit_path", "state"], name="cases_helping_unit")]

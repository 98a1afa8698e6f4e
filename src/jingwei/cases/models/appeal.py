"""Appeals against an overrun."""

from django.db import models

from jingwei.cases.models.case import Case


class Appeal(models.Model):
    """That one overrun stay of a case be left out of the statistics. The stay and its overrun are never changed."""

    id = models.UUIDField(primary_key=True)           # made by the client (UUIDv7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    step = models.SmallIntegerField()                 # the number of the stay
    stage = models.CharField(max_length=12)           # the state of the stay
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField()                   # of the stay
    ended_at = models.DateTimeField()                 # of the stay
    state = models.CharField(max_length=10)           # asked | agreed | granted | refused | withdrawn
    reason = models.TextField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    first_by = models.UUIDField(null=True)
    first_at = models.DateTimeField(null=True)
    first_reason = models.TextField(default="", blank=True)
    second_by = models.UUIDField(null=True)
    second_at = models.DateTimeField(null=True)
    second_reason = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_appeal"
        constraints = [
            models.UniqueConstraint(fields=["case", "step"], condition=~models.Q(state="withdrawn"),
                                    name="cases_appeal_once"),
            models.CheckConstraint(condition=models.Q(state__in=("asked", "agreed"), closed_at__isnull=True)
                                   | models.Q(state__in=("granted", "refused", "withdrawn"), closed_at__isnull=False),
                                   name="cases_appeal_closed"),
            models.CheckConstraint(condition=~models.Q(state="granted") | models.Q(first_by__isnull=False, second_by__isnull=False),
                                   name="cases_appeal_two_reviews"),
            models.CheckConstraint(condition=models.Q(first_by__isnull=True) | ~models.Q(first_by=models.F("asked_by")),
                                   name="cases_appeal_first_apart"),
            models.CheckConstraint(
                condition=models.Q(second_by__isnull=True) | ~models.Q(second_by=models.F("asked_by")) & ~models.Q(second_by=models.F("first_by")),
                name="cases_appeal_second_apart"),
        ]
        indexes = [models.Index(fields=["state", "asked_at", "id"], name="cases_appeal_state")]

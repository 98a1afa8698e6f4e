"""What a case went through: its finished stays, and what was asked about its clock."""

from django.db import models

from jingwei.cases.models.case import Case


class Step(models.Model):
    """One finished stay of a case in one state: when it began, what limit ran, when and how it ended.

    The present stay stands in the case itself and becomes a row here when it ends.
    """

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=12)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    limit_value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=14, default="", blank=True)
    calendar = models.CharField(max_length=40, default="", blank=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField()
    action = models.CharField(max_length=16)  # what ended it
    actor = models.UUIDField(null=True)       # who ended it

    class Meta:
        db_table = "cases_step"
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="cases_step_numbered")]


class Adjustment(models.Model):
    """A pause or an extension of the handling clock: asked, then granted, declined or lapsed, with reason."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="adjustments")
    kind = models.CharField(max_length=10)            # extension | suspension
    state = models.CharField(max_length=10)           # asked | granted | declined | lapsed
    value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    unit = models.CharField(max_length=14, default="", blank=True)
    began_at = models.DateTimeField(null=True)        # of a granted suspension
    ended_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)               # the day on which a suspension ends by itself
    season = models.BooleanField(default=False)       # that day is the opening of the planting season
    resume_at = models.DateTimeField(null=True)       # the first working moment of that day or after it
    renew_until = models.DateField(null=True)         # until when the unit asks to prolong it
    renew_reason = models.TextField(default="", blank=True)
    reminded = models.BooleanField(default=False)     # that it ends soon
    reason = models.TextField(default="", blank=True)
    asked_by = models.UUIDField(null=True)
    decided_by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_adjustment"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="asked"), name="cases_one_thing_asked"),
            models.UniqueConstraint(
                fields=["case"], name="cases_one_open_pause",
                condition=models.Q(kind="suspension", state="granted", ended_at__isnull=True)),
        ]
        indexes = [
            # What resumes next, of all that ever stood still.
            models.Index(fields=["resume_at", "id"], name="cases_adjustment_resume",
                         condition=models.Q(kind="suspension", state="granted", ended_at__isnull=True)),
        ]

"""Recounting deadlines after a calendar was corrected: each run, and what it changed."""

from django.db import models

from jingwei.kernel.fields import PathField


class Recount(models.Model):
    """One run over the open cases of an area. Kept: how far it came (`phase`, `cursor`), so that it goes on where it was."""

    id = models.UUIDField(primary_key=True)
    area_path = PathField(default="", blank=True)     # '' everywhere
    area_name = models.CharField(max_length=100, default="", blank=True)
    version = models.CharField(max_length=40)         # of the calendar in force there when it was asked for
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    phase = models.CharField(max_length=10)           # open | pauses | ended | done
    cursor = models.UUIDField(null=True)              # the last case that was looked at in this phase
    seen = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)            # open cases with another deadline now
    judged = models.IntegerField(default=0)           # finished stays that would be judged otherwise
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_recount"
        indexes = [models.Index(fields=["-asked_at"], name="cases_recount_asked")]


class RecountLine(models.Model):
    """What a run found at one stay: `moved` (changed), `wakes` (a suspension ends at another moment, changed), `judged` (not changed)."""

    id = models.BigAutoField(primary_key=True)
    recount = models.ForeignKey(Recount, on_delete=models.CASCADE, related_name="lines", db_index=False)
    case_id = models.UUIDField()
    number = models.CharField(max_length=30)
    step = models.SmallIntegerField()
    stage = models.CharField(max_length=12)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8)
    before = models.DateTimeField()
    after = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)        # of a stay that is judged
    why = models.CharField(max_length=300)

    class Meta:
        db_table = "cases_recount_line"
        constraints = [models.UniqueConstraint(fields=["recount", "case_id", "step", "kind"], name="cases_recount_line_once")]
        indexes = [models.Index(fields=["recount", "kind", "id"], name="cases_recount_line_kind"),
                   models.Index(fields=["case_id", "step"], name="cases_recount_line_case")]

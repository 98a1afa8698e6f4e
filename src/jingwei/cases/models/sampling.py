"""Samples of closed cases that are looked at again. Nothing here counts what one person did."""

from django.db import models

from jingwei.cases.models.case import Case
from jingwei.kernel.fields import PathField


class CaseSample(models.Model):
    """Announced with its list and the source of its seed, drawn later: anybody can draw it again. See sampling_cases.py."""

    id = models.UUIDField(primary_key=True)            # made by the client (UUIDv7)
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=60)
    area = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    area_path = PathField()
    classes = models.JSONField(default=list)           # codes; none: all
    since = models.DateTimeField()                     # closed from …
    until = models.DateTimeField()                     # … and before
    by = models.CharField(max_length=10, default="", blank=True)   # '' | unit | class
    asked = models.IntegerField()                      # how many to draw
    days = models.SmallIntegerField()                  # working days for looking
    way = models.CharField(max_length=10)              # committed | public
    commitment = models.CharField(max_length=64, default="", blank=True)  # SHA-256 of the secret seed
    source = models.CharField(max_length=200, default="", blank=True)
    source_at = models.DateTimeField(null=True)        # from when the public source is known
    frame = models.BinaryField()                       # zlib of the list
    population = models.IntegerField()
    digest = models.CharField(max_length=64)           # SHA-256 of the list
    state = models.CharField(max_length=10, default="announced")  # announced | drawn | finished | stopped
    announced_at = models.DateTimeField()
    announced_by = models.UUIDField(null=True)
    seed = models.CharField(max_length=200, default="", blank=True)
    drawn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, default="", blank=True)  # why it was stopped

    class Meta:
        db_table = "cases_sample"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="cases_sample_number_once"),
            models.CheckConstraint(condition=models.Q(asked__gte=1), name="cases_sample_not_empty"),
            models.CheckConstraint(condition=models.Q(way="public", source_at__isnull=False) | ~models.Q(way="public") & ~models.Q(commitment=""),
                                   name="cases_sample_seed_told_before"),
        ]
        indexes = [models.Index(fields=["-announced_at", "-id"], name="cases_sample_newest")]


class Recheck(models.Model):
    """A closed case that was drawn: who looks at it, what was found. `unit`, `class_code`: as announced."""

    id = models.BigAutoField(primary_key=True)
    sample = models.ForeignKey(CaseSample, on_delete=models.CASCADE, related_name="rechecks", db_index=False)
    place = models.IntegerField()                      # on the sheet, from 1
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rechecks")
    unit = models.CharField(max_length=40, default="", blank=True)
    class_code = models.CharField(max_length=80, default="", blank=True)
    person = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, default="", blank=True)  # '' open | right | wrong | unclear | reopened
    text = models.TextField(default="", blank=True)    # numbers of people stand in it as tokens of the case
    files = models.JSONField(default=list)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_recheck"
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="cases_recheck_place_once"),
            models.UniqueConstraint(fields=["sample", "case"], name="cases_recheck_case_once"),
        ]

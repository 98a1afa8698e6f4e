"""Escalation ladders that differ from the shipped ones, and how far each stay has climbed."""

from django.db import models

from jingwei.cases.models.case import Case


class Ladder(models.Model):
    """The rungs of one stage in an area (null: everywhere), in place of the shipped ones. No rungs: nothing climbs."""

    id = models.AutoField(primary_key=True)
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+")
    profile = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    level = models.CharField(max_length=10, default="", blank=True)
    rungs = models.JSONField(default=list)  # each {when, where, post, does, gives}, see cases/ladder.py

    class Meta:
        db_table = "cases_ladder"
        constraints = [
            models.UniqueConstraint(fields=["profile", "state", "level", "area"], name="cases_ladder_once_per_area",
                                    condition=models.Q(area__isnull=False)),
            models.UniqueConstraint(fields=["profile", "state", "level"], condition=models.Q(area=None),
                                    name="cases_ladder_everywhere_once"),
        ]


class Climb(models.Model):
    """How far one stay of a case is up its ladder. `due_at`: the limit by which `next_at` was reckoned; null: to be reckoned anew."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="climbs", db_index=False)
    step = models.SmallIntegerField()
    rung = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)  # null: no rung is left
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_climb"
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="cases_climb_once_per_stay")]

"""Where cases happened, by patches of ground, and which came back."""

from django.db import models

from jingwei.cases.models.case import Case


class Spot(models.Model):
    """Where a case happened: what is looked through for similar ones. Written behind the journal.

    A table of its own, since an index more on `cases_case` would be written by every step of every case.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="spot", db_constraint=False)
    cell = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)  # null: still open; a case that was merged has none of its own
    # What is compared of it, so that those around are found without reading their cases. The words as pairs, see similar.py.
    lon = models.FloatField(default=0)
    lat = models.FloatField(default=0)
    second = models.BigIntegerField(default=0)  # of its report, since 1970
    pairs = models.BinaryField(default=bytes)

    class Meta:
        db_table = "cases_spot"
        indexes = [
            models.Index(fields=["cell", "-second"], condition=models.Q(ended_at__isnull=True), name="cases_spot_open"),
            models.Index(fields=["cell", "ended_at"], condition=models.Q(ended_at__isnull=False), name="cases_spot_over"),
        ]


class Repeat(models.Model):
    """A case that tells of the same problem at the same place as one that was closed not long before (INS-31, PB-25)."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="repeats")
    earlier = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="repeated_by")
    metres = models.FloatField()

    class Meta:
        db_table = "cases_repeat"
        constraints = [
            models.UniqueConstraint(fields=["case", "earlier"], name="cases_repeat_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("earlier")), name="cases_repeat_of_another"),
        ]

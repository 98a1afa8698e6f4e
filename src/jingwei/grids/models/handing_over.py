"""What was handed over when somebody left an area, so that its sheet can be printed at any time."""

from django.db import models

from jingwei.grids.models.areas import Area
from jingwei.grids.models.staffing import Staffing


class HandOver(models.Model):
    """One posting's end with the open work that waited. `items`: numbers and stages, no words of people."""

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    posting = models.ForeignKey(Staffing, on_delete=models.PROTECT, related_name="+")
    heir = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()  # the first day of who comes after
    work = models.CharField(max_length=8)  # pass | release | keep
    items = models.JSONField(default=list)
    moved_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        db_table = "grids_hand_over"
        constraints = [
            models.CheckConstraint(condition=models.Q(work__in=["pass", "release", "keep"]),
                                   name="grids_hand_over_work_known"),
        ]
        indexes = [models.Index(fields=["area", "id"], name="grids_hand_over_area")]
